"""Which proposed claims tell of one happening: same kind, related actors, near places, overlapping days."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from claims.model import Kind
from geo.places import PlaceKind
from geo.records import kilometres

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from geo.places import Place

__all__ = ["Happening", "suggested"]

NEAR_KM: Final = 25.0
"""Kilometres between two places, over their radii, within which they may be one happening's."""

WIDE_KM: Final = 150.0
"""Radius from which on a place is a region, which is near only to itself and to what a second claim says of it."""

APART: Final = 1
"""Days that may lie between two claims' days."""

_MOVES: Final = frozenset({Kind.CROSSING, Kind.WITHDRAWAL})


@dataclass(frozen=True, slots=True)
class Happening:
    """What is compared of a claim.

    Attributes:
        kind: What is said to happen.
        actors: Ids of its actors; empty where none is known.
        places: Where: its place or ends.
        low: The first possible day; None where it is open.
        high: The last.
        heading: The countries of origin and destination, "" where one is not known.
    """

    kind: Kind
    actors: frozenset[str]
    places: tuple[Place, ...]
    low: dt.date | None
    high: dt.date | None
    heading: tuple[str, str] = ("", "")


def suggested(told: Sequence[Happening], parents: Mapping[str, str] | None = None) -> list[int]:
    """Group claims by the happening that they seem to tell of.

    Args:
        told: The claims, in any order; one without a day or place stands alone.
        parents: Of an actor's id, that of the larger one it belongs to.

    Returns:
        For each claim the number of its group, from 0 in the order of their first claims.
    """
    group = list(range(len(told)))
    families = [_families(one.actors, parents or {}) for one in told]
    for one, other in combinations(range(len(told)), 2):
        if group[one] != group[other] and _are_one(told[one], told[other], families[one], families[other]):
            old, new = group[other], group[one]
            group = [new if number == old else number for number in group]
    numbers = {old: new for new, old in enumerate(dict.fromkeys(group))}
    return [numbers[old] for old in group]


def _families(actors: frozenset[str], parents: Mapping[str, str]) -> frozenset[str]:
    """Give actors with the larger ones that they belong to."""
    found = set(actors)
    for actor in actors:
        above = parents.get(actor, "")
        while above and above not in found:
            found.add(above)
            above = parents.get(above, "")
    return frozenset(found)


def _are_one(one: Happening, other: Happening, family: frozenset[str], others: frozenset[str]) -> bool:
    same = one.kind == other.kind or {one.kind, other.kind} == _MOVES
    related = not family or not others or not family.isdisjoint(others)
    return same and related and _overlap(one, other) and _same_way(one, other) and _near(one, other)


def _overlap(one: Happening, other: Happening) -> bool:
    """Tell whether the days of two claims meet; a claim without days meets nothing."""
    bounds = [(claim.low or claim.high, claim.high or claim.low) for claim in (one, other)]
    if any(day is None for pair in bounds for day in pair):
        return False
    (low, high), (from_, to) = bounds
    return (low - to).days <= APART and (from_ - high).days <= APART  # type: ignore[operator]


def _same_way(one: Happening, other: Happening) -> bool:
    return one.heading[::-1] != other.heading or "" in one.heading or one.heading[0] == one.heading[1]


def _near(one: Happening, other: Happening) -> bool:
    """Tell whether some place of one claim is near one of the other; a country tells nothing unless both are only that."""
    exact = [
        tuple(place for place in claim.places if place.kind != PlaceKind.COUNTRY) for claim in (one, other)
    ]
    mine, theirs = exact if all(exact) else (one.places, other.places)
    return any(_are_near(a, b) for a in mine for b in theirs)


def _are_near(one: Place, other: Place) -> bool:
    if one.place_id == other.place_id:
        return True
    if max(one.radius_km, other.radius_km) >= WIDE_KM:
        return False
    return kilometres(one, other) <= NEAR_KM + min(one.radius_km, NEAR_KM) + min(other.radius_km, NEAR_KM)
