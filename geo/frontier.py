"""Frontiers: the line between two countries, the gate on it nearest to a place, and a stub to either side."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import shapely

from geo import basemap
from geo.basemap import Layer
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import LineString, MultiLineString
    from shapely.geometry.base import BaseGeometry

    LonLat = tuple[float, float]

__all__ = ["country_of", "crosses", "frontier", "gate", "stub"]

TOLERANCE_KM: Final = 3.0
"""How far Natural Earth's 1:10m lines may be off, as held against known border posts."""

SWEEP_KM: Final = 20.0
"""A frontier wiggles; its direction at a gate is that of the line within this distance."""

KM_PER_LAT: Final = 110.57
KM_PER_LON: Final = 111.32  # at the equator

# What a stub tries until its far end is in the country asked for: straight first, then aslant, then shorter.
_TURNS: Final = tuple(math.radians(turn) for turn in (0, 20, -20, 40, -40, 60, -60, 80, -80))
_SHORTER: Final = (1.0, 0.5, 0.25, 0.1)

_TILE: Final = (
    10  # degrees; countries are read by tiles, so that the first answer need not wait for the world
)
_RIM: Final = 0.5  # degrees around a tile, so that a shore just outside is within its reach
_FEW: Final = 256  # vertices of a cell, so that one point is looked up in little


@cache
def frontier(country_a: str, country_b: str) -> LineString | MultiLineString:
    """Return the boundary that two countries share, settled or not, EPSG:4326.

    Args:
        country_a: ISO 3166-1 alpha-2 code, as country_b; their order does not matter.
        country_b: See country_a.

    Raises:
        BordermapError: They share none on land, or one of them is no such code.
    """
    lines = _boundaries().get(frozenset((country_a, country_b)), [])
    if not lines:
        raise BordermapError(
            f"{country_a!r} and {country_b!r} share no land boundary in Natural Earth; "
            "give two neighbours by their ISO codes"
        )
    merged = cast("LineString | MultiLineString", shapely.line_merge(shapely.union_all(lines)))
    shapely.prepare(merged)
    return merged


def gate(line: BaseGeometry, lon: float, lat: float) -> LonLat:
    """Return the point (lon, lat) of a frontier that is nearest to a point."""
    flat = _to_km(_near(line, lon, lat), lon, lat)
    near = shapely.line_interpolate_point(*_nearest_part(flat, shapely.Point(0, 0)))
    return _to_degrees(near.x, near.y, lon, lat)


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
    at = gate(line, lon, lat)
    across = _direction(_to_km(_near(line, *at), *at)) + math.pi / 2
    ends = []
    for part in _SHORTER:
        for turn in _TURNS:
            for side in (0, math.pi):
                angle = across + turn + side
                tip = _step(at, angle, length_km * part)
                if _is_in(tip, towards):
                    if _is_in(_step(at, angle, length_km * part / 2), towards):
                        return tip
                    ends.append(tip)
        if ends:
            return ends[0]
    raise BordermapError(
        f"{towards!r} is not beside the frontier at {at[0]:.3f}, {at[1]:.3f}; give one of its two countries"
    )


