"""What an import did, or would do, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from claims.imports.merging.fates import Fate
from claims.imports.rows import Notice  # noqa: TC001 - dataclasses' annotations are read by their users

__all__ = ["Tally"]


@dataclass(slots=True, eq=False)
class Tally:
    """The rows of a file by what became of them.

    Attributes:
        fates: How many of each; a row that was left is none of them.
        left: Rows that were left as was asked.
        passed: Rows that were passed over by choice, by what they are.
        notices: What is told of single rows, in their order.
    """

    fates: Counter[Fate] = field(default_factory=Counter)
    left: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Give the number of rows by which the collection changes."""
        return sum(self.fates[fate] for fate in (Fate.NEW, Fate.REVISED, Fate.UNTIED))
