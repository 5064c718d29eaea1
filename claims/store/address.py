"""Where the store is: SQLite in the user's data folder, or what BORDERMAP_DATABASE_URL names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from claims.store.errors import StoreError

__all__ = ["VARIABLE", "address_of", "is_there", "shown"]

VARIABLE: Final = "BORDERMAP_DATABASE_URL"
_DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_TODO: Final = "write it as postgresql://user@host/database or sqlite:////folder/store.sqlite"


def address_of(written: str | None = None) -> URL:
    """Read an address; without one that of the environment, and without that the user's own store.

    Raises:
        StoreError: It is no address of SQLite or PostgreSQL. It is not repeated, for it may hold a password.
    """
    written = written or os.environ.get(VARIABLE)
    if not written:
        return URL.create("sqlite", database=str(_data_folder() / "store.sqlite"))
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        raise StoreError(f"the store's address ({VARIABLE}) cannot be read; {_TODO}") from None
    driver = _DRIVERS.get(url.drivername.split("+")[0])
    if driver is None or not url.database:
        raise StoreError(f"the store's address ({VARIABLE}) is none of SQLite or PostgreSQL; {_TODO}")
    return url.set(drivername=driver)


def is_there(url: URL) -> bool:
    """Tell whether a store may be there, without making one; of PostgreSQL only asking it tells."""
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()


def shown(url: URL) -> str:
    """Say where the store is, without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"PostgreSQL's {url.database!r} on {url.host or url.query.get('host') or 'this machine'}"


def _data_folder() -> Path:
    """Give the user's folder for what is kept (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "bordermap"
