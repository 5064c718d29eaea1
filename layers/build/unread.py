"""What lies in the folders that are named and is not read, which is told: somebody may take it for part of the set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.manifests import is_built
from layers.build.inputs import REPORTS, TABLES, called, is_collection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["MOST_NAMED", "unread_in"]

MOST_NAMED: Final = 5
"""So many are named; of more it is told how many there are."""


def unread_in(words: Sequence[str]) -> str:
    """Say what of the folders among the inputs' words is of no kind that is read, or a link to a folder or to nowhere; "" for nothing.

    What begins with a point, and what was built, is passed over without a word.
    """
    found = [
        called(path.relative_to(folder))
        for word in words
        if (folder := Path(word)).is_dir() and not is_collection(folder)
        for path in _unread(folder)
    ]
    if not found:
        return ""
    names = ", ".join(repr(name) for name in found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
    kinds = ", ".join(sorted(TABLES | REPORTS))
    return f"not read: {names}{more}; read are {kinds}, and of links those to files that are there: name a linked folder itself"


def _unread(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            if path.suffix.lower() not in TABLES | REPORTS or not path.exists():
                yield path
        elif path.is_symlink():
            if not is_collection(path):
                yield path
        elif not is_collection(path) and not is_built(path):
            yield from _unread(path)
