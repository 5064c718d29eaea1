"""The straight way between two points: which countries it leads through, and where it meets a frontier."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj import Geod

from geo.frontier import gate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.borders import Borders

    LonLat = tuple[float, float]

__all__ = ["countries_between", "distances_km", "meets", "straight_way"]

_STEPS: Final = 200  # at which a way is looked at, at most
_DENSE_DEG: Final = 0.02  # between points of a line among which the one of least detour is sought

_GEOD: Final = Geod(ellps="WGS84")


def straight_way(start: LonLat, end: LonLat, tolerance: float) -> np.ndarray:
    """Return points of the geodesic between two (lon, lat), ends included; shape (n, 2).

    A step is no longer than twice the tolerance, so that only what the lines' error may have made is stepped over;
    beyond some 1,200 km there are 201 points and longer steps.

    Args:
        start: lon, lat in degrees, as end.
        end: See start.
        tolerance: How far a line may be off, in km.
    """
    length = _GEOD.inv(*start, *end)[2] / 1000
    steps = min(math.ceil(length / max(2 * tolerance, 1)), _STEPS)
    return np.array([start, *_GEOD.npts(*start, *end, max(steps - 1, 1)), end])


def countries_between(
    way: np.ndarray, leaves: str, enters: str, borders: Borders, tolerance: float
) -> tuple[str, ...]:
    """Return the other countries on a way between two, each once, in their order; "" is the sea.

    What is within the tolerance of either of the two is theirs: a corner of a third country that only the line's
    error may have put on the way is not on it.
    """
    codes = borders.countries_of(way)
    other = np.flatnonzero((codes != leaves) & (codes != enters))
    if not len(other):
        return ()
    beside = np.zeros(len(other), dtype=bool)
    for country in (leaves, enters):
        beside |= borders.is_within(way[other], country, tolerance)
    return tuple(dict.fromkeys(map(str, codes[other[~beside]])))


def meets(way: np.ndarray, leaves: str, enters: str, borders: Borders, tolerance: float) -> LonLat:
    """Return the lon, lat where a way first meets the frontier of the country that it leaves and the one it enters.

    From a start that the line's error leaves on the far side this is the frontier's point beside the start; where the
    straight way misses the frontier, it is the point by which the way is shortest.

    Raises:
        BordermapError: The two share no frontier.
    """
    line = borders.frontier(leaves, enters)
    start: LonLat = (float(way[0][0]), float(way[0][1]))
    if borders.country_of(*start) == enters:
        at = gate(line, *start)
        if _GEOD.inv(*start, *at)[2] <= tolerance * 1000:
            return at
    met = shapely.get_coordinates(shapely.intersection(line, _as_line(way)))
    if not len(met):
        met = _shortest(line, way)
    nearest = met[np.argmin(distances_km(start, met))]
    return float(nearest[0]), float(nearest[1])


def distances_km(start: Sequence[float] | np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return the geodesic distances from one (lon, lat) to many, in km (WGS 84)."""
    many = len(ends)
    metres = _GEOD.inv(np.full(many, start[0]), np.full(many, start[1]), ends[:, 0], ends[:, 1])[2]
    return np.asarray(metres) / 1000


def _as_line(way: np.ndarray) -> BaseGeometry:
    """A way as a line, in two where it passes the 180th meridian."""
    jumps = np.flatnonzero(np.abs(np.diff(way[:, 0])) > 180) + 1
    parts: list[Any] = [shapely.linestrings(part) for part in np.split(way, jumps) if len(part) > 1]
    line: BaseGeometry = shapely.multilinestrings(parts)
    return line


def _shortest(line: BaseGeometry, way: np.ndarray) -> np.ndarray:
    """The point of a frontier by which the way from end to end is shortest."""
    dense = shapely.get_coordinates(shapely.segmentize(line, _DENSE_DEG))
    length = distances_km(way[0], dense) + distances_km(way[-1], dense)
    return dense[[np.argmin(length)]]
