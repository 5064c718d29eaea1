"""Countries as areas and the lines between them, asked by points: what lies here, what is near, which line is next."""

from __future__ import annotations

import math
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import shapely

from geo import basemap
from geo.basemap import Layer
from geo.errors import BordermapError
from geo.plane import degrees_around, reach, to_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from shapely import LineString, MultiLineString, MultiPolygon
    from shapely.geometry.base import BaseGeometry

__all__ = ["TOLERANCE_KM", "Borders", "world"]

TOLERANCE_KM: Final = 3.0
"""How far Natural Earth's 1:10m lines may be off, as held against known border posts."""

_RUN: Final = 64  # vertices of a piece of line, so that what is near a point is found in little


class Borders:
    """The countries of the world, or of a test, and the lines between them; all in EPSG:4326.

    A country is known by its ISO 3166-1 alpha-2 code; "" is ground that has none of its own.
    """

    def __init__(self, countries: gpd.GeoDataFrame, boundaries: gpd.GeoDataFrame) -> None:
        """Hold them; `world` gives those of the basemap.

        Args:
            countries: Polygons with the column country.
            boundaries: The lines that two of them share, with the columns country_a and country_b.
        """
        areas, of = shapely.get_parts(countries.geometry.to_numpy(), return_index=True)
        # Prepared, an area of forty thousand vertices answers as fast as one of forty.
        shapely.prepare(areas)
        self._areas = areas
        self._code = countries["country"].to_numpy(dtype=object)[of]
        self._codes = frozenset(self._code)
        self._tree = shapely.STRtree(areas)
        self._boundaries = boundaries
        self._frontiers: dict[frozenset[str], LineString | MultiLineString | None] = {}

    def country_of(self, lon: float, lat: float) -> str:
        """Return the code of the country that a point lies in, or within 3 km of whose shore, or ""."""
        rows = self._inside(lon, lat)
        if len(rows):
            return str(self._code[rows.min()])
        return next(iter(self.countries_near(lon, lat)), "")

    def countries_of(self, points: Any) -> np.ndarray:
        """Return `country_of` of many points.

        Args:
            points: Rows of lon, lat; shape (n, 2). What is not finite lies nowhere.

        Returns:
            Codes; dtype object, shape (n,).
        """
        xy = np.asarray(points, dtype=float).reshape(-1, 2)
        found = np.full(len(xy), "", dtype=object)
        of, row = self._tree.query(shapely.points(xy))
        inside = shapely.intersects_xy(self._areas[row], xy[of, 0], xy[of, 1])
        of, row = of[inside], row[inside]
        # On a line between two the first of them counts, as it does for one point.
        first = np.lexsort((-row, of))
        found[of[first]] = self._code[row[first]]
        wet = np.isfinite(xy).all(axis=1)
        wet[of] = False
        for near in np.flatnonzero(wet)[self._within(xy[wet], TOLERANCE_KM)]:
            found[near] = next(iter(self.countries_near(*xy[near])), "")
        return found

    def countries_near(self, lon: float, lat: float, km: float = TOLERANCE_KM) -> dict[str, float]:
        """Return the countries within some km of a point, the nearest first, with their distance in km.

        One that the point lies in is at 0; two are there where the point is on their line; none where it is not finite.
        """
        if not (math.isfinite(lon) and math.isfinite(lat)):
            return {}
        east, north = degrees_around(lat, km)
        box = (lon - east, lat - north, lon + east, lat + north)
        near: dict[str, float] = {}
        for row in np.sort(self._tree.query(shapely.box(*box))):
            distance = _distance_km(self._areas[row], lon, lat, box)
            code = str(self._code[row])
            if distance <= min(km, near.get(code, km)):
                near[code] = distance
        return dict(sorted(near.items(), key=lambda each: each[1]))

    def is_within(self, points: np.ndarray, country: str, km: float = TOLERANCE_KM) -> np.ndarray:
        """Tell which points lie in a country or within some km of it.

        Away from the equator the reach to north and south is generous: km over the cosine of the latitude.

        Args:
            points: Rows of lon, lat.
            country: Its code.
            km: How near.
        """
        return self._within(points, km, self._code == country)

    def draws(self, country: str) -> bool:
        """Tell whether a code has an area of its own; that of an overseas department, drawn with its state, has none."""
        return bool(country) and country in self._codes

    def contains(self, country: str, lon: float, lat: float) -> bool:
        """Tell whether a point lies in a country as it is drawn, its edge included."""
        return bool((self._code[self._inside(lon, lat)] == country).any())

    def area(self, country: str) -> MultiPolygon | None:
        """Return the area of a country as Natural Earth draws it, or None where it draws none of that code."""
        parts = self._areas[self._code == country]
        return shapely.multipolygons(parts) if country and len(parts) else None

    def shares_frontier(self, country_a: str, country_b: str) -> bool:
        """Tell whether two countries share a boundary on land."""
        return self._frontier(country_a, country_b) is not None

    def frontier(self, country_a: str, country_b: str) -> LineString | MultiLineString:
        """Return the boundary that two countries share; raises BordermapError where they share none on land."""
        line = self._frontier(country_a, country_b)
        if line is None:
            raise BordermapError(
                f"{country_a!r} and {country_b!r} share no land boundary in Natural Earth; "
                "give two neighbours by their ISO codes"
            )
        return line

    def frontiers_near(self, lon: float, lat: float, km: float) -> dict[frozenset[str], float]:
        """Return the pairs of countries whose line is within some km of a point, the nearest first, with the km."""
        east, north = degrees_around(lat, km)
        box = (lon - east, lat - north, lon + east, lat + north)
        pairs, pieces, tree = self._pieces
        near: dict[frozenset[str], float] = {}
        for row in np.sort(tree.query(shapely.box(*box))):
            distance = _distance_km(pieces[row], lon, lat, box)
            if distance <= min(km, near.get(pairs[row], km)):
                near[pairs[row]] = distance
        return dict(sorted(near.items(), key=lambda each: each[1]))

    def _inside(self, lon: float, lat: float) -> np.ndarray:
        rows = self._tree.query(shapely.Point(lon, lat))
        return rows[shapely.intersects_xy(self._areas[rows], lon, lat)]

    def _within(self, xy: np.ndarray, km: float, wanted: np.ndarray | None = None) -> np.ndarray:
        """Which points have an area within reach, seen generously from north and south."""
        degrees = reach(xy[:, 1], km)
        points: Any = shapely.points(xy)
        of, row = self._tree.query(shapely.box(*(xy.T - degrees), *(xy.T + degrees)))
        if wanted is not None:
            of, row = of[wanted[row]], row[wanted[row]]
        found = np.zeros(len(xy), dtype=bool)
        found[of[shapely.dwithin(self._areas[row], points[of], degrees[of])]] = True
        return found

    def _frontier(self, country_a: str, country_b: str) -> LineString | MultiLineString | None:
        pair = frozenset((country_a, country_b))
        if pair not in self._frontiers:
            lines = [line for of, line in self._lines() if of == pair]
            merged = shapely.line_merge(shapely.union_all(lines)) if lines else None
            if merged is not None:
                shapely.prepare(merged)
            self._frontiers[pair] = cast("LineString | MultiLineString | None", merged)
        return self._frontiers[pair]

    def _lines(self) -> Iterator[tuple[frozenset[str], BaseGeometry]]:
        """Each line with the pair of its countries."""
        frame = self._boundaries
        for one, two, line in zip(frame["country_a"], frame["country_b"], frame.geometry, strict=True):
            yield frozenset((one, two)), line

    @cached_property
    def _pieces(self) -> tuple[list[frozenset[str]], np.ndarray, shapely.STRtree]:
        """All lines cut into short runs, with the pair of each."""
        pairs, runs = [], []
        for pair, line in self._lines():
            for part in shapely.get_parts(line):
                xy = shapely.get_coordinates(part)
                for start in range(0, len(xy) - 1, _RUN):
                    pairs.append(pair)
                    runs.append(shapely.LineString(xy[start : start + _RUN + 1]))
        pieces = np.array(runs, dtype=object)
        return pairs, pieces, shapely.STRtree(pieces)


@cache
def world() -> Borders:
    """Return the borders of the basemap, read when first asked for: who is in control, as Natural Earth draws it."""
    return Borders(basemap.read(Layer.COUNTRIES, columns=["country"]), basemap.read(Layer.BOUNDARIES))


def _distance_km(
    geometry: BaseGeometry, lon: float, lat: float, box: tuple[float, float, float, float]
) -> float:
    """How far a geometry is from a point, infinite where it is not in the box around it."""
    near = shapely.clip_by_rect(geometry, *box)
    if near.is_empty:
        return float("inf")
    return float(shapely.distance(to_km(near, lon, lat), shapely.Point(0, 0)))
