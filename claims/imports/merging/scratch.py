"""Files that are gone when their use ends, for what memory shall not hold."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import orjson

from geo.files.temporary import kept_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["json_of", "room", "scratch"]

# What SQLite may hold of its file in memory.
_CACHE_KIB: Final = 65_536


def scratch(tables: str) -> sqlite3.Connection:
    """Open a nameless file of SQLite's, in the folder that TMPDIR names, with these tables.

    One transaction is open and stays so: the file dies with the connection, and nothing of it need be undone or mended.
    """
    file = sqlite3.connect("", isolation_level=None)
    file.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
        f"PRAGMA cache_size = -{_CACHE_KIB}; {tables} BEGIN"
    )
    return file


@contextmanager
def room() -> Iterator[None]:
    """Tell that there is no room on disk, if there is none.

    Raises:
        BordermapError: As told.
    """
    with kept_aside("the rows"):
        yield


def json_of(ids: Iterable[str]) -> str:
    """Write ids as JSON, for json_each of SQLite's."""
    return orjson.dumps(list(ids)).decode()
