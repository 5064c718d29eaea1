"""The page: a folium map with our engine, the events and the basemap in one HTML file that asks for nothing."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import folium
import numpy as np
import pandas as pd
from branca.element import Element, MacroElement
from jinja2 import Template

from claims.clock import LONGEST_WINDOW, WINDOW_DAYS
from claims.model import LAYERS, SHOWN_LAYERS
from geo.basemap import clip, with_margin
from layers.blobs import json_blob
from layers.history import history_of
from layers.names import names_on_map
from layers.payload import FIRST, ground, payload
from layers.told import edition_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.changes import Changes
    from claims.model import Collection
    from geo.basemap import Basemap
    from geo.gazetteer import Gazetteer
    from layers.history import History

ENGINE: Final = Path(__file__).parent / "engine"
LANGUAGES: Final = ENGINE / "languages"

MODULES: Final = (
    "clock",
    "blobs",
    "words",
    "ranges",
    "theme",
    "knowing",
    "data",
    "dom",
    "state",
    "motion",
    "surface",
    "basemap",
    "curves",
    "layout",
    "crowd",
    "paint",
    "seals",
    "marks",
    "boxes",
    "sayings",
    "labels",
    "scene",
    "svgpath",
    "svgfile",
    "svg",
    "samples",
    "glyphs",
    "reports",
    "standing",
    "list",
    "claimcard",
    "strips",
    "compare",
    "panel",
    "flowcount",
    "flows",
    "legend",
    "filters",
    "histogram",
    "timeline",
    "heading",
    "announce",
    "pointer",
    "address",
    "story",
    "settings",
    "controls",
    "bridge",
    "links",
    "letters",
    "key",
    "furniture",
    "captions",
    "picturemap",
    "eventlist",
    "arrange",
    "picture",
    "publish",
    "app",
)
"""The engine's files in the order in which they need each other."""

STYLES: Final = (
    "base",
    "bar",
    "side",
    "panel",
    "time",
    "flows",
    "story",
    "publish",
    "print",
    "reach",
    "small",
)
"""The page's style sheets in the order in which they are read."""

MARGIN: Final = 0.4
"""Of the view on each side: how far the ground reaches, so that a reader can look around."""

SHOWN: Final = {name: name in SHOWN_LAYERS for name in LAYERS}
"""Which layers are on when the page opens."""


class PaperMap(folium.Map):
    """A folium map without its CDN, its tiles and its fixed viewport; the engine brings the rest."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <style>{{ this.leaflet_css }}</style>
        <style>{{ this.page_css }}</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}{{ this.skeleton.render(this=this) }}{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojson }}
        });
        {{ this.get_name() }}.attributionControl.setPrefix(false).addAttribution("Natural Earth, GeoNames");
        {% endmacro %}
        """
    )

    def __init__(self, **options: Any) -> None:
        """Make the map; options are Leaflet's."""
        super().__init__(tiles=None, **options)
        self._id = "bordermap"
        self.default_js = []
        self.default_css = []
        self.leaflet_css = _without_images(_leaflet("leaflet.css"))
        self.page_css = "".join(_engine(f"styles/{name}.css") for name in STYLES)
        self.skeleton = Template(_engine("page.html"))
        # folium's own names are kept for its options; ours are what Leaflet reads.
        self.options = {
            "zoomControl": False,
            "zoomSnap": 0.25,
            "zoomDelta": 0.5,
            "wheelPxPerZoomLevel": 120,
            "minZoom": 3,
            "maxZoom": 12,
            "worldCopyJump": False,
        }


class Engine(MacroElement):
    """The map's plugin: marks where data and engine go, and starts the engine when the map is there.

    What the page carries is put in after folium has rendered, because branca reads what its elements
    render as a template again: a title with `{{ ... }}` would be run.
    """

    PLACE = "<!-- the data and the engine -->"
    BLOBS = "<!-- the blobs -->"

    _template = Template(
        """
        {% macro html(this, kwargs) %}{{ this.PLACE }}{% endmacro %}
        {% macro script(this, kwargs) %}bordermap.app.start({{ this._parent.get_name() }});{% endmacro %}
        """
    )


def _carried(facts: dict[str, Any]) -> str:
    """Return the elements that hold the facts and the engine's modules, with a place for the blobs."""
    parts = [
        f'<script type="application/json" id="bordermap-{name}">{safe_json(value)}</script>'
        for name, value in (("facts", facts), ("languages", languages()))
    ]
    parts.append(Engine.BLOBS)
    parts += [
        f"<script>{source}</script>"
        for source in (_leaflet("leaflet.js"), *(_engine(f"{name}.js") for name in MODULES))
    ]
    return "\n".join(parts)


