"""Columns as others take their cells: days as ISO, whole numbers whole, what is not said as null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from claims.coded import strings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["days", "iso", "plain", "records", "said"]

_WIDTHS: Final[Mapping[pa.DataType, np.dtype[Any]]] = {
    pa.string(): np.dtype("int32"),
    pa.large_string(): np.dtype("int64"),
}
"""How the beginnings of texts lie in memory."""


def plain(column: pd.Series) -> list[Any]:
    """Return a column's cells as JSON knows them."""
    cells: list[Any]
    match column.dtype.kind:
        case "M":
            cells = iso(column).to_pylist()
        case "f":
            cells = _numbers(column.to_numpy())
        case "b" | "i" | "u":
            cells = column.to_list()
        case _:
            cells = said(strings(column)).to_pylist()
    return cells


def said(texts: pa.Array) -> pa.Array:
    """Return texts (`pa.string()` or `pa.large_string()`) with null for ""; they stay where they lie in memory."""
    if not len(texts):
        return texts
    _, offsets, letters = texts.buffers()
    width = _WIDTHS[texts.type]
    offsets = offsets[texts.offset * width.itemsize :]
    said = np.diff(np.frombuffer(memoryview(offsets), dtype=width, count=len(texts) + 1)) > 0
    if texts.null_count:
        said &= texts.is_valid().to_numpy(zero_copy_only=False)
    bits = pa.py_buffer(np.packbits(said, bitorder="little"))
    return pa.Array.from_buffers(texts.type, len(texts), [bits, offsets, letters])


def days(column: pd.Series) -> pa.Array:
    """Return days (datetime64[s]) as date32, null for NaT."""
    numbers = column.to_numpy().astype("datetime64[D]")
    return pa.array(numbers, mask=np.isnat(numbers), type=pa.date32())


def iso(column: pd.Series) -> pa.Array:
    """Return days (datetime64[s]) as ISO days, null for NaT."""
    return days(column).cast(pa.string())


def _numbers(numbers: np.ndarray) -> list[Any]:
    cells = np.full(len(numbers), None, dtype=object)
    said = np.isfinite(numbers)
    whole = said & (np.where(said, numbers, 0) % 1 == 0)
    cells[whole] = numbers[whole].astype(np.int64)
    cells[said & ~whole] = numbers[said & ~whole]
    return list(cells)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows, each as its cells by their columns."""
    names = [str(name) for name in frame.columns]
    columns = [plain(frame[name]) for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
