"""A place: a named point or area with a radius of uncertainty."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from shapely.geometry import shape

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Place", "PlaceKind", "Shape"]


class PlaceKind(StrEnum):
    """What a place is; a name that several kinds share is several places."""

    TOWN = "town"
    CROSSING = "crossing"
    BASE = "base"
    CAMP = "camp"
    SITE = "site"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    REGION = "region"
    COUNTRY = "country"
    ROAD = "road"
    RIVER = "river"


POINTS: Final = frozenset(
    {PlaceKind.TOWN, PlaceKind.CROSSING, PlaceKind.BASE, PlaceKind.CAMP, PlaceKind.SITE}
)
"""Kinds of places that are somewhere, rather than an area or along a line."""


@dataclass(frozen=True)
class Shape:
    """The area or line of a place, made into a geometry when first asked for.

    Attributes:
        source: Where the outline is from, or the rule it follows.
        schematic: True where it was drawn or derived for the map and must not be read as surveyed.
        geojson: The GeoJSON geometry object as read, EPSG:4326, lon before lat.
    """

    source: str
    schematic: bool
    geojson: dict[str, Any] = field(repr=False, compare=False)

    @cached_property
    def geometry(self) -> BaseGeometry:
        """The shapely geometry, EPSG:4326."""
        return shape(self.geojson)


@dataclass(frozen=True, slots=True)
class Place:
    """A named point or area with a radius of uncertainty.

    Attributes:
        place_id: Its id, unique in the gazetteer.
        name: The name that the map writes.
        name_ar: The Arabic name, or "".
        kind: What it is.
        country: ISO 3166-1 alpha-2 code of the country the point lies in, or "" where it lies in several.
        lon: Degrees east, EPSG:4326.
        lat: Degrees north, EPSG:4326.
        radius_km: Kilometres around the point within which the place surely is; of an area, the radius of the circle of
            equal size; of a line or strip, half its length.
        aliases: Other spellings, as written somewhere.
        geonames_id: The id in GeoNames, or "".
        source: The evidence for the position.
        checked: True where evidence independent of memory stands in `source`.
        note: Doubts and caveats.
        shape: The area or line, where there is one.
    """

    place_id: str
    name: str
    name_ar: str
    kind: PlaceKind
    country: str
    lon: float
    lat: float
    radius_km: float
    aliases: tuple[str, ...] = ()
    geonames_id: str = ""
    source: str = ""
    checked: bool = False
    note: str = ""
    shape: Shape | None = None

    @property
    def geometry(self) -> BaseGeometry | None:
        """The area or line in EPSG:4326; None for what is only a point."""
        return None if self.shape is None else self.shape.geometry

    @property
    def schematic(self) -> bool:
        """True where the outline was drawn or derived for the map."""
        return self.shape is not None and self.shape.schematic

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the place is known to be written: name, Arabic name, aliases."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.name_ar, *self.aliases))))
