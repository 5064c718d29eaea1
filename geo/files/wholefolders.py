"""Folders of files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import BordermapError
from geo.files.refusals import todo, why
from geo.files.wholefiles import usual_rights

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["settle", "whole_folder"]


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give a folder aside to put files into, and put it in its place when the `with` block ends without an error.

    Raises:
        BordermapError: Something stands there that is no empty folder, or it cannot be written.
    """
    out = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a link that stands there
    aside = None
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise BordermapError(
                f"{str(path)!r} is there already; name a folder that is not, or an empty one"
            )
        aside = Path(tempfile.mkdtemp(prefix=f".{out.name[:100]}.", dir=out.parent))
        yield aside
        for file in aside.iterdir():
            settle(file)
        aside.chmod(usual_rights(0o777))
        aside.replace(out)
        settle(out.parent)
    except OSError as error:
        raise BordermapError(f"{str(path)!r} cannot be written ({why(error)}); {todo(error)}") from None
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def settle(path: Path) -> None:
    """Wait until a file, or what a folder holds, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
