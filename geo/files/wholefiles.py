"""Files that appear whole or not at all, written piece by piece."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import BordermapError
from geo.files.refusals import todo, why

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn, TextIO

__all__ = ["WholeFile", "put_whole", "usual_rights", "whole_file", "whole_path"]


class WholeFile:
    """A text file on its way; what cannot be written is told as a BordermapError that names it."""

    def __init__(self, path: Path, aside: TextIO) -> None:
        """Write to `aside` what shall stand at `path`."""
        self._path = path
        self._aside = aside

    def write(self, text: str) -> int:
        """Write a piece; give the number of its characters.

        Raises:
            BordermapError: There is no room, or no right to write.
        """
        try:
            return self._aside.write(text)
        except OSError as error:
            _cannot(self._path, error)


def put_whole(path: Path, text: str) -> None:
    """Write a text as a file, whole or not at all; as `whole_file` does, and with its errors."""
    with whole_file(path) as file:
        file.write(text)


@contextmanager
def whole_path(path: Path, most: int = 0o666) -> Iterator[Path]:
    """Give a path aside for whoever writes files by their path, and put what it wrote in its place; as `whole_file`.

    The path aside has the ending of `path`. A device or a pipe cannot be written so. The file has no rights beyond
    `most`, also where one of more stood there.

    Raises:
        BordermapError: As of `whole_file`; and where `path` is no plain file.
    """
    mode = _mode(path)
    if mode and not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no plain file"
        raise BordermapError(f"{str(path)!r} is {kind}; name a file")
    target = Path(os.path.realpath(path))
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name[:100]}.", dir=target.parent))
    except OSError as error:
        _cannot(path, error)
    aside = folder / f"whole{target.suffix}"
    try:
        yield aside
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        _put(path, aside, target, stat.S_IMODE(mode) & most if mode else usual_rights(most))
    except OSError as error:
        _cannot(path, error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def whole_file(path: Path, *, encoding: str = "utf-8") -> Iterator[WholeFile]:
    r"""Write a file aside while the `with` block lasts, and put it in its place when that ends without an error.

    A device or a pipe is written to as it comes. Line ends are written as they are given. A file that stood there hands
    on its rights, so that a private one stays so; a link stays, and what it leads to is written.

    Args:
        path: Where it shall stand; what stood there stays until then, and for good where an error ends the block.
        encoding: Of the text.

    Raises:
        BordermapError: It is a folder, or its folder is not there or cannot be written to; before anything is done.
    """
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        raise BordermapError(f"{str(path)!r} is a folder; name a file")
    if mode and not stat.S_ISREG(mode):
        try:
            with _opened(path, path, encoding) as file:
                yield WholeFile(path, file)
                _settled(path, file, on_disk=False)
        except OSError as error:  # it is told again when a full device is closed
            _cannot(path, error)
        return
    target = Path(os.path.realpath(path))
    aside = _made_aside(path, target)
    try:
        file = _opened(path, aside, encoding)
        try:
            yield WholeFile(path, file)
            _settled(path, file, on_disk=True)
        finally:
            _close(path, file)
        _put(path, aside, target, stat.S_IMODE(mode) if mode else usual_rights())
    finally:
        aside.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Give the type of what stands there; 0 for nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0
    except OSError as error:
        _cannot(path, error)


def _made_aside(path: Path, target: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    except OSError as error:
        _cannot(path, error)
    os.close(handle)
    return Path(name)


def _opened(path: Path, aside: Path, encoding: str) -> TextIO:
    try:
        return aside.open("w", encoding=encoding, newline="")
    except OSError as error:
        _cannot(path, error)


def _settled(path: Path, file: TextIO, *, on_disk: bool) -> None:
    try:
        file.flush()
        if on_disk:
            os.fsync(file.fileno())
    except OSError as error:
        _cannot(path, error)


def _close(path: Path, file: TextIO) -> None:
    try:
        file.close()
    except OSError as error:  # what a full disk did not take is handed to it once more
        _cannot(path, error)


def usual_rights(most: int = 0o666) -> int:
    """Give the rights of any new file of the user, or of a folder by 0o777; what is made aside is the user's alone."""
    umask = os.umask(0)
    os.umask(umask)
    return most & ~umask


def _put(path: Path, aside: Path, target: Path, rights: int) -> None:
    try:
        aside.chmod(rights)
        aside.replace(target)
    except OSError as error:
        _cannot(path, error)


def _cannot(path: Path, error: OSError) -> NoReturn:
    if isinstance(error, BrokenPipeError):
        raise error  # the reader of a pipe has left, as `head` does: no fault of ours or the user's
    raise BordermapError(f"{str(path)!r} cannot be written ({why(error)}); {todo(error)}") from error
