"""The days of claims, from the days that rows of a table tell and how they mean them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from claims.imports.cells.days import DayColumn
from claims.imports.datasets.dated import iso
from claims.imports.datasets.precision import ACLED_TIME, days_around, is_code
from claims.imports.tables.worded import WordColumn
from claims.model import DateKind, Kind

if TYPE_CHECKING:
    from claims.imports.converting import Asked
    from claims.imports.rows import Notice
    from claims.imports.tables.mappedrows import MappedRows
    from claims.imports.tables.mapping import TableMapping

__all__ = ["When"]

LASTING: Final = (Kind.DEPLOYMENT, Kind.CLOSURE)
"""Kinds that hold on all days from a first to a last, where a table has a cell for each and does not say how it means them."""


class When:
    """Reads the days of rows, chunk by chunk."""

    def __init__(self, asked: Asked, mapping: TableMapping, *, throughout: bool = False) -> None:
        """Read them as a mapping says.

        Args:
            asked: What the user says of the file.
            mapping: Where the days are.
            throughout: Whether what is told of several days was on all of them, as of a number counted over a period.
        """
        self._throughout = throughout
        self._columns = {
            ours: DayColumn(asked.name, mapping.columns.get(ours, f"--set {ours}"), asked.dates)
            for ours in ("date", "date_start", "date_end")
            if mapping.says(ours)
        }
        self._kinds = None
        if mapping.says("date_kind"):
            theirs = mapping.columns.get("date_kind", "--set date_kind")
            self._kinds = WordColumn("date_kind", theirs, mapping.meanings.get("date_kind", {}))

    def read(self, rows: MappedRows, kinds: np.ndarray, notices: list[Notice]) -> dict[str, np.ndarray]:
        """Give date_start, date_end, date_kind and date_text of claims.csv; rows with a fault are held for faulty.

        Args:
            rows: The rows.
            kinds: What happened in each.
            notices: Where it is told that numbers were read as days.
        """
        start, end, two = self._ends(rows, notices)
        rows.fault_where(
            "date_end", (start > end) & (end != ""), "is before the first day", "swap or correct them"
        )
        start, end, widened = _around(rows, start, end)
        meant = np.full(len(rows), "", dtype=object)
        if self._kinds is not None:
            meant = self._kinds.read(rows, otherwise="")
        return {**self._meant(start, end, kinds, meant, two & ~widened), "date_text": self._text(rows)}

    def _ends(self, rows: MappedRows, notices: list[Notice]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Read the first and the last day of each row, and whether each has a cell of its own that says one day.

        A last day that has no column is the first one's. Of a number counted over a period one cell may say both.
        """
        nothing = np.full(len(rows), "", dtype=object)
        read = {}
        for ours, column in self._columns.items():
            read[ours] = column.read(rows.text(ours), rows.lines, rows.faults, notices)
            rows.mark(read[ours].bad)
        if "date" in read:
            return read["date"].start, read["date"].end, np.full(len(rows), self._throughout)
        start, first_end = (
            (read["date_start"].start, read["date_start"].end) if "date_start" in read else (nothing, nothing)
        )
        if "date_end" not in read:
            return start, first_end, (start == first_end) | self._throughout
        # Where no last day is told, it began within what the first says.
        end = np.where((read["date_end"].end == "") & (start != first_end), first_end, read["date_end"].end)
        single = (start == first_end) & (read["date_end"].start == read["date_end"].end)
        return start, end, single | self._throughout

    def _meant(
        self, start: np.ndarray, end: np.ndarray, kinds: np.ndarray, meant: np.ndarray, sure: np.ndarray
    ) -> dict[str, np.ndarray]:
        """Say how the days are meant, and leave out the end that is not."""
        lasting = np.isin(kinds, list(LASTING)) | self._throughout
        first_only, last_only = (start != "") & (end == ""), (start == "") & (end != "")
        usual = np.select(
            [first_only & lasting & sure, last_only, lasting & sure & (start != end)],
            [str(DateKind.SINCE), str(DateKind.BY), str(DateKind.THROUGHOUT)],
            str(DateKind.ON),
        ).astype(object)
        kind = np.where(meant != "", meant, usual)
        kind = np.where((start == "") & (end == ""), "", kind)
        by, since = kind == DateKind.BY, kind == DateKind.SINCE
        first = np.where(by & (start == end), "", np.where(~by & (start == ""), end, start))
        last = np.where(since, "", np.where(end == "", start, end))
        return {"date_start": first, "date_end": last, "date_kind": kind}

    def _text(self, rows: MappedRows) -> np.ndarray:
        """Give the cells that tell the days, as written."""
        text = np.full(len(rows), "", dtype=object)
        for ours in self._columns:
            cells = rows.text(ours).to_numpy()
            more = (cells != "") & (cells != text)
            text = np.where(more & (text != ""), text + " to " + cells, np.where(more, cells, text))
        return text


def _around(
    rows: MappedRows, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Widen days by the code for how sure they are, and say which were."""
    if not rows.says("time_precision"):
        return start, end, np.zeros(len(rows), dtype=bool)
    codes = rows.text("time_precision")
    known = is_code(ACLED_TIME, codes)
    rows.fault_where(
        "time_precision", ~known, "is no code", "write 1 (the day), 2 (its week) or 3 (its month)"
    )
    around: Any = days_around(ACLED_TIME, codes.where(known, "")).astype("timedelta64[D]")
    first, last = (np.where(days == "", "NaT", days).astype("datetime64[D]") for days in (start, end))
    widened = around > np.timedelta64(0, "D")
    last = np.where(np.isnat(last) & widened, first, last)
    return iso(first - around), iso(last + around), widened
