"""The files that a folder or a pattern names: tables, collections and reports, in the order of their names."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Input", "InputKind", "inputs_of"]

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
        stamp: When it was last changed, in nanoseconds since 1970.
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

    A folder with a collection.toml is one input, and no file of it is another. Files of other kinds are passed over in a
    folder; a pattern means what it names. What begins with a point is hidden, and passed over too.

    Raises:
        BordermapError: One names none, or cannot be looked at.
    """
    found: dict[Path, Path] = {}
    for word in words:
        try:
            named = _named(word)
        except OSError as error:
            raise BordermapError(
                f"{word!r} cannot be read ({error.strerror}); let it be one that you may read"
            ) from None
        if not named:
            known = ", ".join(sorted(TABLES | REPORTS))
            raise BordermapError(
                f"{word!r} names no file that is read ({known}); name a folder, or a pattern in quotes"
            )
        found |= {path.resolve(): name for path, name in named}
    if len(words) > 1:
        start = os.path.commonpath([path.parent for path in found])
        found = {path: path.relative_to(start) for path in found}
    inputs = sorted(found.items(), key=lambda one: one[1].parts)
    return [_input(number, files) for number, files in enumerate(_bundled(inputs))]


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
    if _is_collection(base):
        return [(base, Path(base.resolve().name))]
    if base.is_dir():
        return [(path, path.relative_to(base)) for path in _under(base)]
    paths = [base] if base.is_file() else [Path(one) for one in glob.glob(word, recursive=True)]  # noqa: PTH207 - absolute ones too
    start = _start(word)
    return [(path, path.relative_to(start)) for path in paths if path.is_file() or _is_collection(path)]


def _under(folder: Path) -> list[Path]:
    """List what is read in a folder and in those in it."""
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            # A link may lead back to where it stands.
            found += [path] if _is_collection(path) else [] if path.is_symlink() else _under(path)
        elif path.suffix.lower() in TABLES | REPORTS:
            found.append(path)
    return found


def _is_collection(path: Path) -> bool:
    return (path / _FACTS).is_file()


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
        name.as_posix(),
        path,
        InputKind.COLLECTION if path.is_dir() else kind,
        sum(stat.st_size for stat in stats),
        max((stat.st_mtime_ns for stat in stats), default=0),
        tuple((one, called.as_posix()) for one, called in named[1:]),
    )
