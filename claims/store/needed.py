"""Rows and names that must be there, or the sentence that says that they are not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from claims.store.errors import StoreError
from claims.store.rows import find
from claims.store.schema import COLLECTIONS

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["must_be_a_name", "needed"]

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def needed(connection: Connection, table: str, name: str, row_id: str) -> dict[str, Any]:
    """Give a row of a collection.

    Raises:
        StoreError: There is no such collection, or no such row in it.
    """
    row = find(connection, table, name, row_id)
    if row is None and table == COLLECTIONS.name:
        raise StoreError(f"the store has no collection {name!r}; bordermap store list names those it has")
    if row is None:
        raise StoreError(f"store:{name} has no {row_id!r} among its {table}; look at the list again")
    return row


def must_be_a_name(name: str) -> None:
    """Refuse what cannot be the name of a collection.

    Raises:
        StoreError: It is none.
    """
    if not _NAME.fullmatch(name):
        raise StoreError(f"{name!r} is no name of a collection; use letters, digits, - and _")
