"""The store looked at from end to end: its file, its tables and triggers, its audit, and each of its collections."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from claims.examined import Finding, Level, faults_told, read_told
from claims.store.address import address_of, shown
from claims.store.database import Database
from claims.store.errors import StoreError
from claims.store.schema import AUDIT, KEPT, TEXTS
from claims.store.setbacks import setbacks
from claims.store.store import Store
from claims.store.upgrade import REVISIONS, revision_of
from claims.store.verify import verify, without_triggers
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

__all__ = ["examine_store"]

_TIMES: Final = select(AUDIT.c.seq, AUDIT.c.at).order_by(AUDIT.c.seq)
_MOST: Final = 20
"""Of what the database says of a damaged file so many lines are told."""


class _NoSuchError(StoreError):
    """A name is that of no collection: nothing is wrong with the store."""


def examine_store(name: str = "", url: str | None = None) -> Iterator[Finding]:
    """Look at the store, or at one collection of it; nothing is written, and no store is made or brought up to date.

    Args:
        name: The collection's; "" for all, and all else.
        url: The store's address, as for `open_store`.

    Raises:
        StoreError: The address is none, or the store has no collection of that name.
    """
    database = Database(address_of(url))
    try:
        yield from _examined(database, name)
    finally:
        database.close()


def _examined(database: Database, name: str) -> Iterator[Finding]:
    where = f"the store, {shown(database.url)}"
    if database.is_sqlite and not Path(str(database.url.database)).is_file():
        yield Finding(
            Level.FAULT, where, "is not there; name the one that is meant by BORDERMAP_DATABASE_URL"
        )
        return
    try:
        with database.reading() as connection:
            revision = revision_of(connection, shown(database.url))
            if not name and database.is_sqlite:
                yield from _file(connection, where)
        if revision != REVISIONS[-1]:
            yield _old(where, revision)
            return
        if not name:
            with database.reading() as connection:
                yield from _whole(connection, where)
        yield from _collections(Store(database, lambda: dt.datetime.now(dt.UTC)), name)
    except _NoSuchError:
        raise
    except StoreError as error:
        yield Finding(Level.FAULT, where, str(error).removeprefix(f"{where}, "))


def _old(where: str, revision: str | None) -> Finding:
    if revision is None:
        return Finding(Level.NOTE, where, "is empty: nothing was ever kept in it")
    return Finding(
        Level.FAULT,
        where,
        f"has tables of {revision!r}, and this bordermap's are {REVISIONS[-1]!r}; open it once where it may be written to "
        "(bordermap store list), which brings it up to date, and check again",
    )


def _file(connection: Connection, where: str) -> Iterator[Finding]:
    """Let SQLite look at its file, and at what its rows name."""
    said = [str(line) for line in connection.exec_driver_sql("pragma integrity_check").scalars()]
    broken = [] if said == ["ok"] else said[:_MOST]
    yield from (
        Finding(Level.FAULT, where, f"its file is damaged ({line}); take a copy of it, and restore a backup")
        for line in broken
    )
    lone = connection.exec_driver_sql("pragma foreign_key_check").all()
    yield from (
        Finding(
            Level.FAULT,
            where,
            f"row {row[1]} of {row[0]} is of a collection that is not there; restore a backup",
        )
        for row in lone
    )
    if not broken and not lone:
        pages = connection.exec_driver_sql("pragma page_count").scalar()
        yield Finding(
            Level.OK, where, f"its file is sound ({pages:,} pages), and every row is of a collection"
        )


def _whole(connection: Connection, where: str) -> Iterator[Finding]:
    """Look at the tables, the triggers and the audit."""
    missing = without_triggers(connection)
    yield from (Finding(Level.FAULT, where, told) for told in missing)
    verified = verify(connection)
    yield from (
        Finding(
            Level.FAULT, where, f"{problem}; compare with a backup, and find out who may write the database"
        )
        for problem in verified.problems
    )
    if not missing and not verified.problems:
        number, digest = verified.last
        told = f"its tables are of {REVISIONS[-1]!r}, its triggers are there, and the audit holds: {number:,} row{'s' if number != 1 else ''}"
        yield Finding(Level.OK, where, f"{told}, the last of them {number}:{digest}")
    yield from (
        Finding(Level.NOTE, where, told)
        for told in setbacks((row.seq, row.at) for row in connection.execute(_TIMES))
    )


def _collections(store: Store, name: str) -> Iterator[Finding]:
    """Read each collection, or the one that is asked for."""
    names = store.names()
    if name and name not in names:
        raise _NoSuchError(f"the store has no collection {name!r}; bordermap store list names those it has")
    for one in [name] if name else names:
        what = f"store:{one}"
        try:
            read, places = store.read_with_places(one)
        except BordermapError as error:
            yield from faults_told(what, error)
            continue
        with store.database.reading() as connection:
            texts = list(_texts(connection, one, what))
        yield from read_told(what, read, places, texts)


def _texts(connection: Connection, name: str, what: str) -> Iterator[Finding]:
    """Hold the texts to the hashes that their sources have; the audit has held them to their own."""
    sources = KEPT["sources"]
    asked = select(sources.c.source_id, sources.c.text_sha256).where(sources.c.collection == name)
    told = {row.source_id: row.text_sha256 for row in connection.execute(asked)}
    texts = connection.execute(select(TEXTS.c.source_id, TEXTS.c.sha256).where(TEXTS.c.collection == name))
    count = 0
    for row in texts:
        count += 1
        if told.get(row.source_id) != row.sha256:
            yield Finding(
                Level.FAULT,
                what,
                f"the text of source {row.source_id} has another hash than the source says ({row.sha256[:12]}); "
                "see what bordermap audit says of both",
            )
    if count:
        yield Finding(Level.OK, what, f"{count:,} texts, each with the hash that its source has")
