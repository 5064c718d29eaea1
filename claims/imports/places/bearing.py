"""Which places that bear a name lie where a row says they are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geo.candidates import everywhere
from geo.cleaning import cleaned
from geo.kinds import akin, stem
from geo.matches import How
from geo.places import PlaceKind
from geo.plane import KM_PER_DEGREE
from geo.world import world

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["Bearing", "is_meant", "kilometres_to"]

POINTS: Final = frozenset(
    {PlaceKind.TOWN, PlaceKind.CROSSING, PlaceKind.BASE, PlaceKind.CAMP, PlaceKind.SITE}
)
"""Kinds of place that are where their point is."""

LINES: Final = frozenset({PlaceKind.ROAD, PlaceKind.RIVER})

SURE: Final = frozenset({How.EXACT, How.FOLDED})
"""Spellings by which a name is surely a place's."""

BESIDE: Final = frozenset({PlaceKind.BASE, PlaceKind.SITE})
"""Kinds of place that are called after a town, and are not the town."""

MOST_KEPT: Final = 100_000
"""Names whose places are remembered; then it begins anew."""


class Bearing:
    """Looks among the places that bear a name, curated or the world's."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Look in a gazetteer, and in the world's."""
        self._gazetteer = gazetteer
        self._known: dict[str, tuple[tuple[Place, How, bool], ...]] = {}

    def point_near(self, name: str, lon: float, lat: float, radius_km: float) -> Place | None:
        """Give the place of a name within whose radius, with `radius_km`, a position lies: a curated one, or the nearest.

        An airport or a site goes after what else bears the name, and counts only where `is_meant` says so.

        Args:
            name: A toponym; "" is no place's.
            lon: Degrees east, EPSG:4326.
            lat: Degrees north.
            radius_km: How far from the position it may be.
        """
        within = [
            (not ours, place.kind in BESIDE, km, place.place_id, place)
            for place, how, ours in self._named(name)
            if place.kind in POINTS
            and is_meant(place, how, name)
            and (km := kilometres_to(place, lon, lat)) <= place.radius_km + radius_km
        ]
        return min(within)[-1] if within else None

    def nearest_point(
        self, name: str, country: str, about: tuple[str, ...], lon: float, lat: float
    ) -> Place | None:
        """Give the place nearest to a position that surely bears a name; None where none does.

        Args:
            name: A toponym; "" is no place's.
            country: ISO code of the country that is looked in first; "" where none is said.
            about: Those that are looked in where none there bears the name, before any other.
            lon: Degrees east, EPSG:4326.
            lat: Degrees north.
        """
        points = [place for place, how, _ in self._named(name) if place.kind in POINTS and how in SURE]
        for countries in ({country}, set(about)):
            if within := [place for place in points if place.country in countries]:
                points = within
                break
        return min(points, key=lambda place: (kilometres_to(place, lon, lat), place.place_id), default=None)

    def area_near(
        self, name: str, country: str, lon: float, lat: float, kind: PlaceKind, radius_km: float
    ) -> Place | None:
        """Give the area of a name for which a position stands: of a kind, in a country, its middle near to it.

        Args:
            name: As for `point_near`, likewise lon, lat and radius_km.
            country: ISO code; "" where none is said.
            lon: See above.
            lat: See above.
            kind: Of the kinds that sources mix up with it one is as good; of a region a road or river too.
            radius_km: How far beyond the area's own radius its middle may be.
        """
        kinds = akin({kind, PlaceKind.GOVERNORATE} | LINES) if kind == PlaceKind.REGION else akin({kind})
        near = [
            (place.kind != kind, not ours, km, place.place_id, place)
            for place, _, ours in self._named(name)
            if place.kind in kinds
            and (not country or place.country in {country, ""})
            and (km := kilometres_to(place, lon, lat)) <= place.radius_km + radius_km
        ]
        return min(near)[-1] if near else None

    def _named(self, name: str) -> tuple[tuple[Place, How, bool], ...]:
        """Give the places that bear a name, how, and whether they are curated; each name is looked up once."""
        if name not in self._known:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            clean = cleaned(name)
            found = everywhere(clean, self._gazetteer, world()) if clean else ()
            self._known[name] = tuple((one.place, one.how, one.ours) for one in found if not one.demonym)
        return self._known[name]


def is_meant(place: Place, how: How, name: str) -> bool:
    """Tell whether a name is a place's and not only that of the town that an airport, a base or a site is called after."""
    return place.kind not in BESIDE or how != How.KIND or place.kind in akin(stem(name)[1])


def kilometres_to(place: Place, lon: float, lat: float) -> float:
    """Give how far a place's point is from a position in km, good to a percent within some hundred km."""
    east = (place.lon - lon + 180) % 360 - 180
    return KM_PER_DEGREE * math.hypot(east * math.cos(math.radians((place.lat + lat) / 2)), place.lat - lat)
