"""Find a collection in a folder of tables, or in a zip of such."""

from __future__ import annotations

import codecs
import shutil
import stat
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from claims.digest import FILES
from claims.imports.whole.found import ABOUT, Found, about_of, one_fault
from claims.parquetfiles import read_cells
from claims.store.contents import FACTS
from claims.tables import read_with_places
from claims.typedtables import HEADERS, MORE
from geo.errors import Fault, FaultsError
from geo.files.csvfiles import read_rows
from geo.files.csvwriting import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["find_in_folder", "is_whole_zip", "unpacked"]

_MOST_BYTES: Final = 4 << 30
"""Of all files of a zip: a collection of a million claims has half a gigabyte."""

_ROWS: Final = 10_000
"""So many are read at a time."""

_SMALL: Final = 64 << 20
_MOST_TIMES: Final = 100
"""How many times as large the files of a zip are that is no bomb; text packs ten times smaller, a bomb a thousand."""

_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError)


def find_in_folder(folder: Path, name: str) -> Found:
    """Read a collection's folder.

    Raises:
        FaultsError: It has faults.
    """
    read_with_places(folder)
    held = [file for file in FILES if (folder / file).is_file()]
    tables = {}
    for table in HEADERS:
        if f"{table}.parquet" in held:
            cells = read_cells(folder / f"{table}.parquet", HEADERS[table], [], MORE.get(table, ()))
            assert cells is not None, "a table that was read can be read again"
            tables[table] = cells
        elif f"{table}.csv" in held:
            tables[table] = _table(folder / f"{table}.csv", HEADERS[table])
    others = [file for file in held if PurePosixPath(file).stem not in tables]
    files = {file: (folder / file).read_bytes().removeprefix(codecs.BOM_UTF8) for file in others}
    about = (folder / ABOUT).read_bytes() if (folder / ABOUT).is_file() else b""
    return Found(name, tables, files, about_of(about), sound=True)


def _table(path: Path, columns: Sequence[str]) -> pa.Table:
    """Read the cells of a table that has no faults, some rows at a time; columns that it lacks are empty, after its own."""
    with read_rows(path, []) as rows:
        more = [column for column in columns if column not in rows.header]
        schema = pa.schema([(column, TEXT) for column in (*rows.header, *more)])
        cells = ([*row, *[""] * len(more)] for _, row in rows)
        pieces = []
        while piece := list(islice(cells, _ROWS)):
            columns = [pa.array(column, TEXT) for column in zip(*piece, strict=True)]
            pieces.append(pa.table(columns, schema=schema))
    return pa.concat_tables([schema.empty_table(), *pieces])


def is_whole_zip(path: Path) -> bool:
    """Tell whether a file is a zip with a collection.toml."""
    try:
        with zipfile.ZipFile(path) as archive:
            return FACTS in {PurePosixPath(entry.filename).name for entry in archive.infolist()}
    except (*_BROKEN, OSError):
        return False


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[Path]:
    """Unpack the files of a collection into a folder that is gone afterwards.

    Raises:
        FaultsError: It is no sound zip, holds other files than those of a collection, or much more than it seems to.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                entries = [entry for entry in archive.infolist() if not _is_litter(entry)]
                if faults := _faults(entries, name, path.stat().st_size):
                    raise FaultsError(faults)
                for entry in entries:
                    # Where it goes is a name of ours; zipfile gives no more than the size that the entry tells.
                    if not entry.is_dir():
                        into = Path(folder) / PurePosixPath(entry.filename).name
                        with archive.open(entry) as packed, into.open("wb") as file:
                            shutil.copyfileobj(packed, file, 1 << 20)
        except _BROKEN as error:
            raise one_fault(name, f"is no zip that can be read ({error})", "pack it anew") from None
        try:
            yield Path(folder)
        except FaultsError as error:
            # Where it was unpacked is gone when the fault is read.
            told = [replace(fault, file=f"{name} {Path(fault.file).name}") for fault in error.faults]
            raise FaultsError(told) from None


def _faults(entries: Sequence[zipfile.ZipInfo], name: str, size: int) -> list[Fault]:
    """Look through a zip's directory before anything is unpacked; its files may all stand in one folder."""
    files = [entry for entry in entries if not entry.is_dir()]
    tops = {str(PurePosixPath(entry.filename).parent) for entry in files}
    prefix = next(iter(tops)) if len(tops) == 1 else "."
    inside = "" if prefix == "." or "/" in prefix or prefix == ".." else f"{prefix}/"
    faults, seen = [], set()
    for entry in files:
        plain = entry.filename.removeprefix(inside)
        if plain not in {*FILES, ABOUT}:
            faults.append(_fault(name, entry, "is no file of a collection", "take it out"))
        elif plain in seen:
            faults.append(_fault(name, entry, "stands twice", "keep one of them"))
        elif entry.flag_bits & 1 or entry.compress_type not in _METHODS:
            faults.append(_fault(name, entry, "is encrypted or packed in a rare way", "pack it anew"))
        elif stat.S_ISLNK(entry.external_attr >> 16):
            faults.append(_fault(name, entry, "is a link", "pack the file itself"))
        seen.add(plain)
    total = sum(entry.file_size for entry in files)
    if total > _MOST_BYTES or (total > _SMALL and total > _MOST_TIMES * size):
        faults.append(
            Fault(
                name, None, None, None, f"unpacks to {total} bytes", "unpack it yourself and name the folder"
            )
        )
    return faults


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is what macOS puts into each zip beside what was packed."""
    path = PurePosixPath(entry.filename)
    return path.parts[:1] == ("__MACOSX",) or path.name == ".DS_Store"


def _fault(name: str, entry: zipfile.ZipInfo, why: str, todo: str) -> Fault:
    return Fault(name, None, None, entry.filename[:200], why, todo)
