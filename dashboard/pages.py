"""The dashboard's pages and what is the same on all of them: the look, the links, the choice of a collection, its faults."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.named import InStore
from dashboard import bridge, claims_page, leave, map_page, read_page, session, shelf, titling
from dashboard.asking import tell_reader
from dashboard.faults import log_fault
from dashboard.shown import known_day
from dashboard.spelled import day_of
from dashboard.style import ICON, STYLE
from dashboard.visitor import note, offer_sign_in
from dashboard.words import words_in
from geo.errors import BordermapError

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.navigation.page import Page

    from claims.named import InFolder
    from dashboard.shelf import Opened, OpenedLarge
    from dashboard.visitor import Visitor
    from dashboard.words import Words

_REVIEWERS: Final = ("read", "import")
"""The pages on which something is changed."""


def run() -> None:
    """Show the page that the reader is on; one that is for reviewers says so to whoever is none."""
    st.set_page_config(page_title="bordermap", page_icon=ICON, layout="wide")
    st.html(STYLE)
    _must_read()
    pages: dict[str, Page] = {}
    pages["map"] = st.Page(partial(_map, pages), title="Map", url_path="map", default=True)
    pages["claims"] = st.Page(partial(_claims, pages), title="Claims", url_path="claims")
    pages["read"] = st.Page(partial(_read, pages), title="Read", url_path="read")
    pages["import"] = st.Page(partial(_import, pages), title="Import", url_path="import")
    st.navigation(list(pages.values()), position="hidden").run()


def _must_read() -> None:
    """Go on with a visitor who may read; to one who may not, say so and no more."""
    try:
        visitor = note()
    except BordermapError as error:
        st.error(words_in(session.language(session.Speaker.ADDRESS)).say("notSetUp", number=log_fault(error)))
        st.stop()
    if not visitor.may_read:
        words = words_in(session.language(session.Speaker.ADDRESS))
        bridge.speak(words)
        st.info(words.say(f"closed_{visitor.standing.name}" if visitor.may_sign_in else "closed"))
        offer_sign_in(st.container(), visitor, words)
        st.stop()


def _map(pages: dict[str, Page]) -> None:
    top = _top("map", pages)
    if opened := _opened(top):
        mine = session.reading(top.name, opened.days)
        if top.speaker is session.Speaker.ADDRESS:
            mine.read_address()
        elif top.speaker is session.Speaker.SESSION:
            mine.speak(session.language())
            if wish := session.wished(top.name):
                mine.open_event(*wish)
            session.write_address(top.base | mine.view.address(mine.days))
        map_page.show(opened, mine, top.row, top.words)


def _claims(pages: dict[str, Page]) -> None:
    top = _top("claims", pages)
    language = session.language()
    session.write_address(top.base | ({session.LANGUAGE: language} if language else {}))
    if _is_too_large(top):
        return
    opened = _opened(top)
    if isinstance(opened, shelf.Opened):
        mine = session.reading(top.name, opened.days)
        chosen = claims_page.show(
            opened.collection, top.row, top.words, known_day(opened.collection, mine.view)
        )
        if chosen:
            mine.open_event(*chosen)
            st.switch_page(pages["map"])


def _read(pages: dict[str, Page]) -> None:
    top = _top("read", pages)
    if _is_not_for(top):
        return
    language = session.language()
    source = session.source(top.name, top.speaker)
    base = top.base | ({session.LANGUAGE: language} if language else {})

    def to_map(event: str, day: str) -> None:
        session.wish(top.name, event, day_of(day))
        st.switch_page(pages["map"])

    session.write_address(base | ({session.SOURCE: source} if source else {}))
    if _is_too_large(top):
        return
    wanted = read_page.show(top.collection, source, top.row, top.words, to_map)
    if wanted != source:
        session.go_to_source(top.name, wanted)
        st.rerun()


def _import(pages: dict[str, Page]) -> None:
    top = _top("import", pages)
    if _is_not_for(top):
        return
    # What reads tables of other data sets is loaded when one is to be read: the first map is up the sooner.
    from dashboard import import_page  # noqa: PLC0415 - as told above

    language = session.language()
    session.write_address(top.base | ({session.LANGUAGE: language} if language else {}))

    def to_map(word: str, event: str, day: str) -> None:
        session.choose(word)
        session.wish(word, event, day_of(day))
        st.switch_page(pages["map"])

    if _is_too_large(top):
        return
    import_page.show(top.collection, top.row, top.words, to_map)


@dataclass(frozen=True, slots=True)
class _Top:
    """What is the same on all pages.

    Attributes:
        row: The row of controls.
        name: The chosen collection's.
        collection: The chosen one.
        base: What the address says of the collection.
        speaker: Who speaks for the reader.
        visitor: The reader.
        words: In the reader's language.
    """

    row: DeltaGenerator
    name: str
    collection: InFolder | InStore
    base: dict[str, str]
    speaker: session.Speaker
    visitor: Visitor
    words: Words


def _top(page: str, pages: dict[str, Page]) -> _Top:
    """Show the row of controls with the links between the pages and, where there are several, the collections."""
    speaker = session.arrive(page)
    words, visitor = words_in(session.language(speaker)), note()
    bridge.speak(words)
    held = _held(visitor, words)
    row = st.container(horizontal=True, vertical_alignment="center", gap="medium", key="controls")
    with row, st.container(horizontal=True, width="content", gap=None, key="links"):
        for key, link in pages.items():
            if _reviews(visitor) or key not in _REVIEWERS:
                st.page_link(link, label=words.say(key))
    offer_sign_in(row, visitor, words)
    if not held:
        st.error(words.say("noCollection"))
        st.stop()
    names = list(held)
    name = session.chosen(names, speaker)
    if len(names) > 1:
        if shelf.is_public():
            titling.have_made(held.values())
        st.session_state["choice"] = name  # on each run: another page's box would show the first name
        row.selectbox(
            words.say("collection"),
            names,
            format_func=lambda name: shelf.title(held[name], words),
            key="choice",
            label_visibility="collapsed",
            width=300 if any(isinstance(one, InStore) for one in held.values()) else 220,
            on_change=lambda: session.choose(st.session_state["choice"]),
        )
    base = {session.COLLECTION: name} if name != names[0] else {}
    return _Top(row, name, held[name], base, speaker, visitor, words)


def _held(visitor: Visitor, words: Words) -> dict[str, InFolder | InStore]:
    """Return the collections, or show why there are none to choose from; that ends the page."""
    try:
        return shelf.collections(whole=visitor.may_review)
    except BordermapError as error:
        tell_reader(error, words, "noStore", visitor)
        st.stop()


def _is_not_for(top: _Top) -> bool:
    """Say to one who is no reviewer that this page is for reviewers; whether that is so."""
    if _reviews(top.visitor):
        return False
    can_become_one = top.visitor.may_sign_in and not shelf.is_all_public()
    st.info(top.words.say(f"notReviewer_{top.visitor.standing.name}" if can_become_one else "notReviewed"))
    return True


def _reviews(visitor: Visitor) -> bool:
    return visitor.may_review and not shelf.is_all_public()


def _is_too_large(top: _Top) -> bool:
    """Say of a large set that this page has nothing of it; whether it is one."""
    if not shelf.is_large(top.collection):
        return False
    st.info(top.words.say("tooLarge"))
    return True


def _opened(top: _Top) -> Opened | OpenedLarge | None:
    """Open a collection, or show what is wrong with it as the plain text that it is."""
    try:
        leave.keep(top.collection)
        with st.spinner(top.words.say("drawing")):
            if shelf.is_large(top.collection):
                return shelf.opened_large(top.collection, public=shelf.is_public())
            return shelf.opened(top.collection, public=shelf.is_public())
    except BordermapError as error:
        if shelf.is_public():  # a fault tells a cell
            st.error(top.words.say("notPublic"))
            st.text(top.words.say("toldInLog", number=log_fault(error)))
            return None
        tell_reader(error, top.words, "faulty", top.visitor)
        return None
