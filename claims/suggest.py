"""Which proposed claims tell of one happening: same kind, related actors, near places, overlapping days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.model import Kind, Status
from geo.places import PlaceKind
from geo.records import kilometres

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    import pandas as pd

    from geo.places import Place

    Kin: TypeAlias = Mapping[str, frozenset[str]]

__all__ = ["Happening", "are_one", "kin_of", "put_alike", "suggested"]

NEAR_KM: Final = 10.0
"""Kilometres between two places, over their radii, within which they may be one happening's."""

WIDE_KM: Final = 150.0
"""Radius from which on a place is a region, which is near only to itself and to what a second claim says of it."""

LONG: Final = 45
"""Days; what is told of a longer time, or of one without a beginning or end, is no day's happening: it joins its like."""

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


def kin_of(actors: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Give of each actor what makes it related to another: itself, the larger ones it belongs to, and its side.

    Args:
        actors: `Collection.actors`.
    """
    above = dict(zip(actors["actor"], actors["parent"], strict=True))
    sides = dict(zip(actors["actor"], actors["side"], strict=True))
    found = {}
    for actor in above:
        family = [actor]
        while (parent := above.get(family[-1], "")) and parent not in family:
            family.append(parent)
        found[actor] = frozenset(family) | {f"side {sides[one]}" for one in family if one in sides}
    return found


def suggested(told: Sequence[Happening], kin: Kin | None = None) -> list[int]:
    """Group claims by the happening that they seem to tell of.

    Args:
        told: The claims, in any order; one without a day or place stands alone.
        kin: As `kin_of` gives it; an actor that is not in it is related to itself only.

    Returns:
        For each claim the number of its group, from 0 in the order of their first claims.
    """
    groups: list[list[int]] = []
    for at, one in enumerate(told):
        for group in groups:
            if are_one(one, [told[other] for other in group], kin):
                group.append(at)
                break
        else:
            groups.append([at])
    number = {at: number for number, group in enumerate(groups) for at in group}
    return [number[at] for at in range(len(told))]


def are_one(one: Happening, group: Sequence[Happening], kin: Kin | None = None) -> bool:
    """Tell whether a claim seems to tell of the happening that others tell of: one is like it, none is against it.

    Args:
        one: The claim.
        group: The claims of one happening.
        kin: As for `suggested`.
    """
    return not any(_is_against(one, other) for other in group) and any(
        _is_like(one, other, kin or {}) for other in group
    )


def put_alike(one: Status, other: Status) -> bool:
    """Tell whether both say that it was, was not, is to be, or was refused; one that confirms says that it was."""
    return _STANDING[one] == _STANDING[other]


def _is_against(one: Happening, other: Happening) -> bool:
    """Tell whether two claims contradict each other on which way it went, or on whether it was to be."""
    return not _same_way(one, other) or _PUT[one.status] != _PUT[other.status]


_STANDING: Final = {status: Status.REPORTED if status == Status.CONFIRMED else status for status in Status}

_PUT: Final = {
    Status.REPORTED: "done",
    Status.CONFIRMED: "done",
    Status.DENIED: "done",
    Status.PLANNED: "to come",
    Status.REQUESTED: "to come",
    Status.REJECTED: "refused",
}


def _is_like(one: Happening, other: Happening, kin: Kin) -> bool:
    same = one.kind == other.kind or (
        {one.kind, other.kind} == _MOVES and _is_headed(one) and _is_headed(other)
    )
    return same and _related(one.actors, other.actors, kin) and _near(one, other) and _overlap(one, other)


def _related(actors: frozenset[str], others: frozenset[str], kin: Kin) -> bool:
    """Tell whether some actor of one claim is related to one of the other; who is not named may be anybody."""
    if not actors or not others:
        return True
    mine, theirs = (frozenset().union(*(kin.get(one, {one}) for one in ids)) for ids in (actors, others))
    return not mine.isdisjoint(theirs)


def _overlap(one: Happening, other: Happening) -> bool:
    """Tell whether the days of two claims meet; a claim without days meets nothing."""
    if not all(claim.low or claim.high for claim in (one, other)):
        return False
    (low, high), (first, last) = map(_bounds, (one, other))
    shorter, longer = sorted([high - low, last - first])
    return low <= last and first <= high and not shorter <= LONG < longer


def _bounds(claim: Happening) -> tuple[float, float]:
    """Give the first and last possible day as numbers; what is not said is without end."""
    return (
        claim.low.toordinal() if claim.low else -math.inf,
        claim.high.toordinal() if claim.high else math.inf,
    )


def _is_headed(one: Happening) -> bool:
    return "" not in one.heading and one.heading[0] != one.heading[1]


def _same_way(one: Happening, other: Happening) -> bool:
    """Tell whether two claims do not lead other ways: from or to another country, or back where the other came from."""
    if any(claim.heading[0] == claim.heading[1] for claim in (one, other)):
        return True
    apart = (
        (one.heading[0], other.heading[0]),
        (one.heading[1], other.heading[1]),
    )
    back = ((one.heading[0], other.heading[1]), (one.heading[1], other.heading[0]))
    return all(a == b or not (a and b) for a, b in apart) and all(a != b or not a for a, b in back)


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
