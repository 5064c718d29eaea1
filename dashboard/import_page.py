"""The Import page: a file of another data set is handed in, understood, checked, and taken into a collection of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.named import IN_STORE
from dashboard.asking import tell, who_decides
from dashboard.importing.check import check_and_import, say_tally
from dashboard.importing.into import ask_into
from dashboard.importing.upload import DONE, another, handed, looked
from dashboard.importing.what import ask_what
from dashboard.importing.whole import is_whole_collection, take_whole
from dashboard.words import isolated
from geo.errors import BordermapError
from geo.files.temporary import refused_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from claims.named import InFolder, InStore
    from dashboard.importing.upload import Done
    from dashboard.words import Words

WIDTH: Final = 980
"""Pixels: a field and what is said of it are seen together."""


def show(
    collection: InFolder | InStore,
    row: DeltaGenerator,
    words: Words,
    to_map: Callable[[str, str, str], None],
) -> None:
    """Show the steps, each once the one before it is done.

    Args:
        collection: The one that is shown.
        row: Where the controls go.
        words: The dashboard's, in the reader's language.
        to_map: Goes to a collection's event on the map, on a day: the collection's word, the event, the day.
    """
    who = who_decides(row, words)
    try:
        with refused_told(), st.container(key="import", width=WIDTH, gap="xsmall"):
            _show(collection, words, who, to_map)
    except BordermapError as error:
        tell(error, words, "notDone")


def _show(
    collection: InFolder | InStore, words: Words, who: str, to_map: Callable[[str, str, str], None]
) -> None:
    st.title(words.say("importTitle"), anchor=False)
    if done := st.session_state.get(DONE):
        _say_done(done, words, to_map)
        return
    st.header(words.say("importStepFile"), anchor=False)
    file = handed(words)
    if file is None:
        return
    if is_whole_collection(file):
        take_whole(file, words, who)
        return
    seen = looked(file, words)
    if seen is None:
        return
    st.header(words.say("importStepWhat"), anchor=False)
    asked = ask_what(file, seen, words)
    st.header(words.say("importStepInto"), anchor=False)
    into = ask_into(collection, words, who)
    st.header(words.say("importStepCheck"), anchor=False)
    check_and_import(file, seen, asked, into, words, who)


def _say_done(done: Done, words: Words, to_map: Callable[[str, str, str], None]) -> None:
    """Say what the import did, and where to see it."""
    st.header(words.say("importDone"), anchor=False)
    st.text(words.say("importDoneInto", name=isolated(done.word.removeprefix(IN_STORE))))
    if done.tally is not None:
        say_tally(done.tally, words)
    st.text(words.say("importAudit", command=isolated(f"bordermap audit {done.word.removeprefix(IN_STORE)}")))
    if done.mapped:
        st.text(words.say("importRemembered"))
    with st.container(horizontal=True):
        if st.button(words.say("showOnMap"), type="primary", key="import_map"):
            to_map(done.word, done.event, done.day)
        if st.button(words.say("importAnother"), key="import_another"):
            another()
            st.rerun()
