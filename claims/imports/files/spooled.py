"""What was read of a file, kept aside on disk until all of it was gone through."""

from __future__ import annotations

import marshal
import tempfile
from typing import TYPE_CHECKING, Any, Final, Self

from claims.imports.merging.scratch import room

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Spooled"]

_KEPT: Final = 2_000


class Spooled:
    """Records of strings, numbers, lists and the like, in a nameless file in the folder that TMPDIR names.

    To read them again is several times as fast as to parse what they were read from.
    """

    def __init__(self) -> None:
        """Keep nothing yet.

        Raises:
            BordermapError: There is no room on disk.
        """
        with room():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - the with block of whoever keeps it closes it
        self._last: list[Any] = []
        self._sizes: list[int] = []

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the file."""
        self._file.close()

    def put(self, record: Any) -> None:
        """Keep one more.

        Raises:
            BordermapError: There is no room on disk.
        """
        self._last.append(record)
        if len(self._last) == _KEPT:
            with room():
                self._sizes.append(self._file.write(marshal.dumps(self._last)))
            self._last = []

    def __iter__(self) -> Iterator[Any]:
        """Give them in their order, from the first each time; none is put any more.

        Raises:
            BordermapError: There is no room on disk.
        """
        at = 0
        for size in self._sizes:
            with room():
                self._file.seek(at)  # somebody else may be reading too
                some = self._file.read(size)
            yield from marshal.loads(some)  # noqa: S302 - these are the bytes that put wrote
            at += size
        yield from self._last
