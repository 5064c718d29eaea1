"""The numbers of claims, from the columns of a table that say how many, at least and at most how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.imports.cells.numbers import CountColumn
from claims.imports.datasets.figures import figures
from claims.imports.tables.worded import WordColumn
from claims.model import CountQualifier

if TYPE_CHECKING:
    from claims.imports.cells.numbers import Counts
    from claims.imports.converting import Asked
    from claims.imports.tables.mappedrows import MappedRows
    from claims.imports.tables.mapping import TableMapping

__all__ = ["COUNTS", "HowMany"]

COUNTS: Final = ("count", "count_low", "count_high")


class HowMany:
    """Reads the numbers of rows, chunk by chunk."""

    def __init__(self, asked: Asked, mapping: TableMapping) -> None:
        """Read them as a mapping says."""
        self._columns = {
            ours: CountColumn(asked.name, mapping.columns.get(ours, f"--set {ours}"), asked.decimal)
            for ours in COUNTS
            if mapping.says(ours)
        }
        self._units = None
        if mapping.says("count_unit"):
            theirs = mapping.columns.get("count_unit", "--set count_unit")
            self._units = WordColumn("count_unit", theirs, mapping.meanings.get("count_unit", {}))

    def read(self, rows: MappedRows) -> dict[str, np.ndarray]:
        """Give the columns count_* of claims.csv; rows with a fault are held for faulty."""
        read: dict[str, Counts] = {}
        for ours, column in self._columns.items():
            read[ours] = column.read(rows.text(ours), rows.lines, rows.faults)
            rows.mark(read[ours].bad)
        if not read:
            return {}
        count, low, high, qualifier = _meant(read, len(rows))
        rows.fault_where(
            "count_low", low > high, "is above the highest number", "swap or correct the numbers"
        )
        outside = (count < low) | (count > high)
        rows.fault_where("count", outside, "is not between the lowest and the highest", "correct the numbers")
        said = ~(np.isnan(count) & np.isnan(low) & np.isnan(high))
        units = self._unit(rows, next(iter(read.values())), said)
        return {
            "count": figures(count),
            "count_low": figures(low),
            "count_high": figures(high),
            "count_qualifier": np.where(said, qualifier, ""),
            "count_unit": np.where(said, units, ""),
            "count_text": np.where(said, self._text(rows), ""),
        }

    def _unit(self, rows: MappedRows, counts: Counts, said: np.ndarray) -> np.ndarray:
        """Give what is counted: by the cell itself, else by its column or what the user says."""
        units = np.full(len(rows), "", dtype=object)
        if self._units is not None:
            units = self._units.read(rows, otherwise="")
        units = np.where(counts.unit != "", counts.unit, units)
        todo = "say what is counted with --set count_unit=people, or map a column to count_unit"
        rows.fault_where("count_unit" if self._units else "count", said & (units == ""), "has no unit", todo)
        return units

    def _text(self, rows: MappedRows) -> np.ndarray:
        """Give the cells that tell the number, as written."""
        text = np.full(len(rows), "", dtype=object)
        for ours in self._columns:
            label = "" if ours == "count" else f"{ours.removeprefix('count_')} "
            cells = rows.text(ours).to_numpy()
            more = np.where(cells != "", label + cells, "")
            text = np.where((text != "") & (more != ""), text + ", " + more, text + more)
        return text


def _meant(read: dict[str, Counts], rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give the number said, the range that is meant and how: what has a column of its own goes before what the words mean."""
    nan = np.full(rows, np.nan)
    count, low, high = nan, nan, nan
    qualifier = np.full(rows, "", dtype=object)
    if "count" in read:
        said = read["count"]
        count, low, high, qualifier = said.count, said.low, said.high, said.qualifier
    least, most = (_end(read, ours, nan) for ours in ("count_low", "count_high"))
    narrow = low == high
    low = np.where(np.isnan(least), np.where(narrow & ~np.isnan(most), nan, low), least)
    high = np.where(np.isnan(most), np.where(narrow & ~np.isnan(least), nan, high), most)
    ranged = ~(np.isnan(least) & np.isnan(most))
    unsaid = np.isnan(count)
    of_range = np.select(
        [
            unsaid & np.isnan(high),
            unsaid & np.isnan(low),
            unsaid,
            (count == low) & (count == high),
            (count == low) & np.isnan(high),
            (count == high) & np.isnan(low),
        ],
        [
            str(CountQualifier.AT_LEAST),
            str(CountQualifier.AT_MOST),
            str(CountQualifier.VAGUE),
            str(CountQualifier.EXACT),
            str(CountQualifier.AT_LEAST),
            str(CountQualifier.AT_MOST),
        ],
        str(CountQualifier.ABOUT),
    ).astype(object)
    return count, low, high, np.where(ranged, of_range, qualifier)


def _end(read: dict[str, Counts], ours: str, nan: np.ndarray) -> np.ndarray:
    """Give what a column of lowest or highest numbers says."""
    if ours not in read:
        return nan
    said = read[ours]
    bound = said.low if ours == "count_low" else said.high
    # "More than 500" for the most that is meant leaves it open.
    opened = said.qualifier == str(
        CountQualifier.AT_LEAST if ours == "count_high" else CountQualifier.AT_MOST
    )
    return np.where(np.isnan(said.count) | opened, bound, said.count)
