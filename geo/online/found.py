"""What an online geocoder found: from its results to places.

The words are OpenStreetMap's as Nominatim answers them (https://nominatim.org/release-docs/latest/api/Output/); of
another service only the name and the position are read. Nothing in a result is trusted to be there, or to be of its
type.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from geo.places import Place, PlaceKind
from geo.plane import KM_PER_DEGREE
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LEAST_RADIUS_KM", "OUTLINE_UNKNOWN_KM", "Box", "Found", "read_result", "visible"]

Box: TypeAlias = tuple[float, float, float, float]
"""west, south, east, north in degrees, EPSG:4326."""

LEAST_RADIUS_KM: Final = 1.0
"""No place is given more exactly: a report that names a dam or a gate means its surroundings too."""

OUTLINE_UNKNOWN_KM: Final = 25.0
"""The radius where the service tells no extent: a city with its outskirts."""

_LONGEST_NAME: Final = 200

# Values of `place=`, and Nominatim's address types of administrative boundaries.
_AREAS: Final[Mapping[str, PlaceKind]] = {
    word: kind
    for kind, listed in {
        PlaceKind.COUNTRY: "country",
        PlaceKind.REGION: "continent ocean sea region archipelago island islet peninsula",
        PlaceKind.GOVERNORATE: "state province",
        PlaceKind.DISTRICT: "state_district county district municipality city_district borough suburb quarter "
        "neighbourhood subdivision",
        PlaceKind.TOWN: "city town village hamlet",
    }.items()
    for word in listed.split()
}
# Nominatim's address type by half the place rank, for servers too old to tell it.
_BY_RANK: Final = dict(
    enumerate(["country", "country", "country", "region", "state", "county", "county", "district", "city"])
)

# Tags, then keys whatever the value; what is not listed is a site.
_KINDS: Final[Mapping[str, PlaceKind]] = {
    "amenity=refugee_site": PlaceKind.CAMP,
    "barrier=border_control": PlaceKind.CROSSING,
    "military=checkpoint": PlaceKind.CROSSING,
    "landuse=military": PlaceKind.BASE,
    "natural=desert": PlaceKind.REGION,
    "natural=mountain_range": PlaceKind.REGION,
    "natural=peninsula": PlaceKind.REGION,
    "natural=plateau": PlaceKind.REGION,
    "natural=valley": PlaceKind.REGION,
    "waterway=dam": PlaceKind.SITE,
    "waterway=lock_gate": PlaceKind.SITE,
    "waterway=waterfall": PlaceKind.SITE,
    "waterway=weir": PlaceKind.SITE,
    "highway=bus_stop": PlaceKind.SITE,
    "highway=rest_area": PlaceKind.SITE,
    "highway=services": PlaceKind.SITE,
    "aeroway": PlaceKind.BASE,
    "boundary": PlaceKind.REGION,
    "highway": PlaceKind.ROAD,
    "military": PlaceKind.BASE,
    "waterway": PlaceKind.RIVER,
}

# Keys of `namedetails` whose names are listed with the place; the others only help to recognise it.
_ALIASES: Final = (
    "name",
    "int_name",
    "official_name",
    "official_name:en",
    "alt_name",
    "alt_name:en",
    "old_name",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a service found, with what helps to choose.

    Attributes:
        place: The place.
        keys: Its names in all languages, folded (`geo.toponyms.fold`).
        importance: Nominatim's, 0 to 1; 0 where none is told.
        box: Its extent as west, south, east, north in degrees, EPSG:4326; None where none is told.
        tagged: True where the service told what it is; else its kind is a guess.
    """

    place: Place
    keys: frozenset[str]
    importance: float = 0.0
    box: Box | None = None
    tagged: bool = False


def visible(text: str) -> str:
    """Drop control characters, marks of direction and half characters; make spaces single."""
    kept = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(kept.split())


