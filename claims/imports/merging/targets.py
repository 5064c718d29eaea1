"""Where an import is put: a collection's folder or one of the store, asked and written to in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

__all__ = ["Target"]


class Target(Protocol):
    """A collection that is merged into; frames are of strings with the columns of `claims.imports.rows.MADE`."""

    def ids(self, table: str) -> Iterator[list[str]]:
        """Give the ids of a table's rows, some at a time."""

    def imported(self) -> Iterator[pd.DataFrame]:
        """Give claim_id, row_version, row and made of the rows that were imported, some at a time."""

    def withdrawn(self) -> list[str]:
        """Give the ids of claims that somebody has taken away, where that is known."""

    def held(self, table: str, ids: Sequence[str]) -> pd.DataFrame:
        """Give the rows of these ids that are there, with the ids as index."""

    def shared(self, event_ids: Sequence[str]) -> set[str]:
        """Give those of these events that two claims or more are of."""

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows to the end of a table."""

    def revise(self, table: str, rows: pd.DataFrame) -> None:
        """Put rows in the place of those with the same ids."""
