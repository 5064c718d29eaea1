"""Geometries as RFC 7946 wants them: rounded, cut where they cross the 180th meridian, rings by the right-hand rule."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box
from shapely.ops import substring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

__all__ = ["DECIMALS", "marked_at", "positioned"]

DECIMALS: Final = 1e-5
"""Positions are rounded to this many degrees (1 m): finer than any source says."""

_PLACES: Final = 5
"""The decimals that such a position has."""

POLES: Final = 90.0

_LINES: Final = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
_AREAS: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def positioned(geometries: np.ndarray) -> np.ndarray:
    """Return geometries (EPSG:4326, lon lat; None stays None) as RFC 7946 wants them.

    A line whose neighbouring points lie more than 180 degrees apart goes the shorter way, across the meridian. What
    rounding leaves nothing of, as it is shorter than a metre, is not rounded: RFC 7946 wants two positions of a line.
    """
    whole = _cut(geometries)
    rounded = _rounded(whole)
    lost = shapely.is_empty(rounded) & ~shapely.is_empty(whole)
    rounded[lost] = whole[lost]
    areas = np.isin(shapely.get_type_id(rounded), _AREAS)
    rounded[areas] = shapely.orient_polygons(rounded[areas])
    return rounded


def marked_at(geometries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return lon and lat of a point of each geometry, for who can take no more; NaN for None.

    It is the point itself, the middle of a line (of its first part, where it is cut), or a point within an area.
    """
    points = shapely.point_on_surface(geometries)
    lines = np.isin(shapely.get_type_id(geometries), _LINES)
    first = shapely.get_geometry(geometries[lines], 0)
    points[lines] = shapely.line_interpolate_point(first, 0.5, normalized=True)
    points = shapely.set_precision(points, DECIMALS)
    return shapely.get_x(points), shapely.get_y(points)


def _rounded(geometries: np.ndarray) -> np.ndarray:
    """Round geometries; areas, which take the longest and are the same few again and again, each once."""
    areas = np.flatnonzero(np.isin(shapely.get_type_id(geometries), _AREAS))
    codes, _ = pd.factorize(shapely.to_wkb(geometries[areas]))
    again = areas[pd.Series(codes).duplicated().to_numpy()]
    once = ~_are_round(geometries)
    once[again] = False
    rounded = geometries.copy()
    rounded[once] = shapely.set_precision(geometries[once], DECIMALS)
    first = np.setdiff1d(areas, again)  # in the order in which codes were given
    rounded[areas] = rounded[first][codes]
    return rounded


def _are_round(geometries: np.ndarray) -> np.ndarray:
    """Say which geometries rounding leaves as they are: points and lines, of positions that are round and not twice in turn."""
    kind = shapely.get_type_id(geometries)
    simple = np.flatnonzero(np.isin(kind, (shapely.GeometryType.POINT, shapely.GeometryType.LINESTRING)))
    positions, of = shapely.get_coordinates(geometries[simple], return_index=True)
    uneven = (np.round(positions, _PLACES) != positions).any(axis=1)
    again = (positions[1:] == positions[:-1]).all(axis=1) & (of[1:] == of[:-1])
    found: np.ndarray = kind < 0
    found[simple] = True
    found[simple[of[uneven]]] = False
    found[simple[of[1:][again]]] = False
    return found


def _cut(geometries: np.ndarray) -> np.ndarray:
    """Cut the few that cross the 180th meridian (RFC 7946, 3.1.9)."""
    west, _, east, _ = shapely.bounds(geometries).T
    over = (west < -180) | (east > 180)
    lines = np.isin(shapely.get_type_id(geometries), _LINES)
    # Only what is wider than half the globe can have neighbouring points so far apart.
    crossing = np.flatnonzero(over | (lines & (east - west > 180)))
    cut = geometries.copy()
    for at in crossing:
        parts = _cut_line(geometries[at]) if lines[at] else _cut_area(geometries[at])
        cut[at] = _joined([*parts])
    return cut


def _joined(parts: list[Any]) -> Any:
    """Put parts of one kind together as one geometry."""
    if len(parts) == 1:
        return parts[0]
    return MultiPolygon(parts) if isinstance(parts[0], Polygon) else MultiLineString(parts)


def _cut_line(whole: BaseGeometry) -> Iterator[BaseGeometry]:
    """Give the pieces of a line or lines, in their direction."""
    for part in shapely.get_parts(whole):
        points = shapely.get_coordinates(part)
        points[:, 0] = np.unwrap(points[:, 0], period=360)
        line = LineString(points)
        west, _, east, _ = line.bounds
        edges = [LineString([(lon, -POLES), (lon, POLES)]) for lon in _edges(west, east)]
        met = shapely.get_parts(shapely.intersection(line, edges)) if edges else ()
        stops = sorted({0.0, line.length, *(line.project(shapely.Point(each.coords[0])) for each in met)})
        for begin, end in itertools.pairwise(stops):
            piece: Any = substring(line, begin, end)
            yield _usual(piece, piece.interpolate(0.5, normalized=True).x)


def _cut_area(whole: BaseGeometry) -> Iterator[BaseGeometry]:
    """Give the parts of a point, an area or areas."""
    west, _, east, _ = whole.bounds
    for begin, end in itertools.pairwise([west - 1, *_edges(west, east), east + 1]):
        for part in shapely.get_parts(whole.intersection(box(begin, -POLES, end, POLES))):
            if isinstance(part, Polygon) or whole.geom_type == "Point":
                yield _usual(part, part.centroid.x)


def _edges(west: float, east: float) -> list[float]:
    """List the 180th meridians between two longitudes."""
    first, last = np.ceil((west - 180) / 360), np.floor((east - 180) / 360)
    return [180.0 + 360.0 * turn for turn in np.arange(first, last + 1)]


def _usual(part: BaseGeometry, lon: float) -> BaseGeometry:
    """Bring a part to the longitudes from -180 to 180, of which it has one."""
    return translate(part, -360.0 * np.floor((lon + 180) / 360))
