"""Text that is not in UTF-8: what it is likely in, shown by how a word of it reads, for its user to choose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final

from charset_normalizer import from_bytes

from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["must_be_utf8", "readings"]

_PIECE: Final = 1 << 20
_LOOKED_AT: Final = 64  # pieces
_SAMPLE: Final = 20_000  # bytes of lines by which an encoding is told
_MOST: Final = 5
_USUAL: Final = ("cp1252", "cp1256", "cp1251")
"""What spreadsheets on Windows write in Latin, Arabic and Cyrillic script; few words do not tell them apart."""

_LINE: Final = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LONGEST_WORD: Final = 40


def must_be_utf8(file: BinaryIO, name: str) -> None:
    """Refuse text most of whose letters beyond ASCII are no UTF-8; single bytes that are none are faults of their rows.

    Args:
        file: Its bytes, from the first; its first megabyte that is not all ASCII decides.
        name: What the fault calls it.

    Raises:
        FaultsError: With its one fault, which names likely encodings and how a word reads in each.
    """
    file.seek(0)
    for _ in range(_LOOKED_AT):
        piece = file.read(_PIECE)
        if not piece:
            return
        if not piece.isascii() and b"\0" not in piece:
            if _mostly_other(piece):
                raise FaultsError([_fault(piece, name)])
            return


def readings(text: bytes) -> list[tuple[str, str]]:
    """Give likely encodings of a text, Python's names, with a word of it as each reads it; those that read alike once."""
    lines = b"\n".join(_LINE.findall(text))[:_SAMPLE]
    word = next(iter(sorted(_WORD.findall(lines)[:50], key=lambda found: len(found) <= 2)), b"")
    found: dict[str, str] = {}
    for encoding in _encodings(lines):
        try:
            read = word[:_LONGEST_WORD].decode(encoding)
        except UnicodeError:
            continue
        if read.isprintable():
            found.setdefault(read, encoding)
    return [(encoding, read) for read, encoding in found.items()][:_MOST]


def _encodings(lines: bytes) -> Iterator[str]:
    likely = [match.encoding for match in from_bytes(lines)]
    # With few words the best guess is often a rare one: the usual ones are shown too.
    yield from (*likely[:1], *_USUAL, *likely[1:])


def _mostly_other(piece: bytes) -> bool:
    whole = piece[:-4] if len(piece) == _PIECE else piece  # a letter may be cut in two at its end
    beyond = [letter for letter in whole.decode("utf-8", "surrogateescape") if letter > "\x7f"]
    other = sum("\udc80" <= letter <= "\udcff" for letter in beyond)
    return 2 * other > len(beyond)


def _fault(piece: bytes, name: str) -> Fault:
    found = _LINE.search(piece)
    line = piece.count(b"\n", 0, found.start()) + 1 if found else None
    read = "; ".join(f"as {encoding}: {word!r}" for encoding, word in readings(piece))
    todo = "say which it is with --encoding, or save it as UTF-8"
    return Fault(
        name, line, None, None, f"is not UTF-8 (a word of it reads {read})" if read else "is not UTF-8", todo
    )
