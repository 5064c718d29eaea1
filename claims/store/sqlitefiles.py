"""SQLite's file as the disk lets it be: written, only read, or on a disk without room."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["connected", "has_room", "may_be_written"]

_ROOM: Final = 128 * 1024
"""Bytes that SQLite needs at the least beside its file, for the log of what is written and its index (32 KiB)."""


def may_be_written(file: Path) -> bool:
    """Tell whether a database's file may be written, or made; SQLite writes beside it too."""
    if not file.exists():
        return True
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def has_room(file: Path) -> bool:
    """Tell whether the disk of a database's file has room for the least that SQLite writes."""
    try:
        disk = os.statvfs(file.parent)
    except (OSError, AttributeError):  # not every system tells
        return True
    return disk.f_bavail * disk.f_frsize >= _ROOM


def connected(file: Path) -> sqlite3.Connection:
    """Open a database's file; one that may not be written is opened for reading alone.

    Beside such a file nothing can be made either, which reading a log needs (sqlite.org/wal.html, "Read-Only Databases").
    Where there is no log nobody is writing, and SQLite is told that the file does not change.
    """
    if may_be_written(file):
        return sqlite3.connect(file, check_same_thread=False)
    log = file.with_name(f"{file.name}-wal")
    still = "" if log.exists() and log.stat().st_size else "&immutable=1"
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro{still}", uri=True, check_same_thread=False)
