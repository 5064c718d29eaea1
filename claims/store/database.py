"""A database and its transactions: one writer at a time, and whatever goes wrong told in a sentence."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from claims.store.address import shown
from claims.store.errors import AnswerLostError, StoreError
from claims.store.sqlitefiles import connected, has_room, may_be_written

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlalchemy.engine import URL, Connection, Engine

__all__ = ["WAIT_S", "Database"]

WAIT_S: Final = 60.0
"""How long a writer waits for those before it: a write checks the whole collection, which may take a second, or several where
the machine has much to do; among eight writers without a pause, 15 seconds were not always enough (`trust.together`)."""
_LOCK: Final = 4_207_849_484
"""The advisory lock of PostgreSQL that writers take in turn; any number that nobody else uses."""
_FULL: Final = "has no room left on its disk; make room and try again"
_ASKS_S: Final = (0.002, 0.02)
"""After how long it is asked again, at least and at most, whether one may write to SQLite."""
_UNTOLD: Final = (
    (("database is locked", "lock timeout"), "is held by another process; try again when that has finished"),
    (("disk is full", "No space left"), _FULL),
    (("readonly", "read-only"), "cannot be written to; mend its rights, or name another store"),
    (
        ("not a database", "malformed"),
        "is no SQLite database, or a damaged one; restore a backup onto it (bordermap restore BACKUP --replace OLD), or name another store",
    ),
    (("unable to open", "Permission denied"), "cannot be opened; mend its folder and rights"),
    (
        ("authentication failed", "no password supplied", "pg_hba.conf", "FATAL:  database", "FATAL:  role"),
        "does not let us in; mend the user, the password or the name of the database",
    ),
    (("disk I/O error",), "cannot be read or written by its disk; look after the disk"),
    (
        ("system is starting up", "system is shutting down", "system is in recovery", "not yet accepting"),
        "is being started or stopped; try again in a moment",
    ),
    (
        ("failed to resolve", "connection failed", "Connection refused", "Is the server running"),
        "does not answer; start it or mend the address",
    ),
)
"""Of what a database says, what a user can do about it."""

_GONE: Final = ("terminating connection", "server closed", "connection is lost", "consuming input failed")
"""What PostgreSQL says last, where it is stopped or killed."""


@dataclass(slots=True)
class _Stage:
    """How far a write has come: of what was sent to be committed nobody knows, without an answer, what became of it."""

    commits: bool = False


class Database:
    """The transactions of one database."""

    def __init__(self, url: URL, wait_s: float = WAIT_S) -> None:
        """Hold an address; nothing is opened before it is asked for.

        Raises:
            StoreError: The driver of PostgreSQL is not installed.
        """
        self.url = url
        self._reads = _engine(url, wait_s)
        self._writes = self._reads.execution_options(writes=True)
        if not self.is_sqlite:
            self._reads = self._reads.execution_options(isolation_level="REPEATABLE READ")

    @property
    def is_sqlite(self) -> bool:
        """Tell SQLite from PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one state of the database while the `with` block lasts.

        Raises:
            StoreError: The database cannot be read.
        """
        with self._told(), self._reads.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write while the `with` block lasts, alone; all of it is on the disk after the block, or none of it.

        Raises:
            StoreError: The database cannot be written, or another process holds it.
            AnswerLostError: It went away when it was to say that it was written.
        """
        stage = _Stage()
        with self._told(stage), self._writes.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection
            stage.commits = True

    def close(self) -> None:
        """Let go of the database."""
        self._reads.dispose()

    @property
    def is_read_only(self) -> bool:
        """Tell whether the database is a file that may be read and not written."""
        return self.is_sqlite and not may_be_written(Path(str(self.url.database)))

    @contextmanager
    def _told(self, stage: _Stage | None = None) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            if _is_gone(error):
                raise self._gone(stage) from None
            raise StoreError(f"the store, {shown(self.url)}, {self._why(error)}") from None

    def _gone(self, stage: _Stage | None) -> StoreError:
        """Say that the database has gone away, and what is known of what was to be written."""
        where = f"the store, {shown(self.url)}, went away"
        if stage is None:
            return StoreError(f"{where} while it was read; try again when it answers")
        if stage.commits:
            return AnswerLostError(
                f"{where} before it said whether this was written; look whether it is there when the store answers again, "
                "or do the same again: nothing is written twice"
            )
        return StoreError(f"{where}, and nothing was written; do it again when it answers")

    def _why(self, error: SQLAlchemyError) -> str:
        said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        if self.is_sqlite and ("disk I/O error" in said or "unable to open" in said):
            file = Path(str(self.url.database))
            if not has_room(file):
                return _FULL
            if self.is_read_only and file.exists():
                return (
                    f"holds changes in {file.name}-wal that can be taken in only where they may be written; copy both files to "
                    "a folder of yours, and name that"
                )
        for signs, why in _UNTOLD:
            if any(sign in said for sign in signs):
                return why
        if self.url.password:
            said = said.replace(self.url.password, "***")
        return f"failed ({' '.join(said.split())}); mend that and try again"


