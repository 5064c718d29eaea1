"""All rows of tables copied from one database into another, counted and summed up on the way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import MetaData, delete, insert, select

from claims.store.chain import canonical
from claims.store.schema import METADATA
from claims.store.upgrade import REVISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

__all__ = ["Sum", "copied", "sum_of", "tables_of"]

_SOME: Final = 2_000
"""Rows that are held at a time."""
_ALL: Final = 2**256


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds, in whatever order: the number of its rows, and the sum of their hashes, in hexadecimal."""

    rows: int = 0
    digest: str = "0" * 64

    def __add__(self, rows: Iterable[Mapping[str, Any]]) -> Sum:
        """Add rows."""
        number, total = self.rows, int(self.digest, 16)
        for row in rows:
            number += 1
            total += int(hashlib.sha256(canonical(dict(row)).encode("ascii")).hexdigest(), 16)
        return Sum(number, f"{total % _ALL:064x}")


def tables_of(connection: Connection, revision: str) -> list[Table]:
    """Give the tables of a store as they were at a revision, those that others refer to first."""
    if revision == REVISIONS[-1]:
        return METADATA.sorted_tables
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name in METADATA.tables]


def copied(source: Connection, target: Connection, tables: Sequence[Table]) -> dict[str, Sum]:
    """Copy all rows of tables into tables of the same names, which hold these alone then; give what they are, by table."""
    for table in reversed(tables):
        target.execute(delete(table))  # what a migration begins with, as the head of an empty audit
    return {table.name: _copied(source, target, table) for table in tables}


def sum_of(connection: Connection, table: Table) -> Sum:
    """Sum up what a table holds."""
    total = Sum()
    for rows in _rows(connection, table):
        total += rows
    return total


def _copied(source: Connection, target: Connection, table: Table) -> Sum:
    total = Sum()
    for rows in _rows(source, table):
        target.execute(insert(table), rows)
        total += rows
    return total


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    found = connection.execute(select(table), execution_options={"yield_per": _SOME})
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]
