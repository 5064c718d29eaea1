"""Where the store is: SQLite in the user's data folder, or what BORDERMAP_DATABASE_URL names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from claims.store.errors import StoreError
from claims.userdata import DATABASE, PASSWORD_FILE, store_file

__all__ = ["address_of", "shown"]

_DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_TODO: Final = "write it as postgresql://user@host/database or sqlite:////folder/store.sqlite"


def address_of(written: str | None = None) -> URL:
    """Read an address; without one that of the environment, and without that the user's own store.

    Raises:
        StoreError: It is no address of SQLite or PostgreSQL, or the file with its password cannot be read. The address
            is not repeated, for it may hold a password.
    """
    written = written or os.environ.get(DATABASE)
    if not written:
        return URL.create("sqlite", database=str(store_file()))
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        raise StoreError(f"the store's address ({DATABASE}) cannot be read; {_TODO}") from None
    driver = _DRIVERS.get(url.drivername.split("+")[0])
    if driver is None or not url.database:
        raise StoreError(f"the store's address ({DATABASE}) is none of SQLite or PostgreSQL; {_TODO}")
    return _with_password(url.set(drivername=driver))


def _with_password(url: URL) -> URL:
    """Take the password from the file that the environment names, where the address has none."""
    file = os.environ.get(PASSWORD_FILE)
    if not file or url.password is not None or url.get_backend_name() == "sqlite":
        return url
    try:
        return url.set(password=Path(file).read_text(encoding="utf-8").rstrip("\r\n"))
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"the store's password cannot be read from {file!r}; mend {PASSWORD_FILE}") from None


def shown(url: URL) -> str:
    """Say where the store is, without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"PostgreSQL's {url.database!r} on {url.host or url.query.get('host') or 'this machine'}"
