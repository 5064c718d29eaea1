"""The dashboard as Streamlit runs it in the tests of its bridge: the real one around a page that only talks."""

from pathlib import Path

from dashboard import shelf
from dashboard.pages import run

STUB = Path(__file__).with_name("dashboard_stub.html").read_text(encoding="utf-8")

shelf.build_page = lambda collection, _: f"{STUB}<i hidden>{collection.name}</i>"

run()
