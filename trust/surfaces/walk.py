"""What surfaces are gone through with: commands that are run, files full of addresses, and what came of each surface."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import bordermap
from claims.shipped import shipped
from claims.store import open_store
from trust.lures.addresses import Lures
from trust.lures.collection import collection
from trust.lures.reports import reports
from trust.lures.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trust.surfaces.watch import Watch

__all__ = ["HELD", "Switched", "Walk", "run", "setting"]

HELD: Final = "held"
"""What the shipped collection is called in a store."""


@dataclass(frozen=True, slots=True)
class Switched:
    """What came of something that was switched on, as "OBSERVER: WHOM".

    Attributes:
        must: Whom it is to ask.
        may: Whom it may ask as well.
        asked: Whom it asked.
    """

    must: tuple[str, ...]
    may: tuple[str, ...]
    asked: list[str]


class Walk:
    """The surfaces, each gone through once, with the files that it is gone through with.

    Attributes:
        folder: In which all files are.
        watch: What the observers have seen.
        lures: The addresses in the files.
        ended: How the commands of surfaces ended.
        switched: What came of what was switched on.
        tests: How many tests were run, failed and skipped.
    """

    def __init__(self, folder: Path, watch: Watch) -> None:
        """Begin in an empty folder."""
        self.folder, self.watch, self.lures = folder, watch, Lures(folder)
        self.ended: dict[str, int] = {}
        self.switched: dict[str, Switched] = {}
        self.tests: dict[str, int] = {}
        self._names = itertools.count()

    def out(self, ending: str = "") -> Path:
        """Give a path where nothing stands."""
        return self.folder / f"out{next(self._names)}{ending}"

    def go(self, surface: str, *words: object, may_fail: bool = False) -> None:
        """Run a command as a surface of its own."""
        with self.watch.visit(surface):
            ended = self.run(surface, *words, may_fail=may_fail)
        self.ended[surface] = ended

    def run(self, name: str, *words: object, may_fail: bool = False) -> int:
        """Run a command within a surface; one that ends with a fault has not gone through all, unless it may."""
        ended, said = run(*words)
        if ended and not may_fail:
            self.watch.silent.append(f"{name} ended with {ended}: {said[-500:]!r}")
        return ended

    @contextmanager
    def switch(self, name: str, *must: str, may: tuple[str, ...] = ()) -> Iterator[None]:
        """Put down whom anything asked while something is switched on that is to ask, and may; as "OBSERVER: WHOM"."""
        with self.watch.visit(name):
            yield
        self.switched[name] = Switched(must, may, self.watch.asked.pop(name))

    # ---- the files, each made when it is first wanted

    @cached_property
    def lured(self) -> Path:
        """A collection."""
        return collection(self.lures)

    @cached_property
    def tables(self) -> list[Path]:
        """Tables to import."""
        return tables(self.lures)

    @cached_property
    def kml(self) -> Path:
        """A table to import that is KML."""
        return next(one for one in self.tables if one.name == "rows.kml")

    @cached_property
    def reports(self) -> list[Path]:
        """Reports to read."""
        return reports(self.lures)

    def held(self) -> str:
        """Keep a collection in the store that the environment names, with a report in it; give the report's source."""
        self.run(
            "store import", "store", "import", next(iter(shipped().values())), "--as", HELD, "--by", "Tess"
        )
        said = {
            "outlet": self.lures.address("outlet"),
            "url": self.lures.address("link"),
            "published": "2024-12-10",
        }
        text = (
            f"About 300 soldiers crossed from Elvas to Badajoz on Saturday, see {self.lures.address('text')}."
        )
        return str(open_store().keep_source(HELD, said, text, "Tess", language="en").source_id)


def run(*words: object) -> tuple[int, str]:
    """Run a command of bordermap's; give how it ended, and what it said to whoever watches."""
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            ended = bordermap.main([str(word) for word in words])
        except SystemExit as error:
            ended = int(error.code or 0)
    return ended, said.getvalue()


@contextmanager
def setting(said: Mapping[str, str]) -> Iterator[None]:
    """Let the environment say this while the `with` block lasts, also to the processes that are begun in it."""
    before = {name: os.environ[name] for name in said if name in os.environ}
    os.environ.update(said)
    try:
        yield
    finally:
        for name in said:
            del os.environ[name]
        os.environ.update(before)
