"""Tables of a collection that a process was putting in the place of others when it ended: the next that opens it goes on.

All new tables stand in one folder inside the collection's, which comes there by one renaming when they are on the disk, and
goes when the last of them is in its place. Whoever replaces them holds a lock on it, which the system lets go of with the
process; who finds it unlocked puts the rest in place.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import BordermapError
from geo.files.wholefiles import usual_rights
from geo.files.wholefolders import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PENDING", "finish", "locked", "place_of", "put_in_place"]

PENDING: Final = ".replacing"
"""The folder's name."""


def finish(folder: Path) -> None:
    """Put in place the tables that a process which ended did not, if there are any; wait for one that is at it.

    Args:
        folder: A collection's.

    Raises:
        BordermapError: They cannot be put there.
    """
    pending = folder / PENDING
    if not pending.is_dir():
        return
    try:
        with locked(pending) as held:
            # While this waited, another may have done it, and the next may have begun.
            if not os.path.samestat(os.fstat(held), pending.stat()):
                return
            for path in sorted(pending.iterdir()):
                put_in_place(path, place_of(path, folder))
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
    handle = os.open(pending, os.O_RDONLY)
    try:
        with suppress(ImportError, OSError):  # some systems and disks have no locks
            import fcntl  # noqa: PLC0415 - as told above

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def place_of(path: Path, folder: Path) -> Path:
    """Give where a new table goes; a link is followed."""
    return Path(os.path.realpath(folder / path.name))


def put_in_place(path: Path, target: Path) -> None:
    """Put a file in the place of another, whose rights it takes."""
    rights = stat.S_IMODE(target.stat().st_mode) if target.exists() else usual_rights(0o666)
    path.chmod(rights)
    path.replace(target)
