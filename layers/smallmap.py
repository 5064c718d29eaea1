"""The small map under a claim: the project's own basemap around its places, as paths of a drawing."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.basemap import Basemap, clip
from geo.places import PlaceKind
from geo.plane import degrees_around, per_degree
from geo.windows import mercator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from geo.places import Place

__all__ = ["HIGH", "WIDE", "drawn", "view_of"]

WIDE: Final = 480
HIGH: Final = 300
"""The drawing's size in its own units; what shows it may scale it."""

LEAST_KM: Final = 40.0
"""Kilometres from a claim's places to the edge of its map, at least."""

AROUND: Final = 1.5
"""The map is so many times as wide as what it shows."""

STEP: Final = 0.25
"""Degrees to which the map's edges are rounded out, so that claims of one place share one map."""

FARTHEST: Final = 84.0
"""Degrees of latitude beyond which Web Mercator is not drawn."""

COUNTRIES, TOWNS = 6, 9  # names that are written, the largest first
ONE_TOWN: Final = 12.0
"""Units of the drawing; a town so near to the claim's own place is that place, however the basemap spells it."""

LONGEST: Final = 1500.0
"""Kilometres; a circle of uncertainty counts for the map's size up to here."""


def drawn(places: Mapping[str, Place]) -> dict[str, Any] | None:
    """Draw the ground around the places of a claim, and say where in it they are.

    Args:
        places: By role.

    Returns:
        Paths of SVG by layer, labels, and each place as x, y and radius; None where there is no place.
    """
    if not places:
        return None
    ground = _Ground(view_of(list(places.values())))
    return {
        **ground.paths(),
        "labels": ground.labels(places.values()),
        "places": {role: ground.put(place) for role, place in places.items()},
    }


def view_of(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Give west, south, east, north of a map that shows all places with their circles, in its own shape.

    A country counts only where there is nothing nearer: it is drawn as the side that an arrow comes from.
    """
    near = [place for place in places if place.kind != PlaceKind.COUNTRY] or places
    boxes = []
    for place in near:
        across, up = degrees_around(place.lat, min(max(place.radius_km, LEAST_KM), LONGEST))
        boxes.append((place.lon - across, place.lat - up, place.lon + across, place.lat + up))
    west, south, east, north = (
        pick(edge) for pick, edge in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
    )
    lon, lat = (west + east) / 2, (south + north) / 2
    kx, ky = per_degree(lat)
    height = max((north - south) * ky, (east - west) * kx * HIGH / WIDE) * AROUND
    half_lat, half_lon = height / ky / 2, height * WIDE / HIGH / kx / 2
    rounded = (
        math.floor((lon - half_lon) / STEP) * STEP,
        math.floor((lat - half_lat) / STEP) * STEP,
        math.ceil((lon + half_lon) / STEP) * STEP,
        math.ceil((lat + half_lat) / STEP) * STEP,
    )
    return (
        max(rounded[0], -180.0),
        max(rounded[1], -FARTHEST),
        min(rounded[2], 180.0),
        min(rounded[3], FARTHEST),
    )


class _Ground:
    """A rectangle of the earth in Web Mercator, laid into the drawing so that it covers it."""

    def __init__(self, view: tuple[float, float, float, float]) -> None:
        west, south, east, north = view
        self._view = view
        self._scale = max(WIDE / (east - west), HIGH / (mercator(north) - mercator(south)))
        self._x = (west + east) / 2
        self._y = (mercator(south) + mercator(north)) / 2

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Give a point of the drawing."""
        x = WIDE / 2 + (lon - self._x) * self._scale
        y = HIGH / 2 - (mercator(lat) - self._y) * self._scale
        return round(x, 1), round(y, 1)

    def put(self, place: Place) -> dict[str, Any]:
        """Say where a place is, and how far around it it may be, to scale."""
        x, y = self.at(place.lon, place.lat)
        _, up = degrees_around(place.lat, place.radius_km)
        far = self.at(place.lon, min(place.lat + up, FARTHEST))[1]
        return {
            "x": x,
            "y": y,
            "r": round(y - far, 1),
            "wide": place.kind == PlaceKind.COUNTRY,
            "area": self._area(place),
            "name": place.name,
            "name_ar": place.name_ar,
        }

    def _area(self, place: Place) -> str:
        """Give the outline of a place that is an area, as far as it is seen."""
        if place.geometry is None or place.kind == PlaceKind.COUNTRY:
            return ""
        west, south, east, north = self._view
        seen = shapely.clip_by_rect(place.geometry, west - 1, south - 1, east + 1, north + 1)
        return self._traced(seen.simplify((east - west) / WIDE))

    def paths(self) -> dict[str, str]:
        """Give the paths of each layer."""
        base = _clipped(self._view)
        return {
            layer: self._path(getattr(base, layer))
            for layer in ("land", "lakes", "rivers", "divisions", "boundaries", "disputed")
        }

    def labels(self, places: Iterable[Place]) -> list[dict[str, Any]]:
        """Give names of countries and towns, those that matter most first; not of towns where a place stands."""
        own = [self.at(place.lon, place.lat) for place in places]
        base = _clipped(self._view)
        countries = base.countries.assign(size=base.countries.geometry.to_crs("ESRI:54034").area)
        countries = countries.sort_values("size", ascending=False).head(COUNTRIES)
        told = [
            self._label("country", row.name, row.name_ar, row.label_lon, row.label_lat)
            for row in countries.itertuples(index=False, name="Row")
            if row.name
        ]
        towns = base.places.sort_values(["rank", "population"], ascending=[True, False]).head(TOWNS * 3)
        inside = [
            self._label("town", row.name, row.name_ar, row.lon, row.lat)
            for row in towns.itertuples(index=False, name="Row")
        ]
        seen = [
            one
            for one in inside
            if 0 < one["x"] < WIDE
            and 0 < one["y"] < HIGH
            and all(math.dist(point, (one["x"], one["y"])) > ONE_TOWN for point in own)
        ]
        return told + seen[:TOWNS]

    def _label(self, kind: str, name: str, name_ar: str, lon: float, lat: float) -> dict[str, Any]:
        x, y = self.at(lon, lat)
        return {"kind": kind, "name": name, "name_ar": name_ar, "x": x, "y": y}

    def _path(self, frame: gpd.GeoDataFrame) -> str:
        return "".join(self._traced(geometry) for geometry in frame.geometry)

    def _traced(self, geometry: Any) -> str:
        parts: Iterable[Any] = shapely.get_parts(geometry)
        lines = [
            line
            for part in parts
            for line in ((part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,))
        ]
        return "".join(_line([self.at(*point[:2]) for point in line.coords]) for line in lines)


@lru_cache(maxsize=64)
def _clipped(view: tuple[float, float, float, float]) -> Basemap:
    west, _, east, _ = view
    return clip(*view, margin=0.1, shore=False, tolerance_deg=(east - west) / WIDE)


def _line(points: Sequence[tuple[float, float]]) -> str:
    """Write a line in steps of tenths from point to point."""
    (x, y), *rest = ((round(10 * x), round(10 * y)) for x, y in points)
    written = [f"M{x / 10:g} {y / 10:g}l"]
    for to_x, to_y in rest:
        if (to_x, to_y) != (x, y):
            written.append(f"{(to_x - x) / 10:g} {(to_y - y) / 10:g} ")
            x, y = to_x, to_y
    return "".join(written).rstrip()