def _is_gone(error: SQLAlchemyError) -> bool:
    """Tell whether a connection was lost that had been there."""
    if not isinstance(error, DBAPIError):
        return False
    said = str(error.orig)
    return "connection failed" not in said and (
        error.connection_invalidated or any(sign in said for sign in _GONE)
    )


def _engine(url: URL, wait_s: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, wait_s)
    try:
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError:
        raise StoreError(
            "PostgreSQL needs psycopg, which is not installed; install it with: pip install -e '.[postgresql]'"
        ) from None

    @event.listens_for(engine, "connect")
    def _opened(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"set lock_timeout = {int(wait_s * 1000)}")
            cursor.execute("set synchronous_commit = on")
        connection.commit()

    return engine


def _begin_in_turn(connection: Connection, wait_s: float) -> None:
    """Begin to write as soon as nobody else does.

    SQLite's own waiting asks the more seldom the longer it lasts: among many who write without a pause, one who waits never
    gets a turn. Here all ask at like times.
    """
    until = time.monotonic() + wait_s
    connection.exec_driver_sql("pragma busy_timeout = 0")
    try:
        while True:
            try:
                connection.exec_driver_sql("begin immediate")
            except OperationalError as error:
                if "database is locked" not in str(error.orig) or time.monotonic() >= until:
                    raise
                time.sleep(random.uniform(*_ASKS_S))  # noqa: S311 - nothing secret
            else:
                return
    finally:
        connection.exec_driver_sql(f"pragma busy_timeout = {int(wait_s * 1000)}")


def _sqlite(url: URL, wait_s: float) -> Engine:
    file = Path(str(url.database))

    def opened() -> sqlite3.Connection:
        # Whoever only looks whether there is a store makes no folder.
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the store, {shown(url)}, cannot be opened ({error.strerror}); name another"
            ) from None
        return connected(file)

    # What may not be written is opened anew each time: it may be another's by then, or may be written.
    pool = None if may_be_written(file) else NullPool
    engine = create_engine(url, hide_parameters=True, poolclass=pool, creator=opened)

    @event.listens_for(engine, "connect")
    def _opened(connection: Any, _record: Any) -> None:
        # The driver would begin transactions of its own, and only when they write.
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout = {int(wait_s * 1000)}")
        connection.execute("pragma foreign_keys = on")
        if not may_be_written(file):
            return
        connection.execute("pragma journal_mode = wal")
        # In WAL, anything less than full may lose a commit that was told when the power goes.
        connection.execute("pragma synchronous = full")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer takes the lock before it reads: what it has seen is then what it changes.
        writes = connection.get_execution_options().get("writes", False)
        if writes:
            _begin_in_turn(connection, wait_s)
        else:
            connection.exec_driver_sql("begin")

    return engine
