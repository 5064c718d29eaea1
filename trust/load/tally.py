"""What people have met: how long they waited, what went wrong, and what they saw that was another's."""

from __future__ import annotations

import collections
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trust.load.reviewed import Decided

__all__ = ["Tally", "Waits", "waits_of"]

KEPT: Final = 200
"""Sentences that are kept of what went wrong; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited for one kind of thing, in seconds; nearest ranks."""

    count: int
    p50: float
    p95: float
    p99: float
    longest: float


def waits_of(seconds: list[float]) -> Waits:
    """Sum up waits; all is 0 where there are none."""
    if not seconds:
        return Waits(0, 0, 0, 0, 0)
    ordered = sorted(seconds)
    ranked = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.95, 0.99)]
    return Waits(len(ordered), statistics.median(ordered), ranked[0], ranked[1], ordered[-1])


@dataclass(slots=True)
class Tally:
    """What all people have met so far; one event loop writes it.

    Attributes:
        opened: Seconds from the first request to the end of the first run, with the page.
        answered: Seconds from a move of the slider to the answer that carries its day.
        asked: Seconds from what a large set's page asks, as it does with each move, to the answer.
        shown: Seconds from the opening of an event to its answer.
        decided: Seconds from a reviewer's decision to the word that it is kept.
        finished: Seconds from a move to the end of the run that answered it.
        turned: Seconds to the end of the run of another page, and of coming back.
        drawn: Seconds from the slider's key to the drawn map, in real browsers.
        heard: Seconds from that key to the server's answer there.
        decisions: What reviewers were told is kept.
        moves: Moves of the slider, and openings of events, that were sent.
        overtaken: Moves that were answered together with a later one.
        checked: Messages of the server that were held to what their reader may see.
        bytes: Of these messages.
        errors: What went wrong, in words.
        foreign: What reached someone whom it did not concern, in words.
        people: How many people came, those who left again included.
    """

    opened: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    decided: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)
    turned: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    moves: int = 0
    overtaken: int = 0
    checked: int = 0
    bytes: int = 0
    errors: collections.Counter[str] = field(default_factory=collections.Counter)
    foreign: collections.Counter[str] = field(default_factory=collections.Counter)
    people: int = 0

    def error(self, kind: str) -> None:
        """Count something that went wrong."""
        _count(self.errors, kind)

    def another_s(self, what: str) -> None:
        """Count something that was another's."""
        _count(self.foreign, what)


def _count(counter: collections.Counter[str], what: str) -> None:
    counter[what[:300] if len(counter) < KEPT else "more"] += 1
