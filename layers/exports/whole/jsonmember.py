"""A collection handed over whole as the member `bordermap` of a GeoJSON document, one row a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from layers.exports import geojson
from layers.exports.whole.parts import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layers.exports.formats import Export

__all__ = ["MEMBER", "member", "write"]

MEMBER: Final = "bordermap"
_ROWS: Final = 10_000


def write(export: Export, out: Path) -> None:
    """Write GeoJSON that holds its collection whole besides its features; raises as `whole_file` does."""
    geojson.write(export, out, [(MEMBER, member(export))])


def member(export: Export) -> Iterator[str]:
    """Give the value of the member in pieces.

    It is an object of `files` (text by name, collection.toml among them), `tables` (by name: `columns`, their names, and
    `rows`, lists of cells in their order: text, days as ISO, numbers, null where nothing is said), and `about`
    (`layers.exports.whole.parts.Whole`).
    """
    whole = whole_of(export)
    files = {name: content.decode() for name, content in whole.files.items()}
    yield f'{{"files":{_text(files)},\n"tables":{{'
    for number, (name, table) in enumerate(whole.tables.items()):
        between = ",\n" if number else "\n"
        yield f'{between}{_text(name)}:{{"columns":{_text(table.column_names)},"rows":['
        for begins in range(0, table.num_rows, _ROWS):
            yield ",\n" if begins else "\n"
            yield _rows(table.slice(begins, _ROWS))
        yield "]}"
    yield f'}},\n"about":{_text(dict(whole.about))}}}'


def _rows(table: pa.Table) -> str:
    columns = [_plain(column) for column in table.columns]
    return b",\n".join(map(orjson.dumps, zip(*columns, strict=True))).decode()


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Give cells as Python has them, numbers whole where all of them are."""
    if pa.types.is_floating(column.type) and pc.all(pc.equal(pc.floor(column), column), min_count=0).as_py():
        column = pc.cast(column, pa.int64())
    cells: list[Any] = column.to_pylist()
    return cells
