"""Which line of a table names its columns, where its first is plainly a title."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LOOKED_AT", "must_be_later", "no_such_line", "text_must_begin_later"]

LOOKED_AT: Final = 21
"""Rows by which it is told whether the first of them is a title."""

_FULL: Final = 0.8
"""Share of the usual width that a line fills which may name the columns."""

_VALUE: Final = re.compile(r"[-+~<>≤≥]?\s*\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SHOWN: Final = 4
_LONGEST: Final = 30  # characters of a cell that are shown


def must_be_later(
    name: str, rows: Sequence[tuple[int, Sequence[str]]], *, even: bool = False
) -> Fault | None:
    """Give the fault of a table whose first line names no columns while a later one looks as if it did.

    The first line is held for a title where it fills at most half of the width that later lines have, or is narrower than
    all of them; a line is held for names where it is nearly full, and none of its cells is a number or stands in it twice.

    Args:
        name: What the fault calls the file.
        rows: Its first rows that are not blank, each with its line; at most `LOOKED_AT`.
        even: Whether all rows from the one that names the columns must be of one width.
    """
    if len(rows) <= 1:
        return None
    (line, first), *later = [(at, _stripped(cells)) for at, cells in rows]
    width = _usual([len(cells) for _, cells in later])
    least = max(2.0, _FULL * width)
    begins = next((at for at, (_, cells) in enumerate(later) if _filled(cells) >= least), len(later))
    table = [cells for _, cells in later[begins:]]
    filled = _filled(first)
    if len(table) <= 1 or not _are_names(table[0]) or any(len(cells) <= filled for cells in table):
        return None
    narrow = filled <= max(1, width / 2) or all(len(cells) > len(first) for cells in table)
    if not narrow or (even and len({len(cells) for cells in table}) > 1):
        return None
    found = later[begins][0]
    shown = ", ".join(repr(cell[:_LONGEST]) for cell in table[0][:_SHOWN])
    more = ", ..." if len(table[0]) > _SHOWN else ""
    cells = "1 filled cell" if filled == 1 else f"{filled} filled cells"
    why = (
        f"has {cells} where later lines have {width}, as a title has, and line {found} looks like the header"
    )
    todo = f"say --header {found} if {shown}{more} are the columns, or --header {line} if it is the header"
    return Fault(name, line, None, None, why, todo)


def text_must_begin_later(name: str, lines: Sequence[str], marks: Sequence[str], line: int) -> Fault | None:
    """Give that fault of delimited text.

    A title may hold a comma, and then says nothing of what stands between the cells of the table under it; where the other
    marks are tried, rows must be the more alike.

    Args:
        name: What the fault calls the file.
        lines: Its first lines with their ends.
        marks: What may stand between cells, first what does by the first line.
        line: Which of the file's lines is the first.
    """
    usual, *others = marks
    rows = _first_rows(lines, usual, line)
    if found := must_be_later(name, rows):
        return found
    widths = {len(cells) for _, cells in rows}
    if len(widths) == 1 and widths != {1}:
        return None
    told = (must_be_later(name, _first_rows(lines, mark, line), even=True) for mark in others)
    return next(filter(None, told), None)


def no_such_line(name: str, header: int) -> Fault:
    """Give the fault of a table that has nothing on the line which is said to name its columns."""
    return Fault(
        name, header, None, None, "is blank or not there", "say with --header which line names the columns"
    )


def _stripped(cells: Sequence[str]) -> list[str]:
    """Give cells without blanks around them, to the last that is not blank."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return stripped


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _usual(widths: Sequence[int]) -> int:
    """Give the largest width that is several lines', or else the largest."""
    several = [width for width in widths if widths.count(width) > 1]
    return max(several or widths)


def _are_names(cells: Sequence[str]) -> bool:
    """Tell whether cells may name columns: each something else, and none a number or a day, but for years."""
    said = [cell for cell in cells if cell]
    values = [cell for cell in said if _VALUE.match(cell) and not _YEAR.fullmatch(cell)]
    years = [cell for cell in said if _YEAR.fullmatch(cell)]
    return len(set(said)) == len(said) and not values and len(years) < len(said)


def _first_rows(lines: Iterable[str], delimiter: str, line: int) -> list[tuple[int, list[str]]]:
    """Give the first rows that are not blank, however their quotes stand."""
    reader = csv.reader(lines, delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    begins = line
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                found.append((begins, cells))
            begins = line + reader.line_num
            if len(found) == LOOKED_AT:
                break
    except csv.Error:
        return []
    return found
