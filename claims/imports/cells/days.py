"""A column of days, read chunk by chunk, with what must be asked of it asked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.imports.cells.distinct import Distinct
from claims.imports.cells.strange import Strange
from claims.imports.cells.writtendays import ORDERS, TIME, DayRead, day_of
from claims.imports.converting import DateOrder
from claims.imports.rows import Notice
from geo.errors import Fault

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DayColumn", "Days"]

_DAY: Final = len("2024-12-07")


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """The days of a column.

    Attributes:
        start: ISO days as strings, "" where none is said or read; shape (rows,).
        end: Likewise.
        bad: Whether the cell is at fault, or waits for the order of its numbers.
    """

    start: np.ndarray
    end: np.ndarray
    bad: np.ndarray


class DayColumn:
    """A column of days, read chunk by chunk; what is asked of it is asked once."""

    def __init__(self, file: str, column: str, order: DateOrder | None = None) -> None:
        """Read a column of a file as its user says its numbers are ordered; None where nothing is said."""
        self._file = file
        self._column = column
        self._cells: Distinct[DayRead] = Distinct(lambda cell: day_of(cell, order))
        self._only: dict[DateOrder, str] = {}
        self._either = ""
        self._asked: Fault | None = None
        self._told_serial = False
        self._strange = Strange()

    def read(self, cells: pd.Series, lines: np.ndarray, faults: list[Fault], notices: list[Notice]) -> Days:
        """Read the cells of a chunk.

        A cell that is no day is a fault of its own. Where the order of day, month and year must be asked for, that is one
        fault of the column, which stands in the list once and says what all cells so far allow.
        """
        codes, read = self._cells.of(_without_time(cells))
        bad_code = np.array([bool(day.why or day.orders) for day in read], dtype=bool)
        self._tell_faults(codes, read, cells, lines, faults)
        self._ask(codes, read, cells, lines, faults)
        self._tell_serial(codes, read, cells, lines, notices)
        start = np.array([day.start for day in read], dtype=object)
        end = np.array([day.end for day in read], dtype=object)
        return Days(start[codes], end[codes], bad_code[codes])

    def _tell_faults(
        self,
        codes: np.ndarray,
        read: list[DayRead],
        cells: pd.Series,
        lines: np.ndarray,
        faults: list[Fault],
    ) -> None:
        wrong = np.array([bool(day.why) for day in read], dtype=bool)
        found = []
        for row in map(int, np.flatnonzero(wrong[codes])):
            day = read[codes[row]]
            found.append(
                Fault(self._file, int(lines[row]), self._column, str(cells.iloc[row]), day.why, day.todo)
            )
        self._strange.tell(found, faults)

    def _ask(
        self,
        codes: np.ndarray,
        read: list[DayRead],
        cells: pd.Series,
        lines: np.ndarray,
        faults: list[Fault],
    ) -> None:
        """Ask for the order once; where later cells say more of it, the fault is told anew in its place."""
        _, first = np.unique(codes, return_index=True)
        before = (dict(self._only), self._either)
        for row in map(int, np.sort(first)):
            orders = read[codes[row]].orders
            where = f"line {int(lines[row])}: {str(cells.iloc[row])!r}"
            if len(orders) == 1:
                self._only.setdefault(orders[0], where)
            elif orders:
                self._either = self._either or where
        if before == (self._only, self._either):
            return
        asked = self._question()
        if self._asked in faults:
            faults[faults.index(self._asked)] = asked
        else:
            faults.append(asked)
        self._asked = asked

    def _question(self) -> Fault:
        either = (DateOrder.DMY, DateOrder.MDY)
        said = [f"{where} can only have {ORDERS[order]}" for order, where in self._only.items()]
        if self._either and not self._only:
            said = [f"{self._either} may have {ORDERS[either[0]]} or {ORDERS[either[1]]}"]
        why = f"has days whose order is not said ({'; '.join(said)})"
        options = " or ".join(f"--dates {order}" for order in (self._only or either))
        more = ", and write those that are ordered otherwise as 2024-12-07" if len(self._only) > 1 else ""
        return Fault(self._file, None, self._column, None, why, f"say {options}{more}")

    def _tell_serial(
        self,
        codes: np.ndarray,
        read: list[DayRead],
        cells: pd.Series,
        lines: np.ndarray,
        notices: list[Notice],
    ) -> None:
        serial = np.array([day.serial for day in read], dtype=bool)
        if self._told_serial or not serial.any():
            return
        self._told_serial = True
        row = int(np.argmax(serial[codes]))
        said = f"{self._column} {str(cells.iloc[row])!r} and its like are read as a spreadsheet's numbers of days"
        notices.append(Notice(self._file, int(lines[row]), f"{said}: {read[codes[row]].start}"))


def _without_time(cells: pd.Series) -> pd.Series:
    """Cut ISO times of day off, so that a column of them has few distinct cells."""
    if max(map(len, cells), default=0) <= _DAY:  # as most often
        return cells
    timed = cells.str.fullmatch(rf"\d{{4}}-\d{{2}}-\d{{2}}[T ]{TIME}")
    return cells.where(~timed, cells.str[:_DAY]) if timed.any() else cells
