"""Cells of tables as the whole numbers that travel in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from layers.clock import NO_DAY, days_of

if TYPE_CHECKING:
    from enum import StrEnum

DEGREE: Final = 10_000
"""Coordinates travel as whole ten-thousandths of a degree (11 m at the equator)."""

NO_COUNT: Final = -1
OPEN_COUNT: Final = -2
NONE: Final = -1

MOST: Final = 2**30 - 1
"""No number travels that is larger, so that twice a difference of two is one of 32 bits."""


def words(cells: pd.Series, enum: type[StrEnum]) -> np.ndarray:
    """Return the place of each word in its enum; 255 where the cell is empty and the enum has no such word."""
    codes = pd.Index([str(member) for member in enum]).get_indexer(cells)
    unsigned: np.ndarray = codes.astype("uint8")  # -1 becomes 255
    return unsigned


def degrees(cells: Any) -> np.ndarray:
    """Return degrees as whole ten-thousandths."""
    whole: np.ndarray = np.rint(np.asarray(cells, dtype=float) * DEGREE).astype("int32")
    return whole


def counts(cells: pd.Series | np.ndarray) -> np.ndarray:
    """Return numbers of people and the like: `NO_COUNT` for NaN, `OPEN_COUNT` for infinity."""
    numbers = np.asarray(cells, dtype=float)
    whole = np.where(np.isfinite(numbers), np.minimum(numbers, MOST), NO_COUNT)
    return np.where(np.isinf(numbers), OPEN_COUNT, whole).astype("int32")


def days(cells: pd.Series) -> np.ndarray:
    """Return days since 1970-01-01, `NO_DAY` for NaT."""
    return np.clip(days_of(cells), NO_DAY, None).astype("int32")


def numbers(ids: pd.Series, index: pd.Index) -> np.ndarray:
    """Return the number of each id in an index, `NONE` where it is not in it."""
    found: np.ndarray = index.get_indexer(ids).astype("int32")
    return found
