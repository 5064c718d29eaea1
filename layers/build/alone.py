"""One build of a folder at a time: a second one would take away what the first is at."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

from geo.errors import BordermapError

try:
    import fcntl
except ImportError:  # where files have no such locks, as on Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["alone"]

_TRIES: Final = 100

_FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
"""What bears the lock is made where it is named, and not where a link of that name leads."""


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep other builds of a folder away while the `with` block lasts, where the system has locks of files.

    The lock ends with the process, however that ends; the file beside the folder that bears it is taken away.

    Raises:
        BordermapError: Another build of it is at work.
    """
    path = out.parent / f".{out.name}.building.lock"
    held = _held(path, out)
    try:
        yield
    finally:
        if held is not None:
            with held, suppress(OSError):
                # What has contents is somebody's own.
                if not path.stat().st_size:
                    path.unlink()


def _held(path: Path, out: Path) -> IO[bytes] | None:
    """Give the file that bears the lock; None where there can be none, as on a disk that may not be written."""
    if fcntl is None:
        return None
    for _ in range(_TRIES):
        try:
            file = os.fdopen(os.open(path, _FLAGS, 0o666), "ab")
        except OSError:
            return None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The one who had it before may have taken the file away meanwhile.
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except BlockingIOError:
            file.close()
            raise BordermapError(
                f"another build of {str(out)!r} is at work; wait until it has ended, or name another folder"
            ) from None
        except FileNotFoundError:  # between the two looks
            file.close()
            continue
        except OSError:
            file.close()
            return None
        file.close()
    return None