def read_result(result: Any, *, source: str) -> Found | None:
    """Make a place of one result.

    Args:
        result: `address`, `lat` and `lon` as geopy tells them, and `raw` as the service did.
        source: The place's source, as it will be shown.

    Returns:
        The place; None where there is no name, or no position on the globe.
    """
    told = _mapping(result)
    raw = _mapping(told.get("raw"))
    lon, lat = _number(told.get("lon"), 180), _number(told.get("lat"), 90)
    names = {key: name for key, each in _mapping(raw.get("namedetails")).items() if (name := _name(each))}
    shown = _name(told.get("address"))
    head = _name(shown.split(",")[0])
    name = names.get("name:en") or names.get("name") or head
    if lon is None or lat is None or not name:
        return None
    box = _box(raw.get("boundingbox"))
    kind = _kind(raw)
    written = [part for key in _ALIASES for part in names.get(key, "").split(";")]
    place = Place(
        place_id=_place_id(raw, shown, lon, lat),
        name=name,
        name_ar=names.get("name:ar", ""),
        kind=kind,
        country=_country(raw),
        lon=lon,
        lat=lat,
        radius_km=_radius_km(box),
        aliases=tuple(dict.fromkeys(alias for part in written if (alias := part.strip()) and alias != name)),
        source=source,
    )
    spellings = [part for each in (*names.values(), head) for part in each.split(";")]
    return Found(
        place,
        keys=frozenset(filter(None, map(fold, spellings))),
        importance=_number(raw.get("importance"), 1) or 0.0,
        box=box,
        tagged=bool(_tag(raw)[0]),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(value: Any) -> str:
    return visible(value)[:_LONGEST_NAME].strip() if isinstance(value, str) else ""


def _number(value: Any, most: float) -> float | None:
    """Read a number, told as such or as text, between -most and most."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= most else None


def _tag(raw: Mapping[str, Any]) -> tuple[str, str]:
    """Give the main OpenStreetMap tag; Nominatim calls its key class, or category in a later format."""
    return _name(raw.get("class") or raw.get("category")), _name(raw.get("type"))


def _kind(raw: Mapping[str, Any]) -> PlaceKind:
    key, value = _tag(raw)
    if key == "place":
        return _AREAS.get(value, PlaceKind.SITE)
    if (key, value) == ("boundary", "administrative"):
        rank = _number(raw.get("place_rank"), 30) or 0
        label = _name(raw.get("addresstype")) or _BY_RANK.get(int(rank) // 2, "")
        return _AREAS.get(label, PlaceKind.DISTRICT)
    return _KINDS.get(f"{key}={value}") or _KINDS.get(key, PlaceKind.SITE)


def _country(raw: Mapping[str, Any]) -> str:
    code = _name(_mapping(raw.get("address")).get("country_code")).upper()
    return code if re.fullmatch(r"[A-Z]{2}", code) else ""


def _place_id(raw: Mapping[str, Any], shown: str, lon: float, lat: float) -> str:
    """Give OpenStreetMap's id, or else one that the same answer always gets."""
    kind, number = _name(raw.get("osm_type")), str(raw.get("osm_id"))
    if kind in {"node", "way", "relation"} and re.fullmatch(r"[0-9]{1,19}", number, re.ASCII):
        return f"osm-{kind[0]}{number}"
    told = f"{shown}|{lon:.5f}|{lat:.5f}"
    return f"online-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _box(value: Any) -> Box | None:
    """Read Nominatim's extent, south, north, west, east, into west, south, east, north."""
    if not isinstance(value, list) or len(value) != 4:
        return None
    south, north = (_number(each, 90) for each in value[:2])
    west, east = (_number(each, 180) for each in value[2:])
    if south is None or north is None or west is None or east is None or south > north:
        return None
    return west, south, east, north


def _radius_km(box: Box | None) -> float:
    """Half the diagonal of the extent, so that the circle holds all of it."""
    if box is None:
        return OUTLINE_UNKNOWN_KM
    west, south, east, north = box
    wide = (east - west) % 360 if east < west else east - west
    x = wide * math.cos(math.radians((south + north) / 2))
    return max(LEAST_RADIUS_KM, round(math.hypot(x, north - south) * KM_PER_DEGREE / 2, 1))
