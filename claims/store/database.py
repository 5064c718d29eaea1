"""A database and its transactions: one writer at a time, and whatever goes wrong told in a sentence."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from claims.store.address import shown
from claims.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import URL, Connection, Engine

__all__ = ["WAIT_S", "Database"]

WAIT_S: Final = 15.0
"""How long a writer waits for the one before it: a write checks the whole collection, which may take a second."""
_LOCK: Final = 4_207_849_484
"""The advisory lock of PostgreSQL that writers take in turn; any number that nobody else uses."""
_UNTOLD: Final = (
    (("database is locked", "lock timeout"), "is held by another process; try again when that has finished"),
    (("disk is full", "No space left"), "has no room left on its disk; make room and try again"),
    (("readonly", "read-only"), "cannot be written to; mend its rights, or name another store"),
    (("not a database", "malformed"), "is no SQLite database, or a damaged one; name another store"),
    (("unable to open", "Permission denied"), "cannot be opened; mend its folder and rights"),
    (
        ("authentication failed", "no password supplied", "pg_hba.conf", "FATAL:  database", "FATAL:  role"),
        "does not let us in; mend the user, the password or the name of the database",
    ),
    (("disk I/O error",), "cannot be read or written by its disk; look after the disk"),
    (
        ("failed to resolve", "connection failed", "Connection refused", "Is the server running"),
        "does not answer; start it or mend the address",
    ),
    (
        ("terminating connection", "server closed", "connection is lost", "consuming input failed"),
        "went away before it said whether it was written; look before you write it again",
    ),
)
"""Of what a database says, what a user can do about it."""


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
        """
        with self._told(), self._writes.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._reads.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(f"the store, {shown(self.url)}, {self._why(error)}") from None

    def _why(self, error: SQLAlchemyError) -> str:
        said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        for signs, why in _UNTOLD:
            if any(sign in said for sign in signs):
                return why
        if self.url.password:
            said = said.replace(self.url.password, "***")
        return f"failed ({' '.join(said.split())}); mend that and try again"


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


def _sqlite(url: URL, wait_s: float) -> Engine:
    try:
        Path(str(url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the store, {shown(url)}, cannot be opened ({error.strerror}); name another"
        ) from None
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _opened(connection: Any, _record: Any) -> None:
        # The driver would begin transactions of its own, and only when they write.
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout = {int(wait_s * 1000)}")
        connection.execute("pragma journal_mode = wal")
        # In WAL, anything less than full may lose a commit that was told when the power goes.
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer takes the lock before it reads: what it has seen is then what it changes.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine
