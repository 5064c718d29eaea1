"""A column of numbers, read chunk by chunk, with what must be asked of it asked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.imports.cells.distinct import Distinct
from claims.imports.cells.strange import Strange
from claims.imports.cells.writtennumbers import CountRead, count_of
from geo.errors import Fault

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CountColumn", "Counts"]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The numbers of a column; each of shape (rows,).

    Attributes:
        count: float64, NaN where none is said.
        low: float64, NaN where it is open or nothing is said.
        high: Likewise.
        qualifier: Words of `CountQualifier`, "" where nothing is said.
        unit: Words of `CountUnit`, "" where the cell does not say it.
        bad: Whether the cell is at fault, or waits for what parts decimals.
    """

    count: np.ndarray
    low: np.ndarray
    high: np.ndarray
    qualifier: np.ndarray
    unit: np.ndarray
    bad: np.ndarray


class CountColumn:
    """A column of numbers of people or things, read chunk by chunk; what is asked of it is asked once."""

    def __init__(self, file: str, column: str, decimal: str = "") -> None:
        """Read a column of a file as its user says decimals are parted: ".", "," or "" where nothing is said."""
        self._file = file
        self._column = column
        self._cells: Distinct[CountRead] = Distinct(lambda cell: count_of(cell, decimal))
        self._asked = False
        self._strange = Strange()

    def read(self, cells: pd.Series, lines: np.ndarray, faults: list[Fault]) -> Counts:
        """Read the cells of a chunk; a cell that is no number is a fault of its own, what parts decimals is asked once."""
        codes, read = self._cells.of(cells)
        wrong = np.array([bool(one.why) for one in read], dtype=bool)
        found = []
        for row in map(int, np.flatnonzero(wrong[codes])):
            one = read[codes[row]]
            value = str(cells.iloc[row])
            found.append(Fault(self._file, int(lines[row]), self._column, value, one.why, one.todo))
        self._strange.tell(found, faults)
        asked = np.array([one.asked for one in read], dtype=bool)
        if asked.any() and not self._asked:
            self._asked = True
            row = int(np.argmax(asked[codes]))
            why = f"has numbers that may be thousands or decimals (line {int(lines[row])}: {str(cells.iloc[row])!r})"
            todo = "say --decimal , where 2.000 is two thousand, or --decimal . where it is two"
            faults.append(Fault(self._file, None, self._column, None, why, todo))

        def each(name: str, dtype: type) -> np.ndarray:
            answers: np.ndarray = np.array([getattr(one, name) for one in read], dtype=dtype)[codes]
            return answers

        return Counts(
            count=each("count", float),
            low=each("low", float),
            high=each("high", float),
            qualifier=each("qualifier", object),
            unit=each("unit", object),
            bad=(wrong | asked)[codes],
        )
