"""A collection that bordermap exported whole, put where there is none yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claims.imports.whole.ours import read_ours
from claims.named import IN_STORE, the_store
from claims.store.contents import put_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Whole", "put_ours"]


@dataclass(frozen=True, slots=True)
class Whole:
    """What was put there.

    Attributes:
        rows: The number of rows of each table.
        notices: That it was changed since it was exported or is a part of a collection, as sentences.
    """

    rows: Mapping[str, int]
    notices: tuple[str, ...]


def put_ours(path: Path, word: str, who: str | None = None, *, check: bool = False) -> Whole:
    """Put an export (`claims.imports.whole.ours.is_ours`) where it becomes the collection that it was, equal in every cell.

    Args:
        path: The export.
        word: store:NAME, or a folder; no collection may be there.
        who: Whoever imports, as `reviewer` takes it.
        check: Read it only.

    Raises:
        FaultsError: It has faults; nothing was written.
        BordermapError: Something is there already, or it cannot be read or written.
    """
    notices: list[str] = []
    contents = read_ours(path, notices)
    if not check and word.startswith(IN_STORE):
        the_store().import_contents(contents, word.removeprefix(IN_STORE), who)
    elif not check:
        put_folder(contents, Path(word))
    return Whole({name: len(sheet.rows) for name, sheet in contents.sheets.items()}, tuple(notices))
