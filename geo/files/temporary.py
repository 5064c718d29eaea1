"""Folders that are gone when their use ends, on a disk that may be full."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import BordermapError
from geo.files.refusals import MAKE_ROOM, is_refusal, why

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["refused_told", "temporary_folder"]


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder of one's own, in the one that TMPDIR names, while the `with` block lasts.

    Raises:
        BordermapError: As of `refused_told`.
    """
    with refused_told(), tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def refused_told() -> Iterator[None]:
    """Tell in one sentence that a disk is full or may only be read, where a step within the `with` block finds it so.

    Raises:
        BordermapError: As told; whatever else goes wrong goes on its way.
    """
    try:
        yield
    except OSError as error:
        # Without a folder that can be written to, `tempfile` names all that it tried.
        if not (is_refusal(error) or "temporary directory" in str(error)):
            raise
        where = f"{error.filename!r}" if error.filename else "a file for the time being"
        raise BordermapError(
            f"{where} cannot be written ({why(error)}); {MAKE_ROOM}, or let TMPDIR name a folder with room"
        ) from error
