"""CSV files read row by row, with all that is wrong with them told as faults."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from geo.errors import Fault, FaultsError
from geo.files.textfiles import lines_of, opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["Rows", "header_faults", "missing_columns", "read_rows"]

SEPARATORS: Final = {";": "';'", "\t": "tabs", "|": "'|'"}
"""What spreadsheets part cells by instead of a comma, and what a fault calls it."""

_MOST_TOLD: Final = 50
_LONGEST_TOLD: Final = 60
"""How many columns of a header are told, and how many letters of each."""


class Rows:
    """The rows of one CSV file (RFC 4180; UTF-8 with or without a byte order mark), read as they are asked for.

    Going through it gives each row that has as many cells as the header, with the line on which it begins, from 1.
    Blank lines are passed over; what cannot be read is put among the faults.

    Attributes:
        name: What faults call the file.
        header: The cells of the first row; empty where the file is.
        faults: Where faults are put.
        cut: The rows with too few or too many cells that were met so far; each is a fault.
        broken: Whether the file could not be read to its end, as its last fault says.
    """

    def __init__(
        self,
        lines: Iterable[str],
        name: Path | str,
        faults: list[Fault],
        *,
        delimiter: str = ",",
        known: Collection[str] = (),
        header: Sequence[str] = (),
        line: int = 1,
        rows_may_go: bool = False,
    ) -> None:
        """Read the header.

        Args:
            lines: The file's lines with their ends, as `geo.files.textfiles.lines_of` gives them.
            name: What faults call the file.
            faults: Where faults are put.
            delimiter: What parts the cells.
            known: Columns by which a header is known that something else parts; the file is of no use then.
            header: The header, where it was read before and the lines are those of rows alone.
            line: Where the first of the lines stands in the file.
            rows_may_go: Whether rows are left out by the lines of their faults; what takes all rows after it along is a
                fault without one then.
        """
        self.name = name
        self.faults = faults
        self.cut: list[list[str]] = []
        self.broken = False
        self._rows_may_go = rows_may_go
        self._records = self._read(iter(lines), delimiter, known, line)
        self.header = list(header) or next(self._records, (line, []))[1]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Give each whole row with its line."""
        for line, cells in self._records:
            if len(cells) == len(self.header):
                yield line, cells
            elif cells:
                self.cut.append(cells)
                why = f"has {len(cells)} cells where the header has {len(self.header)}"
                todo = "quote cells that hold commas or line ends"
                self.faults.append(Fault(self.name, line, None, None, why, todo))

    def _read(
        self, lines: Iterator[str], delimiter: str, known: Collection[str], first_line: int
    ) -> Iterator[tuple[int, list[str]]]:
        begins = first_line
        try:
            first = next(lines, "")
            _must_be_parted_by_commas(first, known, self.name)
            reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
            for cells in reader:
                yield begins, cells
                begins = first_line + reader.line_num
        except csv.Error as error:
            # A quote that is never closed is told where its row begins, not where the file ends.
            todo = (
                "close the quote that is open, or shorten the cell"
                if "limit" in str(error)
                else "mend its quotes"
            )
            self._end([Fault(self.name, begins, None, None, f"is not CSV ({error})", todo)])
        except FaultsError as error:
            self._end(error.faults)

    def _end(self, faults: Sequence[Fault]) -> None:
        """Put aside what ends the reading."""
        lost = "of the rows from there on none was read"
        self.faults += [
            replace(fault, line=None, why=f"{fault.why} on line {fault.line}, and {lost}")
            if self._rows_may_go and fault.line
            else fault
            for fault in faults
        ]
        self.broken = True


@contextmanager
def read_rows(
    path: Path, faults: list[Fault], *, name: Path | str | None = None, known: Collection[str] = ()
) -> Iterator[Rows]:
    """Open a CSV file and read its rows while the `with` block lasts.

    Args:
        path: Where it is.
        faults: Where faults are put; a file that cannot be opened is one, and has no rows.
        name: What faults call it; its path by default.
        known: As `Rows` takes them.
    """
    told = path if name is None else name
    try:
        file = opened(path, told)
    except FaultsError as error:
        faults += error.faults
        nothing = Rows((), told, faults)
        nothing.broken = True
        yield nothing
        return
    with file:
        yield Rows(lines_of(file, told), told, faults, known=known)


def _must_be_parted_by_commas(header: str, known: Collection[str], name: Path | str) -> None:
    """Raise FaultsError where something else parts the known columns of a header."""
    for separator, called in SEPARATORS.items():
        cells = [cell.strip().strip('"') for cell in header.split(separator)]
        if len(set(cells).intersection(known)) > 1:
            raise FaultsError(
                [Fault(name, 1, None, None, f"is separated by {called}", "save it with commas")]
            )


def header_faults(
    name: Path | str, header: Sequence[str], known: Sequence[str], needed: Sequence[str] | None = None
) -> list[Fault]:
    """Give the faults of a header: first the columns that are unknown or stand twice, then in one all that are missing.

    Args:
        name: What faults call the file.
        header: Its columns.
        known: The columns that it may have, and no other.
        needed: Those of them that it must have; all of them by default.
    """
    faults = []
    for column in dict.fromkeys(header):
        if column not in known:
            todo = f"use one of {', '.join(known)}"
            faults.append(Fault(name, 1, column or "(no name)", None, "is an unknown column", todo))
        elif header.count(column) > 1:
            faults.append(Fault(name, 1, column, None, "stands twice in the header", "keep one of them"))
    return [*faults, *missing_columns(name, header, known if needed is None else needed)]


def missing_columns(
    name: Path | str, header: Sequence[str], needed: Iterable[str], todo: str = "", *, line: int = 1
) -> list[Fault]:
    """Give the one fault of a header that lacks columns, which names them and those that it has.

    Args:
        name: What faults call the file.
        header: Its columns.
        needed: Those that it must have, as they are to be written in it.
        todo: What to do; to add them by default.
        line: On which the header stands.
    """
    missing = [column for column in needed if column not in header]
    if not missing:
        return []
    there = ", ".join(column[:_LONGEST_TOLD] for column in header[:_MOST_TOLD]) or "none"
    more = ", ..." if len(header) > _MOST_TOLD else ""
    one = len(missing) == 1
    why = "is a missing column" if one else "are missing columns"
    add = todo or f"add {'it' if one else 'them'}, empty if need be"
    return [Fault(name, line, ", ".join(missing), None, why, f"{add}; its columns are {there}{more}")]
