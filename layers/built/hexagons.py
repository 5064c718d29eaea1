"""Positions put together into hexagons of a grid that stays where it is, whatever part of it is seen."""

from __future__ import annotations

from typing import Final

import numpy as np

__all__ = ["WIDTH", "centres", "hexagons", "mercator", "pixel", "size_at"]

WIDTH: Final = 96
"""Pixels from side to side of a hexagon, at a whole zoom."""

_EDGE: Final = 1 / np.sqrt(3)
"""Of a hexagon that is 1 wide, from its middle to a corner."""

_TILE: Final = 256
"""Pixels of the world at zoom 0."""

NORTHERNMOST: Final = 85.051129
"""Degrees at which Web Mercator ends."""


def mercator(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bring degrees (EPSG:4326) to Web Mercator on the unit square, y down, as engine/data.js does."""
    sine = np.sin(np.radians(np.clip(lat, -NORTHERNMOST, NORTHERNMOST)))
    return lon / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)


def size_at(zoom: float) -> float:
    """Give how wide a hexagon is on the unit square at a zoom: the same between two halves of a zoom."""
    return WIDTH * pixel(float(np.floor(zoom + 0.5)))


def pixel(zoom: float) -> float:
    """Give how wide a pixel is on the unit square at a zoom."""
    return float(1 / (_TILE * 2**zoom))


def hexagons(x: np.ndarray, y: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Say in which hexagon of a grid each position lies, by column and row; a point is up, and odd rows are half a hexagon further.

    Args:
        x: On the unit square, as `y`.
        y: Down.
        width: From side to side of a hexagon, likewise.
    """
    high = 1.5 * _EDGE * width
    near_row = np.floor(y / high)
    found = [_nearest(x, y, near_row + step, width, high) for step in (0, 1)]
    second = found[1][2] < found[0][2]
    column = np.where(second, found[1][0], found[0][0])
    row = np.where(second, found[1][1], found[0][1])
    return column.astype(np.int64), row.astype(np.int64)


def centres(column: np.ndarray, row: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the middles of hexagons on the unit square."""
    return (column + 0.5 * (row % 2)) * width, row * 1.5 * _EDGE * width


def _nearest(
    x: np.ndarray, y: np.ndarray, row: np.ndarray, width: float, high: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the column of a row whose middle is nearest, the row, and how far that is, squared."""
    aside = 0.5 * (row % 2)
    column = np.floor(x / width - aside + 0.5)
    return column, row, ((column + aside) * width - x) ** 2 + (row * high - y) ** 2
