"""The view of a map: the smallest rectangle of the world that holds some places, with a margin around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.areas import areas_of
from geo.places import PlaceKind
from geo.plane import degrees_around
from geo.windows import TOP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.places import Place

__all__ = ["WORLD", "View", "view_of"]

WORLD: Final = (-179.0, -60.0, 179.0, 75.0)
"""West, south, east, north of a map without places."""

MARGIN: Final = 0.1
"""On each side, as a part of the places' width and height."""

LEAST: Final = 1.0
"""Degrees of the smallest view: a town among its neighbours."""

DECIMALS: Final = 2
"""A hundredth of a degree is about a kilometre, finer than any view needs."""


@dataclass(frozen=True, slots=True)
class View:
    """A view of places.

    Attributes:
        bounds: West, south, east, north in degrees, EPSG:4326, west < east.
        cut: The places lie on both sides of the 180th meridian, which no view crosses: this is the side of most of them.
    """

    bounds: tuple[float, float, float, float]
    cut: bool = False


def view_of(places: Iterable[Place]) -> View:
    """Give the view of places: all of their outlines, and the circles of doubt of those that are points.

    Countries only count where there is nothing else: as the end of a movement one tells little of where that was.
    Of the two ways around the earth the shorter is taken.
    """
    named = list(places)
    smaller = [place for place in named if place.kind is not PlaceKind.COUNTRY]
    west, south, east, north = _boxes(smaller or named)
    if not len(west):
        return View(WORLD)
    first, last = _around(west, east)
    cut = last > 180
    if cut:
        first, last = _side(first, last, (west + east) / 2)
    first, last = _widened(first, last)
    low, high = _widened(*np.clip((south.min(), north.max()), -TOP, TOP))
    bounds = (max(first, -180), max(low, -TOP), min(last, 180), min(high, TOP))
    west_, south_, east_, north_ = (round(float(edge), DECIMALS) for edge in bounds)
    return View((west_, south_, east_, north_), cut)


def _boxes(places: list[Place]) -> np.ndarray:
    """Give west, south, east and north of each part of each place; west is from -180 to under 180, east may be beyond."""
    areas = areas_of(places)
    parts, of = shapely.get_parts(areas["geometry"].to_numpy(), return_index=True)
    west, south, east, north = shapely.bounds(parts).T
    doubt = np.where(
        shapely.get_type_id(parts) == shapely.GeometryType.POINT, areas["radius_km"].to_numpy()[of], 0
    )
    reach = np.array([degrees_around(lat, km) for lat, km in zip(south, doubt, strict=True)]).reshape(-1, 2)
    width = np.minimum(east - west + 2 * reach[:, 0], 360)
    begin = (west - reach[:, 0] + 180) % 360 - 180
    return np.array([begin, south - reach[:, 1], begin + width, north + reach[:, 1]])


def _around(west: np.ndarray, east: np.ndarray) -> tuple[float, float]:
    """Give the shortest stretch of the parallel that holds all of these: what the widest gap between them leaves."""
    order = np.argsort(west, kind="stable")
    west, east = west[order], east[order]
    reached = np.maximum.accumulate(np.append(east.max() - 360, east[:-1]))
    gaps = west - reached
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0:
        return -180.0, 180.0
    begin = float(west[widest])
    return begin, begin + 360 - float(gaps[widest])


def _widened(low: float, high: float) -> tuple[float, float]:
    """Give a stretch with its margin, and no shorter than the least; no longer than the earth is round."""
    size = max(high - low, LEAST)
    half = min(size * (0.5 + MARGIN), 180)
    middle = (low + high) / 2
    return middle - half, middle + half


def _side(first: float, last: float, middles: np.ndarray) -> tuple[float, float]:
    """Give the part of a stretch over the 180th meridian on that side of it on which most of its places are."""
    eastern = np.count_nonzero((middles + 180) % 360 - 180 > 0)
    return (first, 180.0) if eastern * 2 >= len(middles) else (-180.0, last - 360)
