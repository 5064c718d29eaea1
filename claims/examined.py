"""What was looked at and how it was found: what holds, what is worth knowing, and what is wrong, each in one sentence."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from claims.digest import FILES
from claims.publication.costs import costs
from claims.publication.known import few_known
from claims.publication.publishing import published, today_in
from claims.publication.sentences import lacking
from claims.tables import read_with_places
from claims.unfinished import PENDING
from geo.errors import BordermapError, FaultsError
from geo.files.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = [
    "Finding",
    "Level",
    "examine_folder",
    "faults_told",
    "left_beside",
    "read_told",
]

_ASIDE: Final = r"\.[a-z0-9_]{8}"
"""How a name ends that `tempfile` makes, of what is written aside before it is put in its place."""

_SHA256: Final = r"[0-9a-f]{64}"


class Level(StrEnum):
    """What a finding is."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        level: What it is.
        what: What was looked at, as the user calls it.
        told: How it was found; of a fault with what to do.
    """

    level: Level
    what: str
    told: str

    def __str__(self) -> str:
        """Say it as one line."""
        return f"{self.level}: {self.what}: {self.told}"


def examine_folder(folder: Path) -> Iterator[Finding]:
    """Look at a collection's folder, and at what was left in it and beside it; nothing is written, not even what is unfinished.

    Args:
        folder: Of a collection, or what is to be one.
    """
    what = folder.name
    yield from left_beside(folder, what)
    if unread := sorted(path.name for path in folder.iterdir() if _is_unread(path)):
        names = ", ".join(map(repr, unread))
        yield Finding(Level.NOTE, what, f"not read, since they are no files of a collection: {names}")
    try:
        if (folder / PENDING).is_symlink() or (folder / PENDING).is_dir():
            yield Finding(
                Level.FAULT,
                what,
                f"an import was cut short, and its tables are in {PENDING!r}; open the collection where it may be written "
                "to, which puts them in place (they were looked at as if they were)",
            )
            with temporary_folder() as aside:
                shutil.copytree(folder, aside / folder.name, symlinks=True)
                read, places = read_with_places(aside / folder.name)
        else:
            read, places = read_with_places(folder)
    except BordermapError as error:
        yield from faults_told(what, error)
        return
    yield from read_told(what, read, places)


def read_told(
    what: str, collection: Collection, places: Gazetteer, texts: Iterable[Finding] = ()
) -> Iterator[Finding]:
    """Tell of a collection that was read: its faults, or that it has none, and what its edition of today lacks.

    Args:
        what: It is, as the user calls it.
        collection: Read without faults of its tables.
        places: Its own.
        texts: What was found of texts that are kept with it.
    """
    found = [*_wrong_hashes(what, collection), *texts]
    edition = list(_edition_told(what, collection, places))
    yield from found
    if all(one.level is not Level.FAULT for one in (*found, *edition)):
        yield _collection_told(what, collection)
    yield from edition


def _edition_told(what: str, collection: Collection, places: Gazetteer) -> Iterator[Finding]:
    """Tell of a collection that withholds something what its edition of today lacks, or why none can be made."""
    if not (collection.withheld or collection.facts.publication):
        return
    try:
        made, shown = published(collection, places, today_in(collection.facts.timezone))
    except BordermapError as error:
        yield from faults_told(what, error)
        return
    yield Finding(Level.NOTE, what, f"withholds: {'; '.join(lacking(collection, made))}")
    for told in costs(collection, places, made):
        yield Finding(Level.NOTE, what, told)
    if made.edition and (told := few_known(shown, collection.facts.publication)):
        yield Finding(Level.NOTE, what, told)


def left_beside(path: Path, what: str) -> Iterator[Finding]:
    """Tell what lies in a folder and beside it that a process which was killed has left: files on their way."""
    ours = "|".join(map(re.escape, FILES))
    for place, name in ((path.parent, re.escape(path.name[:100])), (path, f"(?:{ours})")):
        pattern = re.compile(rf"\.{name}{_ASIDE}")
        for left in sorted(place.iterdir()) if place.is_dir() else []:
            if pattern.fullmatch(left.name):
                yield Finding(
                    Level.FAULT,
                    what,
                    f"{str(left)!r} was left by a process that was killed; take it away, if none is at work there",
                )


def faults_told(what: str, error: BordermapError) -> Iterator[Finding]:
    """Tell what cannot be read, each of its faults by itself."""
    lines = map(str, error.faults) if isinstance(error, FaultsError) else [str(error)]
    yield from (Finding(Level.FAULT, what, line) for line in lines)


def _wrong_hashes(what: str, collection: Collection) -> Iterator[Finding]:
    """Tell which sources have a hash of their text that is none."""
    sources = collection.sources
    wrong = sources["text_sha256"].ne("") & ~sources["text_sha256"].str.fullmatch(_SHA256)
    for source, said in sources.loc[wrong, ["source_id", "text_sha256"]].itertuples(index=False):
        yield Finding(
            Level.FAULT,
            what,
            f"source {source} has the text_sha256 {said!r}, which is no sha256 in hexadecimal; correct or empty it",
        )


def _collection_told(what: str, collection: Collection) -> Finding:
    """Tell what of a collection was read without faults."""
    counts = ", ".join(
        f"{len(getattr(collection, name)):,} {name}" for name in ("sources", "claims", "events", "actors")
    )
    hashes = int(collection.sources["text_sha256"].ne("").sum())
    facts = collection.facts
    return Finding(
        Level.OK,
        what,
        f"{counts}, {hashes:,} hashes of texts, {facts.first_day} to {facts.last_day}, without faults; sha256 {collection.digest}",
    )


def _is_unread(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in FILES
