"""What lies between two places: a strip, a way, a border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely import LineString, Point

from geo.errors import BordermapError
from geo.frontier import frontier
from geo.phrasing import shapes
from geo.phrasing.bases import LEAST_KM, LEFTOVER, Base, Drawn, ground
from geo.places import PlaceKind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.places import Place

__all__ = ["between", "border", "border_side", "route"]

SLENDER: Final = 1 / 8
"""Half the width of what lies between two places, as a part of their distance."""

FARTHEST_KM: Final = 10000.0
"""Nothing is said to lie between two places that are farther apart."""

BORDER_KM: Final = 15.0
"""How far a border strip goes to each side; a report's "border" is seldom more."""


def between(one: Place, two: Place) -> Drawn | None:
    """Draw the strip between two places; None where they are lines, or nothing lies between them."""
    bases, ends = (Base(one), Base(two)), ((one.lon, one.lat), (two.lon, two.lat))
    apart = shapes.distance_km(*ends)
    if any(base.is_line for base in bases) or not LEAST_KM / 2 < apart < FARTHEST_KM:
        return None
    middle = shapes.middle_of(*ends)
    plane = shapes.Plane(*middle)
    points = [plane.flat(Point(end)) for end in ends]
    axis = LineString(np.vstack([shapely.get_coordinates(point) for point in points]))
    corridor = axis.buffer(max(apart * SLENDER, LEAST_KM / 2), cap_style="flat")
    left: BaseGeometry = corridor
    for base, point in zip(bases, points, strict=True):
        disc = point.buffer(min(base.place.radius_km, apart * 0.4))
        left = left.difference(plane.flat(base.outline) if base.outline is not None else disc)
    left = max(shapely.get_parts(left), key=shapely.area, default=left)
    if left.area < LEFTOVER * corridor.area:
        return None
    rule = f"the straight strip between {one.name} and {two.name}, a quarter as wide as they are apart, without themselves"
    size = max(axis.intersection(left).length / 2, LEAST_KM / 2)
    return Drawn(plane.degrees(left), rule, Point(middle), size)


def route(one: Place, two: Place) -> Drawn | None:
    """Draw the shortest way from one place to another, from edge to edge where they are areas."""
    bases, ends = (Base(one), Base(two)), ((one.lon, one.lat), (two.lon, two.lat))
    if any(base.is_line for base in bases) or shapes.distance_km(*ends) < LEAST_KM / 2:
        return None
    way = shapes.way(*ends)
    left: BaseGeometry = way
    for base in bases:
        if base.outline is not None:
            left = left.difference(shapes.unbroken(base.outline, way.centroid.x))
    left = max(shapely.get_parts(left), key=shapely.length, default=left)
    if left.length < LEFTOVER * way.length:
        return None
    rule = f"the shortest way between {one.name} and {two.name}; the road that was taken is not known"
    return Drawn(left, rule, left.interpolate(0.5, normalized=True), kind=PlaceKind.ROAD)


def border(one: Place, two: Place) -> Drawn | None:
    """Draw the strip along the frontier of two countries; None where they are none, or no neighbours."""
    if {one.kind, two.kind} != {PlaceKind.COUNTRY}:
        return None
    try:
        line = frontier(one.country, two.country)
    except BordermapError:
        return None
    longest = max(shapely.get_parts(line), key=shapely.length)
    middle = longest.interpolate(0.5, normalized=True)
    plane = shapes.Plane(middle.x, middle.y)
    strip = plane.flat(shapes.unbroken(line, middle.x)).buffer(BORDER_KM)
    rule = f"within {BORDER_KM:g} km of the frontier of {one.name} and {two.name}"
    return Drawn(plane.degrees(strip), rule, middle, shapes.size_km(line))


def border_side(one: Place, two: Place) -> Drawn | None:
    """Draw what of the strip along a frontier lies in the first of its countries."""
    strip = border(one, two)
    if strip is None or strip.wanted is None:
        return None
    own = ground(one.country, strip.wanted.x, strip.wanted.y)
    if own is None:
        return None
    side = strip.outline.intersection(shapes.unbroken(own, strip.wanted.x))
    return Drawn(side, f"{strip.rule}, on the side of {one.name}", strip.wanted, strip.size_km, within=True)
