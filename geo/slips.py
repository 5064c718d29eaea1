"""Slips of the pen that put a place into another part of the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.extents import near_country

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Slip", "slip"]

# The likeliest first: what lon and lat should have been, and what to say.
_SLIPS: Final[tuple[tuple[Callable[[float, float], tuple[float, float]], str], ...]] = (
    (lambda lon, lat: (lat, lon), "look swapped: {outside}, the other way round they lie within it"),
    (
        lambda lon, lat: (-lon, lat),
        "look as if lon had the wrong sign: {outside}, with the other sign within it",
    ),
    (
        lambda lon, lat: (lon, -lat),
        "look as if lat had the wrong sign: {outside}, with the other sign within it",
    ),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A position that lies outside of its country, and within it once a slip is mended.

    Attributes:
        why: What is wrong, as the rest of a sentence.
        lon: Degrees east as it should have been, EPSG:4326.
        lat: Degrees north, likewise.
    """

    why: str
    lon: float
    lat: float


def slip(countries: str, lon: float, lat: float) -> Slip | None:
    """Tell a slip of the pen that explains why a position lies outside of its country.

    A position outside of it that no slip explains is none: an oil rig at sea, an island that the basemap has not, a base
    or a disputed valley that another country administers.

    Args:
        countries: ISO 3166-1 alpha-2 code; or several with blanks between, in one of which it lies, of which no more is
            known: then a sign is none that can be wrong, for their neighbours lie that way too.
        lon: Degrees east, -180 to 180, EPSG:4326.
        lat: Degrees north, -90 to 90.

    Returns:
        None where the position lies in the country or near it, where nothing is known of a country, and for no slip.
    """
    codes = countries.split()
    if any(near_country(code, lon, lat) is not False for code in codes):
        return None
    outside = f"they lie outside of {' and '.join(map(repr, codes))}"
    for mended, why in _SLIPS[: None if len(codes) == 1 else 1]:
        right = mended(lon, lat)
        if any(near_country(code, *right) for code in codes):
            return Slip(why.format(outside=outside), *right)
    return None
