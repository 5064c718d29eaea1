"""Which of the places that an online geocoder found is meant: one, or honestly none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.kinds import akin, stem
from geo.matches import Choice, How, Match
from geo.places import Place, PlaceKind
from geo.records import kilometres
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.online.found import Box, Found

__all__ = ["CLEAR_GAP", "IN_VIEW", "choose"]

CLEAR_GAP: Final = 0.2
"""How much more important a place must be to be taken among several of the name.

Nominatim's importance goes from 0 to 1: a capital has about 0.8, a middling city 0.5, a village 0.3.
"""

IN_VIEW: Final = 0.25
"""What lying in the preferred view counts for, in importance: it decides among equals, never against a capital."""


def choose(
    toponym: str,
    found: Sequence[Found],
    *,
    viewbox: Box | None = None,
    narrowed: bool = False,
) -> Match | None:
    """Take the place that a toponym names among those found, or none where they are alike.

    1. Places that bear the name count alone: one of their names folds as the toponym does, or as its part before a
       comma. Without any, those that bear it without its kind word ("province", "crossing") and are of that kind.
       Without these, the service is trusted to know a spelling, but only of towns, areas, crossings and bases, since
       streets, shops and stations are called after places; if none is of the kind that the toponym says, none is given.
    2. Places that lie within one another's radius are one, and so are a town and the district or governorate around
       it that bears its name: the town stands for them.
    3. The most important is taken if it is so by `CLEAR_GAP`, where lying in the view counts for it; else the toponym
       is ambiguous and no place is given.

    Args:
        toponym: The name as written.
        found: What the service found, the best first.
        viewbox: west, south, east, north in degrees of the preferred view, EPSG:4326.
        narrowed: True where the service was asked for some countries only, so that others of the name are not known.

    Returns:
        The match; None where nothing that was found may be meant.
    """
    each_once = list({each.place.place_id: each for each in reversed(found)}.values())[::-1]
    one_each = _one_each(_meant(toponym, each_once), viewbox)
    if not one_each:
        others = tuple(each.place for each in each_once if not _is_minor(each))
        return Match(toponym, None, others, How.OTHER_KIND) if others else None
    scores = [_score(each, viewbox) for each in one_each]
    candidates = tuple(each.place for each in one_each)
    if len(one_each) == 1:
        return Match(
            toponym, candidates[0], candidates, How.ONLINE, Choice.CONTEXT if narrowed else Choice.ONLY
        )
    if scores[0] - scores[1] < CLEAR_GAP:
        return Match(toponym, None, candidates, How.AMBIGUOUS)
    known_better = one_each[0].importance - max(each.importance for each in one_each[1:]) >= CLEAR_GAP
    return Match(
        toponym,
        candidates[0],
        candidates,
        How.ONLINE,
        Choice.PROMINENT if known_better else Choice.CONTEXT,
    )


def _meant(toponym: str, found: Sequence[Found]) -> list[Found]:
    """Give the places of the first step that finds any: of the name, of its stem and kind, of a spelling not known."""
    head = toponym.split(",", maxsplit=1)[0]
    wanted = {fold(toponym), fold(head)} - {""}
    key, said = stem(head)
    kinds = akin(said)

    def of_kind(each: Found) -> bool:
        return not said or not each.tagged or each.place.kind in kinds

    bearing = [each for each in found if not wanted.isdisjoint(each.keys)]
    bearing_stem = [each for each in found if said and key in each.keys and of_kind(each)]
    trusted = [each for each in found if not _is_minor(each) and of_kind(each)]
    return bearing or bearing_stem or trusted


def _is_minor(found: Found) -> bool:
    """Tell whether it is called after a place as often as it is one: a street, a shop, a station."""
    return found.tagged and found.place.kind in {PlaceKind.SITE, PlaceKind.ROAD}


def _score(found: Found, viewbox: Box | None) -> float:
    return found.importance + (IN_VIEW if _within(found.place, viewbox) else 0.0)


def _one_each(found: Sequence[Found], viewbox: Box | None) -> list[Found]:
    """Give one of each group that is one place, with the group's importance, the likeliest first."""
    groups: list[list[Found]] = []
    for each in sorted(found, key=lambda one: -_score(one, viewbox)):
        group = next((group for group in groups if any(_are_one(each, other) for other in group)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return sorted(map(_stands_for, groups), key=lambda one: -_score(one, viewbox))


def _stands_for(group: Sequence[Found]) -> Found:
    """Give the town of a group, else its most important place, with the importance of the group."""
    chosen = next((each for each in group if each.place.kind is PlaceKind.TOWN), group[0])
    return replace(chosen, importance=max(each.importance for each in group))


def _are_one(one: Found, other: Found) -> bool:
    near = kilometres(one.place, other.place) <= min(one.place.radius_km, other.place.radius_km)
    return near or _is_seat_of(one, other) or _is_seat_of(other, one)


def _is_seat_of(town: Found, area: Found) -> bool:
    """Tell whether a town lies in a district or governorate that bears its name."""
    return (
        town.place.kind is PlaceKind.TOWN
        and area.place.kind in {PlaceKind.DISTRICT, PlaceKind.GOVERNORATE}
        and town.place.country == area.place.country != ""
        and not town.keys.isdisjoint(area.keys)
        and _within(town.place, area.box)
    )


def _within(place: Place, box: Box | None) -> bool:
    if box is None:
        return False
    west, south, east, north = box
    across = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return across and south <= place.lat <= north
