"""The frontier between two countries: where it is, on which side a point lies, the gate nearest to it, a stub across."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj import Geod

from geo.borders import TOLERANCE_KM, Borders, world
from geo.errors import BordermapError
from geo.plane import per_degree, to_degrees, to_km

if TYPE_CHECKING:
    from shapely import LineString, MultiLineString
    from shapely.geometry.base import BaseGeometry

    LonLat = tuple[float, float]

__all__ = ["TOLERANCE_KM", "Side", "countries_of", "country_of", "frontier", "gate", "side", "stub"]

SWEEP_KM: Final = 20.0
"""A frontier wiggles; its direction at a gate is that of the line within this distance."""

_AROUND: Final = shapely.Point(0, 0).buffer(SWEEP_KM)

# What a stub tries until its far end is in the country asked for: straight first, then aslant, then shorter.
_TURNS: Final = tuple(math.radians(turn) for turn in (0, 20, -20, 40, -40, 60, -60, 80, -80))
_SHORTER: Final = (1.0, 0.5, 0.25, 0.1)

_GEOD: Final = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Side:
    """On which side of a frontier a point lies.

    Attributes:
        possible: Those of the two countries that the point may lie in, the one it is drawn in first; both where the
            line, which may be 3 km off, is too near to tell; none in the open sea or far within a third.
        distance_km: To the frontier.
        sure: True where the point lies in one of the two and no other country is within 3 km.
    """

    possible: tuple[str, ...]
    distance_km: float
    sure: bool

    @property
    def country(self) -> str:
        """The country whose side it surely is, or ""."""
        return self.possible[0] if self.sure else ""


def country_of(lon: float, lat: float) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country that a point lies in, or "".

    A point in the sea counts to a country whose shore is within 3 km. At a land boundary the answer is the side
    that Natural Earth's line leaves the point on, which can be wrong within 3 km of it (`side` says so): what is
    said of a gate comes from its own record, not from here. Territory without a code of its own is "".
    """
    return world().country_of(lon, lat)


def countries_of(points: Any) -> np.ndarray:
    """Return `country_of` of many points.

    Args:
        points: Rows of lon, lat in degrees; shape (n, 2). What is not finite, or beyond the world, lies nowhere.

    Returns:
        ISO 3166-1 alpha-2 codes or ""; dtype object, shape (n,).
    """
    return world().countries_of(points)


def side(lon: float, lat: float, country_a: str, country_b: str, *, borders: Borders | None = None) -> Side:
    """Tell on which side of the frontier of two countries a point lies, and whether that is sure.

    Args:
        lon: Of the point, as lat.
        lat: See lon.
        country_a: ISO code, as country_b; their order does not matter.
        country_b: See country_a.
        borders: Those of the world by default.

    Raises:
        BordermapError: The two share no frontier on land, or the point is not on the earth.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BordermapError(
            f"lon {lon!r}, lat {lat!r} is no point on the earth; give degrees, lon before lat"
        )
    borders = borders or world()
    line = borders.frontier(country_a, country_b)
    near = borders.countries_near(lon, lat)
    possible = tuple(code for code in near if code in {country_a, country_b})
    metres = _GEOD.inv(lon, lat, *gate(line, lon, lat))[2]
    return Side(possible, metres / 1000, sure=len(possible) == len(near) == 1)


def frontier(country_a: str, country_b: str) -> LineString | MultiLineString:
    """Return the boundary that two countries share, settled or not, EPSG:4326.

    Args:
        country_a: ISO 3166-1 alpha-2 code, as country_b; their order does not matter.
        country_b: See country_a.

    Raises:
        BordermapError: They share none on land, or one of them is no such code.
    """
    return world().frontier(country_a, country_b)


def gate(line: BaseGeometry, lon: float, lat: float) -> LonLat:
    """Return the point (lon, lat) of a frontier that is nearest to a point."""
    flat = to_km(_near(line, lon, lat), lon, lat)
    near = shapely.line_interpolate_point(*_nearest_part(flat, shapely.Point(0, 0)))
    return to_degrees(near.x, near.y, lon, lat)


def stub(line: BaseGeometry, lon: float, lat: float, towards: str, length_km: float) -> LonLat:
    """Return the far end (lon, lat) of a short line that leaves a frontier straight into a country.

    It starts at the frontier's point nearest to the one given and runs square to the frontier's direction within
    some 20 km; where that does not end in the country, as in a narrow salient, it turns aside or is shorter.

    Args:
        line: From `frontier`.
        lon: Of a point at or near the frontier, as lat.
        lat: See lon.
        towards: ISO code of the country to end in, one of the two of the frontier.
        length_km: From the frontier to the end.

    Raises:
        BordermapError: The country is not beside the frontier there.
    """
    if length_km <= 0:
        raise BordermapError(f"a stub of {length_km} km has no length; give a positive one")
    borders = world()
    at = gate(line, lon, lat)
    across = _direction(to_km(_near(line, *at), *at)) + math.pi / 2
    ends = []
    for part in _SHORTER:
        for turn in _TURNS:
            for half in (0, math.pi):
                angle = across + turn + half
                tip = _step(at, angle, length_km * part)
                if borders.contains(towards, *tip):
                    if borders.contains(towards, *_step(at, angle, length_km * part / 2)):
                        return tip
                    ends.append(tip)
        if ends:
            return ends[0]
    raise BordermapError(
        f"{towards!r} is not beside the frontier at {at[0]:.3f}, {at[1]:.3f}; give one of its two countries"
    )


def _near(line: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """Cut from a frontier what can be nearest to a point and what is within SWEEP_KM of that."""
    across, up = per_degree(lat)
    # The nearest point in degrees is at most this many km away, so the nearest in km is within as many.
    reach = shapely.distance(line, shapely.Point(lon, lat)) * max(across, up) + 2 * SWEEP_KM
    return shapely.clip_by_rect(
        line, lon - reach / across, lat - reach / up, lon + reach / across, lat + reach / up
    )


def _step(start: LonLat, angle: float, km: float) -> LonLat:
    return to_degrees(math.cos(angle) * km, math.sin(angle) * km, *start)


def _nearest_part(flat: Any, point: Any) -> tuple[Any, float]:
    """The part of a line nearest to a point, and how far along it the nearest point is."""
    parts = shapely.get_parts(flat)
    nearest = parts[np.argmin(shapely.distance(parts, point))]
    return nearest, float(shapely.line_locate_point(nearest, point))


def _direction(flat: Any) -> float:
    """The angle of a line around (0, 0), in km: of the axis along which its length within SWEEP_KM lies."""
    part, _ = _nearest_part(flat, shapely.Point(0, 0))
    near = shapely.intersection(part, _AROUND)
    xy, of = shapely.get_coordinates(shapely.get_parts(near), return_index=True)
    same = of[1:] == of[:-1]
    start, end = xy[:-1][same], xy[1:][same]
    weight = np.hypot(*(end - start).T)
    middle = (start + end) / 2
    centred = middle - np.average(middle, axis=0, weights=weight)
    spread = (centred * weight[:, None]).T @ centred
    # A segment has a spread of its own along itself.
    spread += np.einsum("i,ij,ik->jk", weight / 12, end - start, end - start)
    _, axes = np.linalg.eigh(spread)
    return math.atan2(axes[1, 1], axes[0, 1])
