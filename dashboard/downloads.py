"""What a reader can take along: the page as one file, and events or claims, all or those shown, in every format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.shown import chosen
from layers.exports.formats import FORMATS, Export, Rows, write
from layers.shown import cut_to

if TYPE_CHECKING:
    from dashboard.session import Reading
    from dashboard.shelf import Opened
    from dashboard.words import Words

PAGE: Final = "html"
ALL: Final = "all"
SHOWN: Final = "shown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants to take along.

    Attributes:
        form: Of `FORMATS`.
        shown: Whether only what the page shows is wanted.
        rows: What a row is.
        safe: Whether cells are marked that a spreadsheet would take for a formula.
    """

    form: str
    shown: bool
    rows: Rows
    safe: bool

    def name(self, collection: str) -> str:
        """Say what the file is called."""
        rows = "" if FORMATS[self.form].both else f"-{self.rows}"
        return f"{collection}{rows}{'-shown' if self.shown else ''}{FORMATS[self.form].suffix}"


def offer(opened: Opened, mine: Reading, words: Words) -> None:
    """Show the downloads behind one button; nothing is made before it is asked for."""
    with st.popover(words.say("download")):
        _choices(opened, mine, words)


@st.fragment
def _choices(opened: Opened, mine: Reading, words: Words) -> None:
    """Let the reader choose: a fragment, so that choosing runs nothing else again."""
    form = st.selectbox(
        words.say("downloadFormat"),
        [PAGE, *FORMATS],
        format_func=lambda form: words.say("downloadPage") if form == PAGE else FORMATS[form].name,
        key="download_format",
    )
    name = opened.collection.name
    if form == PAGE:
        _button(words, partial(str, opened.html), f"{name}.html", "text/html")
        return
    wanted = _wanted(form, words)
    _button(words, partial(_made, opened, mine, wanted), wanted.name(name), FORMATS[form].mime)


def _wanted(form: str, words: Words) -> Wanted:
    """Ask what of the collection is wanted, as far as it matters for a format."""
    extent = st.radio(
        words.say("downloadExtent"),
        [ALL, SHOWN],
        format_func=lambda extent: words.say("downloadAll" if extent == ALL else "downloadShown"),
        key="download_extent",
    )
    rows: str | None = None
    if not FORMATS[form].both:
        rows = st.radio(
            words.say("downloadRows"),
            list(map(str, Rows)),
            format_func=lambda rows: words.say("events" if rows == Rows.EVENTS else "claims"),
            key="download_rows",
            horizontal=True,
        )
    safe = FORMATS[form].cells and st.checkbox(words.say("downloadSafe"), key="download_safe")
    return Wanted(form, extent == SHOWN, Rows(rows or Rows.EVENTS), safe)


def _button(words: Words, make: partial[bytes] | partial[str], file: str, mime: str) -> None:
    """Show the button, which names its file: so it is seen which choices the server has taken in."""
    label = words.say("downloadFile", file=file)
    st.download_button(label, make, file, mime, on_click="ignore", width="stretch")


def _made(opened: Opened, mine: Reading, wanted: Wanted) -> bytes:
    """Make a file; where what the page shows is wanted, of what it shows when it is asked for."""
    collection, filters = opened.collection, ""
    if wanted.shown:
        shown = chosen(collection, mine.view)
        collection, filters = cut_to(collection, opened.gazetteer, shown), shown.told()
    with TemporaryDirectory() as folder:
        out = Path(folder) / f"made{FORMATS[wanted.form].suffix}"
        write(wanted.form, Export(collection, opened.gazetteer, wanted.rows, wanted.safe, filters), out)
        return out.read_bytes()
