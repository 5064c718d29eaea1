"""A collection's content as one number: the sha256 of its files, so that two copies can be told to be the same."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from claims.model import OPTIONAL_TABLES, TABLES
from geo.files.csvwriting import csv_pieces, csv_size
from geo.placefiles import PLACE_FILES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

__all__ = ["FILES", "STORY", "digest_of", "digest_of_tables", "others_of"]

STORY: Final = "story.toml"
_OTHERS: Final = ("collection.toml", STORY, *PLACE_FILES)
_TABLES: Final = tuple(f"{name}.{kind}" for name in TABLES | OPTIONAL_TABLES for kind in ("csv", "parquet"))
FILES: Final = tuple(sorted((*_OTHERS, *_TABLES)))
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


def digest_of_tables(tables: Mapping[str, pa.Table], files: Mapping[str, bytes]) -> str:
    """Give the digest of the folder that holds these tables as CSV in its plain form, and these files.

    Args:
        tables: By name, of columns of text (`geo.files.csvwriting`).
        files: By name.
    """
    whole = hashlib.sha256()
    for name in FILES:
        table = tables.get(name.removesuffix(".csv")) if name.endswith(".csv") else None
        if table is not None:
            whole.update(f"{name}\n{csv_size(table)}\n".encode())
            for piece in csv_pieces(table):
                whole.update(piece)
        elif name in files:
            whole.update(f"{name}\n{len(files[name])}\n".encode())
            whole.update(files[name])
    return whole.hexdigest()


def others_of(folder: Path) -> dict[str, bytes]:
    """Read what a collection's folder holds of its own beside its tables."""
    return {name: (folder / name).read_bytes() for name in _OTHERS if (folder / name).is_file()}
