"""Rows that are to be left out of an import, as the user names them: by their lines, or by a report of faults."""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import BordermapError, Fault, FaultsError
from geo.files.csvfiles import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

__all__ = ["Leaving", "leaving", "leaving_lines", "written_lines"]

_LONGEST: Final = 1 << 24
_SPAN: Final = re.compile(r"\s*(\d{1,15})\s*(?:-\s*(\d{1,15})\s*)?")


class Leaving:
    """Lines to leave, and which of them were met."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        """Take first and last lines, in any order."""
        self._spans: list[tuple[int, int]] = []
        for first, last in sorted(spans):
            if self._spans and first <= self._spans[-1][1] + 1:
                self._spans[-1] = (self._spans[-1][0], max(last, self._spans[-1][1]))
            else:
                self._spans.append((first, last))
        self._firsts = np.array([first for first, _ in self._spans], dtype=np.int64)
        self._lasts = np.array([last for _, last in self._spans], dtype=np.int64)
        self._met: list[npt.NDArray[np.int64]] = []

    def among(self, lines: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell which of these lines are to be left; they are met then."""
        if not self._spans:
            return np.zeros(len(lines), dtype=bool)
        span = np.searchsorted(self._firsts, lines, side="right") - 1
        left: npt.NDArray[np.bool_] = (span >= 0) & (lines <= self._lasts[span])
        self._met.append(lines[left])
        return left

    def unmet(self) -> Iterator[tuple[int, int]]:
        """Give the first and last of the lines that are to be left and where no row was, in their order."""
        met = np.unique(np.concatenate([np.array([], dtype=np.int64), *self._met]))
        for first, last in self._spans:
            free = first
            for line in [
                *met[np.searchsorted(met, first) : np.searchsorted(met, last, side="right")].tolist(),
                last + 1,
            ]:
                if free < line:
                    yield free, line - 1
                free = line + 1


def leaving(written: str, file: str) -> Leaving:
    """Read which rows are to be left.

    Args:
        written: Lines and ranges of lines with commas between them, as 14,20-31; or the path of a report as
            `claims.imports.report.report_text` writes it, of which each line with a fault is left.
        file: What faults call the file that is imported; a report of another is refused.

    Raises:
        BordermapError: It is neither, or the report is of another file.
        FaultsError: The report cannot be read.
    """
    lines = leaving_lines(written)
    if lines is not None:
        return lines
    if not Path(written).is_file():
        raise BordermapError(
            f"--leave {written!r} is neither lines, as 14,20-31, nor a report's file; name one of them"
        )
    return Leaving(_reported(Path(written), file))


def leaving_lines(written: str) -> Leaving | None:
    """Read which rows are to be left where that is written as lines, or nothing is; None where it is something else.

    Raises:
        BordermapError: A range ends before it begins.
    """
    if not written.strip():
        return Leaving([])
    parts = [_SPAN.fullmatch(part) for part in written.split(",")]
    if not all(parts):
        return None
    spans = [(int(part[1]), int(part[2] or part[1])) for part in parts if part]
    if wrong := [part for part, (first, last) in zip(parts, spans, strict=True) if first > last]:
        raise BordermapError(f"--leave {wrong[0] and wrong[0][0]!r} ends before it begins; swap its lines")
    return Leaving(spans)


def written_lines(lines: Iterable[int]) -> str:
    """Write lines as `leaving_lines` reads them, those that follow each other as a range."""
    spans: list[list[int]] = []
    for line in sorted(set(lines)):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in spans)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as those of a faulty file, while the `with` block lasts: the limit is the whole process's."""
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _reported(path: Path, file: str) -> list[tuple[int, int]]:
    """Read the lines of a report's faults."""
    faults: list[Fault] = []
    spans: list[tuple[int, int]] = []
    with _long_cells(), read_rows(path, faults, name=path.name) as rows:
        if not {"told", "file", "line"} <= set(rows.header):
            raise BordermapError(
                f"{path.name} is no report of an import: it has no columns told, file and line; name another"
            )
        for line, cells in rows:
            row = dict(zip(rows.header, cells, strict=True))
            if row["told"] != "fault":
                continue
            if row["file"].removeprefix("'") != file.removeprefix("'"):
                todo = f"leave rows of {file!r} by a report of it"
                faults.append(Fault(path.name, line, "file", row["file"], "is another file", todo))
            elif row["line"].isdecimal():
                number = int(row["line"])
                begins = spans.pop()[0] if spans and spans[-1][1] == number - 1 else number
                spans.append((begins, number))
            else:
                todo = "mend that, for it is not of one row, and take this line out of the report"
                faults.append(Fault(path.name, line, "line", row["line"] or None, "is no line", todo))
    if faults:
        raise FaultsError(faults, done="imported")
    return spans
