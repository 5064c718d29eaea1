"""The page: a folium map with our engine, the events and the basemap in one HTML file that asks for nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import folium
import numpy as np
from branca.element import Element, MacroElement
from jinja2 import Template

from geo.basemap import clip, with_margin
from layers.blobs import json_blob
from layers.history import history_of
from layers.names import names_on_map
from layers.parts import MODULES, STYLES, engine, languages, leaflet, without_images
from layers.payload import FIRST, ground, payload
from layers.policy import safe_json, with_policy
from layers.told import facts_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claims.changes import Changes
    from claims.model import Collection
    from geo.basemap import Basemap
    from geo.gazetteer import Gazetteer
    from layers.history import History

MARGIN: Final = 0.4
"""Of the view on each side: how far the ground reaches, so that a reader can look around."""

ZOOM_SNAP: Final = 0.25
"""The steps in which the map zooms: a view is up to this step smaller than the window would let it be."""

WINDOWS: Final = (0.55 / 2**ZOOM_SNAP, 2.5 * 2**ZOOM_SNAP)
"""Width to height of the map, from a tablet that stands to a wide desk: the ground reaches to their edges at the opening."""


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
        self.leaflet_css = without_images(leaflet("leaflet.css"))
        self.page_css = "".join(engine(f"styles/{name}.css") for name in STYLES)
        self.skeleton = Template(engine("page.html"))
        # folium's own names are kept for its options; ours are what Leaflet reads.
        self.options = {
            "zoomControl": False,
            "zoomSnap": ZOOM_SNAP,
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
        for source in (leaflet("leaflet.js"), *(engine(f"{name}.js") for name in MODULES))
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
    return composed(collection, gazetteer, facts_told(collection, changes))


def composed(
    collection: Collection,
    gazetteer: Gazetteer,
    told: Mapping[str, Any],
    more: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Put a page together of what it is told of a collection, and of blobs beside those of `layers.payload`; as `build_page`."""
    history = history_of(collection, gazetteer)
    # Much of the work is in libraries that let other threads run meanwhile.
    with ThreadPoolExecutor(max_workers=1) as aside:
        below = aside.submit(_below, collection, gazetteer, history)
        blobs = payload(collection, history) | below.result() | dict(more)
    # The engine goes to the view: the script that starts it is the same for all pages.
    page = PaperMap(location=(0.0, 0.0), zoom_start=6)
    page.add_child(Engine(), name="engine")  # type: ignore[no-untyped-call] # branca ships no types
    root: Any = page.get_root()
    root.header.add_child(Element("<title>bordermap</title>"), name="title")
    facts = dict(told) | {"ground": with_margin(*collection.facts.view, MARGIN, WINDOWS)}
    html = with_policy(root.render().replace(Engine.PLACE, _carried(facts), 1))
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
    basemap = clip(*view, margin=MARGIN, windows=WINDOWS, shore=False)
    return basemap, ground(basemap)
