"""Folders that are gone when their use ends, on a disk that may be full."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import BordermapError
from geo.files.refusals import MAKE_ROOM, is_refusal, why

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["kept_aside", "refused_told", "temporary_folder"]

_TODO: Final = f"{MAKE_ROOM}, or let TMPDIR name a folder with room"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder of one's own, in the one that TMPDIR names, while the `with` block lasts.

    Raises:
        BordermapError: As of `refused_told`.
    """
    with refused_told(), tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def refused_told() -> Iterator[None]:
    """Tell in one sentence that a disk is full or may only be read, where a step within the `with` block finds it so.

    Raises:
        BordermapError: As told; whatever else goes wrong goes on its way.
    """
    try:
        yield
    except OSError as error:
        # Without a folder that can be written to, `tempfile` names all that it tried.
        if not (is_refusal(error) or "temporary directory" in str(error)):
            raise
        raise BordermapError(f"{_where(error)} cannot be written ({why(error)}); {_TODO}") from error


@contextmanager
def kept_aside(what: str) -> Iterator[None]:
    """Tell what cannot be kept on disk for the time being, in a nameless file of Python's or SQLite's, where there is no room.

    Raises:
        BordermapError: As told.
    """
    try:
        yield
    except OSError as error:
        if error.filename:
            raise  # of a file that has a name it is told as of any other
        raise _not_kept(what, _folder(), why(error)) from error
    except sqlite3.OperationalError as error:
        raise _not_kept(what, _folder_of_sqlite(), str(error)) from error


def _not_kept(what: str, folder: str, why_: str) -> BordermapError:
    return BordermapError(f"{what} cannot be kept aside in {folder!r} ({why_}); {_TODO}")


def _folder_of_sqlite() -> str:
    """Give the folder that SQLite takes first for its nameless files (sqlite.org/tempfiles.html, section 5)."""
    said = os.environ.get("SQLITE_TMPDIR") or os.environ.get("TMPDIR")
    return said or ("/var/tmp" if os.name == "posix" else _folder())  # noqa: S108 - what is said of it


def _folder() -> str:
    """Give the folder of files for the time being; where there is none, what would name one."""
    try:
        return tempfile.gettempdir()
    except OSError:
        return "TMPDIR"


def _where(error: OSError) -> str:
    """Say what could not be written; of a file that is open already the system does not tell."""
    if error.filename:
        return repr(error.filename)
    return "standard output" if _output_is_full() else f"a file for the time being in {_folder()!r}"


def _output_is_full() -> bool:
    """Tell whether standard output leads to a file whose disk has no room left."""
    try:
        if not stat.S_ISREG(os.fstat(1).st_mode):
            return False
        disk = os.fstatvfs(1)
    except (OSError, AttributeError):  # there is none, or the system does not tell
        return False
    return disk.f_bavail == 0