def build_page(collection: Collection, gazetteer: Gazetteer, *, changes: Changes | None = None) -> str:
    """Build the page of a collection: one HTML document, the same bytes each time.

    Args:
        collection: With its claims.
        gazetteer: Holds every place_id.
        changes: What changed since an earlier version of the collection, where the page is to say so.

    Raises:
        BordermapError: The collection's view cannot be drawn.
    """
    history = history_of(collection, gazetteer)
    west, south, east, north = collection.facts.view
    # Much of the work is in libraries that let other threads run meanwhile.
    with ThreadPoolExecutor(max_workers=1) as aside:
        below = aside.submit(_below, collection, gazetteer, history)
        blobs = payload(collection, history) | below.result()
    page = PaperMap(location=((south + north) / 2, (west + east) / 2), zoom_start=6)
    page.add_child(Engine(), name="engine")  # type: ignore[no-untyped-call] # branca ships no types
    root: Any = page.get_root()
    root.header.add_child(Element("<title>bordermap</title>"), name="title")
    html = with_policy(root.render().replace(Engine.PLACE, _carried(_told(collection, changes)), 1))
    # The blobs are no scripts, and no policy has to read through them. Most stand behind the script that starts the
    # engine: it draws the first marks while the browser still reads them.
    before, after = html.split(Engine.BLOBS)
    engine, end = after.rsplit("</html>", 1)
    later = [name for name in blobs if name not in FIRST]
    return "".join((before, *_elements(blobs, FIRST), engine, *_elements(blobs, later), "</html>", end))


def _elements(blobs: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (f'<script type="text/plain" id="bordermap-{name}">', blobs[name], "</script>\n")


def _below(collection: Collection, gazetteer: Gazetteer, history: History) -> dict[str, str]:
    """Return the blobs of what lies under the marks: the basemap and the names on it."""
    rows = [history.ends[role] for role in ("origin", "crossing", "destination", "place")]
    used = np.unique(np.concatenate(rows))
    named = set(history.places.index[used[used >= 0]].tolist())
    basemap, blob = _ground(collection.facts.view)
    return {"basemap": blob, "labels": json_blob(names_on_map(basemap, gazetteer, named))}


@lru_cache(maxsize=2)
def _ground(view: tuple[float, float, float, float]) -> tuple[Basemap, str]:
    """Return what lies under a view, and its blob; a page is made anew more often than its view is moved."""
    basemap = clip(*view, margin=MARGIN, shore=False)
    return basemap, ground(basemap)


def _told(collection: Collection, changes: Changes | None) -> dict[str, Any]:
    """Return what the page must know before anything is unpacked."""
    facts = collection.facts
    days = {name: getattr(facts, name).isoformat() for name in ("first_day", "opening_day", "last_day")}
    west, south, east, north = facts.view
    return {
        "ground": with_margin(west, south, east, north, MARGIN),
        "name": collection.name,
        **{
            name: getattr(facts, name)
            for name in (
                *("title", "title_ar", "about", "about_ar", "timezone"),
                *("licence", "licence_ar", "citation", "citation_ar", "version"),
            )
        },
        **days,
        "view": {"west": west, "south": south, "east": east, "north": north},
        **{
            name: day.date().isoformat() if day is not pd.NaT else ""
            for name, day in _reports(collection).items()
        },
        "loose_claims": int(collection.claims["event_id"].eq("").sum()),
        "layers_shown": list(SHOWN.values()),
        "window": {"opening": WINDOW_DAYS, "longest": LONGEST_WINDOW},
        **edition_told(collection, changes),
    }


def _reports(collection: Collection) -> dict[str, pd.Timestamp]:
    reported = collection.claims["reported"]
    return {"first_reported": reported.min(), "last_reported": reported.max()}


def safe_json(value: object) -> str:
    """Return JSON that can stand in a script element: no `<`, and no line ends that JavaScript reads as such."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_iso)
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return written


def _iso(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in the page's facts")


HEAD: Final = "<html>\n<head>"
SCRIPT: Final = re.compile(r"<script(?P<kind>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
STYLE: Final = re.compile(r"<style>(?P<text>.*?)</style>", re.DOTALL)


def with_policy(html: str) -> str:
    """Forbid by a Content-Security-Policy all but the page's own scripts and styles, each by its hash.

    Also tells the document's language, which folium leaves out.
    """
    scripts = [found["text"] for found in SCRIPT.finditer(html) if "type=" not in found["kind"]]
    styles = [found["text"] for found in STYLE.finditer(html)]
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    head = f'<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    if html.count(HEAD) != 1:
        raise AssertionError("folium's document begins in another way; the page would have no policy")
    return html.replace(HEAD, head)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def languages() -> list[dict[str, Any]]:
    """Return the tables of strings, one a language: a file more is a language more."""
    tables = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(LANGUAGES.glob("*.json"))]
    return sorted(tables, key=lambda table: table["language"] != "en")


@cache
def _engine(name: str) -> str:
    return (ENGINE / name).read_text(encoding="utf-8")


@cache
def _leaflet(name: str) -> str:
    text = files("js_lib_leaflet").joinpath("static", "js_lib_leaflet", name).read_text(encoding="utf-8")
    # The source map would be asked for by a browser's tools.
    return re.sub(r"//# sourceMappingURL=.*", "", text)


def _without_images(css: str) -> str:
    """Drop the images of controls that the page does not have, so that none is ever asked for."""
    return re.sub(r"url\([^)]*\)", "none", css)
