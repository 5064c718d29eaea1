"""A file that bordermap wrote and that is no whole collection: its rows alone say less than the claims they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Collection

    from claims.imports.files.foreign import ForeignTable

__all__ = [
    "EVENTS",
    "LIKE_ACLED",
    "MADE_LIKE",
    "ROWS",
    "SHEETS",
    "TABLE",
    "must_be_foreign",
    "must_be_foreign_sheets",
]

EVENTS: Final = frozenset({"event_id", "roots_denying", "count_open", "claim_count"})
"""Columns by which an export is known whose rows are events."""

ROWS: Final = frozenset({"claim_id", "source_id", "source_state"})
"""Columns by which one is known whose rows are claims."""

TABLE: Final = frozenset({"claim_id", "source_id", "statement_id", "relates_to", "quote_start"})
"""Columns by which the claims of a collection's own folder are known."""

LIKE_ACLED: Final = frozenset({"event_id_cnty", "sub_event_type", "note"})
"""Columns of an export that is like ACLED's, which has no column of this name."""

MADE_LIKE: Final = "ACLED-like: made by bordermap"
"""How that column begins then."""

SHEETS: Final = frozenset({"events", "claims", "sources", "actors", "about"})
"""The sheets of a workbook that was exported."""

_WHOLE: Final = "export the collection again with --whole, and import that"


def must_be_foreign(table: ForeignTable) -> None:
    """Hold a table to be another program's.

    Args:
        table: The table.

    Raises:
        FaultsError: With its one fault, where it is an export of bordermap's that is not whole, or one table of a
            collection.
    """
    columns, name = frozenset(table.header), table.name
    if columns >= EVENTS:
        raise _refused(
            name, "is an export of bordermap's of events, without the claims that they are put together of"
        )
    if columns >= ROWS:
        raise _refused(name, "is an export of bordermap's of claims, without all that they name")
    if columns >= LIKE_ACLED and _first(table, "note").startswith(MADE_LIKE):
        raise _refused(name, "is an export of bordermap's that only has the columns of ACLED")
    if columns >= TABLE:
        todo = "import its folder, which collection.toml and the other tables make whole"
        raise _refused(name, "is claims.csv of a collection of bordermap's, without its other tables", todo)


def _first(table: ForeignTable, column: str) -> str:
    chunk = next(table.chunks([], rows=1), None)
    return str(chunk.cells[column].iloc[0]) if chunk is not None and len(chunk.lines) else ""


def must_be_foreign_sheets(name: str, sheets: Collection[str]) -> None:
    """Hold a workbook to be another program's likewise, before it is asked which of its sheets is meant."""
    if frozenset(sheets) >= SHEETS:
        raise _refused(name, "is a workbook that bordermap exported, which is not the whole collection")


def _refused(name: str, why: str, todo: str = _WHOLE) -> FaultsError:
    return FaultsError([Fault(name, None, None, None, why, todo)], done="imported")
