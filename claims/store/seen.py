"""A row as a reviewer has seen it, or who has changed it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.store.chain import state_of
from claims.store.errors import ChangedMeanwhile, StoreError
from claims.store.history import changes_of, differing
from claims.store.rows import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

__all__ = ["as_seen", "changed_cells"]


def as_seen(connection: Connection, name: str, collection: str, row_id: str, version: int) -> dict[str, Any]:
    """Give a row as it is, if it is of the version that was seen.

    Raises:
        ChangedMeanwhile: It is of another by now, or gone.
        StoreError: There never was such a row.
    """
    row = find(connection, name, collection, row_id)
    if row and row["version"] == version:
        return row
    told = changes_of(connection, collection=collection, table_name=name, row_id=row_id)
    if not told:
        raise StoreError(f"store:{collection} has no {name[:-1]} {row_id!r}; look at the list again")
    was = next((change.after for change in told if change.version == version and change.after), {})
    fields = differing(was, state_of(row)) if row and was else []
    last = told[-1]
    raise ChangedMeanwhile(row_id, last.who, last.at, last.what, fields)


def changed_cells(row_id: str, old: Mapping[str, Any], changes: Mapping[str, str]) -> dict[str, str]:
    """Give the cells that a row does not have yet.

    Raises:
        StoreError: It has all of them.
    """
    differ = {column: cell for column, cell in changes.items() if old[column] != cell}
    if not differ:
        raise StoreError(f"{row_id} says so already; nothing was written")
    return differ
