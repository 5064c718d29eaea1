"""One write: the rows it changes, each with its row in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from claims.store.chain import canonical, hash_of, state_of
from claims.store.errors import StoreError
from claims.store.schema import AUDIT, HEAD, KEPT, id_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

__all__ = ["Writing"]


class Writing:
    """The changes of one transaction, all of one person and one moment.

    Attributes:
        connection: Within `Database.writing`, so that nobody else writes meanwhile.
        who: Whoever writes.
        at: When, as ISO time in UTC.
        tables: Those that it has changed.
    """

    def __init__(self, connection: Connection, who: str, at: str) -> None:
        """Begin at the head of the chain."""
        self.connection, self.who, self.at = connection, who, at
        self.tables: set[str] = set()
        head = connection.execute(select(HEAD)).mappings().one_or_none()
        if head is None:
            raise StoreError("the store's audit has lost its head; see what bordermap audit says")
        self._seq, self._hash = head["seq"], head["hash"]

    @property
    def next_seq(self) -> int:
        """Give the number that the next row of the audit will have."""
        return int(self._seq) + 1

    def add(self, what: str, name: str, collection: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows to a table; give their versions, each 1 or, where one of its id was removed, the next after it."""
        if not rows:
            return []
        key, removed = id_of(name), self._removed(name, collection)
        versions = [1 + removed.get(row.get(key, collection), 0) for row in rows]
        whole = [
            {**row, "collection": collection, "version": version}
            for row, version in zip(rows, versions, strict=True)
        ]
        self.connection.execute(insert(KEPT[name]), whole)
        self._tell(what, name, collection, [(None, row) for row in whole])
        return versions

    def change(
        self, what: str, name: str, collection: str, old: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> int:
        """Change cells of a row, as it was read in this transaction; give its new version."""
        new = {**old, **changes, "version": old["version"] + 1}
        self.connection.execute(update(KEPT[name]).where(*_is(name, collection, old)).values(new))
        self._tell(what, name, collection, [(old, new)])
        return int(new["version"])

    def remove(self, what: str, name: str, collection: str, old: Mapping[str, Any]) -> None:
        """Take a row from its table; the audit keeps it."""
        self.connection.execute(delete(KEPT[name]).where(*_is(name, collection, old)))
        self._tell(what, name, collection, [(old, None)])

    def _removed(self, name: str, collection: str) -> dict[str, int]:
        """Give the last version of each row that was removed from a table, by its id."""
        rows = self.connection.execute(
            select(AUDIT.c.row_id, func.max(AUDIT.c.version).label("last"))
            .where(AUDIT.c.collection == collection, AUDIT.c.table_name == name, AUDIT.c.after == "")
            .group_by(AUDIT.c.row_id)
        )
        return {row.row_id: row.last for row in rows}

    def _tell(
        self,
        what: str,
        name: str,
        collection: str,
        changes: Sequence[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]],
    ) -> None:
        self.tables.add(name)
        told = [self._link(what, name, collection, before, after) for before, after in changes]
        self.connection.execute(insert(AUDIT), told)
        self.connection.execute(update(HEAD).values(seq=self._seq, hash=self._hash))

    def _link(
        self,
        what: str,
        name: str,
        collection: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> dict[str, Any]:
        """Hang one row on the chain."""
        row = after or before or {}
        # A row that was taken away counts on, so that no version is told twice.
        version = row["version"] if after else row["version"] + 1
        self._seq += 1
        link = {
            "seq": self._seq,
            "at": self.at,
            "who": self.who,
            "what": what,
            "collection": collection,
            "table_name": name,
            "row_id": row[id_of(name)],
            "version": version,
            "before": canonical(state_of(before)) if before else "",
            "after": canonical(state_of(after)) if after else "",
            "previous": self._hash,
        }
        self._hash = link["hash"] = hash_of(link)
        return link


def _is(name: str, collection: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    table, key = KEPT[name], id_of(name)
    return table.c.collection == collection, table.c[key] == row[key]
