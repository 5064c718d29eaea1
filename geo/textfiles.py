"""Text files in UTF-8, whole or line by line, or the fault that says why not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["lines_of", "opened", "read_text"]

_MARK: Final = b"\xef\xbb\xbf"
# How files begin that a spreadsheet saved as "Unicode"; the longer mark first, for the shorter begins it.
_OTHERS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE: Final = "save the file as UTF-8"


def opened(path: Path, name: Path | str | None = None) -> BinaryIO:
    """Open a file for its bytes.

    Args:
        path: Where it is.
        name: What faults call it; its path by default.

    Raises:
        FaultsError: With its one fault: there is no such file, or it cannot be opened.
    """
    told = path if name is None else name
    try:
        return path.open("rb")
    except FileNotFoundError:
        fault = Fault(told, None, None, None, "is missing", f"add it to {path.absolute().parent.name}/")
        raise FaultsError([fault]) from None
    except OSError as error:
        raise _unreadable(told, error) from None


def lines_of(file: BinaryIO, name: Path | str) -> Iterator[str]:
    r"""Give the lines of a file one by one, each with its end: \n, \r\n or \r.

    Args:
        file: Its bytes, in UTF-8 with or without a byte order mark; no more than a line of it is held at a time.
        name: What faults call it.

    Raises:
        FaultsError: At the first line that is no text in UTF-8, or cannot be read, with that fault.
    """
    number = 1
    for raw in _raw_lines(file, name):
        bare = raw
        if number == 1:
            _refuse_other_encodings(raw, name)
            bare = raw.removeprefix(_MARK)
        for line in _ended(_decoded(bare, number, name)):
            yield line
            number += 1


def read_text(path: Path, name: Path | str | None = None) -> str:
    """Read a file whole, in UTF-8 with or without a byte order mark; line ends stay as they are.

    Args:
        path: Where it is.
        name: What faults call it; its path by default.

    Raises:
        FaultsError: With its one fault: it is missing, cannot be read, or is no text in UTF-8.
    """
    with opened(path, name) as file:
        return "".join(lines_of(file, path if name is None else name))


def _raw_lines(file: BinaryIO, name: Path | str) -> Iterator[bytes]:
    # A lone call of readline in the try: what goes wrong where the lines are used is not the file's fault.
    while True:
        try:
            raw = file.readline()
        except OSError as error:
            raise _unreadable(name, error) from None
        if not raw:
            return
        yield raw


def _unreadable(name: Path | str, error: OSError) -> FaultsError:
    why = f"cannot be read ({error.strerror})"
    return FaultsError([Fault(name, None, None, None, why, "let it be a file that you may read")])


def _refuse_other_encodings(start: bytes, name: Path | str) -> None:
    for mark, encoding in _OTHERS:
        if start.startswith(mark):
            raise FaultsError([Fault(name, 1, None, mark.hex(" "), f"is {encoding}, not UTF-8", _SAVE)])


def _decoded(raw: bytes, number: int, name: Path | str) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        number += raw.count(b"\r", 0, error.start)  # each ends a line as well
        value = raw[error.start : error.end].hex(" ")
        raise FaultsError([Fault(name, number, None, value, "is not UTF-8", _SAVE)]) from None
    if "\0" in text:
        raise FaultsError([Fault(name, number, None, "00", "is no byte of text", _SAVE)])
    return text


def _ended(text: str) -> Iterator[str]:
    r"""Part what ends in \n, or ends the file, where a lone \r ends a line within it."""
    if "\r" in text:
        yield from io.StringIO(text, newline="")
    else:
        yield text
