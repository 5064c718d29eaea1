"""What a window shows of the earth in Web Mercator when a view is fitted into it."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["TOP", "mercator", "shown_in"]

TOP: Final = 85.0
"""Degrees north and south where a map in Web Mercator ends."""


def shown_in(
    west: float, south: float, east: float, north: float, narrowest: float, widest: float
) -> tuple[float, float, float, float]:
    """Return the rectangle that holds what windows show with a view in their middle, as large as it fits.

    Args:
        west: Of the view, in degrees, as south, east and north.
        south: See west.
        east: Greater than west.
        north: Greater than south.
        narrowest: The least ratio of a window's width to its height.
        widest: The greatest.

    Returns:
        West, south, east, north in degrees, within the world.
    """
    low, high = mercator(max(south, -TOP)), mercator(min(north, TOP))
    across = max(east - west, (high - low) * widest) / 2
    up = max(high - low, (east - west) / narrowest) / 2
    middle, level = (west + east) / 2, (low + high) / 2
    return (
        max(middle - across, -180.0),
        _latitude(level - up),
        min(middle + across, 180.0),
        _latitude(level + up),
    )


def mercator(lat: float) -> float:
    """Return how far north of the equator Web Mercator draws a latitude in degrees, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def _latitude(north: float) -> float:
    return math.degrees(math.atan(math.sinh(math.radians(north))))
