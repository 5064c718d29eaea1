"""SQLite's file as the disk lets it be: written, only read, or on a disk without room."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["connected", "files_of", "folder_of", "has_room", "is_damaged", "may_be_written", "move"]

_ROOM: Final = 128 * 1024
"""Bytes that SQLite needs at the least beside its file, for the log of what is written and its index (32 KiB)."""


def folder_of(file: Path) -> Path:
    """Give the folder of a database's file, or the nearest above it that is there already."""
    return next(parent for parent in file.absolute().parents if parent.is_dir())


def may_be_written(file: Path) -> bool:
    """Tell whether a database's file may be written, or made; SQLite writes beside it too."""
    return os.access(folder_of(file), os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def has_room(file: Path, least: int = _ROOM) -> bool:
    """Tell whether the disk of a database's file has room for so many bytes, by default for the least that SQLite writes."""
    try:
        disk = os.statvfs(folder_of(file))
    except (OSError, AttributeError):  # not every system tells
        return True
    return disk.f_bavail * disk.f_frsize >= least


def files_of(file: Path) -> tuple[Path, Path, Path]:
    """Give the files of a database, the database itself last: its log and the log's index may not be there."""
    return file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm"), file


def move(file: Path, to: Path) -> None:
    """Move a database's file, and its log and the log's index where they are, as they are.

    Raises:
        OSError: They cannot be moved.
    """
    # Beside no database a log would be thrown away, so it goes first.
    for one, other in zip(files_of(file), files_of(to), strict=True):
        if one.exists():
            shutil.move(one, other)


def is_damaged(file: Path) -> bool:
    """Tell whether a file cannot be read as a database, whole; one that is held or may not be read is not known to be."""
    if not file.is_file():
        return False
    try:
        # Opened so, a log is not taken into the file.
        with closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True)) as connection:
            return [row[0] for row in connection.execute("pragma integrity_check(1)")] != ["ok"]
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True


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
