"""Set the bench's figures beside their budgets and the peers', as one table."""

from collections.abc import Sequence
from dataclasses import dataclass

MISSING = "-"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `ours` and `peers` are numbers of `unit`, the less the better; a peer has one figure for each way it was set up,
    `unit` is one of ms, s, MB, kB, µs and "". The `budget` is the most that ours may be.
    """

    what: str
    unit: str
    budget: float | None
    ours: float | None
    timeline: Sequence[float] = ()
    timestamped: Sequence[float] = ()
    other: Sequence[float] = ()

    @property
    def missed(self) -> bool:
        """Whether ours is over its budget."""
        return self.budget is not None and self.ours is not None and self.ours >= self.budget


HEADER = ("what", "budget", "ours", "", "Timeline", "TimestampedGeoJson", "others", "times better")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table, aligned to be read as plain text.

    The ratio is the best peer's best figure over ours, so that it never flatters.
    """
    lines = [HEADER, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)


def _cells(row: Row) -> tuple[str, ...]:
    best = min([*row.timeline, *row.timestamped, *row.other], default=None)
    held = "" if row.budget is None or row.ours is None else ("MISSED" if row.missed else "held")
    ratio = f"{best / row.ours:,.1f}" if best is not None and row.ours else MISSING
    return (
        row.what,
        f"< {_figure(row.budget, row.unit)}" if row.budget is not None else MISSING,
        _figure(row.ours, row.unit),
        held,
        *(
            " / ".join(_figure(value, row.unit) for value in peer) or MISSING
            for peer in (row.timeline, row.timestamped)
        ),
        " / ".join(_figure(value, row.unit) for value in row.other) or MISSING,
        ratio,
    )


def _figure(value: float | None, unit: str) -> str:
    """Write a number with about three digits that mean something, and its unit."""
    if value is None:
        return MISSING
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
