"""Where a build keeps what is on its way, and what its tasks are told: nothing but names and numbers travels to a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Work"]


@dataclass(frozen=True, slots=True)
class Work:
    """The folder of a build that is under way, beside the one that it will be.

    Attributes:
        folder: It; every worker finds it under this path.
        parts: Into how many parts events are parted, by their ids.
    """

    folder: Path
    parts: int

    @property
    def aside(self) -> Path:
        """Where files are written before they are put in place."""
        return self.folder / "aside"

    @property
    def out(self) -> Path:
        """What will be the built folder."""
        return self.folder / "out"

    @property
    def plan(self) -> Path:
        """What this build is of."""
        return self.folder / "plan.json"

    def read(self, number: int) -> Path:
        """Where the rows of an input are, and `done.json` once all of them are."""
        return self.folder / "read" / f"{number:06}"

    @property
    def named(self) -> Path:
        """Where the sources, actors and places of all inputs are."""
        return self.folder / "named"

    def part(self, number: int) -> Path:
        """Where the events of a part are, and `done.json` once all of them are."""
        return self.folder / "parts" / f"{number:04}"

    def month(self, month: str) -> Path:
        """Where it is told that a month is done."""
        return self.folder / "months" / f"{month}.json"
