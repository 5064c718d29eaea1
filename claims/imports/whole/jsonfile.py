"""Find a collection in a GeoJSON document that holds it whole."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import pyarrow as pa

from claims.imports.files.jsontext import JsonText
from claims.imports.whole.found import Found, one_fault, text_column
from claims.typedtables import HEADERS, MORE
from geo.errors import Fault, FaultsError
from geo.files.csvwriting import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["find_in_json", "is_whole_json"]

MEMBER: Final = "bordermap"
_MARKS: Final = (b'"bordermap"', b'"collection.toml"')
_LINE: Final = b'\n"bordermap":'
"""How the member begins where nobody has laid the document out anew: no string of JSON holds a line feed."""

_PIECE: Final = 1 << 20
_ROWS: Final = 10_000
"""So many are read at a time: of a document of any length, memory holds the columns that are made of it."""


def is_whole_json(path: Path) -> bool:
    """Tell whether a file looks like a document that holds a collection whole."""
    wanted, end = set(_MARKS), b""
    with path.open("rb") as file:
        while wanted and (piece := file.read(_PIECE)):
            held = end + piece
            wanted -= {mark for mark in wanted if mark in held}
            end = held[-64:]
    return not wanted


def find_in_json(path: Path, name: str) -> Found:
    """Read the member `bordermap` of a document.

    Raises:
        FaultsError: It is not JSON, or the member is not what `layers.exports.whole.jsonmember.member` writes.
    """
    with path.open("rb") as file:
        begins = _last_line(file)
        text = JsonText(file, name, begins or 0)
        if begins is not None:
            text.value()
            text.take(":")
        elif MEMBER not in _members_until(text, MEMBER):
            raise one_fault(name, f"has no member {MEMBER!r} that holds a collection")
        found = _found(text, name)
        text.take(",}")
    return found


def _last_line(file: BinaryIO) -> int | None:
    """Tell where the member's key begins, looking from the end; None where no line begins with it."""
    at = file.seek(0, 2)
    while at > 0:
        at = max(at - _PIECE, 0)
        file.seek(at)
        # A piece reaches into the one behind it, so that a line is found that begins in one and ends in the other.
        if (found := file.read(_PIECE + len(_LINE)).rfind(_LINE)) >= 0:
            return at + found + 1
    return None


def _members_until(text: JsonText, wanted: str) -> list[str]:
    """Pass the members of an object up to one, which is not read yet; give the keys that were met."""
    met = []
    if text.mark() == "{":
        for key in text.members():
            met.append(key)
            if key == wanted:
                break
            _pass(text)
    return met


def _pass(text: JsonText) -> None:
    """Pass a value, an array of any length item by item."""
    if text.mark() != "[":
        text.value()
        return
    for _ in text.items():
        text.value()


def _found(text: JsonText, name: str) -> Found:
    if text.mark() != "{":
        raise one_fault(name, f"has no member {MEMBER!r} that holds a collection")
    tables: dict[str, pa.Table] = {}
    held: dict[str, Any] = {"files": {}, "about": {}}
    for key in text.members():
        if key in {"files", "tables", "about"} and text.mark() != "{":
            raise one_fault(name, f"has a member {MEMBER!r} whose parts are no objects")
        if key == "tables":
            tables = dict(_tables(text, name))
        elif key in held:
            held[key] = text.value()
        else:
            _pass(text)
    files = held["files"]
    if bad := [file for file, content in files.items() if not isinstance(content, str)]:
        raise FaultsError(
            [Fault(name, None, repr(file), None, "is not text", "write it as text") for file in bad]
        )
    return Found(name, tables, {file: content.encode() for file, content in files.items()}, held["about"])


def _tables(text: JsonText, name: str) -> Iterator[tuple[str, pa.Table]]:
    for table in text.members():
        if table in HEADERS:
            yield table, _table(text, name, table)
        else:
            _pass(text)


def _table(text: JsonText, name: str, table: str) -> pa.Table:
    """Read the columns of a table, then its rows, some at a time."""
    told, columns, read = f"{name} table {table}", None, None
    for key in text.members() if text.mark() == "{" else ():
        if key == "columns":
            columns = text.value()
            if not isinstance(columns, list) or sorted(map(str, columns)) not in _headers(table):
                raise one_fault(told, f"has other columns than {', '.join(HEADERS[table])}")
        elif key == "rows" and columns is not None and text.mark() == "[":
            read = _rows(text, name, table, columns)
        else:
            _pass(text)
    if columns is None or read is None:
        raise one_fault(told, "has no columns and rows that are lists, in this order")
    return read


def _headers(table: str) -> list[list[str]]:
    """Give the columns that a table may have, in the order of their names."""
    return [sorted(HEADERS[table]), sorted((*HEADERS[table], *MORE.get(table, ())))]


def _rows(text: JsonText, name: str, table: str, columns: list[str]) -> pa.Table:
    ordered = [*HEADERS[table], *(column for column in MORE.get(table, ()) if column in columns)]
    schema = pa.schema([(column, TEXT) for column in ordered])
    pieces, begins = [schema.empty_table()], 1
    items = (text.value() for _ in text.items())
    while rows := list(islice(items, _ROWS)):
        _hold(rows, begins, f"{name} table {table}", len(columns))
        cells = dict(zip(columns, zip(*rows, strict=True), strict=True))
        made = [text_column(name, table, column, cells[column], begins) for column in ordered]
        pieces.append(pa.table(made, schema=schema))
        begins += len(rows)
    return pa.concat_tables(pieces)


def _hold(rows: list[Any], begins: int, told: str, wide: int) -> None:
    """Refuse rows that are not lists of so many cells."""
    if not all(isinstance(row, list) for row in rows):
        raise one_fault(told, "has no columns and rows that are lists, in this order")
    if bad := [at for at, row in enumerate(rows, begins) if len(row) != wide]:
        why = f"has not the {wide} cells of the columns"
        raise FaultsError([Fault(told, at, None, None, why, "mend it") for at in bad])
