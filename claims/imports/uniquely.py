"""A column's answers, each different cell looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["each"]


def each(cells: pd.Series, answer: Callable[[str], Any], dtype: str = "object") -> np.ndarray:
    """Give the answer to each cell of a column, asking once for each different cell.

    Args:
        cells: Text; none is missing.
        answer: Gives the answer to a cell.
        dtype: Of the answers.
    """
    codes, uniques = pd.factorize(cells)
    answers = np.empty(len(uniques), dtype=dtype)
    for at, cell in enumerate(uniques):
        answers[at] = answer(cell)
    given: np.ndarray = answers[codes]
    return given
