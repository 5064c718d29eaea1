"""Set the bench's figures beside their budgets and the peers', as one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MISSING = "-"


class Bound(StrEnum):
    """On which side of its budget a figure is to be, and so whether less or more of it is better."""

    UNDER = "<"
    AT_MOST = "≤"
    AT_LEAST = "≥"

    def holds(self, figure: float, budget: float) -> bool:
        """Tell whether a figure keeps its budget."""
        return {
            Bound.UNDER: figure < budget,
            Bound.AT_MOST: figure <= budget,
            Bound.AT_LEAST: figure >= budget,
        }[self]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `ours` and the peers' are numbers of `unit`; a peer has one figure for each way it was set up, or words where there
    is none to have; `unit` is one of ms, s, MB, kB, µs, % and "". The `budget` is what `bound` holds ours to: less is better, and more where it is a least.
    """

    what: str
    unit: str
    budget: float | None
    ours: float | None
    timeline: Sequence[float | str] = ()
    timestamped: Sequence[float | str] = ()
    other: Sequence[float | str] = ()
    bound: Bound = Bound.UNDER

    @property
    def missed(self) -> bool:
        """Whether ours is on the wrong side of its budget."""
        return (
            self.budget is not None and self.ours is not None and not self.bound.holds(self.ours, self.budget)
        )

    @property
    def times_better(self) -> float | None:
        """The best peer's best figure against ours, so that it never flatters; None where there is none, or it is nought."""
        told = [*self.timeline, *self.timestamped, *self.other]
        peers = [figure for figure in told if not isinstance(figure, str)]
        if not peers or self.ours is None:
            return None
        more, less = (self.ours, max(peers)) if self.bound is Bound.AT_LEAST else (min(peers), self.ours)
        return more / less if less else None


HEADER = ("what", "budget", "ours", "", "Timeline", "TimestampedGeoJson", "others", "times better")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table, aligned to be read as plain text."""
    lines = [HEADER, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)


def _cells(row: Row) -> tuple[str, ...]:
    held = "" if row.budget is None or row.ours is None else ("MISSED" if row.missed else "held")
    peers = (row.timeline, row.timestamped, row.other)
    return (
        row.what,
        f"{row.bound} {_figure(row.budget, row.unit)}" if row.budget is not None else MISSING,
        _figure(row.ours, row.unit),
        held,
        *(" / ".join(_figure(value, row.unit) for value in peer) or MISSING for peer in peers),
        MISSING if row.times_better is None else f"{row.times_better:,.1f}",
    )


def _figure(value: float | str | None, unit: str) -> str:
    """Write a number with about three digits that mean something, and its unit; words stay as they are."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return value
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
