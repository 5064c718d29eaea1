"""The store: collections, the texts of their sources and every decision on them, with who made it and when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from claims.store.address import address_of
from claims.store.contents import Contents, put_folder
from claims.store.database import WAIT_S, Database
from claims.store.deciding import Deciding
from claims.store.errors import StoreError
from claims.store.fresh import fresh_contents
from claims.store.history import Change, changes_of
from claims.store.needed import must_be_a_name, needed
from claims.store.reading import read_contents
from claims.store.rows import add_contents, find
from claims.store.schema import AUDIT, COLLECTIONS
from claims.store.upgrade import bring_up
from claims.store.verify import Verified, verify
from claims.tables import read_with_places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["Store", "open_store"]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def open_store(
    url: str | None = None, *, wait_s: float = WAIT_S, now: Callable[[], dt.datetime] = _now
) -> Store:
    """Open the store, making it or bringing its tables up to date where need be.

    Args:
        url: Its address; by default that of BORDERMAP_DATABASE_URL, else SQLite in the user's data folder.
        wait_s: How many seconds to wait for another process that writes.
        now: Tells the time in UTC.

    Raises:
        StoreError: It cannot be opened.
        TooNewError: A later bordermap has written it.
    """
    database = Database(address_of(url), wait_s)
    try:
        bring_up(database)
    except BaseException:
        database.close()
        raise
    return Store(database, now)


class Store(Deciding):
    """Collections that are written by decisions; every change is in the audit.

    Whatever reads or writes raises StoreError where the database cannot, and where there is no collection of that
    name. Whatever writes returns only when it is on the disk; `who` is as `reviewer` takes it.
    """

    # ---- collections

    def names(self) -> list[str]:
        """Give the names of the collections, in their order."""
        with self.database.reading() as connection:
            # Databases have orders of their own.
            return sorted(connection.execute(select(COLLECTIONS.c.collection)).scalars())

    def facts(self, name: str) -> str:
        """Give a collection's collection.toml, as written."""
        with self.database.reading() as connection:
            return str(needed(connection, COLLECTIONS.name, name, name)["facts"])

    def stamp(self, name: str) -> int:
        """Give the number of the last change of a collection: it tells one state of it from another."""
        with self.database.reading() as connection:
            return int(
                connection.execute(select(func.max(AUDIT.c.seq)).where(AUDIT.c.collection == name)).scalar()
                or 0
            )

    def read(self, name: str) -> Collection:
        """Read a collection as its folder would be read.

        Raises:
            FaultsError: It has faults; each names its row.
        """
        return self.read_with_places(name)[0]

    def read_with_places(self, name: str) -> tuple[Collection, Gazetteer]:
        """Read a collection, with the shipped places and those of its own; raises as `read` does."""
        return read_contents(self.contents(name), name)

    def import_folder(self, folder: Path, name: str, who: str | None = None) -> None:
        """Take in a collection's folder.

        Raises:
            FaultsError: It has faults, and nothing was written.
            StoreError: There is a collection of that name, or the name is none.
        """
        read_with_places(folder)
        self.import_contents(Contents.read(folder), name, who)

    def import_contents(self, contents: Contents, name: str, who: str | None = None) -> None:
        """Take in what a collection's folder holds; raises as `import_folder` does."""
        self._add(name, contents, "imported", who)

    def export_folder(self, name: str, out: Path) -> None:
        """Write a collection as a folder, whole or not at all; the texts of its sources stay in the store.

        Raises:
            BordermapError: Something stands there, or it cannot be written.
        """
        put_folder(self.contents(name), out)

    def create(
        self,
        name: str,
        title: str,
        first_day: dt.date,
        last_day: dt.date,
        who: str | None = None,
        **facts: Any,
    ) -> None:
        """Begin an empty collection.

        Args:
            name: Its name in the store.
            title: Its title.
            first_day: The first day of its map.
            last_day: The last.
            who: Whoever begins it.
            **facts: More of collection.toml, as `timezone` or `view`.
        """
        fresh = fresh_contents({"title": title, "first_day": first_day, "last_day": last_day, **facts})
        self._add(name, fresh, "created", who)

    # ---- audit

    def history(self, name: str, claim_id: str) -> list[Change]:
        """Give all that happened to a claim, oldest first."""
        with self.database.reading() as connection:
            return changes_of(connection, collection=name, table_name="claims", row_id=claim_id)

    def changes(self, name: str = "") -> list[Change]:
        """Give all that happened in a collection, or in all of them, oldest first."""
        with self.database.reading() as connection:
            return changes_of(connection, **({"collection": name} if name else {}))

    def verified(self, noted: tuple[int, str] | None = None) -> Verified:
        """Verify the audit, also by the number and hash of a row that somebody noted outside the store."""
        with self.database.reading() as connection:
            return verify(connection, noted)

    def _add(self, name: str, contents: Contents, what: str, who: str | None) -> None:
        must_be_a_name(name)
        with self.writing(None, who) as writing:
            if find(writing.connection, COLLECTIONS.name, name, name):
                raise StoreError(f"store:{name} is there already; give it another name")
            add_contents(writing, name, contents, what)
            self.refuse_faults(writing.connection, name)
