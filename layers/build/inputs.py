"""The files that a folder or a pattern names: tables, collections and reports, in the order of their names."""

from __future__ import annotations

import glob
import os
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.manifests import is_built
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["REPORTS", "TABLES", "Input", "InputKind", "called", "inputs_of", "is_collection"]

TABLES: Final = frozenset({".csv", ".tsv", ".xlsx", ".parquet", ".geojson", ".json", ".kml", ".kmz"})
SINGLE: Final = frozenset({".txt", ".html", ".htm"})
REPORTS: Final = SINGLE | {".jsonl"}

BUNDLE: Final = 100
"""Reports of a file each that are read by one worker before it is told that they are."""

_FACTS: Final = "collection.toml"


class InputKind(StrEnum):
    """What an input is: a table of another data set, a collection's folder, or reports to be read."""

    TABLE = "table"
    COLLECTION = "collection"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Input:
    """One input.

    Attributes:
        number: Its place among all.
        name: What faults and claims call it: its path from the folder or the pattern's first folder.
        path: Where it is; on a cluster every worker finds it there.
        kind: What it is.
        size: Its bytes.
        stamp: When it was last changed, in its contents or in who may read it, in nanoseconds since 1970.
        more: Of reports that are read together, the others with what each is called.
    """

    number: int
    name: str
    path: Path
    kind: InputKind
    size: int
    stamp: int
    more: tuple[tuple[Path, str], ...] = ()

    @property
    def files(self) -> tuple[tuple[Path, str], ...]:
        """All files of it, with what each is called."""
        return ((self.path, self.name), *self.more)


def inputs_of(words: Sequence[str]) -> list[Input]:
    """Find the inputs of folders, however deep in them, of patterns as `data/**/*.csv`, and of files.

    A folder with a collection.toml is one input, and no file of it is another. Files of other kinds, and links that lead
    nowhere, are passed over in a folder (`unread.unread_in` tells them); a pattern means what it names. What begins with a point is hidden, and passed over too, as is what was built.

    Raises:
        BordermapError: One names none, or cannot be looked at.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    for word in words:
        with _looking_at(word):
            named = _named(word)
        if not named:
            known = ", ".join(sorted(TABLES | REPORTS))
            raise BordermapError(
                f"{word!r} names no file that is read ({known}); name a folder, or a pattern in quotes"
            )
        for path, name in sorted(named):
            # By what a link leads to a file is known as named twice; what it is it says by its own name.
            found.setdefault(path.resolve(), (_absolute(path), name))
    inputs = list(found.values())
    if len(words) > 1:
        start = os.path.commonpath([path.parent for path, _ in inputs])
        inputs = [(path, path.relative_to(start)) for path, _ in inputs]
    inputs.sort(key=lambda one: one[1].parts)
    with _looking_at(words[0]):
        return [_input(number, files) for number, files in enumerate(_bundled(inputs))]


@contextmanager
def _looking_at(word: str) -> Iterator[None]:
    """Tell what cannot be looked at by its own name, or by the word that names it."""
    try:
        yield
    except FileNotFoundError as error:
        raise BordermapError(
            f"{str(error.filename or word)!r} leads nowhere; take that link away, or put back what it leads to"
        ) from None
    except OSError as error:
        raise BordermapError(
            f"{str(error.filename or word)!r} cannot be read ({error.strerror}); let it be one that you may read"
        ) from None


def _absolute(path: Path) -> Path:
    """Give the path of a folder, or of a file by its own name, which a link's target does not change."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _bundled(inputs: list[tuple[Path, Path]]) -> Iterator[list[tuple[Path, Path]]]:
    """Put reports that are a file each together, `BUNDLE` at a time; all else stays alone."""
    bundle: list[tuple[Path, Path]] = []
    for path, name in inputs:
        if path.suffix.lower() not in SINGLE or path.is_dir():
            yield [(path, name)]
            continue
        bundle.append((path, name))
        if len(bundle) == BUNDLE:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


def _named(word: str) -> list[tuple[Path, Path]]:
    """Give what a word names, and what each is called."""
    base = Path(word)
    if is_built(base):
        raise BordermapError(f"{word!r} is a folder that build has made; name what it was built of")
    if is_collection(base):
        return [(base, Path(base.resolve().name))]
    if base.is_dir():
        return [(path, path.relative_to(base)) for path in _under(base)]
    paths = [base] if base.is_file() else [Path(one) for one in glob.glob(word, recursive=True)]  # noqa: PTH207 - absolute ones too
    start = _start(word)
    collections = {path for path in paths if is_collection(path)}
    files = {path for path in paths if _is_file(path) and not _is_within(path, collections)}
    return [(path, path.relative_to(start)) for path in paths if path in collections | files]


def _is_file(path: Path) -> bool:
    """Tell whether it is a file, or a link that leads nowhere, which is told where it is looked at."""
    return path.is_file() or (path.is_symlink() and not path.exists())


def _is_within(path: Path, collections: set[Path]) -> bool:
    """Tell whether a file is one of a collection that is named too, or of a folder that was built."""
    return any(one in collections or is_built(one) for one in path.parents)


def _under(folder: Path) -> list[Path]:
    """List what is read in a folder and in those in it."""
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            # A link may lead back to where it stands.
            inner = not path.is_symlink() and not is_built(path)
            found += [path] if is_collection(path) else _under(path) if inner else []
        elif path.suffix.lower() in TABLES | REPORTS and path.exists():
            found.append(path)
    return found


def is_collection(path: Path) -> bool:
    """Tell whether it is a collection's folder; what a folder was built of is an input, and the folder is none."""
    return (path / _FACTS).is_file() and not is_built(path)


def _start(pattern: str) -> Path:
    """Give the last folder of a pattern before its first sign of one."""
    parts = Path(pattern).parts
    plain = next((at for at, part in enumerate(parts) if glob.has_magic(part)), len(parts) - 1)
    return Path(*parts[:plain])


def _input(number: int, named: list[tuple[Path, Path]]) -> Input:
    path, name = named[0]
    files = (
        sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [one for one, _ in named]
    )
    stats = [file.stat() for file in files]
    kind = InputKind.REPORTS if path.suffix.lower() in REPORTS else InputKind.TABLE
    return Input(
        number,
        called(name),
        path,
        InputKind.COLLECTION if path.is_dir() else kind,
        sum(stat.st_size for stat in stats),
        max((max(stat.st_mtime_ns, stat.st_ctime_ns) for stat in stats), default=0),
        tuple((one, called(name)) for one, name in named[1:]),
    )


def called(name: Path) -> str:
    """Give a name as text; a byte of it that is none is shown by its number."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
