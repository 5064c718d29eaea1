"""The dashboard's pages and what is the same on all of them: the look, the links, the choice of a collection, its faults."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import claims_page, map_page, session, shelf
from dashboard.shown import known_day
from dashboard.style import ICON, STYLE
from geo.errors import BordermapError

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator
    from streamlit.navigation.page import Page

    from dashboard.shelf import Opened


def run() -> None:
    """Show the page that the reader is on."""
    st.set_page_config(page_title="bordermap", page_icon=ICON, layout="wide")
    st.html(STYLE)
    pages: list[Page] = []
    pages += [
        st.Page(partial(_map, pages), title="Map", url_path="map", default=True),
        st.Page(partial(_claims, pages), title="Claims", url_path="claims"),
    ]
    st.navigation(pages, position="hidden").run()


def _map(pages: list[Page]) -> None:
    speaks = session.arrive("map")
    row, name, folder, base = _top(pages, address_speaks=speaks)
    if opened := _opened(folder):
        mine = session.reading(name, opened.days)
        if speaks:
            mine.read_address()
        else:
            session.write_address(base | mine.view.address(mine.days))
        map_page.show(opened, mine, row)


def _claims(pages: list[Page]) -> None:
    speaks = session.arrive("claims")
    row, name, folder, base = _top(pages, address_speaks=speaks)
    session.write_address(base)
    if opened := _opened(folder):
        mine = session.reading(name, opened.days)
        chosen = claims_page.show(opened.collection, row, known_day(opened.collection, mine.view))
        if chosen:
            mine.open_event(*chosen)
            st.switch_page(pages[0])


def _top(pages: list[Page], *, address_speaks: bool) -> tuple[DeltaGenerator, str, Path, dict[str, str]]:
    """Show the row of controls with the links between the pages and, where there are several, the collections.

    Returns the row, the chosen collection's name and folder, and what the address says of it.
    """
    folders = shelf.folders()
    row = st.container(horizontal=True, vertical_alignment="center", gap="medium", key="controls")
    with row, st.container(horizontal=True, width="content", gap=None, key="links"):
        for page in pages:
            st.page_link(page)
    if not folders:
        st.error("There is no collection to show; start with `bordermap serve --collection FOLDER`.")
        st.stop()
    names = list(folders)
    name = session.chosen(names, address_speaks=address_speaks)
    if len(names) > 1:
        if st.session_state.get("choice") != name:
            st.session_state["choice"] = name
        row.selectbox(
            "Collection",
            names,
            format_func=lambda name: shelf.title(folders[name]),
            key="choice",
            label_visibility="collapsed",
            width=220,
            on_change=lambda: session.choose(st.session_state["choice"]),
        )
    return row, name, folders[name], {session.COLLECTION: name} if name != names[0] else {}


def _opened(folder: Path) -> Opened | None:
    """Open a collection, or show what is wrong with it as the plain text that it is."""
    try:
        return shelf.opened(folder)
    except BordermapError as error:
        st.error("This collection cannot be shown as it is.")
        st.code(str(error), language=None, wrap_lines=True)
        return None
