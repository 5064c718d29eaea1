"""Whether a file of a published edition is the one that was built: another in its place may say what is withheld."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["changed", "sha256_of"]


def changed(file: Path, told: Mapping[str, Any]) -> str:
    """Say how a file is another than was built, as the rest of a sentence; "" where it is not.

    It is read once for each stamp of it.

    Args:
        file: It.
        told: Its bytes and its sha256, as the manifest has them.

    Raises:
        OSError: It is not there, or may not be read.
    """
    stat = file.stat()
    if stat.st_size != told["bytes"]:
        return f"has {stat.st_size:,} bytes where {told['bytes']:,} were built"
    return "was changed since it was built" if sha256_of(file, stat) != told["sha256"] else ""


def sha256_of(file: Path, stat: os.stat_result) -> str:
    """Give the sha256 of a file, read anew where its stamp is another."""
    return _sha256(file, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


@lru_cache(maxsize=65_536)
def _sha256(file: Path, *_stamp: int) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
