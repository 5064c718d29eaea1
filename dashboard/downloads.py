"""What a reader can take along: the page as one file, and the events as GeoJSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.shown import shown
from layers.exports.geojson import events_geojson

if TYPE_CHECKING:
    from dashboard.session import Reading
    from dashboard.shelf import Opened
    from dashboard.words import Words

GEOJSON: Final = "application/geo+json"


def offer(opened: Opened, mine: Reading, words: Words) -> None:
    """Show the downloads behind one button; nothing is made before it is asked for."""
    name = opened.collection.name
    files = (
        ("downloadPage", partial(str, opened.html), f"{name}.html", "text/html"),
        ("downloadAll", partial(_all, opened), f"{name}.geojson", GEOJSON),
        ("downloadShown", partial(_shown, opened, mine), f"{name}-shown.geojson", GEOJSON),
    )
    with st.popover(words.say("download")):
        for key, make, file, kind in files:
            st.download_button(words.say(key), make, file, kind, on_click="ignore", width="stretch")


def _all(opened: Opened) -> str:
    return events_geojson(opened.collection, opened.gazetteer)


def _shown(opened: Opened, mine: Reading) -> str:
    """Make GeoJSON of the events that a reader's page shows when it is asked for, saying the days and what was known."""
    return events_geojson(shown(opened.collection, opened.gazetteer, mine.view), opened.gazetteer)
