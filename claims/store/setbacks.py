"""Where the machine's clock was set back between two rows of the audit, whose order is that of their numbers and not of their times."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["setbacks"]


def setbacks(rows: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Say of each time that the machine's clock was behind the row before by how much, and of which rows.

    Args:
        rows: The number of each row of the audit and its ISO time in UTC, in their order.
    """
    before = ""
    for number, at in rows:
        if before and at < before:
            back = dt.datetime.fromisoformat(before) - dt.datetime.fromisoformat(at)
            yield (
                f"the machine's clock went back by {_span(back)} between row {number - 1} ({before[:16]}) and row {number} ({at[:16]}, "
                "UTC): the order of the rows holds, and their days are those that it showed"
            )
        before = at


def _span(back: dt.timedelta) -> str:
    minutes, seconds = divmod(round(back.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [
        f"{number} {word}"
        for number, word in ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
        if number
    ]
    return " ".join(parts[:2]) or "less than a second"
