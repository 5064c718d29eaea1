"""Records of one place in two gazetteers: when they are, and that the curated one stands for both."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.kinds import akin, stem
from geo.places import PlaceKind
from geo.plane import KM_PER_DEGREE
from geo.toponyms import fold

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["SAME_KM", "as_curated", "kilometres", "same_place"]

SAME_KM: Final = 10.0  # two records of one town lie within this of each other

# Kinds of place that are where their point is.
_POINTS: Final = frozenset(
    {PlaceKind.TOWN, PlaceKind.BASE, PlaceKind.CAMP, PlaceKind.SITE, PlaceKind.CROSSING}
)


def kilometres(one: Place, other: Place) -> float:
    """Give the distance of two places' points in km, good to a percent within some hundred km."""
    east = (one.lon - other.lon + 180) % 360 - 180
    return KM_PER_DEGREE * math.hypot(
        east * math.cos(math.radians((one.lat + other.lat) / 2)), one.lat - other.lat
    )


def same_place(one: Place, other: Place) -> bool:
    """Tell two records of one place that share a name: the same GeoNames id, or of like kinds and within reach."""
    if one.geonames_id and one.geonames_id == other.geonames_id:
        return True
    if one.kind != other.kind and not akin({one.kind}) & akin({other.kind}) - _POINTS:
        return False
    if one.kind == PlaceKind.COUNTRY:
        return one.country == other.country
    reach = max(SAME_KM, one.radius_km if one.kind not in _POINTS else 0)
    return kilometres(one, other) <= reach


@lru_cache(maxsize=16384)
def as_curated(place: Place, gazetteer: Gazetteer) -> Place:
    """Give the curated record of a place of the world gazetteer; the place itself where it is not curated.

    It is the one of the same GeoNames id, or one of the same kind that bears its main name and lies where it does.
    So a place has one id, whichever of its names a text uses.
    """
    if own := gazetteer.of_geonames(place.geonames_id):
        return own
    named = (*gazetteer.spelled(fold(place.name)), *gazetteer.stemmed(stem(place.name)[0]))
    return next((own for own in named if own.kind == place.kind and same_place(own, place)), place)
