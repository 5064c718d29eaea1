"""Files of a folder replaced one by one: put back as they were where one cannot be, and ended later where a process is killed."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from claims.unfinished import PENDING, locked, place_of, put_in_place
from geo.files.wholefolders import settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["replace_all"]


def replace_all(written: Sequence[Path], folder: Path) -> None:
    """Put files in the place of those of the same names, in their order; rights stay.

    Whatever stops it leaves all as they were, as far as the disk lets it; if the process itself is ended, all are as they
    shall be once `claims.unfinished.finish` was called.

    Args:
        written: The files, all on the disk; beside each its predecessor is kept while this lasts.
        folder: Where they shall be.

    Raises:
        OSError: One cannot be replaced.
        BordermapError: One is a link there; nothing was done.
    """
    targets = [place_of(path, folder) for path in written]
    aside = written[0].parent
    gathered, pending = aside / PENDING, folder / PENDING
    gathered.mkdir()
    for path in written:
        path.replace(gathered / path.name)
    settle(gathered)
    with locked(gathered):
        before: list[tuple[Path, Path | None]] = []
        try:
            gathered.replace(pending)
            settle(folder)
            for target in targets:
                before.append((target, _kept(target, aside / f"{target.name}.before")))
                put_in_place(pending / target.name, target)
                settle(folder)
            pending.rmdir()
            settle(folder)
        except BaseException:
            with suppress(OSError):
                pending.replace(gathered)  # so that nobody goes on with it
            for target, old in reversed(before):
                with suppress(OSError):
                    if old is None:
                        target.unlink(missing_ok=True)
                    else:
                        old.replace(target)
            with suppress(OSError):
                settle(folder)
            raise


def _kept(file: Path, aside: Path) -> Path | None:
    """Keep a file under another name too, or a copy of it; None where there is none."""
    if not file.exists():
        return None
    try:
        os.link(file, aside)
    except OSError:  # it lies on another disk, or this one has no second names
        shutil.copy2(file, aside)
    return aside
