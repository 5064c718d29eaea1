"""The dashboard's pages and what is the same on all of them: the look, the choice of a collection, its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import claims_page, map_page, session, shelf
from dashboard.style import ICON, STYLE
from geo.errors import BordermapError

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.shelf import Opened


def run() -> None:
    """Show the page that the reader is on."""
    st.set_page_config(page_title="bordermap", page_icon=ICON, layout="wide")
    st.html(STYLE)
    pages = [
        st.Page(_map, title="Map", url_path="map", default=True),
        st.Page(_claims, title="Claims", url_path="claims"),
    ]
    st.navigation(pages, position="top").run()


def _map() -> None:
    speaks = session.arrive("map")
    name, folder, base = _choice(address_speaks=speaks)
    if opened := _opened(folder):
        mine = session.reading(name, opened.days)
        if speaks:
            mine.read_address()
        map_page.show(opened, mine, base)


def _claims() -> None:
    speaks = session.arrive("claims")
    _, folder, base = _choice(address_speaks=speaks)
    session.write_address(base)
    if opened := _opened(folder):
        claims_page.show(opened.collection)


def _choice(*, address_speaks: bool) -> tuple[str, Path, dict[str, str]]:
    """Return the chosen collection's name and folder, and what the address says of it."""
    folders = shelf.folders()
    if not folders:
        st.error("There is no collection to show; start with `bordermap serve --collection FOLDER`.")
        st.stop()
    names = list(folders)
    name = session.chosen(names, address_speaks=address_speaks)
    if len(names) > 1:
        if st.session_state.get("choice") != name:
            st.session_state["choice"] = name
        st.selectbox(
            "Collection",
            names,
            format_func=lambda name: shelf.title(folders[name]),
            key="choice",
            label_visibility="collapsed",
            on_change=lambda: session.choose(st.session_state["choice"]),
        )
    return name, folders[name], {session.COLLECTION: name} if name != names[0] else {}


def _opened(folder: Path) -> Opened | None:
    """Open a collection, or show what is wrong with it as the plain text that it is."""
    try:
        return shelf.opened(folder)
    except BordermapError as error:
        st.error("This collection cannot be shown as it is.")
        st.code(str(error), language=None, wrap_lines=True)
        return None
