"""Files of a folder replaced one by one, and put back as they were where one cannot be."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geo.files.wholefiles import usual_rights
from geo.files.wholefolders import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["replace_all"]


def replace_all(written: Sequence[Path], folder: Path) -> None:
    """Put files in the place of those of the same names, in their order; a link is followed, and rights stay.

    Whatever stops it, unless it ends the process itself, leaves all as they were, as far as the disk lets it.

    Args:
        written: The files, all on the disk; beside each its predecessor is kept while this lasts.
        folder: Where they shall be.

    Raises:
        OSError: One cannot be replaced.
    """
    before: list[tuple[Path, Path | None]] = []
    try:
        for path in written:
            target = Path(os.path.realpath(folder / path.name))
            before.append((target, _kept(target, path.with_suffix(".before"))))
            _replace(path, target)
            settle(folder)
    except BaseException:
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


def _replace(path: Path, target: Path) -> None:
    """Put a file in the place of another, whose rights it takes."""
    rights = stat.S_IMODE(target.stat().st_mode) if target.exists() else usual_rights(0o666)
    path.chmod(rights)
    path.replace(target)
