"""Zip archives that hold a table, judged before anything of them is unpacked, and unpacked no further than they may be."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, Final

from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_UNPACKED", "Unzipped", "opened_zip"]

MOST_UNPACKED: Final = 2 << 30
"""Bytes that an archive may hold: about as many as a sheet of a million rows by thirty has, and it is unpacked to disk."""

_MOST_FILES: Final = 10_000
_SMALL: Final = 10 << 20  # bytes below which it does not matter how well a file was packed
_DENSEST: Final = (
    400  # a sheet that repeats one row packs to a hundredth; a bomb to a thousandth, Deflate's most
)
_BLOCK: Final = 1 << 20
_PLAIN: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_NESTED: Final = re.compile(
    r"\.(zip|xlsx|xlsm|xlsb|docx|pptx|ods|odt|kmz|jar|gz|bz2|xz|7z|rar|tar|tgz)$", re.IGNORECASE
)
_TRICK: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f\\]")
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, OverflowError, RuntimeError,
    ValueError,
)  # fmt: skip
"""What `zipfile` raises of archives that are damaged or made to be."""

_AGAIN: Final = "save it again with the program that made it"


class Unzipped:
    """An archive whose directory was found harmless.

    Attributes:
        names: Its files, in its order.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        """Judge it.

        Args:
            archive: It.
            name: What faults call it.

        Raises:
            FaultsError: It is a bomb, or holds tricks.
        """
        self._archive, self._name, self._left = archive, name, MOST_UNPACKED
        faults = [Fault(name, None, None, value, why, todo) for value, why, todo in _judged(archive)]
        if faults:
            raise FaultsError(faults)
        self.names = tuple(info.filename for info in archive.infolist() if not info.is_dir())

    def blocks(self, part: str) -> Iterator[bytes]:
        """Give the bytes of one of its files, a megabyte at a time.

        Raises:
            FaultsError: They cannot be unpacked, are an archive again, or are more than may be.
        """
        begins = True
        try:
            with self._archive.open(part) as file:
                while block := file.read(_BLOCK):
                    if begins and block.startswith(b"PK\x03\x04"):
                        raise self._fault(part, "is an archive inside of the archive", "save it without that")
                    begins = False
                    self._left -= len(block)
                    if self._left < 0:
                        raise self._fault(part, "unpacks to more than it says", _AGAIN)
                    yield block
        except _BROKEN as error:
            raise self._fault(part, f"cannot be unpacked ({error})", _AGAIN) from None

    def _fault(self, part: str, why: str, todo: str) -> FaultsError:
        return FaultsError([Fault(self._name, None, None, part, why, todo)])


@contextmanager
def opened_zip(file: BinaryIO, name: str) -> Iterator[Unzipped]:
    """Open an archive while the `with` block lasts, as `Unzipped` judges it.

    Args:
        file: Its bytes; they can be sought in.
        name: What faults call it.

    Raises:
        FaultsError: It is no zip archive that can be read, or may not be unpacked.
    """
    try:
        file.seek(0)
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        why = f"is a zip archive that cannot be read ({error})"
        raise FaultsError([Fault(name, None, None, None, why, _AGAIN)]) from None
    with archive:
        yield Unzipped(archive, name)


def _judged(archive: zipfile.ZipFile) -> Iterator[tuple[str | None, str, str]]:
    """Give what is wrong with a directory: the file's name or None, why, and what to do."""
    infos = archive.infolist()
    if len(infos) > _MOST_FILES:
        yield None, f"holds {len(infos):,} files, over {_MOST_FILES:,}", "save it with the table alone"
        return
    total = sum(info.file_size for info in infos)
    if total > MOST_UNPACKED:
        yield (
            None,
            f"unpacks to {total:,} bytes, over {MOST_UNPACKED:,}",
            "save the table as CSV or Parquet, which may be larger",
        )
    seen: set[str] = set()
    for info in infos:
        if why := _trick(info, seen):
            yield info.filename, why, _AGAIN
        seen.add(info.filename.casefold())
    spans = sorted((info.header_offset, info.compress_size) for info in infos)
    if any(start + size > after for (start, size), (after, _) in pairwise(spans)):
        yield None, "holds files that lie on top of each other", _AGAIN


def _trick(info: zipfile.ZipInfo, seen: set[str]) -> str:
    """Say what is wrong with a file of an archive; "" where nothing is."""
    packed, size = info.compress_size, info.file_size
    wrong = {
        "is a path out of the archive": _TRICK.search(info.filename),
        "stands twice in the archive": info.filename.casefold() in seen,
        "is an archive inside of the archive": _NESTED.search(info.filename),
        "is encrypted": info.flag_bits & 0x1,
        "is packed in a way that is not read": info.compress_type not in _PLAIN,
        f"unpacks to {size:,} bytes from {packed:,}": size > _SMALL and size > _DENSEST * packed,
    }
    return next((why for why, found in wrong.items() if found), "")
