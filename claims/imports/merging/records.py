"""The rows of a CSV file with the bytes in which each stands, so that one can be read or replaced alone."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from geo.errors import FaultsError
from geo.files.csvfiles import Rows, header_faults
from geo.files.textfiles import lines_of, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.errors import Fault

__all__ = ["Span", "cells_in", "header_in", "records", "widened"]

_MARK: Final = b"\xef\xbb\xbf"

Span = tuple[int, int]
"""The first byte of a row in its file, and the byte after its last."""


def header_in(path: Path, columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Give the columns of a file in its order; it has those that are needed, and none but the known ones.

    Raises:
        FaultsError: It is missing or no CSV, or has another header.
    """
    faults: list[Fault] = []
    with opened(path, path.name) as file:
        rows = Rows(lines_of(file, path.name), path.name, faults, known=columns)
        if faults := faults or header_faults(path.name, rows.header, columns, needed):
            raise FaultsError(faults)
    return rows.header


def records(path: Path) -> Iterator[tuple[list[str], Span]]:
    """Give the cells of each row after the header, and where it stands; blank lines go with the row after them.

    Raises:
        FaultsError: At the end, where rows could not be read.
    """
    faults: list[Fault] = []
    with opened(path, path.name) as file:
        at = len(_MARK) if file.read(len(_MARK)) == _MARK else 0
        file.seek(0)

        def counted() -> Iterator[str]:
            nonlocal at
            for line in lines_of(file, path.name):
                at += len(line) if line.isascii() else len(line.encode())
                yield line

        rows = Rows(counted(), path.name, faults)
        # The reader asks for no line before it needs it, so what it has taken ends with the row that it gives.
        begins = at
        for _, cells in rows:
            yield cells, (begins, at)
            begins = at
    if faults:
        raise FaultsError(faults)


def widened(path: Path, columns: Sequence[str], wide: Path) -> list[str]:
    """Write a file anew with the columns that it lacks, empty, after its own; give all of them in their order.

    Raises:
        FaultsError: Rows could not be read.
    """
    faults: list[Fault] = []
    with opened(path, path.name) as file, wide.open("w", encoding="utf-8", newline="") as made:
        rows = Rows(lines_of(file, path.name), path.name, faults)
        more = [column for column in columns if column not in rows.header]
        write = csv.writer(made, lineterminator="\n").writerow
        write([*rows.header, *more])
        for _, cells in rows:
            write([*cells, *[""] * len(more)])
    if faults:
        raise FaultsError(faults)
    return [*rows.header, *more]


def cells_in(record: bytes) -> list[str]:
    """Give the cells of one row as it stands in a file."""
    return next(row for row in csv.reader(io.StringIO(record.decode(), newline="")) if row)
