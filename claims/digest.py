"""A collection's content as one number: the sha256 of its files, so that two copies can be told to be the same."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from claims.model import OPTIONAL_TABLES, TABLES
from geo.placefiles import PLACE_FILES

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["STORY", "digest_of"]

STORY: Final = "story.toml"
FILES: Final = tuple(
    sorted(("collection.toml", STORY, *(f"{name}.csv" for name in TABLES | OPTIONAL_TABLES), *PLACE_FILES))
)
"""All that a collection's folder may hold of its own."""

_CHUNK: Final = 1 << 20


def digest_of(folder: Path) -> str:
    """Give the sha256, in hexadecimal, of a collection's files: name, length and bytes of each in the names' order.

    Names and lengths end in a line feed, so that nothing can pass from one file to the next unseen. Other files of
    the folder have no part in it.
    """
    whole = hashlib.sha256()
    for name in FILES:
        path = folder / name
        if not path.is_file():
            continue
        whole.update(f"{name}\n{path.stat().st_size}\n".encode())
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                whole.update(chunk)
    return whole.hexdigest()
