"""Cells of tables as the whole numbers that travel in the page."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from claims.clock import NO_DAY

DEGREE: Final = 10_000
"""Coordinates travel as whole ten-thousandths of a degree (11 m at the equator)."""

NO_COUNT: Final = -1
OPEN_COUNT: Final = -2
NONE: Final = -1

MOST: Final = 2**30 - 1
"""No number travels that is larger, so that twice a difference of two is one of 32 bits."""


def degrees(cells: Any) -> np.ndarray:
    """Return degrees as whole ten-thousandths."""
    whole: np.ndarray = np.rint(np.asarray(cells, dtype=float) * DEGREE).astype("int32")
    return whole


def counts(cells: np.ndarray) -> np.ndarray:
    """Return numbers of people and the like: `NO_COUNT` for NaN, `OPEN_COUNT` for infinity."""
    whole = np.where(np.isfinite(cells), np.minimum(cells, MOST), NO_COUNT)
    return np.where(np.isinf(cells), OPEN_COUNT, whole).astype("int32")


def days(numbers: np.ndarray) -> np.ndarray:
    """Return days since 1970-01-01, `claims.clock.NO_DAY` for an unknown one."""
    whole: np.ndarray = np.maximum(numbers, NO_DAY).astype("int32")
    return whole


def unsigned(places: np.ndarray) -> np.ndarray:
    """Return places in an enum as bytes; 255 for none."""
    return places.astype("uint8")
