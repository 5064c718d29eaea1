"""What others have written, put where Streamlit would read more than letters: labels, names of files, cells of tables."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.unseen import visible

__all__ = ["file_name", "in_markdown", "links", "seen", "show_cells"]

_SIGNS: Final = re.compile(r"[!-/:-@\[-`{-~]")
"""All that CommonMark lets a backslash stand before (0.31, section 2.4)."""

_NO_NAME: Final = re.compile(r"[^\w.-]+")
_LONGEST: Final = 100
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def in_markdown(text: str) -> str:
    """Return Markdown that shows a text letter by letter; what Streamlit reads of colons it reads all the same."""
    return _SIGNS.sub(r"\\\g<0>", visible(text))


def file_name(words: str, ending: str) -> str:
    """Name a file by some words, of which letters, digits, points and hyphens stay: a name that is no path, nor Markdown's signs.

    Args:
        words: What it is to be called, of whatever origin.
        ending: Its own, kept as it is.
    """
    return f"{_NO_NAME.sub('-', words).strip('.-')[:_LONGEST] or 'collection'}{ending}"


def seen(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose every text is seen whole (geo/unseen.py); columns of days and numbers stay."""
    shown = table.copy()
    for at, name in enumerate(table.columns):
        column = table.iloc[:, at]
        if pd.api.types.is_string_dtype(column) or pd.api.types.is_object_dtype(column):
            shown[name] = column.map(lambda cell: visible(cell) if isinstance(cell, str) else cell)
    return shown


def links(addresses: pd.Series) -> pd.Series:
    """Return the addresses that lead to the web, and "" for others, of which Streamlit would make links all the same."""
    return addresses.where(addresses.str.fullmatch(_WEB), "")


def show_cells(cells: pd.DataFrame) -> None:
    """Show cells of a file as the text that they are, under the names of its columns; names that look alike stay apart."""
    places = [str(at) for at in range(len(cells.columns))]
    named = dict(zip(places, map(visible, map(str, cells.columns)), strict=True))
    shown: dict[str, Any] = {at: st.column_config.TextColumn(name) for at, name in named.items()}
    st.dataframe(seen(cells.set_axis(places, axis=1)), hide_index=True, column_config=shown)
