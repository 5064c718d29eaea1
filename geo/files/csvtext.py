"""Frames of text written as CSV, column by column, so that they read back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["csv_header", "csv_lines", "csv_rows"]

_NEED_QUOTES: Final = '[",\r\n]'
"""What a cell holds that must stand in quotes (RFC 4180); a lone carriage return ends a line for many readers."""
_TEXT: Final = pa.large_string()
_QUOTE, _TWO_QUOTES, _COMMA, _NOTHING, _END = (pa.scalar(mark, _TEXT) for mark in ('"', '""', ",", "", "\n"))


def csv_rows(frame: pd.DataFrame) -> bytes:
    r"""Write the rows of a frame of strings, of two columns or more, in UTF-8, each ended by \n; without the header.

    Quotes stand where they must and nowhere else.
    """
    return "".join(csv_lines(frame)).encode()


def csv_lines(frame: pd.DataFrame) -> list[str]:
    """Write rows as `csv_rows` does, each by itself."""
    if frame.empty:
        return []
    columns = [_quoted(pa.array(frame[column], type=_TEXT)) for column in frame.columns]
    rows = pc.binary_join_element_wise(*columns, _COMMA)
    lines: list[str] = pc.binary_join_element_wise(rows, _NOTHING, _END).to_pylist()
    return lines


def csv_header(columns: Sequence[str]) -> bytes:
    """Write the row of a file's columns, two or more."""
    cells = [_quoted(pa.array([column], type=_TEXT)) for column in columns]
    row: str = pc.binary_join_element_wise(*cells, _COMMA)[0].as_py()
    return f"{row}\n".encode()


def _quoted(cells: Any) -> Any:
    """Put quotes round the cells that need them."""
    need = pc.match_substring_regex(cells, _NEED_QUOTES)
    if not pc.any(need).as_py():
        return cells
    doubled = pc.replace_substring(cells, _QUOTE.as_py(), _TWO_QUOTES.as_py())
    return pc.if_else(need, pc.binary_join_element_wise(_QUOTE, doubled, _QUOTE, _NOTHING), cells)
