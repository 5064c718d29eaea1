"""Frames of text written as CSV, column by column, so that they read back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from geo.files.csvwriting import TEXT, bytes_of, rows_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["csv_lines", "csv_rows"]


def csv_rows(frame: pd.DataFrame) -> bytes:
    r"""Write the rows of a frame of strings, of two columns or more, in UTF-8, each ended by \n; without the header.

    Quotes stand where they must and nowhere else (RFC 4180).
    """
    return bytes(bytes_of(rows_of(_table(frame))))


def csv_lines(frame: pd.DataFrame) -> list[str]:
    """Write rows as `csv_rows` does, each by itself."""
    lines: list[str] = rows_of(_table(frame)).to_pylist()
    return lines


def _table(frame: pd.DataFrame) -> pa.Table:
    return pa.table({column: pa.array(frame[column], type=TEXT) for column in frame.columns})
