"""Columns as JSON knows their cells: days as ISO, whole numbers whole, what is not said as null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import strings

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["iso", "plain", "records"]


def plain(column: pd.Series) -> list[Any]:
    """Return a column's cells."""
    cells: list[Any]
    match column.dtype.kind:
        case "M":
            cells = iso(column).to_pylist()
        case "f":
            cells = _numbers(column.to_numpy())
        case "b" | "i" | "u":
            cells = column.to_list()
        case _:
            texts = strings(column)
            cells = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts).to_pylist()
    return cells


def iso(column: pd.Series) -> pa.Array:
    """Return days (datetime64[s]) as ISO days, null for NaT."""
    days = column.to_numpy().astype("datetime64[D]")
    return pa.array(np.datetime_as_string(days).astype(object), mask=np.isnat(days), type=pa.string())


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
