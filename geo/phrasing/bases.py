"""A place that a phrase starts from, laid on a plane in km around it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import shapely
from shapely import Point

from geo import basemap
from geo.phrasing import shapes
from geo.phrasing.strips import beside
from geo.places import PlaceKind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.phrasing.relations import Direction
    from geo.places import Place

__all__ = ["LEAST_KM", "LEFTOVER", "Base", "Drawn", "ground", "opening"]

LEAST_KM: Final = 2.0
"""A place has at least this radius, so that no part of it is a point."""

LEFTOVER: Final = 0.02
"""A smaller part of an outline than this is a sliver, left by a rule that does not fit the places."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An outline with what is known of it.

    Attributes:
        outline: In degrees; its longitudes may go on beyond 180.
        rule: How it was drawn, in words.
        wanted: Where its point is wanted, in degrees; None for its middle.
        size_km: Its radius, where the outline's own size is not meant.
        within: True where it surely lies in the country of its first place.
        kind: What it is.
    """

    outline: BaseGeometry
    rule: str
    wanted: Point | None = None
    size_km: float | None = None
    within: bool = False
    kind: PlaceKind = PlaceKind.REGION


class Base:
    """A place that a phrase starts from, laid on a plane in km around it.

    Attributes:
        outline: Its area or line in degrees, in one piece; None for what is only a point.
        body: All that surely belongs to it, on the plane.
        core: What distances are counted from: its area or line, or the middle of a point's body.
    """

    def __init__(self, place: Place) -> None:
        """Lay a place on its plane."""
        self.place = place
        self.name = place.name
        self.plane = shapes.Plane(place.lon, place.lat)
        self.outline = _outline(place)
        self.is_line = self.outline is not None and self.outline.geom_type.endswith("LineString")
        self.is_area = self.outline is not None and not self.is_line
        self.radius = max(place.radius_km, LEAST_KM)
        self.body = shapes.disc(self.radius) if self.outline is None else self.plane.flat(self.outline)
        self.core = Point(0, 0) if self.outline is None else self.body

    def reach(self, least: float, most: float = math.inf) -> float:
        """Give how far it makes itself felt beyond its edge, in km."""
        return least if self.is_line else min(max(self.radius, least), most)

    def drawn(self, flat: BaseGeometry, rule: str, *, around: bool = False) -> Drawn:
        """Bring an outline from the plane back to degrees, its point perhaps wanted on the place itself."""
        # What lies along a line is a strip: as long as the line, and its point is beside the line's own.
        wanted = Point(self.place.lon, self.place.lat) if around or self.is_line else None
        size = shapes.size_km(self.outline) if self.outline is not None and self.is_line else None
        return Drawn(self.plane.degrees(flat), rule, wanted, size)

    def towards(self, direction: Direction, inner: BaseGeometry | None, outer_km: float) -> BaseGeometry:
        """Outline what lies on one side, outside of an inner outline and within some km of the place's edge."""
        assert direction.bearing is not None
        if self.is_line:
            side = beside(self.body, outer_km, direction.bearing)
        else:
            outer = self.body.buffer(outer_km, quad_segs=16)
            far = 2 * max(map(abs, outer.bounds))
            side = outer.intersection(shapes.sector(direction.bearing, opening(direction), 0, far))
        return side if inner is None else side.difference(inner)

    def side(self, direction: Direction) -> str:
        """Say on which side something lies, for a rule."""
        if self.is_line:
            return f"on the {direction} side of {self.name}"
        return f"{direction} of {self.name}, within {opening(direction):g} degrees"


def opening(direction: Direction) -> float:
    """Give how many degrees to each side a direction may be meant."""
    return 22.5 if direction.bearing is None or direction.bearing % 90 else 45.0


def _outline(place: Place) -> BaseGeometry | None:
    """Give a place's area or line in one piece across the antimeridian; a country's from the basemap if need be."""
    outline = place.geometry
    if outline is None and place.kind is PlaceKind.COUNTRY:
        outline = ground(place.country, place.lon, place.lat)
    return None if outline is None else shapes.unbroken(outline, place.lon)


@lru_cache(maxsize=16)
def ground(country: str, lon: float, lat: float) -> BaseGeometry | None:
    """Give the area of a country that is around a point, from the basemap."""
    frame = basemap.read(basemap.Layer.COUNTRIES, bbox=(lon, lat, lon, lat), columns=["country"])
    found = frame.geometry[frame["country"] == country]
    return shapely.union_all(found.to_numpy()) if country and len(found) else None
