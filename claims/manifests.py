"""The manifest of a built folder, by which it is told from a collection and from other programs' folders."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeGuard

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MANIFEST", "is_built", "is_manifest", "read_manifest"]

MANIFEST: Final = "manifest.json"
"""The name of the file (layers/built/format.py says what it holds); other programs have files of that name too."""

_KEYS: Final = frozenset({"format", "bordermap", "plan", "files", "missing"})


def is_manifest(read: object) -> TypeGuard[dict[str, Any]]:
    """Tell whether what was read of such a file is a manifest that `bordermap build` wrote, of whatever format."""
    return isinstance(read, dict) and read.keys() >= _KEYS


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Read the manifest of a built folder; None where there is none, or another program's.

    Raises:
        OSError: It may not be read.
    """
    try:
        read = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError, RecursionError):
        return None
    return read if is_manifest(read) else None


def is_built(folder: Path) -> bool:
    """Tell whether a folder is one that was built, by what its manifest says; one that cannot be looked at is none."""
    try:
        stat = (folder / MANIFEST).stat()
        return _is_built(folder, stat.st_mtime_ns, stat.st_size)
    except OSError:
        return False


@lru_cache(maxsize=256)
def _is_built(folder: Path, _changed: int, _size: int) -> bool:
    # A dashboard asks at each turn, and a manifest of many months is long.
    return read_manifest(folder) is not None
