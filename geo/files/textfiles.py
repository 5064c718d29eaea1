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
_CHUNK: Final = 65_536
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
        fault = Fault(told, None, None, None, "is missing", f"add it to {_called(path.absolute().parent)}")
        raise FaultsError([fault]) from None
    except OSError as error:
        raise _unreadable(told, error) from None


def lines_of(file: BinaryIO, name: Path | str) -> Iterator[str]:
    r"""Give the lines of a file one by one, each with its end: \n, \r\n or \r.

    Args:
        file: Its bytes, in UTF-8 with or without a byte order mark; 64 KiB and a line are held at a time.
        name: What faults call it.

    Raises:
        FaultsError: At the first line that is no text in UTF-8, or cannot be read, with that fault.
    """
    number = 1
    for chunk in _chunks(file, name):
        text, bad = _decoded(chunk)
        yield from io.StringIO(text, newline="")
        number += _line_ends(text)
        if bad:
            raise FaultsError([Fault(name, number, None, *bad, _SAVE)])


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


def _called(folder: Path) -> str:
    """Say a folder by its name and a slash; one of the disk's first, whose name alone might be any other's, by its path."""
    return f"{str(folder).rstrip('/')}/" if len(folder.parts) <= len(("/", "tmp")) else f"{folder.name}/"


def _chunks(file: BinaryIO, name: Path | str) -> Iterator[bytes]:
    """Give the bytes some whole lines at a time, without the mark at their beginning."""
    begins = True
    while True:
        try:
            chunk = b"".join(file.readlines(_CHUNK))
        except OSError as error:
            raise _unreadable(name, error) from None
        if not chunk:
            return
        if begins:
            _refuse_other_encodings(chunk, name)
            chunk = chunk.removeprefix(_MARK)
            begins = False
        yield chunk


def _unreadable(name: Path | str, error: OSError) -> FaultsError:
    why = f"cannot be read ({error.strerror})"
    return FaultsError([Fault(name, None, None, None, why, "let it be a file that you may read")])


def _refuse_other_encodings(start: bytes, name: Path | str) -> None:
    for mark, encoding in _OTHERS:
        if start.startswith(mark):
            raise FaultsError([Fault(name, 1, None, mark.hex(" "), f"is {encoding}, not UTF-8", _SAVE)])


def _decoded(chunk: bytes) -> tuple[str, tuple[str, str] | None]:
    """Decode the lines before the first that is no text; give what is no text there, and why, where there is one."""
    end, bad = len(chunk), None
    if (zero := chunk.find(b"\0")) >= 0:
        end, bad = zero, ("00", "is no byte of text")
    try:
        text = chunk[:end].decode("utf-8")
    except UnicodeDecodeError as error:
        bad = (chunk[error.start : error.end].hex(" "), "is not UTF-8")
        text = chunk[: error.start].decode("utf-8")
    if bad:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    return text, bad


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
