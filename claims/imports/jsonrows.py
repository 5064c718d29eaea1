"""Rows of text written as JSON, all rows of a column at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from geo.files.csvwriting import TEXT, bytes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["json_lists", "json_objects"]

_ODD: Final = bytes([*range(0x20), *b'"\\'])
"""What a string of JSON cannot hold as it is (RFC 8259)."""
_ODD_IN_CELL: Final = r'["\\\x00-\x1f]'


def json_objects(names: Sequence[str], columns: Sequence[pa.Array]) -> pa.Array:
    """Write each row as an object of its cells by the names of its columns, as `orjson.dumps` does.

    Args:
        names: Of the columns, each once.
        columns: Text (`pa.large_string()`) without nulls, all of one length; one or more.
    """
    return _joined([f"{orjson.dumps(name).decode()}:" for name in names], columns, "{}")


def json_lists(columns: Sequence[pa.Array]) -> pa.Array:
    """Write each row as a list of its cells likewise."""
    return _joined([""] * len(columns), columns, "[]")


def _joined(before: Sequence[str], columns: Sequence[pa.Array], brackets: str) -> pa.Array:
    parts, between = [], brackets[0]
    for at, (name, cells) in enumerate(zip(before, columns, strict=True)):
        between += f'{"," if at else ""}{name}"'
        if len(bytes_of(cells)):  # most columns of a wide table are empty
            parts += [pa.scalar(between, TEXT), _escaped(cells)]
            between = ""
        between += '"'
    if not parts:
        return pa.repeat(pa.scalar(between + brackets[1], TEXT), len(columns[0]))
    return pc.binary_join_element_wise(*parts, pa.scalar(between + brackets[1], TEXT), pa.scalar("", TEXT))


def _escaped(cells: pa.Array) -> pa.Array:
    """Write cells as they stand in a string of JSON; few have a sign that stands otherwise there."""
    text = bytes(bytes_of(cells))
    if len(text.translate(None, _ODD)) == len(text):
        return cells
    odd = pc.match_substring_regex(cells, _ODD_IN_CELL)
    mended = [orjson.dumps(cell).decode()[1:-1] for cell in cells.filter(odd).to_pylist()]
    return pc.replace_with_mask(cells, odd, pa.array(mended, TEXT))
