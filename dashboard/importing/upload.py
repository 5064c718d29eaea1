"""The file that is handed in: on disk for as long as the reader's session holds it, and looked through once."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, NoReturn

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from claims.imports.files.foreign import Format
from claims.imports.files.opened import opened_table
from claims.imports.files.workbooks import WhichSheetError
from claims.imports.looking import Watched, looked_through
from claims.imports.tables.headed import line_before
from claims.imports.whole.partial import must_be_foreign
from dashboard import session
from dashboard.asking import tell
from dashboard.importing.fields import Fields
from dashboard.importing.readas import ask_encoding, ask_header, ask_sheet, put_header
from dashboard.words import isolated
from geo.errors import BordermapError

if TYPE_CHECKING:
    from claims.imports.looking import Looked
    from claims.imports.merging.tally import Tally
    from dashboard.words import Words

__all__ = ["DONE", "Done", "Handed", "another", "forget_header", "handed", "looked", "reading", "say_done"]

FILE: Final = "import_file"
DONE: Final = "import_done"
"""Where it is kept what an import did."""

_ENDINGS: Final = frozenset(
    {".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".geojson", ".json", ".kml", ".kmz", ".zip", ".gpkg"}
)
"""Those that the copy on disk may have; whatever else the file's own name says stays a name."""

_TEXTS: Final = (Format.CSV, Format.TSV)
"""Formats of which a row may be unreadable for what the text is in."""

_LINES: Final = (*_TEXTS, Format.XLSX)
"""Formats whose columns are named on a line."""

MEGABYTE: Final = 10**6


@dataclass(slots=True, weakref_slot=True, eq=False)
class Handed:
    """A file that was handed in.

    Attributes:
        name: As the user knows it; nothing is opened by it.
        path: Its copy, which is gone when nothing holds this any more.
        size: Its bytes.
        number: By which this session tells it from the files before it.
        sheet: The sheet that is read; "" where there is one.
        encoding: What its text is in, where the user says it.
        header: The line that names its columns, where the user says it or did before; else 0.
        seen: What was seen of it, by sheet, encoding and header.
        recalled: Of which sheet and encoding the header was looked for among what was said before.
    """

    name: str
    path: Path
    size: int
    number: int
    sheet: str = ""
    encoding: str = ""
    header: int = 0
    seen: dict[tuple[str, str, int], Looked] = field(default_factory=dict)
    recalled: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What an import did.

    Attributes:
        word: The collection's.
        tally: What became of the rows; None where a whole collection was taken in.
        event: One of the events; "" where none has a day.
        day: Of that event, ISO.
        mapped: Whether the mapping of its columns is remembered.
    """

    word: str
    tally: Tally | None
    event: str = ""
    day: str = ""
    mapped: bool = False


def say_done(done: Done) -> NoReturn:
    """Keep what an import did, and show its collection from now on; does not return."""
    st.session_state[DONE] = done
    session.choose(done.word)
    st.rerun()


def handed(words: Words) -> Handed | None:
    """Ask for a file, or name the one that is there, with a way to another."""
    held: Handed | None = st.session_state.get(FILE)
    if held is None:
        return _asked_for(words)
    with st.container(horizontal=True, vertical_alignment="center", key="import-file"):
        st.text(f"{isolated(held.name)} · {isolated(_sized(held.size))}", width="content")
        if st.button(words.say("importAnother"), key="import_another"):
            another()
            st.rerun()
    return held


def another() -> None:
    """Let go of the file, and of all that was said of it."""
    for key in (FILE, DONE, "import_checked"):
        st.session_state.pop(key, None)
    Fields.forget()


def looked(file: Handed, words: Words) -> Looked | None:
    """Look a file through, once; where that cannot be, say why and what there is to say of it."""
    try:
        return _looked(file, words)
    except WhichSheetError as error:
        ask_sheet(file, error.sheets, words)
    except BordermapError as error:
        tell(error, words, "importUnread")
        ask_encoding(file, words)
        ask_header(file, words)
    return None


def reading(file: Handed) -> Any:
    """Open the table as it is to be read."""
    return opened_table(file.path, file.name, sheet=file.sheet, encoding=file.encoding, header=file.header)


def _asked_for(words: Words) -> Handed | None:
    """Ask for a file; once it is there, keep it on disk and let Streamlit go of its bytes."""
    number = st.session_state.get("import_files", 0)
    most = st.get_option("server.maxUploadSize")
    file = st.file_uploader(words.say("importFile", most=most), key=f"{FILE}_{number}")
    st.text(words.say("importLarger", most=most))
    if file is None:
        return None
    ending = PurePath(file.name).suffix.lower()
    folder = Path(tempfile.mkdtemp())  # of its own, since some readers look around
    held = Handed(file.name, folder / f"upload{ending if ending in _ENDINGS else ''}", file.size, number)
    weakref.finalize(held, shutil.rmtree, folder, ignore_errors=True)
    with held.path.open("wb") as copy:
        shutil.copyfileobj(file, copy, MEGABYTE)
    _let_go(file.file_id)
    st.session_state[FILE], st.session_state["import_files"] = held, number + 1
    st.rerun()


def _sized(size: int) -> str:
    """Write a number of bytes as a person reads it."""
    return f"{size / MEGABYTE:,.1f} MB" if size >= MEGABYTE else f"{size / 1000:,.1f} kB"


def _let_go(file_id: str) -> None:
    """Free the bytes that Streamlit holds in memory until the session ends, for they are on disk now."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and runtime.exists():
        held = runtime.get_instance().uploaded_file_mgr
        if isinstance(held, MemoryUploadedFileManager):
            held.remove_file(context.session_id, file_id)


def forget_header() -> None:
    """Let the line that names the columns of the file be said anew."""
    held: Handed | None = st.session_state.get(FILE)
    if held is not None:
        put_header(held, 0)


def _recall_header(file: Handed) -> None:
    """Take the line that was said to name the columns of such a table before, once."""
    how = (file.sheet, file.encoding)
    if how not in file.recalled:
        file.recalled.add(how)
        if not file.header:
            put_header(file, line_before(file.path, file.name, sheet=file.sheet, encoding=file.encoding))


def _looked(file: Handed, words: Words) -> Looked:
    _recall_header(file)
    key = (file.sheet, file.encoding, file.header)
    if key not in file.seen:
        with st.spinner(words.say("importReading")), reading(file) as table:
            must_be_foreign(table)
            told = st.empty()

            def tell_rows(rows: int) -> None:
                told.text(words.say("importRead", rows=f"{rows:,}"))

            file.seen[key] = looked_through(Watched(table, tell_rows))
            told.empty()
    seen = file.seen[key]
    if len(seen.sheets) > 1:
        ask_sheet(file, seen.sheets, words)
    if file.encoding or (seen.unread and seen.format in _TEXTS):
        ask_encoding(file, words)
    if seen.format in _LINES:
        ask_header(file, words)
    return seen
