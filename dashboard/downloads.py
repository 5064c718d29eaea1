"""What a reader can take along: the page as one file, and the events as GeoJSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.exports import events_geojson

if TYPE_CHECKING:
    from dashboard.session import Reading
    from dashboard.shelf import Opened

GEOJSON: Final = "application/geo+json"


def offer(opened: Opened, mine: Reading) -> None:
    """Show the downloads behind one button; nothing is made before it is asked for."""
    name = opened.collection.name
    with st.popover("Download"):
        st.download_button(
            "The map, one HTML file",
            partial(str, opened.html),
            f"{name}.html",
            "text/html",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            "GeoJSON, all events",
            partial(events_geojson, opened.collection, opened.gazetteer),
            f"{name}.geojson",
            GEOJSON,
            on_click="ignore",
            width="stretch",
        )
