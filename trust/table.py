"""The one table that `make trust` prints: what was tried, what came of it, and what it was to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Line", "at_least", "at_most", "printed"]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        part: What was put to the test.
        figure: What is counted or measured, with its unit.
        measured: What came of it, as it is printed.
        target: What it was to be; "" where it is told for itself, as a peer's is.
        held: Whether it is.
    """

    part: str
    figure: str
    measured: str
    target: str = ""
    held: bool = True


def at_least(part: str, figure: str, measured: float, target: float) -> Line:
    """Give the line of a number that was to be so high: with fewer tries a run proves nothing."""
    return Line(part, figure, _written(measured), f">= {_written(target)}", measured >= target)


def at_most(part: str, figure: str, measured: float, target: float) -> Line:
    """Give the line of a number that was to be no higher."""
    return Line(
        part, figure, _written(measured), f"<= {_written(target)}" if target else "0", measured <= target
    )


def printed(lines: Sequence[Line]) -> str:
    """Give the table as text, each part named once; what is missed says so."""
    rows = [("", "", "measured", "target", ""), *_rows(lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{part:{widths[0]}}  {figure:{widths[1]}}  {measured:>{widths[2]}}  {target:>{widths[3]}}  {missed}".rstrip()
        for part, figure, measured, target, missed in rows
    )


def _rows(lines: Iterable[Line]) -> Iterable[tuple[str, str, str, str, str]]:
    before = ""
    for line in lines:
        part = "" if line.part == before else line.part
        yield part, line.figure, line.measured, line.target, "" if line.held else "MISSED"
        before = line.part


def _written(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:,.2f}"
