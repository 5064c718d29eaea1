"""Cells read once for each distinct one, since the columns of a long table say the same again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

__all__ = ["Distinct"]

Of = TypeVar("Of")

MOST_KEPT: Final = 200_000
"""Distinct cells of a column that are kept from chunk to chunk; more are read anew, so that memory stays bounded."""


class Distinct(Generic[Of]):
    """What the cells of a column say, each distinct cell read once."""

    def __init__(self, read: Callable[[str], Of]) -> None:
        """Read by a function of a cell alone."""
        self._read = read
        self._known: dict[str, Of] = {}

    def of(self, cells: pd.Series) -> tuple[np.ndarray, list[Of]]:
        """Give of each row the number of what its cell says, and what is said by that number.

        Args:
            cells: Strings; shape (rows,).
        """
        codes, distinct = pd.factorize(cells.to_numpy(dtype=object))
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        known, read = self._known, self._read
        found = []
        for cell in distinct:
            if cell not in known:
                known[cell] = read(cell)
            found.append(known[cell])
        return codes, found
