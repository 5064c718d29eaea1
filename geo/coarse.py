"""Positions made coarse: the middle of a cell of a grid that knows nothing of them, and a circle that surely holds them."""

from __future__ import annotations

import math
import re
import zlib
from typing import Final

import numpy as np
import shapely

from geo.places import Place, PlaceKind
from geo.plane import KM_PER_DEGREE, to_km
from geo.slips import slip

__all__ = ["REACH", "cell", "cell_told", "coarse", "is_surer", "km_to", "wider_cell"]

SIDE: Final = 0.9 * math.sqrt(2) * 0.99
"""Of a cell, as part of the distance: no corner is farther than nine tenths of it from the middle, which leaves room for a
town; a hundredth less, for the earth is a little larger at the equator than the sphere of the grid."""

REACH: Final = 0.9
"""Of a cell from its middle, as part of the distance."""

_WIDER: Final = 5 / 6
"""By how much the grid of a wider distance is finer than one of that distance by itself: its cells are made of whole ones of the
grid of the least distance, whose middles are no farther than three quarters of the wider distance from theirs."""

_STEP: Final = 1.5
"""Of a circle's radius, as part of the distance, so that all have one that holds whatever is no larger than six tenths of the
least distance: a radius that followed the place would tell a town from a village. What is larger has twice that, or more."""

_ID: Final = re.compile(r"within-[\d.e+]+km-(\d+)-(\d+)(?:-([a-z]{2}))?")


def cell(lon: float, lat: float, km: float, country: str = "") -> tuple[int, int, float, float]:
    """Give the cell of a grid that a position lies in: its row, its column, and the lon and lat of its middle.

    The grid follows from the distance and the country alone, so that what lies in a cell is told as one, however often and
    in whatever company it is published. Rows are of equal height from pole to pole, and each is parted into cells that are
    as wide as high at its longer edge. Grids of two countries are turned against each other, so that a movement between
    neighbours has two ends.

    Args:
        lon: Degrees east, EPSG:4326.
        lat: Degrees north.
        km: No position of the cell is farther than 0.9 times this from its middle.
        country: ISO 3166-1 alpha-2, or "".
    """
    side = km * SIDE
    rows = math.ceil(180 * KM_PER_DEGREE / side)
    height = 180 / rows
    row = min(int((lat + 90) / height), rows - 1)
    south = row * height - 90
    nearest = 0.0 if south <= 0 <= south + height else min(abs(south), abs(south + height))
    width = 360 / max(math.ceil(360 * KM_PER_DEGREE * math.cos(math.radians(nearest)) / side), 1)
    turn = zlib.crc32(country.encode()) / 2**32 * width
    column = int((lon + 180 - turn) % 360 / width)
    middle = ((column + 0.5) * width + turn) % 360 - 180
    return row, column, round(middle, 4), round(south + height / 2, 4)


def wider_cell(lon: float, lat: float, km: float, wide: float, country: str) -> tuple[int, int, float, float]:
    """Give the cell of a wider distance that a position lies in, as `cell` does: made of whole cells of the least distance.

    It holds the cells of the least distance whose middle lies in it, so that whatever is told of a cell of the least distance
    is told of all positions in it.

    Args:
        lon: Degrees east, EPSG:4326.
        lat: Degrees north.
        km: The least distance.
        wide: Twice that or more, and no position of the cell is farther from its middle than 0.75 times this and 0.9 times the
            least distance; or the least distance itself.
        country: ISO 3166-1 alpha-2, or "".
    """
    least = cell(lon, lat, km, country)
    return least if wide == km else cell(*least[2:], wide * _WIDER, country)


def is_surer(place: Place, km: float) -> bool:
    """Tell whether a place says of a position more than that it is within so many km.

    A point does with a smaller radius, and an area that is smaller than a circle of that radius: there is less to search. A
    line always does, for whatever is along it is on it.
    """
    outline = place.geometry
    if outline is None:
        return place.radius_km < km
    return bool(to_km(outline, place.lon, place.lat).area < math.pi * km**2)


def coarse(place: Place, km: float, country: tuple[str, str] = ("", ""), wide: float | None = None) -> Place:
    """Give what is published in the stead of a place: a circle around the middle of a cell, which holds all of it.

    Args:
        place: It says of its country, and of its size only where that is over six tenths of the least distance.
        km: The least distance.
        country: The name of its country, and that in Arabic; "" where it lies in several.
        wide: The distance to which it is widened, twice the least or more. The circle's radius is one and a half times this,
            or a multiple of that; the least distance where it is not said.

    Returns:
        A place whose id and names tell the cell and the radius.
    """
    wide = km if wide is None else wide
    row, column, lon, lat = wider_cell(place.lon, place.lat, km, wide, place.country)
    size = (
        place.radius_km
        if place.geometry is None
        else float(km_to(place.lon, place.lat, shapely.get_coordinates(place.geometry)).max())
    )
    step = wide * _STEP
    reach = REACH * km if wide == km else REACH * (km + wide * _WIDER)
    radius = math.ceil((reach + size) / step - 1e-9) * step
    where, where_ar = country
    code = f"-{place.country.lower()}" if place.country else ""
    return Place(
        place_id=f"within-{radius:g}km-{row}-{column}{code}",
        name=f"{where}, to within {radius:g} km" if where else f"To within {radius:g} km",
        name_ar="، ".join(filter(None, (where_ar, f"بدقة {radius:g} كم"))),
        kind=PlaceKind.SITE,
        # The middle may lie in another country; where it looks like a slip of the pen, it could not be read again.
        country="" if slip(place.country, lon, lat) else place.country,
        lon=lon,
        lat=lat,
        radius_km=radius,
        source="coarsened for publication",
    )


def cell_told(place_id: str) -> tuple[int, int, str] | None:
    """Give the row, the column and the country that the id of such a circle tells; None where it is no circle's."""
    found = _ID.fullmatch(place_id)
    return (int(found[1]), int(found[2]), (found[3] or "").upper()) if found else None


def km_to(lon: float, lat: float, positions: np.ndarray) -> np.ndarray:
    """Give the km from a position to others on the sphere, also across the antimeridian.

    Args:
        lon: Degrees east, EPSG:4326.
        lat: Degrees north.
        positions: Their lon and lat, a row each.
    """
    at = np.radians(positions)
    lon, lat = math.radians(lon), math.radians(lat)
    half = (
        np.sin((at[:, 1] - lat) / 2) ** 2
        + math.cos(lat) * np.cos(at[:, 1]) * np.sin((at[:, 0] - lon) / 2) ** 2
    )
    found: np.ndarray = np.degrees(2 * np.arcsin(np.sqrt(half))) * KM_PER_DEGREE
    return found
