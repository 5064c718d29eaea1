"""What a reader can take along: the page as one file, and events or claims, all or those shown, in every format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import leave
from dashboard.asking import tell
from dashboard.foreign import file_name, in_markdown
from dashboard.shown import chosen
from dashboard.visitor import NotAllowedError
from geo.errors import BordermapError
from geo.files.temporary import temporary_folder
from layers.exports.formats import FORMATS, Export, Rows, write
from layers.shown import cut_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.session import Reading
    from dashboard.shelf import Opened
    from dashboard.words import Words

PAGE: Final = "html"
ALL: Final = "all"
SHOWN: Final = "shown"
WHOLE: Final = "whole"

_WORDS: Final = {ALL: "downloadAll", SHOWN: "downloadShown", WHOLE: "downloadWhole"}
_MADE: Final = "download_made"
_ZIP: Final = "application/zip"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants to take along.

    Attributes:
        form: Of `FORMATS`.
        shown: Whether only what the page shows is wanted.
        rows: What a row is.
        safe: Whether cells are marked that a spreadsheet would take for a formula.
        whole: Whether the collection is wanted with all of its tables and files, to be read again.
    """

    form: str
    shown: bool
    rows: Rows
    safe: bool
    whole: bool = False

    def name(self, collection: str) -> str:
        """Say what the file is called."""
        if self.whole:
            return file_name(collection, f"-whole{self.suffix}")
        rows = "" if FORMATS[self.form].both else f"-{self.rows}"
        return file_name(collection, f"{rows}{'-shown' if self.shown else ''}{self.suffix}")

    @property
    def suffix(self) -> str:
        """What its name ends in: several files leave as a zip."""
        return ".zip" if self._packed else FORMATS[self.form].suffix

    @property
    def mime(self) -> str:
        """Its media type."""
        return _ZIP if self._packed else FORMATS[self.form].mime

    @property
    def _packed(self) -> bool:
        return self.whole and FORMATS[self.form].packed


def offer(opened: Opened, mine: Reading, words: Words) -> None:
    """Show the downloads behind one button; nothing is made before it is asked for."""
    with st.popover(words.say("download")):
        _choices(opened, mine, words)


@st.fragment
def _choices(opened: Opened, mine: Reading, words: Words) -> None:
    """Let the reader choose: a fragment, so that choosing runs nothing else again."""
    leave.run_anew_if_changed(handing_out=True)
    form = st.selectbox(
        words.say("downloadFormat"),
        [PAGE, *FORMATS],
        format_func=lambda form: words.say("downloadPage") if form == PAGE else FORMATS[form].name,
        key="download_format",
    )
    name = opened.collection.name
    if form == PAGE:
        _button(words, partial(_page, opened, leave.for_later()), file_name(name, ".html"), "text/html")
        return
    _make(opened, mine, _wanted(form, words), words)


def _make(opened: Opened, mine: Reading, wanted: Wanted, words: Words) -> None:
    """Make what is wanted when that is asked for, say why where it cannot be made, and hand it out where it was."""
    name = wanted.name(opened.collection.name)
    asked = (name, wanted, mine.view if wanted.shown else None, opened.collection.digest)
    made = st.session_state.get(_MADE)
    if st.button(words.say("downloadMake", file=in_markdown(name)), key="download_make", width="stretch"):
        try:
            st.session_state[_MADE] = made = asked, _made(opened, mine, wanted)
        except BordermapError as error:
            st.session_state.pop(_MADE, None)
            tell(error, words, "notDone")
            return
    if made is not None and made[0] == asked:
        _button(words, made[1], name, wanted.mime)


def _wanted(form: str, words: Words) -> Wanted:
    """Ask what of the collection is wanted, as far as it matters for a format."""
    kind = FORMATS[form]
    # Where rows are written by the module that writes the whole, everything is that already.
    apart = kind.whole not in {"", kind.module}
    extent = st.radio(
        words.say("downloadExtent"),
        [ALL, SHOWN, WHOLE] if apart else [ALL, SHOWN],
        format_func=lambda extent: words.say(_WORDS[extent]),
        key="download_extent",
    )
    if extent == WHOLE:
        return Wanted(form, shown=False, rows=Rows.EVENTS, safe=False, whole=True)
    rows: str | None = None
    if not kind.both:
        rows = st.radio(
            words.say("downloadRows"),
            list(map(str, Rows)),
            format_func=lambda rows: words.say("events" if rows == Rows.EVENTS else "claims"),
            key="download_rows",
            horizontal=True,
        )
    safe = kind.cells and st.checkbox(words.say("downloadSafe"), key="download_safe")
    return Wanted(form, extent == SHOWN, Rows(rows or Rows.EVENTS), safe)


def _button(words: Words, content: bytes | partial[str], file: str, mime: str) -> None:
    """Show the button, which names its file: so it is seen which choices the server has taken in."""
    st.download_button(
        words.say("downloadFile", file=in_markdown(file)),
        content,
        file,
        mime,
        on_click="ignore",
        width="stretch",
    )


def _page(opened: Opened, may_still: Callable[[], bool]) -> str:
    """Give the page when it is asked for, which may be long after it was offered."""
    if not may_still():
        raise NotAllowedError("what was offered is not to be had any more; load the page anew")
    return opened.html


def _made(opened: Opened, mine: Reading, wanted: Wanted) -> bytes:
    """Make a file; where what the page shows is wanted, of what it shows when it is asked for."""
    collection, filters = opened.collection, ""
    if wanted.shown:
        shown = chosen(collection, mine.view)
        collection, filters = cut_to(collection, opened.gazetteer, shown), shown.told()
    with temporary_folder() as folder:
        out = folder / f"made{wanted.suffix}"
        export = Export(collection, opened.gazetteer, wanted.rows, wanted.safe, filters, wanted.whole)
        write(wanted.form, export, out)
        return out.read_bytes()
