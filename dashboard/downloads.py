"""What a reader can take along: the page as one file, and the events as GeoJSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.shown import shown_events
from layers.exports import events_geojson

if TYPE_CHECKING:
    from dashboard.session import Reading
    from dashboard.shelf import Opened

GEOJSON: Final = "application/geo+json"


def offer(opened: Opened, mine: Reading) -> None:
    """Show the downloads behind one button; nothing is made before it is asked for."""
    name = opened.collection.name
    files = (
        ("The map as one HTML file", partial(str, opened.html), f"{name}.html", "text/html"),
        ("GeoJSON of all events", partial(_geojson, opened), f"{name}.geojson", GEOJSON),
        ("GeoJSON of what the map shows", partial(_geojson, opened, mine), f"{name}-shown.geojson", GEOJSON),
    )
    with st.popover("Download"):
        for label, make, file, kind in files:
            st.download_button(label, make, file, kind, on_click="ignore", width="stretch")


def _geojson(opened: Opened, mine: Reading | None = None) -> str:
    """Make GeoJSON of all events, or of those that a reader's page shows when it is asked for."""
    shown = shown_events(opened.collection, opened.gazetteer, mine.view) if mine else None
    return events_geojson(opened.collection, opened.gazetteer, event_ids=shown)
