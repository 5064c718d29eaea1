"""The rows of a collection in the database, and the contents of a folder that they stand for."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from claims.store.chain import canonical
from claims.store.contents import Contents, Sheet
from claims.store.schema import COLLECTIONS, FILES, KEPT, SHEETS, id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from claims.store.writing import Writing

__all__ = ["add_contents", "contents_of", "find", "next_position", "row_of"]


def find(connection: Connection, name: str, collection: str, row_id: str) -> dict[str, Any] | None:
    """Give one row of a table; None where there is none of that id."""
    table = KEPT[name]
    wanted = select(table).where(table.c.collection == collection, table.c[id_of(name)] == row_id)
    found = connection.execute(wanted).mappings().one_or_none()
    return dict(found) if found else None


def next_position(connection: Connection, name: str, collection: str) -> int:
    """Give the place after the last row of a table."""
    table = KEPT[name]
    last = select(func.max(table.c.position)).where(table.c.collection == collection)
    return int(connection.execute(last).scalar() or 0) + 1


def row_of(name: str, cells: Mapping[str, str], position: int) -> dict[str, Any]:
    """Give a row of the database for a row of a file; cells of columns that the table lacks are kept apart."""
    known = SHEETS[name]
    more = {column: cell for column, cell in cells.items() if column not in known}
    return {
        **{column: cells.get(column, "") for column in known},
        "position": position,
        "more": canonical(more),
    }


def contents_of(connection: Connection, collection: str) -> Contents | None:
    """Give the contents of a collection's folder; None where the store has none of that name."""
    facts = find(connection, "collections", collection, collection)
    if facts is None:
        return None
    headers = json.loads(facts["headers"])
    sheets = {name: _sheet(connection, name, collection, headers[name]) for name in SHEETS if name in headers}
    files = connection.execute(select(FILES).where(FILES.c.collection == collection).order_by(FILES.c.name))
    held = {row["name"]: base64.b64decode(row["content"]) for row in files.mappings()}
    return Contents(facts["facts"], sheets, held)


def _sheet(connection: Connection, name: str, collection: str, header: list[str]) -> Sheet:
    table = KEPT[name]
    rows = connection.execute(
        select(table).where(table.c.collection == collection).order_by(table.c.position)
    ).mappings()
    # A row that was added since says nothing in the columns that the file has besides.
    unsaid = dict.fromkeys(header, "")
    return Sheet(tuple(header), [{**unsaid, **row, **json.loads(row["more"])} for row in rows])


def add_contents(writing: Writing, collection: str, contents: Contents, what: str) -> None:
    """Put the contents of a folder into the database."""
    headers = {name: list(sheet.header) for name, sheet in contents.sheets.items()}
    facts = {"facts": contents.facts, "headers": canonical(headers)}
    writing.add(what, COLLECTIONS.name, collection, [facts])
    for name, sheet in contents.sheets.items():
        rows = [row_of(name, cells, position) for position, cells in enumerate(sheet.rows, start=1)]
        writing.add(what, name, collection, rows)
    files = [
        {
            "name": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "content": base64.b64encode(content).decode("ascii"),
        }
        for name, content in contents.files.items()
    ]
    writing.add(what, FILES.name, collection, files)