def country_of(lon: float, lat: float) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country that a point lies in, or "".

    A point in the sea counts to a country whose shore is within 3 km. At a land boundary the answer is the side
    that Natural Earth's line leaves the point on, which can be wrong within 3 km of it: what is said of a gate
    comes from its own record, not from here. Territory without a code of its own is "".
    """
    point = shapely.Point(lon, lat)
    codes, tree = _around(lon, lat)
    inside = tree.query(point, predicate="intersects")
    if len(inside):
        return str(codes[inside[0]])
    reach = TOLERANCE_KM / KM_PER_LAT / max(math.cos(math.radians(lat)), 0.1)
    beside = tree.query(point, predicate="dwithin", distance=reach)
    if not len(beside):
        return ""
    distance = [
        shapely.distance(_to_km(tree.geometries[row], lon, lat), shapely.Point(0, 0)) for row in beside
    ]
    nearest = int(np.argmin(distance))
    return str(codes[beside[nearest]]) if distance[nearest] <= TOLERANCE_KM else ""


def crosses(a: LonLat, b: LonLat) -> LonLat | None:
    """Return where the straight line between two points of different countries crosses their frontier, seen from a.

    None where both are in one country, or in the sea, or where the line reaches b's country through a third one.
    """
    one, two = country_of(*a), country_of(*b)
    if not one or not two or one == two:
        return None
    line = _boundaries().get(frozenset((one, two)), [])
    if not line:
        return None
    met = shapely.get_coordinates(shapely.intersection(frontier(one, two), shapely.LineString((a, b))))
    if not len(met):
        return None
    first = met[np.argmin(((met - a) ** 2).sum(axis=1))]
    return float(first[0]), float(first[1])


@cache
def _boundaries() -> dict[frozenset[str], list[Any]]:
    """Lines by the pair of their countries."""
    frame = basemap.read(Layer.BOUNDARIES)
    found: dict[frozenset[str], list[Any]] = {}
    for one, two, line in zip(frame["country_a"], frame["country_b"], frame.geometry, strict=True):
        found.setdefault(frozenset((one, two)), []).append(line)
    return found


def _around(lon: float, lat: float) -> tuple[Any, shapely.STRtree]:
    """Pieces of countries in the tile of a point, with the code of each."""
    return _cells(
        min(max(math.floor(lon / _TILE), -180 // _TILE), 180 // _TILE - 1),
        min(max(math.floor(lat / _TILE), -90 // _TILE), 90 // _TILE - 1),
    )


@cache
def _cells(column: int, row: int) -> tuple[Any, shapely.STRtree]:
    west, south = column * _TILE - _RIM, row * _TILE - _RIM
    bbox = (west, south, west + _TILE + 2 * _RIM, south + _TILE + 2 * _RIM)
    frame = basemap.read(Layer.COUNTRIES, bbox=bbox, columns=["country"])
    areas = shapely.intersection(frame.geometry.to_numpy(), shapely.box(*bbox))
    codes, cells = [], []
    for code, area in zip(frame["country"], areas, strict=True):
        for cell in _quartered(area):
            codes.append(code)
            cells.append(cell)
    shapely.prepare(cells)
    return np.array(codes, dtype=object), shapely.STRtree(cells)


def _quartered(area: Any) -> Iterator[Any]:
    """Cut an area in halves until each piece has few vertices."""
    if area.is_empty:
        return
    if shapely.get_num_coordinates(area) <= _FEW:
        yield area
        return
    west, south, east, north = shapely.bounds(area)
    x, y = (west + east) / 2, (south + north) / 2
    halves = (
        (shapely.box(west, south, x, north), shapely.box(x, south, east, north))
        if east - west >= north - south
        else (shapely.box(west, south, east, y), shapely.box(west, y, east, north))
    )
    for half in halves:
        yield from _quartered(shapely.intersection(area, half))


def _is_in(point: LonLat, country: str) -> bool:
    codes, tree = _around(*point)
    return any(codes[row] == country for row in tree.query(shapely.Point(point), predicate="intersects"))


def _near(line: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """Cut from a frontier what can be nearest to a point and what is within SWEEP_KM of that."""
    across, up = _scale(lat)
    # The nearest point in degrees is at most this many km away, so the nearest in km is within as many.
    reach = shapely.distance(line, shapely.Point(lon, lat)) * max(across, up) + 2 * SWEEP_KM
    return shapely.clip_by_rect(
        line, lon - reach / across, lat - reach / up, lon + reach / across, lat + reach / up
    )


def _scale(lat: float) -> tuple[float, float]:
    return KM_PER_LON * max(math.cos(math.radians(lat)), 1e-6), KM_PER_LAT


def _to_km(geometry: Any, lon: float, lat: float) -> Any:
    """Lay a geometry on a plane in km around a point; good to a percent within some hundred km."""
    scale = _scale(lat)
    return shapely.transform(geometry, lambda degrees: (degrees - (lon, lat)) * scale)


def _to_degrees(x: float, y: float, lon: float, lat: float) -> LonLat:
    across, up = _scale(lat)
    return lon + x / across, lat + y / up


def _step(start: LonLat, angle: float, km: float) -> LonLat:
    return _to_degrees(math.cos(angle) * km, math.sin(angle) * km, *start)


def _nearest_part(flat: Any, point: Any) -> tuple[Any, float]:
    """The part of a line nearest to a point, and how far along it the nearest point is."""
    parts = shapely.get_parts(flat)
    nearest = parts[np.argmin(shapely.distance(parts, point))]
    return nearest, float(shapely.line_locate_point(nearest, point))


def _direction(flat: Any) -> float:
    """The angle of a line around (0, 0), in km: of the axis along which its length within SWEEP_KM lies."""
    part, _ = _nearest_part(flat, shapely.Point(0, 0))
    near = shapely.intersection(part, shapely.Point(0, 0).buffer(SWEEP_KM))
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
