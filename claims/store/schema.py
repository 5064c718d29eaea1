"""The store's tables as they are now; the migrations bring any older store to them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Table, Text

from claims.model import OPTIONAL_TABLES, TABLES
from geo.placefiles import COLUMNS as PLACES

__all__ = [
    "AUDIT",
    "COLLECTIONS",
    "DECISIONS",
    "FILES",
    "HEAD",
    "KEPT",
    "METADATA",
    "SHEETS",
    "TEXTS",
    "id_of",
]

METADATA: Final = MetaData()

SHEETS: Final = {
    **{
        name: tuple(column.name for column in columns) for name, columns in (TABLES | OPTIONAL_TABLES).items()
    },
    "places": PLACES,
}
"""The tables of a folder, each with the columns of its CSV file; the first is the id of its rows."""

COLLECTIONS: Final = Table(
    "collections",
    METADATA,
    Column("collection", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("facts", Text, nullable=False),  # collection.toml, as written
    Column("headers", Text, nullable=False),  # JSON: by table, its columns in the order of its file
)


def _owner() -> Column[str]:
    return Column("collection", Text, ForeignKey("collections.collection"), primary_key=True)


def _sheet(name: str, columns: tuple[str, ...]) -> Table:
    return Table(
        name,
        METADATA,
        _owner(),
        Column("position", Integer, nullable=False),  # its place among the rows
        Column("version", Integer, nullable=False),
        Column("more", Text, nullable=False),  # JSON: cells of columns that this table does not have
        *(Column(column, Text, primary_key=column == columns[0], nullable=False) for column in columns),
    )


_SHEETS: Final = {name: _sheet(name, columns) for name, columns in SHEETS.items()}

FILES: Final = Table(
    "files",
    METADATA,
    _owner(),
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", Text, nullable=False),  # base64
)
"""All else that stands in a collection's folder."""

TEXTS: Final = Table(
    "texts",
    METADATA,
    _owner(),
    Column("source_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),  # of the text in UTF-8
    Column("language", Text, nullable=False),
    Column("content", Text, nullable=False),
)
"""The texts of sources; an export holds quotes of them only."""

DECISIONS: Final = Table(
    "decisions",
    METADATA,
    _owner(),
    Column("decision_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("verdict", Text, nullable=False),  # as decided.Verdict has it
    Column("text_sha256", Text, nullable=False, index=True),
    Column("proposal", Text, nullable=False),  # JSON
    Column("claim_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

KEPT: Final = {
    "collections": COLLECTIONS,
    **_SHEETS,
    "files": FILES,
    "texts": TEXTS,
    "decisions": DECISIONS,
}
"""The tables whose every change is in the audit."""

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),  # ISO time in UTC, to the microsecond
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("collection", Text, nullable=False, index=True),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("before", Text, nullable=False),  # the row as canonical JSON; empty where there was none
    Column("after", Text, nullable=False),  # likewise; empty where there is none any more
    Column("previous", Text, nullable=False),  # the hash of the row before
    Column("hash", Text, nullable=False),
)

HEAD: Final = Table(
    "head",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("hash", Text, nullable=False),
)
"""The last row of the audit, kept a second time, so that rows cut off its end are missed."""


def id_of(name: str) -> str:
    """Give the column that holds the ids of a table's rows within their collection."""
    if name == "collections":
        return "collection"
    return next(column.name for column in KEPT[name].primary_key if column.name != "collection")
