"""Find a collection in a GeoJSON document that holds it whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa

from claims.imports.whole.found import Found, one_fault, text_column
from claims.typedtables import HEADERS
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["find_in_json", "is_whole_json"]

MEMBER: Final = "bordermap"
_MARKS: Final = (b'"bordermap"', b'"collection.toml"')
_LINE: Final = b'\n"bordermap":'
"""How the member begins where nobody has laid the document out anew: no string of JSON holds a line feed."""

_PIECE: Final = 1 << 20
_LARGEST: Final = 1 << 30
"""Of a document that was laid out anew, in bytes: it is taken apart in memory as a whole."""


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
    held = _member(path, name)
    if not isinstance(held, Mapping):
        raise one_fault(name, f"has no member {MEMBER!r} that holds a collection")
    files, tables, about = (held.get(key, {}) for key in ("files", "tables", "about"))
    if not all(isinstance(part, Mapping) for part in (files, tables, about)):
        raise one_fault(name, f"has a member {MEMBER!r} whose parts are no objects")
    if bad := [file for file, text in files.items() if not isinstance(text, str)]:
        raise FaultsError(
            [Fault(name, None, repr(file), None, "is not text", "write it as text") for file in bad]
        )
    known = {table: _table(name, table, tables[table]) for table in HEADERS if table in tables}
    return Found(name, known, {file: text.encode() for file, text in files.items()}, about)


def _member(path: Path, name: str) -> Any:
    document = path.read_bytes()
    begins = document.rfind(_LINE)
    try:
        if begins >= 0:
            try:
                return orjson.loads(b"{" + document[begins:])[MEMBER]
            except orjson.JSONDecodeError:
                pass  # it has more members after it, or another layout
        if len(document) > _LARGEST:
            raise one_fault(name, f"is laid out anew and over {_LARGEST} bytes")
        read = orjson.loads(document)
    except orjson.JSONDecodeError as error:
        raise FaultsError(
            [Fault(name, error.lineno, None, None, f"is not JSON ({error.msg})", "mend that line")]
        ) from None
    return read.get(MEMBER) if isinstance(read, Mapping) else None


def _table(name: str, table: str, held: Any) -> pa.Table:
    columns, rows = (
        (held.get(key) for key in ("columns", "rows")) if isinstance(held, Mapping) else (None, None)
    )
    if (
        not isinstance(columns, list)
        or not isinstance(rows, list)
        or not all(isinstance(row, list) for row in rows)
    ):
        raise one_fault(f"{name} table {table}", "has no columns and rows that are lists")
    if sorted(map(str, columns)) != sorted(HEADERS[table]):
        raise one_fault(f"{name} table {table}", f"has other columns than {', '.join(HEADERS[table])}")
    if bad := [number for number, row in enumerate(rows, 1) if len(row) != len(columns)]:
        why = f"has not the {len(columns)} cells of the columns"
        raise FaultsError([Fault(f"{name} table {table}", row, None, None, why, "mend it") for row in bad])
    cells = dict(zip(columns, zip(*rows, strict=True) if rows else ((),) * len(columns), strict=True))
    return pa.table(
        {column: text_column(name, table, column, list(cells[column])) for column in HEADERS[table]}
    )
