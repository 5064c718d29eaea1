"""Bring a database to the tables that this bordermap knows, or refuse one that it does not know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from claims.store.address import shown
from claims.store.database import Database
from claims.store.errors import StoreError, TooNewError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Connection

__all__ = [
    "MIGRATIONS",
    "REVISIONS",
    "VERSION_TABLE",
    "bring_up",
    "must_be_there",
    "no_store",
    "revision_of",
    "upgrade",
]

MIGRATIONS: Final = Path(__file__).with_name("migrations")
REVISIONS: Final = ("0001", "0002")
"""The migrations, oldest first; they are listed so that opening a store that has them all loads no alembic."""
VERSION_TABLE: Final = "bordermap_version"


def bring_up(database: Database) -> None:
    """Run the migrations that a store lacks, all of them or none.

    Raises:
        TooNewError: It has one that this bordermap does not know.
        StoreError: The database holds something else.
    """
    with database.reading() as connection:
        found = revision_of(connection, shown(database.url))
    if found == REVISIONS[-1]:
        return
    with database.writing() as connection:
        # Whoever held the lock before may have done it.
        if revision_of(connection, shown(database.url)) != REVISIONS[-1]:
            upgrade(connection)


def must_be_there(url: URL) -> None:
    """Refuse an address at which no store is; nothing is made there.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise no_store(url)
    database = Database(url)
    try:
        with database.reading() as connection:
            if revision_of(connection, shown(url)) is None:
                raise no_store(url)
    finally:
        database.close()


def no_store(url: URL) -> StoreError:
    """Say that there is no store at an address."""
    return StoreError(f"there is no store at {shown(url)}; name one with BORDERMAP_DATABASE_URL")


def revision_of(connection: Connection, where: str) -> str | None:
    """Give the last migration that was run; None of a database that holds nothing.

    Raises:
        TooNewError: It is one that this bordermap does not know.
        StoreError: The database holds something else.
    """
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            raise StoreError(
                f"{where} holds something else than a store; give bordermap a database of its own"
            )
        return None
    revision = str(connection.execute(text(f"select version_num from {VERSION_TABLE}")).scalar())  # noqa: S608 - our own name
    if revision not in REVISIONS:
        raise TooNewError(
            f"the store, {where}, was written by a later bordermap (its tables are of {revision!r}, "
            f"this one knows {REVISIONS[-1]!r}); bring bordermap up to date"
        )
    return revision


def upgrade(connection: Connection, to: str = REVISIONS[-1]) -> None:
    """Run the migrations that lead to one of them, within the transaction of a connection."""
    from alembic import command  # noqa: PLC0415 - most stores need none of it
    from alembic.config import Config  # noqa: PLC0415 - as told above

    config = Config(attributes={"connection": connection})
    # alembic reads a percent sign as the beginning of a variable.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, to)
