"""CSV in its plain form (RFC 4180, quotes only where they must stand), written from columns of text or from frames of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

__all__ = [
    "bytes_of",
    "csv_header",
    "csv_lines",
    "csv_pieces",
    "csv_rows",
    "csv_size",
    "row_begins",
    "rows_of",
    "text_of",
]

TEXT: Final = pa.large_string()
ROWS: Final = 65_536
"""How many rows are written in one go."""

_MARKS: Final = (b'"', b",", b"\r", b"\n")
_MUST_BE_QUOTED: Final = r'[",\r\n]'
"""What a cell holds that must stand in quotes; a lone carriage return ends a line for many readers."""


def csv_header(columns: Sequence[str]) -> bytes:
    """Write the row of a file's columns, two or more."""
    names = pa.table({f"{number}": pa.array([name], TEXT) for number, name in enumerate(columns)})
    return bytes(bytes_of(rows_of(names)))


def csv_pieces(table: pa.Table) -> Iterator[memoryview | bytes]:
    """Give the bytes of a CSV file in pieces: the header, then some rows at a time, each ended by a line feed.

    Args:
        table: Of two columns or more, all of them text (`pa.large_string()`) without nulls.
    """
    yield csv_header(table.column_names)
    for begins in range(0, table.num_rows, ROWS):
        yield bytes_of(rows_of(table.slice(begins, ROWS)))


def csv_rows(frame: pd.DataFrame) -> bytes:
    r"""Write the rows of a frame of strings, of two columns or more, in UTF-8, each ended by \n; without the header."""
    return bytes(bytes_of(rows_of(_table(frame))))


def csv_lines(frame: pd.DataFrame) -> list[str]:
    """Write rows as `csv_rows` does, each by itself."""
    lines: list[str] = rows_of(_table(frame)).to_pylist()
    return lines


def csv_size(table: pa.Table) -> int:
    """Give how many bytes `csv_pieces` gives of the same table."""
    size = (
        len(csv_header(table.column_names)) + table.num_rows * table.num_columns
    )  # a comma or a line feed after each cell
    for column in table.columns:
        quoted = column.filter(pc.match_substring_regex(column, _MUST_BE_QUOTED))
        size += pc.sum(pc.binary_length(column)).as_py() or 0
        size += 2 * len(quoted) + (pc.sum(pc.count_substring(quoted, '"')).as_py() or 0)
    return int(size)


def row_begins(table: pa.Table) -> list[int]:
    """Give the line, from 1, on which each row of the same table begins, as Python's csv counts lines."""
    line = 1 + _line_ends(pa.array([csv_header(table.column_names).decode()], TEXT))[0].as_py()
    begins: list[int] = []
    for first in range(0, table.num_rows, ROWS):
        ends = pc.cumulative_sum(_line_ends(rows_of(table.slice(first, ROWS)))).to_pylist()
        begins += [line, *(line + end for end in ends[:-1])]
        line += ends[-1]
    return begins


def rows_of(table: pa.Table) -> pa.Array:
    """Write each row of such a table by itself, ended by a line feed."""
    comma, end, nothing = (pa.scalar(text, TEXT) for text in (",", "\n", ""))
    *cells, last = (_quoted(column.combine_chunks()) for column in table.columns)
    return pc.binary_join_element_wise(*cells, pc.binary_join_element_wise(last, end, nothing), comma)


def text_of(cells: pd.Series) -> pa.Array:
    """Give a column of strings as Arrow's text, in one piece."""
    # Arrow's pieces of a column without rows may be of two types of text, which it cannot join.
    array = pa.array(cells.array if len(cells) else [], type=TEXT)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _table(frame: pd.DataFrame) -> pa.Table:
    return pa.table({column: text_of(frame[column]) for column in frame.columns})


def _quoted(cells: pa.Array) -> pa.Array:
    # Most columns have no cell that must be quoted, which their bytes tell at once.
    text = bytes(bytes_of(cells))
    if not any(mark in text for mark in _MARKS):
        return cells
    must = pc.match_substring_regex(cells, _MUST_BE_QUOTED)
    mark, nothing = pa.scalar('"', TEXT), pa.scalar("", TEXT)
    doubled = pc.replace_substring(cells, '"', '""') if _MARKS[0] in text else cells
    return pc.if_else(must, pc.binary_join_element_wise(mark, doubled, mark, nothing), cells)


def bytes_of(rows: pa.Array) -> memoryview:
    """Give rows one after the other, as they lie in memory."""
    _, offsets, data = rows.buffers()
    if data is None or not len(rows):
        return memoryview(b"")
    bounds = memoryview(offsets).cast("q")
    return memoryview(data)[bounds[rows.offset] : bounds[rows.offset + len(rows)]]


def _line_ends(rows: pa.Array) -> pa.Array:
    feeds, returns, both = (pc.count_substring(rows, end) for end in ("\n", "\r", "\r\n"))
    return pc.cast(pc.subtract(pc.add(feeds, returns), both), pa.int64())
