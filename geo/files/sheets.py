"""A CSV file of a user's own columns, large or piped, read from the start as often as need be."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from geo.errors import BordermapError, Fault, FaultsError
from geo.files.csvfiles import Rows
from geo.files.textfiles import lines_of, opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["MOST_FAULTS", "Sheet", "opened_sheet"]

MOST_FAULTS: Final = 1000
"""After so many faults a file is read no further."""

_MARK: Final = b"\xef\xbb\xbf"
_LONGEST_HEADER: Final = 1 << 20  # bytes that are looked at for the separator
_COLUMNS_TOLD: Final = 20


class Sheet:
    """A CSV file and what its header must hold.

    Between cells stands a comma; or a tab where the name ends in .tsv; or what the first line has of semicolon and tab
    where it has no comma.

    Attributes:
        name: What faults call it.
        delimiter: What stands between cells.
        marked: Whether it begins with a byte order mark, as spreadsheets write it.
        header: Its columns.
    """

    def __init__(
        self, file: BinaryIO, name: str, *, needed: Collection[str] = (), refused: Collection[str] = ()
    ) -> None:
        """Read the header.

        Args:
            file: Its bytes; they can be sought in.
            name: What faults call it.
            needed: Columns that it must have.
            refused: Columns that it must not have.
        """
        self.name = name
        self._file = file
        self._needed = needed
        self._refused = refused
        self._start = file.tell()
        self._stamp = self._stamped()
        first = file.readline(_LONGEST_HEADER)
        self.marked = first.startswith(_MARK)
        self.delimiter = "\t" if name.lower().endswith(".tsv") else _delimiter(first)
        self.header = tuple(self._read([]).header)

    def rows(self) -> Iterator[list[str]]:
        """Give the cells of each row, from the first; blank lines are no rows.

        Raises:
            FaultsError: After the last row, with all faults of header and rows, or so many as `MOST_FAULTS`.
        """
        faults: list[Fault] = []
        rows = self._read(faults)
        if not faults:
            faults += self._header_faults()
        yield from (cells for _, cells in rows)
        if faults:
            raise FaultsError(faults)

    def must_be_unchanged(self) -> None:
        """Raise BordermapError if the file was written to since it was opened."""
        if self._stamped() != self._stamp:
            raise BordermapError(f"{self.name!r} was changed while it was read; run this again")

    def _stamped(self) -> tuple[int, int]:
        found = os.fstat(self._file.fileno())
        return found.st_size, found.st_mtime_ns

    def _read(self, faults: list[Fault]) -> Rows:
        self._file.seek(self._start)
        lines = _until_too_many(lines_of(self._file, self.name), self.name, faults)
        return Rows(lines, self.name, faults, delimiter=self.delimiter)

    def _header_faults(self) -> Iterator[Fault]:
        if not self.header:
            todo = f"begin it with a line of columns, {' and '.join(map(repr, self._needed))} among them"
            yield Fault(self.name, 1, None, None, "is empty", todo)
            return
        for column, times in Counter(self.header).items():
            if times > 1:
                why = f"stands {times} times in the header"
                yield Fault(self.name, 1, None, column, why, "give each column a name of its own")
            if column in self._refused:
                yield Fault(self.name, 1, None, column, "is a column that would be added", "rename it")
        for column in self._needed:
            if column not in self.header:
                there = ", ".join(map(repr, self.header[:_COLUMNS_TOLD]))
                there += ", ..." if len(self.header) > _COLUMNS_TOLD else ""
                yield Fault(self.name, 1, None, column, "is a missing column", f"choose one of {there}")


@contextmanager
def opened_sheet(
    source: Path | BinaryIO, *, needed: Collection[str] = (), refused: Collection[str] = ()
) -> Iterator[Sheet]:
    """Open a CSV file while the `with` block lasts.

    Args:
        source: Its path, or an open file such as standard input; what cannot be read twice is copied to disk first.
        needed: Columns that it must have.
        refused: Columns that it must not have.

    Raises:
        FaultsError: There is no such file, or it cannot be opened.
    """
    if isinstance(source, Path):
        with opened(source) as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                yield Sheet(file, str(source), needed=needed, refused=refused)
                return
            copy = _copied(file)
    else:
        copy = _copied(source)
    with copy:
        name = str(source) if isinstance(source, Path) else "standard input"
        yield Sheet(copy, name, needed=needed, refused=refused)


def _copied(stream: BinaryIO) -> BinaryIO:
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy


def _delimiter(first: bytes) -> str:
    return next((mark for mark in ",;\t" if mark.encode() in first), ",")


def _until_too_many(lines: Iterable[str], name: str, faults: list[Fault]) -> Iterator[str]:
    """Hand lines on until there are too many faults, so that a file that is none at all does not fill memory."""
    for number, line in enumerate(lines, 1):
        if len(faults) >= MOST_FAULTS:
            why, todo = "and what follows it was not read", "mend the faults before it first"
            raise FaultsError([Fault(name, number, None, None, why, todo)])
        yield line
