"""Outlines around known ones: sectors, strips, halves and ways, in kilometres on the ground."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj import Geod, Proj
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.affinity import scale, translate
from shapely.ops import nearest_points, substring

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    LonLat = tuple[float, float]

__all__ = [
    "Plane",
    "disc",
    "distance_km",
    "geojson",
    "inner_point",
    "middle_of",
    "on_globe",
    "part",
    "sector",
    "size_km",
    "unbroken",
    "way",
]

DECIMALS: Final = 4
"""Some ten metres: far finer than any outline here is sure, and the same text each time."""

POLEWARDS: Final = 85.0
"""Degrees of latitude beyond which lon and lat outline nothing well: meridians meet."""

QUARTER_KM: Final = 9000.0
"""Somewhat less than a quarter of the way around the globe."""

_GEOD: Final = Geod(ellps="WGS84")
_ARC: Final = 32  # steps of an arc
_EDGE: Final = 0.5  # degrees: the longest edge that is laid on a plane as it is
_PACE: Final = 50.0  # km between the points of a way
_CORES: Final = (
    10,
    20,
    40,
    80,
)  # of an area's width is left off at its edge, as far as it is no narrow strip
_FINE: Final = 500  # an outline's own width may be told in so many steps


class Plane:
    """A plane in km around a point; from it, distances and directions are true (azimuthal equidistant, WGS84)."""

    def __init__(self, lon: float, lat: float) -> None:
        """Lay the plane on a point, in degrees."""
        self._lon = lon
        self._proj = Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84", units="km")

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """Lay a geometry in degrees on the plane."""
        fine = shapely.segmentize(geometry, _EDGE)
        laid = shapely.transform(fine, lambda at: np.column_stack(self._proj(at[:, 0], at[:, 1])))
        return _mended(laid)

    def degrees(self, flat: BaseGeometry) -> BaseGeometry:
        """Bring a geometry back to degrees; across the antimeridian its longitudes go on beyond 180.

        What reaches over a quarter of the globe comes back empty: lon and lat do not outline it.
        """
        if flat.is_empty or max(map(abs, flat.bounds)) > QUARTER_KM:
            return Polygon()

        def back(at: Any) -> Any:
            lon, lat = self._proj(at[:, 0], at[:, 1], inverse=True)
            return np.column_stack((self._lon + (lon - self._lon + 180.0) % 360.0 - 180.0, lat))

        return _mended(shapely.transform(flat, back))


def _mended(geometry: BaseGeometry) -> BaseGeometry:
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def disc(km: float) -> Polygon:
    """Outline what lies within some km of a plane's middle."""
    return Point(0, 0).buffer(km, quad_segs=_ARC // 2)


def sector(bearing: float, opening: float, inner: float, outer: float) -> Polygon:
    """Outline what lies between two distances (km) of a plane's middle, within an angle (degrees) of a bearing."""
    angles = np.radians(np.linspace(bearing - opening, bearing + opening, _ARC + 1))
    arc = np.column_stack((np.sin(angles), np.cos(angles)))
    return Polygon([*(arc * outer), *(arc[::-1] * inner if inner > 0 else [(0.0, 0.0)])])


def unbroken(outline: BaseGeometry, lon: float) -> BaseGeometry:
    """Put the parts of an outline in degrees on one side of the antimeridian, the side of a longitude."""
    moved = [
        translate(each, 360.0 * round((lon - each.centroid.x) / 360)) for each in shapely.get_parts(outline)
    ]
    return outline if len(moved) == 1 and moved[0].equals(outline) else shapely.union_all(moved)


def part(outline: BaseGeometry, bearing: float | None) -> BaseGeometry:
    """Cut an area or a line in degrees down to one part of it.

    Of the four main directions it is the half of the area beyond its centroid, of those between them the quarter; the
    centre (None) is the middle third: of an area what remains of it when it shrinks towards its centroid.
    """
    x, y = outline.centroid.coords[0]
    west, south, east, north = outline.bounds
    if bearing is not None:
        right, up = (round(side(math.radians(bearing)), 6) for side in (math.sin, math.cos))
        return outline.intersection(
            box(
                x if right > 0 else west,
                y if up > 0 else south,
                x if right < 0 else east,
                y if up < 0 else north,
            )
        )
    if isinstance(outline, LineString):
        return substring(outline, 1 / 3, 2 / 3, normalized=True)
    shrink = math.sqrt(1 / 3)
    return outline.intersection(scale(outline, shrink, shrink, origin=(x, y)))


def way(a: LonLat, b: LonLat) -> LineString:
    """Draw the shortest way between two points; across the antimeridian its longitudes go on beyond 180."""
    between = max(math.ceil(distance_km(a, b) / _PACE) - 1, 0)
    points = np.array([a, *(_GEOD.npts(*a, *b, between) if between else ()), b])
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    return LineString(points)


def middle_of(a: LonLat, b: LonLat) -> LonLat:
    """Give the point halfway between two."""
    ((lon, lat),) = _GEOD.npts(*a, *b, 1)
    return lon, lat


def distance_km(a: LonLat, b: LonLat) -> float:
    """Give the distance between two points, in km along the ellipsoid."""
    return float(_GEOD.inv(*a, *b)[2]) / 1000


def size_km(geometry: BaseGeometry) -> float:
    """Give the size of a geometry in degrees: of an area the radius of the circle of equal size, of a line half its length."""
    if geometry.geom_type.endswith("LineString"):
        return float(_GEOD.geometry_length(geometry)) / 2000
    # An edge is straight in lon and lat, as along a parallel; the shortest way between its ends may be another.
    fine = shapely.segmentize(shapely.orient_polygons(geometry), _EDGE)
    return math.sqrt(abs(float(_GEOD.geometry_area_perimeter(fine)[0])) / math.pi) / 1000


def inner_point(outline: BaseGeometry, wanted: Point) -> Point:
    """Give the point well within an area, or on a line, that is nearest to a wanted one."""
    cores = (outline.buffer(-math.sqrt(outline.area) / part) for part in _CORES if outline.area)
    return nearest_points(next((core for core in cores if not core.is_empty), outline), wanted)[0]


def on_globe(geometry: BaseGeometry) -> BaseGeometry | None:
    """Cut a geometry with longitudes beyond 180 degrees at the antimeridian (RFC 7946, 3.1.9), and round it.

    Returns:
        The areas or lines, valid, of four decimals; None where nothing is left, or where a pole is too near.
    """
    if geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    if max(-south, north) > POLEWARDS or east - west > 355:
        return None
    turns = range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1)
    parts = [each for turn in turns for each in shapely.get_parts(_rounded(_turned(geometry, turn)))]
    areas = [each for each in parts if isinstance(each, Polygon) and not each.is_empty]
    lines = [each for each in parts if isinstance(each, LineString) and not each.is_empty]
    if geometry.geom_type.endswith("LineString"):
        return (lines[0] if len(lines) == 1 else MultiLineString(lines)) if lines else None
    return shapely.orient_polygons(areas[0] if len(areas) == 1 else MultiPolygon(areas)) if areas else None


def _turned(geometry: BaseGeometry, turn: int) -> BaseGeometry:
    """Take what of a geometry lies in one turn of the globe, at the longitudes that are usual."""
    world = box(360 * turn - 180, -90, 360 * turn + 180, 90)
    within = geometry if world.covers(geometry) else geometry.intersection(world)
    return translate(within, -360 * turn)


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    if geometry.geom_type.endswith("LineString"):
        rounded = shapely.transform(geometry, lambda at: np.round(at, DECIMALS))
        return shapely.remove_repeated_points(rounded)
    light = geometry.simplify(math.sqrt(geometry.area) / _FINE)
    return shapely.set_precision(light, 10**-DECIMALS)


def geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """Write a geometry in degrees as a GeoJSON object."""
    return {
        "type": geometry.geom_type,
        "coordinates": _listed(shapely.geometry.mapping(geometry)["coordinates"]),
    }


def _listed(found: Any) -> Any:
    if isinstance(found, tuple | list):
        return [_listed(each) for each in found]
    return round(found, DECIMALS) + 0.0  # no minus zero
