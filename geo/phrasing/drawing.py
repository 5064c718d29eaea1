"""The outline that a phrase tells, drawn from the places of its names by stated rules.

Directions follow the point-radius method (Wieczorek, Guo and Hijmans 2004, International Journal of Geographical
Information Science 18, 745-767): "north" is all between northwest and northeast, "northeast" what is nearer to it than
to north or east, a part of an area is its half or quarter, a distance is as exact as its last digit. What that method
does not give is a judgement of ours, and stands as a number below.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import shapely

from geo.phrasing import joining, shapes
from geo.phrasing.bases import LEFTOVER, Base, Drawn, opening
from geo.phrasing.relations import Direction, Phrase, Relation, kilometres
from geo.phrasing.strips import beside
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.places import Place

__all__ = ["draw"]

BEYOND_KM: Final = 30.0
"""How far "north of", and the countryside, go beyond a place's edge: a report that means more names another place.

Of a place with a larger radius they go as far as that.
"""

NEAR_KM: Final = (10.0, 50.0)
"""How far "near" goes beyond a place's edge: as far as its radius, but at least and at most this."""

OUTSKIRTS_KM: Final = (3.0, 20.0)
"""The same of its outskirts. They keep the core: a place's radius leaves open where its core ends."""

BANK_KM: Final = 20.0
"""How wide the bank of a river is: its valley and the villages that reports count to it."""


def draw(phrase: Phrase, places: Sequence[Place]) -> Drawn | None:
    """Draw the outline of a phrase.

    Args:
        phrase: Of a relation that means one thing only: neither TOWARDS nor SIDE.
        places: The one or two different places it starts from.

    Returns:
        The outline; None where the phrase makes no sense of these places.
    """
    if phrase.relation in _OF_TWO:
        drawn = _OF_TWO[phrase.relation](*places)
    else:
        drawn = _OF_ONE[phrase.relation](Base(places[0]), phrase)
    return None if drawn is None or drawn.outline.is_empty else drawn


def _of(base: Base, phrase: Phrase) -> Drawn | None:
    if phrase.direction is None or phrase.direction.bearing is None:
        return None
    reach = base.reach(BEYOND_KM)
    inner = None if base.is_line else base.body
    rule = f"{base.side(phrase.direction)}, up to {reach:g} km from its edge"
    return base.drawn(base.towards(phrase.direction, inner, reach), rule)


def _away(base: Base, phrase: Phrase) -> Drawn | None:
    km, direction = phrase.distance_km, phrase.direction
    if km is None or (direction is not None and direction.bearing is None):
        return None
    doubt = _doubt(km)
    if direction is None:
        # A ring has no point of its own; its disc is as honest and looks no surer.
        rule = f"all within {kilometres(km)} km of {base.name}, {kilometres(doubt)} km more for a rounded distance"
        return base.drawn(base.body.buffer(km + doubt), rule, around=True)
    inner = base.core.buffer(km - doubt, quad_segs=16) if km > doubt else None
    rule = (
        f"{base.side(direction)}, {kilometres(km)} km from it, counted from its"
        f" middle or its edge, {kilometres(doubt)} km less or more for a rounded distance"
    )
    return base.drawn(base.towards(direction, inner, km + doubt), rule)


def _doubt(km: float) -> float:
    """Give how far a distance may be rounded: half a unit of its last digit that is not 0, a tenth of it at least."""
    unit = 0.1 if km % 1 else 1.0
    while km % (unit * 10) == 0:
        unit *= 10
    return max(unit / 2, km / 10)


def _within(base: Base, phrase: Phrase) -> Drawn | None:
    if phrase.distance_km is None:
        return None
    rule = f"all within {kilometres(phrase.distance_km)} km of the edge of {base.name}"
    return base.drawn(base.body.buffer(phrase.distance_km), rule, around=True)


def _near(base: Base, _: Phrase) -> Drawn:
    reach = base.reach(*NEAR_KM)
    return base.drawn(
        base.body.buffer(reach), f"all within {reach:g} km of the edge of {base.name}", around=True
    )


def _outskirts(base: Base, phrase: Phrase) -> Drawn | None:
    if base.is_line or base.place.kind is PlaceKind.COUNTRY:
        return None
    reach, towards = base.reach(*OUTSKIRTS_KM), phrase.direction
    rule = f"up to {reach:g} km beyond the edge of {base.name}"
    if towards is None:
        return base.drawn(base.body.buffer(reach), f"all {rule}", around=True)
    if towards.bearing is None:
        return None
    core = base.body.buffer(-base.radius / 2)
    rule = f"{towards} of {base.name}'s core, within {opening(towards):g} degrees, {rule}"
    return base.drawn(base.towards(towards, core, reach), rule)


def _countryside(base: Base, phrase: Phrase) -> Drawn | None:
    if base.is_line or base.place.kind is PlaceKind.COUNTRY:
        return None
    if phrase.direction is not None:
        return _part(base, phrase) if base.is_area else _of(base, phrase)
    if base.outline is not None:
        return Drawn(base.outline, f"the whole of {base.name}: where its towns end is not known", within=True)
    reach = base.reach(BEYOND_KM)
    return base.drawn(
        base.body.buffer(reach), f"all up to {reach:g} km beyond the edge of {base.name}", around=True
    )


def _part(base: Base, phrase: Phrase) -> Drawn | None:
    direction = phrase.direction
    if direction in {None, Direction.LEFT, Direction.RIGHT}:
        return None
    bearing = direction.bearing if direction else None
    of = (
        "half" if bearing is not None and bearing % 90 == 0 else "quarter" if bearing is not None else "third"
    )
    rule = f"the {'middle' if bearing is None else direction} {of} of {base.name}, by its middle"
    if base.outline is None:
        wide = 45.0 if of == "quarter" else 90.0
        radius = base.radius
        flat = (
            shapes.disc(radius / math.sqrt(3)) if bearing is None else shapes.sector(bearing, wide, 0, radius)
        )
        return base.drawn(flat, rule)
    cut = shapes.part(base.outline, bearing)
    whole, left = (shapely.area(each) or shapely.length(each) for each in (base.outline, cut))
    kind = base.place.kind if base.is_line else PlaceKind.REGION
    return Drawn(cut, rule, within=True, kind=kind) if left > LEFTOVER * whole else None


def _bank(base: Base, phrase: Phrase) -> Drawn | None:
    side = phrase.direction
    if base.place.kind is not PlaceKind.RIVER or not base.is_line or side in {None, Direction.CENTRE}:
        return None
    bearing = side.bearing if side else None
    strip = beside(base.body, BANK_KM, str(side) if bearing is None else bearing)
    return base.drawn(strip, f"within {BANK_KM:g} km of {base.name}, on its {side} bank")


_OF_ONE: Final[Mapping[Relation, Callable[[Base, Phrase], Drawn | None]]] = {
    Relation.OF: _of,
    Relation.AWAY: _away,
    Relation.WITHIN: _within,
    Relation.NEAR: _near,
    Relation.AROUND: _near,
    Relation.OUTSKIRTS: _outskirts,
    Relation.COUNTRYSIDE: _countryside,
    Relation.PART: _part,
    Relation.BANK: _bank,
}
_OF_TWO: Final[Mapping[Relation, Callable[[Place, Place], Drawn | None]]] = {
    Relation.BETWEEN: joining.between,
    Relation.ROUTE: joining.route,
    Relation.BORDER: joining.border,
    Relation.BORDER_SIDE: joining.border_side,
}
