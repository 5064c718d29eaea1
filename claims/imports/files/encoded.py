"""Text in any encoding brought to UTF-8, and the bytes that are no text named."""

from __future__ import annotations

import codecs
import io
import re
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from geo.errors import BordermapError, Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LONGEST_LINE", "in_utf8", "lines_of", "unreadable"]

LONGEST_LINE: Final = 1 << 23
"""Bytes of a line; a longer one is no row of a table that a person made."""

_PIECE: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, which begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF_8: Final = "utf-8"
_SAVE: Final = "save it as UTF-8, or say the encoding that it is in, as --encoding cp1256"
_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
_ESCAPED: Final = range(0xDC80, 0xDD00)  # what "surrogateescape" makes of bytes that are no UTF-8


@contextmanager
def in_utf8(file: BinaryIO, name: str, encoding: str = "") -> Iterator[tuple[BinaryIO, int]]:
    """Give a file's text in UTF-8, and where it begins, after its byte order mark, while the `with` block lasts.

    Args:
        file: Its bytes, from the first; they can be sought in. UTF-16 and UTF-32 are known by their marks.
        name: What faults call it.
        encoding: What it is in, by Python's name for it; by its mark or UTF-8 where that is empty.

    Yields:
        The file itself where it is in UTF-8, though bytes in it may not be; otherwise a copy on disk.

    Raises:
        BordermapError: There is no such encoding of text.
        FaultsError: A byte that is no text in an encoding other than UTF-8, with its line.
    """
    file.seek(0)
    start = file.read(4)
    mark, marked = next((found for found in _MARKS if start.startswith(found[0])), (b"", _UTF_8))
    asked = _named(encoding) if encoding else marked
    if asked == _UTF_8:
        begins = len(mark) if marked == _UTF_8 else 0
        yield file, begins
        return
    file.seek(0)
    with tempfile.TemporaryFile() as copy:
        _recode(file, copy, name, asked)
        yield copy, 0


def lines_of(file: BinaryIO, name: str, number: int = 1) -> Iterator[str]:
    r"""Give the lines of a file from where it stands, each with its end: \n, \r\n or \r.

    Args:
        file: Its bytes. What of them is no UTF-8 is kept as Python's "surrogateescape" keeps it.
        name: What faults call it.
        number: Which of the file's lines is the first.

    Raises:
        FaultsError: A line is longer than `LONGEST_LINE`.
    """
    rest = b""
    while piece := file.read(_PIECE):
        piece = rest + piece
        # A \r at the very end may be the half of a line end.
        cut = max(piece.rfind(b"\n"), piece.rfind(b"\r", 0, len(piece) - 1)) + 1
        rest = piece[cut:]
        for line in _lines(piece[:cut]):
            yield line
            number += 1
        if len(rest) > LONGEST_LINE:
            why = f"is a line of over {LONGEST_LINE:,} bytes"
            raise FaultsError([Fault(name, number, None, None, why, "end each row with a line end")])
    yield from _lines(rest)


def unreadable(name: str, line: int, header: Sequence[str], cells: Sequence[str]) -> Fault | None:
    """Give the fault of a row that holds a byte which is no text, in whichever of its cells is the first."""
    if not _NO_TEXT.search("".join(cells)):
        return None
    for position, cell in enumerate(cells):
        column = header[position] if position < len(header) else None
        found = _NO_TEXT.search(cell)
        bad = ord(found[0]) if found else -1
        if bad == 0:
            return Fault(name, line, column, "00", "is no byte of text", _SAVE)
        if bad in _ESCAPED:
            return Fault(name, line, column, f"{bad - _ESCAPED[0] + 0x80:02x}", "is not UTF-8", _SAVE)
        if found:
            return Fault(name, line, column, f"{bad:04x}", "is half a character", "take it out")
    return None


def _lines(text: bytes) -> Iterator[str]:
    return iter(io.StringIO(text.decode(_UTF_8, "surrogateescape"), newline=""))


def _named(encoding: str) -> str:
    """Give Python's one name for an encoding that has text."""
    try:
        "a".encode(encoding)  # what is no encoding of text, as "zip", says so
        b"a".decode(encoding, "replace")  # of others, as "idna", no faults can be told
        codecs.getincrementaldecoder(encoding)
        name = codecs.lookup(encoding).name
    except (
        LookupError,
        ValueError,
    ):  # ValueError: a NUL in the name, or "undefined", which is one of Python's
        raise BordermapError(
            f"{encoding!r} is no encoding of text; say one such as utf-16, cp1256 or latin-1"
        ) from None
    return _UTF_8 if name == "utf-8-sig" else name


def _recode(file: BinaryIO, copy: BinaryIO, name: str, encoding: str) -> None:
    """Write what a file has from where it stands to a copy in UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)()
    number = 1
    piece = file.read(_PIECE)
    while piece or decoder.getstate()[0]:
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeError as error:
            bad, line, why = None, number, str(error)
            if isinstance(error, UnicodeDecodeError):
                bad, why = error.object[error.start : error.end][:4].hex(" "), error.reason
                line += error.object[: error.start].decode(encoding, "replace").count("\n")
            todo = "say the encoding that it is in, or save it as UTF-8"
            raise FaultsError([Fault(name, line, None, bad, f"is not {encoding} ({why})", todo)]) from None
        copy.write(text.encode(_UTF_8, "surrogatepass"))
        number += text.count("\n")
        piece = file.read(_PIECE)
