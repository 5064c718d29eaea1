"""Where a build keeps what is on its way, and what its tasks are told: nothing but names and numbers travels to a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Work"]

_NAMES: Final = frozenset({"plan.json", "read", "named", "settled", "parts", "months", "out", "old"})


@dataclass(frozen=True, slots=True)
class Work:
    """The folder of a build that is under way, beside the one that it will be.

    Attributes:
        folder: It; every worker finds it under this path.
        parts: Into how many parts events are parted, by their ids.
        mark: Told apart by it from what is done of another plan in the same folder.
    """

    folder: Path
    parts: int
    mark: str

    @property
    def aside(self) -> Path:
        """Where files are written before they are put in place.

        It is this plan's own, so that a worker that is still at work for another one writes nothing here.
        """
        return self.folder / f"aside-{self.mark}"

    @property
    def old(self) -> Path:
        """Where the folder that is replaced is, for a moment."""
        return self.folder / "old"

    @property
    def out(self) -> Path:
        """What will be the built folder."""
        return self.folder / "out"

    @property
    def begun(self) -> Path:
        """What this build is of."""
        return self.folder / "plan.json"

    def read(self, number: int) -> Path:
        """Where the rows of an input are, and `done.json` once all of them are."""
        return self.folder / "read" / f"{number:06}"

    @property
    def named(self) -> Path:
        """Where the sources, actors and places of all inputs are."""
        return self.folder / "named"

    def settled(self, number: int) -> Path:
        """Where it is told of which event the claims are whose ids fall to a part, and `done.json` once it is."""
        return self.folder / "settled" / f"{number:04}"

    def part(self, number: int) -> Path:
        """Where the events of a part are, and `done.json` once all of them are."""
        return self.folder / "parts" / f"{number:04}"

    def month(self, month: str) -> Path:
        """Where it is told that a month is done."""
        return self.folder / "months" / f"{month}.json"

    @staticmethod
    def is_ours(name: str) -> bool:
        """Tell whether a name in the folder is one that a build gives."""
        return name in _NAMES or name.startswith(("aside-", "gone-"))
