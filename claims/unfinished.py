"""Tables of a collection that a process was putting in the place of others when it ended: the next that opens it goes on.

All new tables stand in one folder inside the collection's, which comes there by one renaming when they are on the disk, and
goes when the last of them is in its place. Whoever replaces them holds a lock on it, which the system lets go of with the
process; who finds it unlocked puts the rest in place.

A folder may be another's, who wrote what should lead the new tables elsewhere. So only tables that an import makes are put in
place, and no link is followed, be it this folder, a table in it or where one goes.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from claims.imports.rows import MADE
from geo.errors import BordermapError
from geo.files.wholefiles import usual_rights
from geo.files.wholefolders import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PENDING", "finish", "locked", "place_of", "put_in_place"]

PENDING: Final = ".replacing"
"""The folder's name."""

_NAMES: Final = frozenset(f"{table}.csv" for table in MADE)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)  # some systems cannot be asked for it


def finish(folder: Path) -> None:
    """Put in place the tables that a process which ended did not, if there are any; wait for one that is at it.

    Args:
        folder: A collection's.

    Raises:
        BordermapError: They cannot be put there, or are not what an import leaves; then none was.
    """
    pending = folder / PENDING
    _refuse_link(pending, "take it away")
    if not pending.is_dir():
        return
    try:
        with locked(pending) as held:
            # While this waited, another may have done it, and the next may have begun.
            if not os.path.samestat(os.fstat(held), pending.lstat()):
                return
            targets = {path: place_of(path, folder) for path in sorted(pending.iterdir())}
            for path, target in targets.items():
                put_in_place(path, target)
            settle(folder)
            pending.rmdir()
            settle(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise BordermapError(
            f"an import into {str(folder)!r} was cut short, and cannot be ended ({error.strerror}); let the folder be "
            "one that you may write to"
        ) from error


@contextmanager
def locked(pending: Path) -> Iterator[int]:
    """Be the only one at a folder of new tables while the `with` block lasts, wherever it is moved; give its handle."""
    handle = os.open(pending, os.O_RDONLY | _NO_LINK)
    try:
        with suppress(ImportError, OSError):  # some systems and disks have no locks
            import fcntl  # noqa: PLC0415 - as told above

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def place_of(path: Path, folder: Path) -> Path:
    """Give where a new table goes.

    Raises:
        BordermapError: It is none that an import makes, or it or what stands there is a link.
    """
    _refuse_link(path, "take it away")
    if path.name not in _NAMES or not path.is_file():
        raise BordermapError(f"{str(path)!r} is no table that an import was putting in place; take it away")
    target = folder / path.name
    _refuse_link(target, "put the table itself there")
    return target


def put_in_place(path: Path, target: Path) -> None:
    """Put a file in the place of another, whose rights it takes."""
    rights = stat.S_IMODE(target.stat().st_mode) if target.exists() else usual_rights(0o666)
    path.chmod(rights)
    path.replace(target)


def _refuse_link(path: Path, todo: str) -> None:
    if path.is_symlink():
        raise BordermapError(f"{str(path)!r} is a link, through which no table is replaced; {todo}")
