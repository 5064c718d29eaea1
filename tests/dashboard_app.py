"""The dashboard as Streamlit runs it in the tests of its bridge: the real one around a page that only talks."""

import sys
import types
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

STUB = Path(__file__).with_name("dashboard_stub.html").read_text(encoding="utf-8")

if "layers.page" not in sys.modules:
    page = types.ModuleType("layers.page")
    page.build_page = lambda collection, _: f"{STUB}<i hidden>{collection.name}</i>"
    sys.modules["layers.page"] = page
    exports = types.ModuleType("layers.exports")
    exports.events_geojson = lambda *_, **__: '{"type": "FeatureCollection", "features": []}'
    sys.modules["layers.exports"] = exports

from dashboard.pages import run  # noqa: E402

run()
