"""A collection of the store as what an import is merged into."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import func, select

from claims.imports.rows import MADE
from claims.store.chain import canonical
from claims.store.fresh import fresh_contents
from claims.store.needed import must_be_a_name
from claims.store.rows import add_contents, find, next_position, row_of
from claims.store.schema import AUDIT, COLLECTIONS, KEPT, id_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.store.store import Store
    from claims.store.writing import Writing

__all__ = ["Merging", "into_store"]

_BATCH: Final = 20_000
_ASKED: Final = 5_000
"""How many ids are asked for at a time: databases limit them."""


@contextmanager
def into_store(store: Store, name: str, who: str | None = None, title: str = "") -> Iterator[Merging]:
    """Merge into a collection while the `with` block lasts, in one transaction; one that is not there is begun.

    Nothing is written where nothing is added or revised.

    Args:
        store: The store.
        name: The collection's.
        who: Whoever imports, as `reviewer` takes it.
        title: Of a collection that is begun; its name by default.

    Raises:
        StoreError: The name is none, or the store cannot be written.
        NotKeptError: The collection would have faults; nothing was written.
    """
    must_be_a_name(name)
    with store.writing(None, who) as writing:
        target = Merging(writing, name, title or name)
        yield target
        if writing.tables:
            store.refuse_faults(writing.connection, name)


class Merging:
    """The rows of one collection, within one transaction."""

    def __init__(self, writing: Writing, name: str, title: str) -> None:
        """Hold a transaction; `into_store` is the way to come by one."""
        self._writing, self._name, self._title = writing, name, title
        self._positions: dict[str, int] = {}

    # ---- what is there

    def ids(self, table: str) -> Iterator[list[str]]:
        """Give the ids of a table's rows, some at a time."""
        rows = KEPT[table]
        asked = select(rows.c[id_of(table)]).where(rows.c.collection == self._name)
        for some in self._writing.connection.execute(asked).scalars().partitions(_BATCH):
            yield list(some)

    def imported(self) -> Iterator[pd.DataFrame]:
        """Give claim_id, row_version, row and made of the rows that were imported, some at a time."""
        columns = ["claim_id", "row_version", "row", "made"]
        rows = KEPT["imports"]
        asked = select(*(rows.c[column] for column in columns)).where(rows.c.collection == self._name)
        for some in self._writing.connection.execute(asked).partitions(_BATCH):
            yield pd.DataFrame([tuple(row) for row in some], columns=columns, dtype=str)

    def withdrawn(self) -> list[str]:
        """Give the ids of the claims that somebody took away."""
        asked = (
            select(AUDIT.c.row_id)
            .where(AUDIT.c.collection == self._name, AUDIT.c.table_name == "claims", AUDIT.c.after == "")
            .distinct()
        )
        return list(self._writing.connection.execute(asked).scalars())

    def held(self, table: str, ids: Sequence[str]) -> pd.DataFrame:
        """Give the rows of these ids that are there, with the ids as index."""
        columns = list(MADE[table])
        rows = [[row[column] for column in columns] for row in self._rows(table, ids)]
        return pd.DataFrame(rows, columns=columns, dtype=str).set_index(columns[0])

    def shared(self, event_ids: Sequence[str]) -> set[str]:
        """Give those of these events that two claims or more are of; claims of no other event are looked at."""
        claims = KEPT["claims"]
        found: set[str] = set()
        for first in range(0, len(event_ids), _ASKED):
            asked = (
                select(claims.c.event_id)
                .where(
                    claims.c.collection == self._name,
                    claims.c.event_id.in_(event_ids[first : first + _ASKED]),
                )
                .group_by(claims.c.event_id)
                .having(func.count() > 1)
            )
            found.update(self._writing.connection.execute(asked).scalars())
        return found

    # ---- what shall be there

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows to the end of a table."""
        if rows.empty:
            return
        self._begin(table)
        first = self._positions.setdefault(table, next_position(self._writing.connection, table, self._name))
        cells = rows.to_dict("records")
        added = [row_of(table, row, position) for position, row in enumerate(cells, start=first)]
        self._writing.add("imported", table, self._name, added)
        self._positions[table] += len(added)

    def revise(self, table: str, rows: pd.DataFrame) -> None:
        """Put cells in the place of those of the rows with the same ids; what they were stays in the audit."""
        key = MADE[table][0]
        now = rows.set_index(key)
        for old in self._rows(table, now.index.tolist()):
            changes = now.loc[old[key]].to_dict()
            self._writing.change("revised", table, self._name, old, changes)

    # ---- within

    def _rows(self, table: str, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Give rows as the database has them, in their order."""
        rows, found = KEPT[table], []
        for first in range(0, len(ids), _ASKED):
            asked = select(rows).where(
                rows.c.collection == self._name, rows.c[id_of(table)].in_(ids[first : first + _ASKED])
            )
            found += [dict(row) for row in self._writing.connection.execute(asked).mappings()]
        return sorted(found, key=lambda row: row["position"])

    def _begin(self, table: str) -> None:
        """Begin the collection where there is none yet, and the table where it has none."""
        facts = find(self._writing.connection, COLLECTIONS.name, self._name, self._name)
        if facts is None:
            add_contents(self._writing, self._name, fresh_contents({"title": self._title}), "created")
            facts = find(self._writing.connection, COLLECTIONS.name, self._name, self._name)
            assert facts is not None
        headers = json.loads(facts["headers"])
        if table not in headers:
            changes = {"headers": canonical({**headers, table: list(MADE[table])})}
            self._writing.change("imported", COLLECTIONS.name, self._name, facts, changes)
