"""What the server holds: what is kept for all is passed over for garbage, and what people needed is given back when they go."""

from __future__ import annotations

import ctypes
import gc
import sys
from typing import Final

__all__ = ["give_back", "keep"]

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Of glibc's malloc (mallopt(3), malloc.h)."""

_LARGE: Final = 256 * 1024
"""Bytes: a piece that is so large is given back to the system as soon as it is free. A map's page has several times as many."""

_FREE: Final = 1024 * 1024
"""Bytes that are free at the end of the heap before they are given back, too."""


def keep() -> None:
    """Let the collector pass over all that is held now: with a collection or two, going through it takes 0.1 s, during which nobody is answered.

    What is let go is freed all the same; only a ring of objects that hold each other waits for the next call.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    # Python goes through all rings only once there are a quarter as many new objects as it found the last time it did
    # (bpo-4074). It now finds none of those that are kept; else rings of people who went would pile up to a quarter of them.
    gc.collect()


def give_back() -> None:
    """Let memory that nobody needs any more go back to the system, in a process that serves people who come and go.

    Streamlit runs each move in a thread of its own, and glibc gives threads heaps of their own, 8 for each core, whose gaps
    it keeps; it also learns to cut large pieces out of them. Nothing of this is held by an object, so nobody could let go
    of it. Call it before other threads are begun; without glibc it does nothing.
    """
    if sys.platform != "linux":  # elsewhere is no glibc, and Windows cannot be asked so
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        for what, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _FREE)):
            libc.mallopt(what, value)
