"""What the system refuses of files and disks, in its words, with what a user can do about it."""

from __future__ import annotations

import errno
import os
from typing import Final

__all__ = ["MAKE_ROOM", "is_full", "is_refusal", "todo", "why"]

MAKE_ROOM: Final = "free some and do it again"

_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED: Final = _FULL | {errno.EROFS}


def is_full(error: OSError) -> bool:
    """Tell whether a disk has no room left, or the user may take no more of it."""
    return error.errno in _FULL


def is_refusal(error: OSError) -> bool:
    """Tell whether a disk is full or may only be read: nothing that a program could have known before it wrote."""
    return error.errno in _REFUSED


def why(error: OSError) -> str:
    """Give the system's words; libraries have many more around them."""
    return os.strerror(error.errno) if error.errno else str(error)


def todo(error: OSError, otherwise: str = "name another place") -> str:
    """Say what to do: make room where there is none, else what is said."""
    return MAKE_ROOM if is_full(error) else otherwise
