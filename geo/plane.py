"""A plane in kilometres laid around a point of the earth, good to a percent within some hundred of them."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import shapely

__all__ = ["KM_PER_DEGREE", "degrees_around", "per_degree", "reach", "to_degrees", "to_km"]

KM_PER_DEGREE: Final = 111.2
"""Of a great circle on a sphere of the earth's size; of latitude, where a percent does not matter."""

KM_PER_LAT: Final = 110.57
KM_PER_LON: Final = 111.32  # at the equator

NEAREST_POLE: Final = 0.02
"""Meridians run together; no degree of longitude counts as less than this part of one at the equator (89 N)."""


def per_degree(lat: float) -> tuple[float, float]:
    """Return how many km a degree of longitude and one of latitude are at a latitude (WGS 84)."""
    return KM_PER_LON * max(math.cos(math.radians(lat)), NEAREST_POLE), KM_PER_LAT


def degrees_around(lat: float, km: float) -> tuple[float, float]:
    """Return how many degrees east and how many north a distance is at a latitude."""
    across, up = per_degree(lat)
    return km / across, km / up


def reach(lats: np.ndarray, km: float) -> np.ndarray:
    """Return as many degrees as hold a distance in any direction, at each of many latitudes."""
    per_lon = KM_PER_LAT * np.maximum(np.cos(np.radians(lats)), NEAREST_POLE)
    return np.asarray(km / per_lon)


def to_km(geometry: Any, lon: float, lat: float) -> Any:
    """Lay a geometry in degrees (EPSG:4326) on the plane in km whose origin is a point, x east and y north."""
    scale = per_degree(lat)
    return shapely.transform(geometry, lambda degrees: (degrees - (lon, lat)) * scale)


def to_degrees(x: float, y: float, lon: float, lat: float) -> tuple[float, float]:
    """Return the lon and lat of a point of the plane in km around another."""
    across, up = per_degree(lat)
    return lon + x / across, lat + y / up
