"""The candidates of one toponym with their chances, and the choice among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.candidates import Candidate, holds
from geo.matches import Choice, How, Match
from geo.places import PlaceKind
from geo.records import SAME_KM, kilometres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.places import Place

__all__ = ["MOST_CANDIDATES", "Weighed"]

SURE: Final = 0.5
"""A place is given where it, and what lies in or around it, are likelier than all else that the name may mean."""

FAR_BETTER: Final = 0.6
"""How likely a place must be to be taken for its prominence alone."""

MOST_CANDIDATES: Final = 50

BARE_NAME: Final = 0.5
"""Powers of ten of people by which a division is meant less often by a name that is not its own."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The candidates of a name with their probabilities, by the name alone and in its document."""

    candidates: Sequence[Candidate]
    alone: Sequence[float]
    shares: Sequence[float]

    def match(self, name: str) -> Match:
        """Take the likeliest place where it is likely enough."""
        if not self.candidates:
            return Match(name, None, (), How.UNKNOWN)
        order = sorted(range(len(self.candidates)), key=lambda at: -self.shares[at])
        places = tuple(self.candidates[at].place for at in order[:MOST_CANDIDATES])
        top = order[0]
        if self._share(top, self.shares) < SURE:
            listed = sum(self.shares)
            return Match(name, None, places, How.AMBIGUOUS if listed > SURE else How.UNLIKELY)
        if len(self.candidates) == 1:
            choice = Choice.ONLY
        elif self.alone[top] == max(self.alone) and self._share(top, self.alone) >= SURE:
            choice = Choice.PROMINENT
            if self._share(top, self.shares) < FAR_BETTER * sum(self.shares):
                return Match(name, None, places, How.AMBIGUOUS)
        else:
            choice = Choice.CONTEXT
        town = self._town_of(top)
        place = self.candidates[town].place
        others = tuple(other for other in places if other is not place)
        return Match(name, place, (place, *others), self.candidates[town].how, choice)

    def _town_of(self, top: int) -> int:
        """Give the town that a division is named after, where the division is meant: the bare name is the town's.

        A mere village of the name, with less than a tenth of the division's people, is not what the name means.
        """
        division = self.candidates[top]
        if division.place.kind not in {PlaceKind.GOVERNORATE, PlaceKind.DISTRICT}:
            return top
        # What is the division's name only without its kind word is the town's all the more.
        known = division.prominence if division.less <= 0 else division.prominence + division.less - BARE_NAME
        towns = [
            at
            for at, one in enumerate(self.candidates)
            if one.place.kind == PlaceKind.TOWN
            and holds(division, one)
            and one.prominence + (one.less if division.less > 0 else 0) >= known - 1
        ]
        return max(towns, key=lambda at: self.shares[at], default=top)

    def _share(self, top: int, shares: Sequence[float]) -> float:
        """The share of a candidate with all that lies within it or around it."""
        place = self.candidates[top].place
        return sum(
            share
            for candidate, share in zip(self.candidates, shares, strict=True)
            if _together(candidate.place, place)
        )


def _together(one: Place, other: Place) -> bool:
    """Tell whether one lies within the other; what lies in several countries is of no other than a place in one."""
    if one.country and other.country and one.country != other.country:
        return False
    return kilometres(one, other) <= max(SAME_KM, one.radius_km, other.radius_km)
