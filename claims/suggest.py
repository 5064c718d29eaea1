"""Which proposed claims tell of one happening: same kind, related actors, near places, overlapping days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.model import Kind, Status
from geo.places import PlaceKind
from geo.records import kilometres

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from geo.places import Place

__all__ = ["Happening", "are_one", "suggested"]

NEAR_KM: Final = 25.0
"""Kilometres between two places, over their radii, within which they may be one happening's."""

WIDE_KM: Final = 150.0
"""Radius from which on a place is a region, which is near only to itself and to what a second claim says of it."""

APART: Final = 1
"""Days that may lie between two claims' days."""

LONG: Final = 45
"""Days; what is told of a longer time is no day's happening, and joins only its like."""

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
        status: How it is put: a plan, a refusal and what happened are three happenings; a denial is of what happened.
    """

    kind: Kind
    actors: frozenset[str]
    places: tuple[Place, ...]
    low: dt.date | None
    high: dt.date | None
    heading: tuple[str, str] = ("", "")
    status: Status = Status.REPORTED


def suggested(told: Sequence[Happening], parents: Mapping[str, str] | None = None) -> list[int]:
    """Group claims by the happening that they seem to tell of.

    Args:
        told: The claims, in any order; one without a day or place stands alone.
        parents: Of an actor's id, that of the larger one it belongs to.

    Returns:
        For each claim the number of its group, from 0 in the order of their first claims.
    """
    groups: list[list[int]] = []
    for at, one in enumerate(told):
        for group in groups:
            if are_one(one, [told[other] for other in group], parents):
                group.append(at)
                break
        else:
            groups.append([at])
    number = {at: number for number, group in enumerate(groups) for at in group}
    return [number[at] for at in range(len(told))]


def are_one(one: Happening, group: Sequence[Happening], parents: Mapping[str, str] | None = None) -> bool:
    """Tell whether a claim seems to tell of the happening that others tell of: one is like it, none is against it.

    Args:
        one: The claim.
        group: The claims of one happening.
        parents: Of an actor's id, that of the larger one it belongs to.
    """
    return _joins(one, group) and any(_is_like(one, other, parents or {}) for other in group)


def _joins(one: Happening, group: Sequence[Happening]) -> bool:
    """Tell whether a claim contradicts none of a group on when it was, which way it went, and whether it was to be."""
    return all(
        _overlap(one, other) and _same_way(one, other) and _PUT[one.status] == _PUT[other.status]
        for other in group
    )


_PUT: Final = {
    Status.REPORTED: "done",
    Status.CONFIRMED: "done",
    Status.DENIED: "done",
    Status.PLANNED: "to come",
    Status.REQUESTED: "to come",
    Status.REJECTED: "refused",
}


def _families(actors: frozenset[str], parents: Mapping[str, str]) -> frozenset[str]:
    """Give actors with the larger ones that they belong to."""
    found = set(actors)
    for actor in actors:
        above = parents.get(actor, "")
        while above and above not in found:
            found.add(above)
            above = parents.get(above, "")
    return frozenset(found)


def _is_like(one: Happening, other: Happening, parents: Mapping[str, str]) -> bool:
    if one.kind != other.kind and {one.kind, other.kind} != _MOVES:
        return False
    if not one.actors or not other.actors:
        return _near(one, other)
    families = (_families(claim.actors, parents) for claim in (one, other))
    return not next(families).isdisjoint(next(families)) and _near(one, other)


def _overlap(one: Happening, other: Happening) -> bool:
    """Tell whether the days of two claims meet; a claim without days meets nothing."""
    bounds = [(claim.low or claim.high, claim.high or claim.low) for claim in (one, other)]
    if any(day is None for pair in bounds for day in pair):
        return False
    (low, high), (from_, to) = bounds
    spans = sorted([(high - low).days, (to - from_).days])  # type: ignore[operator]
    if spans[1] > LONG > spans[0]:
        return False
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
