"""What the audit tells of rows: who changed what, when, from what to what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from claims.store.errors import Differing
from claims.store.schema import AUDIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

__all__ = ["Change", "changes_of", "differing"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the audit.

    Attributes:
        seq: Its number, from 1.
        at: When, as ISO time in UTC.
        who: Whoever wrote.
        what: imported, revised, created, kept, accepted, mended, rejected, reopened, withdrawn, added.
        table: Of which table.
        version: Of the row after it.
        before: The row's cells; None where there was none.
        after: Likewise; None where there is none any more.
    """

    seq: int
    at: str
    who: str
    what: str
    collection: str
    table: str
    row_id: str
    version: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def differing(self) -> list[Differing]:
        """Give what differs between before and after."""
        return differing(self.before or {}, self.after or {})


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Differing]:
    """Give the cells that differ between two states of a row, those that are kept apart (`more`) by their own columns.

    Where it stands in its table is none of them.
    """
    before, after = _opened(before), _opened(after)
    columns = [column for column in {**before, **after} if column != "position"]
    pairs = [(column, str(before.get(column, "")), str(after.get(column, ""))) for column in columns]
    return [Differing(column, old, new) for column, old, new in pairs if old != new]


def _opened(state: Mapping[str, Any]) -> dict[str, Any]:
    cells = {column: cell for column, cell in state.items() if column != "more"}
    more: dict[str, Any] = json.loads(state.get("more") or "{}")
    return cells | more


def changes_of(connection: Connection, **wanted: str) -> list[Change]:
    """Give the audit's rows with these cells, oldest first."""
    chosen = [AUDIT.c[column] == cell for column, cell in wanted.items()]
    rows = connection.execute(select(AUDIT).where(*chosen).order_by(AUDIT.c.seq)).mappings()
    return [
        Change(
            seq=row["seq"],
            at=row["at"],
            who=row["who"],
            what=row["what"],
            collection=row["collection"],
            table=row["table_name"],
            row_id=row["row_id"],
            version=row["version"],
            before=json.loads(row["before"]) if row["before"] else None,
            after=json.loads(row["after"]) if row["after"] else None,
        )
        for row in rows
    ]
