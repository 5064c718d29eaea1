"""The report of an import: each fault, and each thing that is told of a row, as a row of CSV."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.files.csvwriting import csv_header, csv_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.imports.rows import Notice
    from geo.errors import Fault

__all__ = ["COLUMNS", "report_parts", "report_text"]

COLUMNS: Final = ("told", "file", "line", "column", "value", "why", "todo", "apostrophes")
"""The report's columns: `told` is fault or notice, `apostrophes` names the columns of this row whose cell was given an
apostrophe at its beginning."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV Injection)."""

_ROWS: Final = 10_000
"""So many are written at a time."""


def report_text(faults: Sequence[Fault], notices: Sequence[Notice] = ()) -> str:
    """Write a report as CSV, as `report_parts` gives it."""
    return "".join(report_parts(faults, notices))


def report_parts(faults: Iterable[Fault], notices: Iterable[Notice] = ()) -> Iterator[str]:
    """Give a report as CSV, some rows at a time: one for each row that a fault is told for, and one for each notice.

    A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
    """
    yield csv_header(COLUMNS).decode()
    rows = chain(
        (
            ("fault", fault.file, fault.line, fault.column, fault.value, fault.why, fault.todo)
            for told in faults
            for fault in told.each()
        ),
        (("notice", notice.file, notice.line or None, None, None, notice.said, "") for notice in notices),
    )
    while some := list(islice(rows, _ROWS)):
        yield _written(some)


def _written(rows: Sequence[Sequence[object]]) -> str:
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    frame = pd.DataFrame(cells, columns=list(COLUMNS[:-1]), dtype=str)
    marked = frame.apply(lambda column: column.str.startswith(_FORMULA))
    safe = frame.mask(marked, "'" + frame)
    told = [";".join(frame.columns[row]) for row in marked.to_numpy(dtype=bool)]
    safe[COLUMNS[-1]] = pd.Series(told, dtype=str)
    return csv_rows(safe).decode()
