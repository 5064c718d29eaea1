"""How the file that was handed in is to be read: which sheet of it, in which encoding, and from which line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.unseen import visible

if TYPE_CHECKING:
    from dashboard.importing.upload import Handed
    from dashboard.words import Words

__all__ = ["ask_encoding", "ask_header", "ask_sheet", "put_header"]

_MOST_LINES: Final = 10**9


def ask_sheet(file: Handed, sheets: tuple[str, ...], words: Words) -> None:
    """Ask for a sheet of a workbook; another one is another table."""
    chosen = st.selectbox(
        words.say("importSheet"),
        sheets,
        format_func=visible,
        index=sheets.index(file.sheet) if file.sheet else None,
        key=f"import_sheet_{file.number}",
    )
    if chosen and chosen != file.sheet:
        file.sheet = chosen
        st.rerun()


def ask_encoding(file: Handed, words: Words) -> None:
    """Let it be said what a text is in, which may be why it could not be read."""
    said = st.text_input(
        words.say("importEncoding"), value=file.encoding, key=f"import_encoding_{file.number}", max_chars=40
    ).strip()
    if said != file.encoding:
        file.encoding = said
        st.rerun()


def ask_header(file: Handed, words: Words) -> None:
    """Let it be said which line names the columns, where titles may stand before it."""
    said = st.number_input(
        words.say("importHeader"),
        min_value=1,
        max_value=_MOST_LINES,
        value=file.header or None,
        key=_header_key(file),
    )
    if (said or 0) != file.header:
        file.header = int(said or 0)
        st.rerun()


def put_header(file: Handed, line: int) -> None:
    """Say it in the reader's place, before it is asked; 0 for nothing."""
    file.header = line
    st.session_state.pop(_header_key(file), None)


def _header_key(file: Handed) -> str:
    return f"import_header_{file.number}"
