"""What a reader can take along of a large set: the events or claims that the map shows, or all where they are not too many."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.clock import days_shown
from dashboard import leave
from dashboard.asked import shown_of, without_path
from dashboard.asking import tell
from dashboard.foreign import file_name, in_markdown
from geo.errors import BordermapError
from geo.files.temporary import temporary_folder
from layers.built.exports import IN_PARTS, Selection, write_selection
from layers.exports.formats import FORMATS, Rows

if TYPE_CHECKING:
    from dashboard.session import Reading
    from dashboard.shelf import OpenedLarge
    from dashboard.words import Words

__all__ = ["MOST_DOWNLOADED", "offer"]

MOST_DOWNLOADED: Final = 200_000
"""Events or claims that are handed out through the browser, which holds all of a file at once."""

_MADE: Final = "large_download_made"


def offer(opened: OpenedLarge, mine: Reading, words: Words) -> None:
    """Show the downloads behind one button; nothing is made before it is asked for."""
    with st.popover(words.say("download")):
        _choices(opened, mine, words)


@st.fragment
def _choices(opened: OpenedLarge, mine: Reading, words: Words) -> None:
    """Let the reader choose: a fragment, so that choosing runs nothing else again."""
    leave.run_anew_if_changed(handing_out=True)
    form = st.selectbox(
        words.say("downloadFormat"), IN_PARTS, format_func=lambda form: FORMATS[form].name, key="large_format"
    )
    said = st.radio(
        words.say("downloadRows"),
        list(map(str, Rows)),
        format_func=lambda rows: words.say("events" if rows == Rows.EVENTS else "claims"),
        key="large_rows",
        horizontal=True,
    )
    rows = Rows(said or Rows.EVENTS)
    safe = FORMATS[form].cells and st.checkbox(words.say("downloadSafe"), key="large_safe")
    name = file_name(opened.built.name, f"-{rows}-shown{FORMATS[form].suffix}")
    asked = (name, safe, mine.view, opened.built.digest)
    st.caption(words.say("downloadLarge", n=f"{MOST_DOWNLOADED:,}"))
    made = st.session_state.get(_MADE)
    if st.button(words.say("downloadMake", file=in_markdown(name)), key="large_make", width="stretch"):
        if not opened.is_current:
            st.error(words.say("builtAnew"))
            return
        try:
            st.session_state[_MADE] = made = asked, _made(opened, mine, form, rows, safe=safe)
        except BordermapError as error:
            st.session_state.pop(_MADE, None)
            tell(without_path(error, opened.built), words, "notDone")
            return
    if made is not None and made[0] == asked:
        st.download_button(
            words.say("downloadFile", file=in_markdown(name)),
            made[1],
            name,
            FORMATS[form].mime,
            on_click="ignore",
            width="stretch",
        )


def _made(opened: OpenedLarge, mine: Reading, form: str, rows: Rows, *, safe: bool) -> bytes:
    """Make a file of what the map shows when it is asked for."""
    selection = _shown(opened, mine)
    count = selection.count(rows)
    if count > MOST_DOWNLOADED:
        raise BordermapError(
            f"these are {count:,} {rows}, and up to {MOST_DOWNLOADED:,} are handed out here; show fewer days or filter, "
            "or run bordermap export, which writes any number"
        )
    with temporary_folder() as folder:
        out = folder / f"made{FORMATS[form].suffix}"
        write_selection(selection, form, rows, out, safe=safe)
        return out.read_bytes()


def _shown(opened: OpenedLarge, mine: Reading) -> Selection:
    shown = shown_of(opened.built, mine.view)
    days = days_shown(mine.view.day, shown.mode, shown.window, opened.built.facts.first_day)
    return Selection(opened.built, days, dataclasses.replace(shown, day=None))
