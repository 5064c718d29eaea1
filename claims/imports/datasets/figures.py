"""Whole numbers as data sets write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.imports.uniquely import each
from claims.tables import MOST

if TYPE_CHECKING:
    from claims.imports.checking import Checked

__all__ = ["figures", "wholes"]

_WHOLE: Final = re.compile(r"\d{1,15}(?:\.0+)?", re.ASCII)


def wholes(rows: Checked, column: str) -> np.ndarray:
    """Read a column of counts, and make a fault of each cell that is none; float64, NaN where it is empty."""
    cells = rows.text(column)
    numbers = each(cells, lambda cell: float(cell) if _WHOLE.fullmatch(cell) else np.nan, "float64")
    wrong = cells.ne("").to_numpy() & np.isnan(numbers)
    rows.fault_where(column, wrong, "is not a whole number", "write digits only, as 12")
    rows.fault_where(column, numbers > MOST, "is more than can be", f"write at most {MOST}")
    return numbers


def figures(numbers: np.ndarray) -> np.ndarray:
    """Write whole numbers; dtype object, "" for NaN."""
    uniques, codes = np.unique(numbers, return_inverse=True)
    words = np.array(["" if np.isnan(number) else str(int(number)) for number in uniques], dtype=object)
    written: np.ndarray = words[codes]
    return written
