"""A store as it is read and written: a database with the tables of today, each write in somebody's name and without faults in the end."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from claims.store.errors import NotKeptError
from claims.store.needed import needed
from claims.store.reading import faults_of
from claims.store.rows import contents_of
from claims.store.schema import COLLECTIONS, SHEETS
from claims.store.who import reviewer
from claims.store.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Connection

    from claims.store.contents import Contents
    from claims.store.database import Database

__all__ = ["Written"]

_LOG: Final = logging.getLogger("bordermap.store")


class Written:
    """What every part of a store does alike."""

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        """Hold a database with the tables of today; `open_store` is the way to come by one."""
        self.database = database
        self._now = now

    @property
    def is_read_only(self) -> bool:
        """Tell whether it is a file that may be read and not written, so that nothing can be decided."""
        return self.database.is_read_only

    def contents(self, name: str) -> Contents:
        """Give what a collection's folder would hold."""
        with self.database.reading() as connection:
            needed(connection, COLLECTIONS.name, name, name)
            contents = contents_of(connection, name)
        assert contents is not None
        return contents

    @contextmanager
    def writing(self, name: str | None, who: str | None) -> Iterator[Writing]:
        """Write in a collection, which is without new faults in the end; anything that is raised undoes all of it."""
        who = reviewer(who)
        at = self._now().astimezone(dt.UTC).isoformat(timespec="microseconds")
        with self.database.writing() as connection:
            if name is not None:
                needed(connection, COLLECTIONS.name, name, name)
            writing = Writing(connection, who, at)
            yield writing
            # A proposal that is rejected changes nothing that is read.
            if name is not None and not writing.tables.isdisjoint(SHEETS):
                self.refuse_faults(connection, name)
        # Who and what are in the audit, by this number.
        _LOG.info("written", extra={"collection": name or "", "row": writing.next_seq - 1})

    def refuse_faults(self, connection: Connection, name: str) -> None:
        """Refuse what was written in a collection, if that makes faults in it.

        Raises:
            NotKeptError: With all of them.
        """
        contents = contents_of(connection, name)
        assert contents is not None
        if faults := faults_of(contents, name):
            raise NotKeptError(faults)
