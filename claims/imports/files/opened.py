"""A foreign table opened by what its bytes are."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, Final

from claims.imports.files.delimited import DelimitedTable
from claims.imports.files.encoded import in_utf8
from claims.imports.files.geojson import GeojsonTable
from claims.imports.files.kml import KmlTable, opened_kmz
from claims.imports.files.othertext import must_be_utf8
from claims.imports.files.parquet import ParquetTable
from claims.imports.files.spooled import Spooled
from claims.imports.files.workbooks import opened_workbook
from claims.imports.files.zips import opened_zip
from geo.errors import BordermapError, Fault, FaultsError
from geo.files.textfiles import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.imports.files.foreign import ForeignTable

__all__ = ["opened_table", "seekable"]

_START: Final = 4096  # bytes that tell what a file is
_OLD: Final = ("is an old workbook, or one with a password", "save it as .xlsx without one, or as CSV")
_PACKED: Final = ("is packed", "unpack it first")
_OTHERS: Final = {
    b"\xd0\xcf\x11\xe0": _OLD,
    b"\x1f\x8b": _PACKED,
    b"BZh": _PACKED,
    b"\xfd7zXZ": _PACKED,
    b"7z\xbc\xaf": _PACKED,
    b"Rar!": _PACKED,
    b"%PDF": ("is a PDF", "ask for the table that it was made from"),
    b"SQLite format 3": ("is a database, as GeoPackage is", "export the layer as GeoJSON, Parquet or CSV"),
}
"""How files begin that are no table, why they are not, and what to do."""

_ENDINGS: Final[dict[str, Callable[[bytes], bool]]] = {
    ".xlsx": lambda start: start.startswith(b"PK"),
    ".kmz": lambda start: start.startswith(b"PK"),
    ".parquet": lambda start: start.startswith(b"PAR1"),
    ".kml": lambda start: start.startswith(b"PK") or _is_xml(start),
}
"""Endings that say how a file begins."""


@contextmanager
def opened_table(
    source: Path | BinaryIO,
    name: str = "",
    *,
    sheet: str = "",
    encoding: str = "",
    header: int = 0,
) -> Iterator[ForeignTable]:
    """Open a foreign table while the `with` block lasts.

    Args:
        source: Its path, or an open file such as standard input or an upload; what cannot be read twice is copied to disk.
        name: What faults call it; its path by default. Nothing is opened by this name.
        sheet: The sheet of a workbook; needed where it has several.
        encoding: What a text is in, by Python's name; by its byte order mark or UTF-8 where that is empty.
        header: The line of a delimited text, or row of a sheet, that names the columns, from 1; 0 for the first that is
            not blank.

    Raises:
        BordermapError: There is no such encoding, or a header is said of a format that has no line for it.
        FaultsError: There is no such file, it is none of the formats that are read, or its header cannot be used.
    """
    told = name or (str(source) if isinstance(source, Path) else "standard input")
    with seekable(source, told) as file, ExitStack() as stack:
        file.seek(0)
        start = file.read(_START)
        _must_be_known(start, told)
        if start.startswith(b"PK"):
            archive = stack.enter_context(opened_zip(file, told))
            if any(part.casefold().endswith(".kml") for part in archive.names):
                _no_line_for(header, told)
                yield stack.enter_context(opened_kmz(archive, told))
            else:
                yield stack.enter_context(opened_workbook(archive, told, sheet, header))
        elif start.startswith(b"PAR1"):
            _no_line_for(header, told)
            yield ParquetTable(file, told)
        elif _is_xml(start) and not encoding:
            _no_line_for(header, told)
            yield KmlTable(file, told)
        else:
            text, begins = stack.enter_context(in_utf8(file, told, encoding))
            if text is file and not encoding and not _is_json(start, told):
                must_be_utf8(file, told)
            yield _of_text(text, begins, told, header, stack)


def _of_text(file: BinaryIO, begins: int, name: str, header: int, stack: ExitStack) -> ForeignTable:
    """Open a text in UTF-8 that begins somewhere."""
    file.seek(begins)
    start = file.read(_START)
    if _is_xml(start) or _is_json(start, name):
        _no_line_for(header, name)
    if _is_xml(start):
        return KmlTable(file, name, begins, encoding="utf-8")
    if _is_json(start, name):
        return GeojsonTable(file, name, stack.enter_context(Spooled()), begins)
    return DelimitedTable(file, name, begins, header)


def _no_line_for(header: int, name: str) -> None:
    """Raise BordermapError where a line is said to be the header of a file whose rows name their columns themselves."""
    if header:
        raise BordermapError(f"{name} has no line of columns, as CSV, TSV and XLSX have; leave --header out")


def _is_json(start: bytes, name: str) -> bool:
    return start.lstrip().startswith(b"{") or PurePath(name).suffix.casefold() in {".json", ".geojson"}


def _is_xml(start: bytes) -> bool:
    """Tell whether a file begins with a tag, whatever it is in."""
    return start.lstrip(b"\xef\xbb\xbf\xfe\xff").replace(b"\0", b"").lstrip().startswith(b"<")


def _must_be_known(start: bytes, name: str) -> None:
    """Raise FaultsError for what is never a table, and for what is not the format that its name says."""
    found = next((said for mark, said in _OTHERS.items() if start.startswith(mark)), None)
    ending = PurePath(name).suffix.casefold()
    if found is None and ending in _ENDINGS and not _ENDINGS[ending](start):
        found = (f"is no {ending[1:].upper()}, though its name ends so", "give it the ending of what it is")
    if found is not None:
        raise FaultsError([Fault(name, None, None, None, *found)])


@contextmanager
def seekable(source: Path | BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Give a file that can be read from its start again, while the `with` block lasts.

    Args:
        source: As of `opened_table`.
        name: What faults call it.

    Raises:
        FaultsError: There is no such file, or it cannot be read.
    """
    if isinstance(source, Path):
        with opened(source, name) as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                yield file
                return
            with _copied(file) as copy:
                yield copy
    elif source.seekable():
        yield source
    else:
        with _copied(source) as copy:
            yield copy


def _copied(stream: BinaryIO) -> BinaryIO:
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    shutil.copyfileobj(stream, copy)
    return copy
