"""Roughly where each country lies, known without reading the basemap."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["BAND", "COLUMNS", "FILE", "MARGIN_KM", "near_country"]

FILE: Final = Path(__file__).parents[1] / "data" / "basemap" / "extents.csv"
"""Made by scripts/build_extents.py."""

COLUMNS: Final = ("country", "south", "west", "east")

BAND: Final = 0.5
"""Degrees of latitude of a band, from `south`; `west` and `east` bound a stretch of it, margin included."""

MARGIN_KM: Final = 50.0
"""What lies this near to a country counts as in it: ports, border posts, islands that the basemap has not."""


def near_country(country: str, lon: float, lat: float) -> bool | None:
    """Tell whether a point lies in a country or near it, EPSG:4326.

    Up to 50 km from it the answer is surely yes; yes may be said as far as half a degree of latitude beyond that, and
    between two parts of the country that lie in one band with less than 100 km between them.

    Args:
        country: ISO 3166-1 alpha-2 code.
        lon: Degrees east, -180 to 180.
        lat: Degrees north.

    Returns:
        None where the basemap draws no country of that code, and so nothing is known.
    """
    bands = _bands().get(country)
    if bands is None:
        return None
    stretches = bands.get(math.floor(lat / BAND), ())
    # A stretch whose margin reaches over the 180th meridian goes on beyond 180.
    return any(west <= lon + turn <= east for west, east in stretches for turn in (0, 360, -360))


@cache
def _bands() -> dict[str, dict[int, list[tuple[float, float]]]]:
    """Give the stretches of each country by the number of their band."""
    found: dict[str, dict[int, list[tuple[float, float]]]] = {}
    _, *lines = FILE.read_text(encoding="utf-8").splitlines()
    for line in lines:
        country, south, west, east = line.split(",")
        band = math.floor(float(south) / BAND)
        found.setdefault(country, {}).setdefault(band, []).append((float(west), float(east)))
    return found
