"""What the store gives of what it keeps: a claim with its version, a source, a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KeptClaim", "KeptSource", "KeptText"]


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim with its version, which whoever changes it must have seen; its cells say what of it is withheld too."""

    claim_id: str
    version: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A source with its version; `new` is true of one that was not kept before it was handed in."""

    source_id: str
    version: int
    cells: Mapping[str, str]
    new: bool = False

    @property
    def outlet(self) -> str:
        """Who published it."""
        return self.cells["outlet"]

    @property
    def published(self) -> str:
        """On which day, as written; "" where that is not known."""
        return self.cells["published"]


@dataclass(frozen=True, slots=True)
class KeptText:
    """The text of a source."""

    source_id: str
    sha256: str
    language: str
    text: str
