"""Find a collection in a GeoPackage, which is only ever read as tables: nothing that it defines is carried out."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from claims.imports.whole.found import Found, about_of, one_fault, text_column
from claims.typedtables import HEADERS, MORE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["find_in_gpkg", "is_whole_gpkg"]

FILES_TABLE: Final = "files"
ABOUT_TABLE: Final = "about"
_MAGIC: Final = b"SQLite format 3\0"
_ROWS: Final = 20_000
_LONGEST: Final = 1 << 28
"""Of one cell, in bytes: outlines of a whole world are a tenth of it."""

_ALLOWED: Final = {sqlite3.SQLITE_READ, sqlite3.SQLITE_SELECT}


def is_whole_gpkg(path: Path) -> bool:
    """Tell whether a file looks like a GeoPackage that holds a collection whole."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return False
    try:
        with closing(_opened(path)) as file:
            return {FILES_TABLE, ABOUT_TABLE, "claims"} <= _plain_tables(file).keys()
    except sqlite3.Error:
        return False


def find_in_gpkg(path: Path, name: str) -> Found:
    """Read the tables of attributes, and the files.

    Raises:
        FaultsError: It cannot be read, or a table is not what an export holds.
    """
    with _faults_told(name), closing(_opened(path)) as file:
        reader = _Reader(file, name, path.stat().st_size)
        tables = {table: reader.table(table) for table in HEADERS if table in reader.held}
        files = dict(reader.pairs(FILES_TABLE, "name", "content"))
        about = dict(reader.pairs(ABOUT_TABLE, "key", "value"))
    said = dict(about_of(about.get("json", "")))
    return Found(name, tables, {file: text.encode() for file, text in files.items()}, said)


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeError, OverflowError, MemoryError) as error:
        raise one_fault(name, f"is no GeoPackage that can be read ({error})") from None


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file only to read tables of it: functions, views and triggers of its own are never run."""
    file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            file.execute(f"PRAGMA {pragma}")
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        file.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    except sqlite3.Error:
        file.close()
        raise
    return file


def _plain_tables(file: sqlite3.Connection) -> dict[str, list[str]]:
    """Give the tables that are no views and no virtual tables, with their columns that are not computed."""
    found = file.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    plain = [
        name for name, sql in found if isinstance(sql, str) and not sql.upper().startswith("CREATE VIRTUAL")
    ]
    wanted = {*HEADERS, FILES_TABLE, ABOUT_TABLE}
    columns = {
        name: file.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", [name]).fetchall()
        for name in plain
        if name in wanted
    }
    return {name: [column for column, hidden in found if not hidden] for name, found in columns.items()}


class _Reader:
    """The reading of one file, which never gives more than the file has room for."""

    def __init__(self, file: sqlite3.Connection, name: str, size: int) -> None:
        """Look which tables there are, then allow nothing but to read tables."""
        self.held = _plain_tables(file)
        self._file, self._name = file, name
        # Pages that are used twice let a small file tell of endless rows.
        self._left = 4 * size
        file.set_authorizer(_only_reads)

    def table(self, table: str) -> pa.Table:
        """Read a table of a collection in the order of its rows, as text."""
        if missing := set(HEADERS[table]).difference(self.held[table]):
            raise one_fault(
                f"{self._name} table {table}", f"has no plain columns {', '.join(sorted(missing))}"
            )
        more = [column for column in MORE.get(table, ()) if column in self.held[table]]
        columns = (*HEADERS[table], *more)
        pieces = [
            [
                text_column(self._name, table, column, cells)
                for column, cells in zip(columns, zip(*rows, strict=True), strict=True)
            ]
            for rows in self._rows(table, columns)
        ]
        empty = pa.table({column: pa.array([], pa.large_string()) for column in columns})
        return pa.concat_tables([empty, *(pa.table(piece, schema=empty.schema) for piece in pieces)])

    def pairs(self, table: str, key: str, value: str) -> Iterator[tuple[str, str]]:
        """Read a table of two columns of text."""
        if not {key, value} <= set(self.held.get(table, ())):
            raise one_fault(f"{self._name} table {table}", f"has no plain columns {key}, {value}")
        for rows in self._rows(table, (key, value)):
            for name, text in rows:
                if not isinstance(name, str) or not isinstance(text, str):
                    raise one_fault(f"{self._name} table {table}", "holds what is not text")
                yield name, text

    def _rows(self, table: str, columns: tuple[str, ...]) -> Iterator[list[tuple[Any, ...]]]:
        named = ", ".join(f'"{column}"' for column in columns)
        found = self._file.execute(f'SELECT {named} FROM "{table}" ORDER BY rowid')  # noqa: S608 - names of ours
        while rows := found.fetchmany(_ROWS):
            self._left -= sum(
                len(cell) if isinstance(cell, (str, bytes)) else 1 for row in rows for cell in row
            )
            if self._left < 0:
                raise one_fault(self._name, "tells more than it has room for: it is broken")
            yield rows


def _only_reads(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
