"""What an import did, or would do, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from claims.imports.merging.fates import Fate
from claims.imports.rows import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST_TOLD", "Tally"]

MOST_TOLD: Final = 1000
"""Notices of one sort that are told each; what grows with the file must not lie in memory."""


@dataclass(slots=True, eq=False)
class Tally:
    """The rows of a file by what became of them.

    Attributes:
        fates: How many of each; a row that was left is none of them.
        left: Rows that were left as was asked.
        passed: Rows that were passed over by choice, by what they are.
        notices: What is told of single rows, in their order.
        first_day: The first ISO day that new and revised claims state; "" where they state none.
        last_day: The last.
    """

    fates: Counter[Fate] = field(default_factory=Counter)
    left: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)
    first_day: str = ""
    last_day: str = ""
    _sorts: Counter[str] = field(default_factory=Counter)
    _over: dict[str, Notice] = field(default_factory=dict)

    def tell(self, sort: str, notices: Sequence[Notice]) -> None:
        """Take in notices of one sort: the first `MOST_TOLD` of it, and of the others how many they are."""
        room = max(0, MOST_TOLD - self._sorts[sort])
        self.notices += notices[:room]
        self._sorts[sort] += len(notices)
        if notices[room:]:
            self._over.setdefault(sort, notices[room])

    def sum_up(self) -> None:
        """Tell, after all others, of the notices that were only counted."""
        for sort, first in self._over.items():
            more = self._sorts[sort] - MOST_TOLD - 1
            said = f"{first.said}; likewise of {more:,} more rows" if more else first.said
            self.notices.append(Notice(first.file, first.line, said))

    def reach(self, days: list[str]) -> None:
        """Count days in, of which "" is none."""
        stated = [day for day in (*days, self.first_day, self.last_day) if day]
        self.first_day, self.last_day = min(stated, default=""), max(stated, default="")

    def told(self) -> dict[str, int]:
        """Give the numbers of rows by words for what became of them; new, revised and unchanged ones always."""
        again = self.fates[Fate.REPEATED] + self.fates[Fate.OUTDATED]
        some = {
            "older than what is held": self.fates[Fate.OLDER],
            "told twice": again,
            "withdrawn before": self.fates[Fate.WITHDRAWN],
        }
        return {
            "new": self.fates[Fate.NEW],
            "revised": self.fates[Fate.REVISED],
            "unchanged": self.fates[Fate.UNCHANGED] + self.fates[Fate.UNTIED],
            **{word: number for word, number in some.items() if number},
        }
