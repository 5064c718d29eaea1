"""A refusal: what of a model's answer was not taken, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["Refusal", "shortened"]

_LONGEST: Final = 80  # characters of a value; a model may write a page of it


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not taken.

    Attributes:
        part: The part of the text that was asked about, from 1.
        proposal: Which proposal of its answer, from 1; None where the answer as a whole is meant.
        column: Its column; "" where all of it is meant.
        value: What stood there, cut short; "" where nothing did.
        why: What is wrong, as the rest of a sentence ("is unknown").
        whole: Whether the proposal was refused; else it stands, and only that column was left empty.
    """

    part: int
    proposal: int | None
    column: str
    value: str
    why: str
    whole: bool = True

    def __str__(self) -> str:
        """Say it as one line."""
        where = f"part {self.part}" + (f", proposal {self.proposal}" if self.proposal else ", the answer")
        what = " ".join(filter(None, (self.column, repr(self.value) if self.value else "")))
        end = "refused" if self.whole else "left empty"
        return f"{where}: {what + ' ' if what else ''}{self.why}; {end}"


def shortened(value: str) -> str:
    """Cut a value short for being shown."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
