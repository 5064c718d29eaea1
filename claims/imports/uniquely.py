"""A column's answers, each different cell looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

__all__ = ["each", "numbered"]


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


def numbered(*columns: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Number rows by their cells in all columns, from 0 in the order in which they first stand, and give these first rows.

    Args:
        columns: One or more, of one length; NaN is itself.

    Returns:
        The number of each row, shape (rows,), and of each number its first row, shape (numbers,).
    """
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        at, uniques = pd.factorize(column, use_na_sentinel=False)
        codes, _ = pd.factorize(codes * (len(uniques) + 1) + at)
    first = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
    return codes, first
