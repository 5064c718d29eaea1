"""A backup's file: a database of SQLite with the tables of a store, and one that says what must be in them."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from claims.store.errors import StoreError
from claims.store.rowcopies import Sum, copied, sum_of, tables_of
from claims.store.upgrade import REVISIONS, VERSION_TABLE, revision_of, upgrade
from claims.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

__all__ = ["Backup", "BackupError", "is_backup", "kept_in", "opened"]

_ABOUT: Final = MetaData()
_TAKEN: Final = Table(
    "backup",
    _ABOUT,
    Column("taken", Text, nullable=False),  # ISO time in UTC
    Column("revision", Text, nullable=False),  # of the store's tables
)
_TABLES: Final = Table(
    "backup_tables",
    _ABOUT,
    Column("table_name", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)


class BackupError(StoreError):
    """A file is no backup, or not what was once written."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    Attributes:
        taken: When, as ISO time in UTC.
        sums: What each table holds.
        last: The number and hash of the audit's last row.
        problems: What of it was wrong in the store already; a sentence each.
        notes: What is worth knowing of the store that it was taken of; likewise, and not in the file.
    """

    taken: str
    sums: dict[str, Sum]
    last: tuple[int, str]
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


def is_backup(file: Path) -> bool:
    """Tell whether a file is a backup of a store, by its tables; it is not verified."""
    try:
        with _connected(file) as connection:
            return set(_ABOUT.tables) <= set(inspect(connection).get_table_names())
    except SQLAlchemyError:
        return False


def kept_in(file: Path, source: Connection, revision: str, taken: str) -> dict[str, Sum]:
    """Write all rows of a store into a new file, and give what they are, by table.

    Args:
        file: It is made here.
        source: Within one state of the store.
        revision: Of its tables; those of the backup are the same.
        taken: ISO time in UTC.
    """
    with _connected(file, new=True) as target:
        upgrade(target, revision)
        tables = tables_of(target, revision)
        sums = copied(source, target, tables)
        _ABOUT.create_all(target)
        target.execute(insert(_TAKEN).values(taken=taken, revision=revision))
        said = [{"table_name": name, "rows": one.rows, "digest": one.digest} for name, one in sums.items()]
        target.execute(insert(_TABLES), said)
    return sums


@contextmanager
def opened(file: Path) -> Iterator[tuple[Connection, Backup]]:
    """Verify a backup, and give it with the tables of today, which one of older tables gets in a copy.

    Raises:
        BackupError: It is none, or it is damaged.
        TooNewError: A later bordermap has written it.
    """
    name = repr(str(file))
    if file.is_dir():
        raise BackupError(f"{name} is a folder; name a file that bordermap backup wrote")
    with _told(name), tempfile.TemporaryDirectory(prefix="bordermap-") as aside:
        with _connected(file) as connection:
            taken, revision = _told_in(connection, name)
            if revision == REVISIONS[-1]:
                yield connection, _backup(connection, taken, _verified(connection, revision, name))
                return
        copy = Path(aside) / "store.sqlite"
        shutil.copyfile(file, copy)
        # The copy is what is read from here on, so that is what has to be right.
        with _connected(copy) as connection:
            taken, revision = _told_in(connection, name)
            _verified(connection, revision, name)
        with _connected(copy, new=True) as connection:
            upgrade(connection)
        with _connected(copy) as connection:
            yield connection, _backup(connection, taken, _sums(connection, REVISIONS[-1]))


def _told_in(connection: Connection, name: str) -> tuple[str, str]:
    """Give when a backup was taken, and of which revision its tables are."""
    return _taken(connection, name), str(revision_of(connection, f"in the backup {name}"))


def _taken(connection: Connection, name: str) -> str:
    try:
        return str(connection.execute(select(_TAKEN.c.taken)).scalar_one())
    except SQLAlchemyError as error:
        if _is_cut(error):
            raise
        raise BackupError(
            f"{name} is no backup of a store; name a file that bordermap backup wrote"
        ) from None


def _verified(connection: Connection, revision: str, name: str) -> dict[str, Sum]:
    """Compare what is in a file with what it says that must be, and give it."""
    said = {row.table_name: Sum(row.rows, row.digest) for row in connection.execute(select(_TABLES))}
    there = set(inspect(connection).get_table_names()) - {*_ABOUT.tables, VERSION_TABLE}
    wrong = sorted(said.keys() ^ there)
    if not wrong and connection.execute(text("pragma integrity_check(1)")).scalar() == "ok":
        sums = _sums(connection, revision)
        if sums == said:
            return sums
        wrong = [table for table, one in said.items() if sums[table] != one]
    what = f" ({', '.join(wrong)})" if wrong else ""
    raise BackupError(f"the backup {name} is not what was written{what}; take another one")


def _sums(connection: Connection, revision: str) -> dict[str, Sum]:
    return {table.name: sum_of(connection, table) for table in tables_of(connection, revision)}


def _backup(connection: Connection, taken: str, sums: dict[str, Sum]) -> Backup:
    audit = verify(connection)
    return Backup(taken, sums, audit.last, audit.problems)


@contextmanager
def _connected(file: Path, *, new: bool = False) -> Iterator[Connection]:
    # What is made is made aside, and is on the disk before it stands in its place; what is read is only read,
    # also from a disk where nothing can be written beside it.
    mode = "rwc" if new else "ro&immutable=1"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode={mode}", uri=True),
        poolclass=NullPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("pragma trusted_schema = off")
        if new:
            connection.execute("pragma journal_mode = off")
            connection.execute("pragma synchronous = off")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("begin")

    with engine.begin() as connection:
        yield connection
    engine.dispose()


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        if _is_cut(error):
            raise BackupError(f"the backup {name} is damaged or cut short; take another one") from None
        said = " ".join(str(getattr(error, "orig", None) or error).split())
        raise BackupError(
            f"{name} cannot be read as a backup ({said}); name a file that bordermap backup wrote"
        ) from None


def _is_cut(error: SQLAlchemyError) -> bool:
    """Tell whether a file is a database of SQLite of which something is missing or wrong."""
    return "malformed" in str(getattr(error, "orig", None) or "")
