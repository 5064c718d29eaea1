"""Places that a collection brings of its own, because no gazetteer has what a row of another data set tells of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from claims.imports.naming import slug
from geo.borders import world
from geo.extents import near_country
from geo.frontier import countries_of
from geo.placefiles import COLUMNS
from geo.places import Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Own", "own_place", "place_row", "with_countries"]

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Own:
    """A place of a collection's own.

    Attributes:
        place: The place; its country is known once `with_countries` has seen it.
        told: ISO code of the country that the row says it lies in, "" for none.
        said: What is noticed of it.
    """

    place: Place
    told: str
    said: str = ""


def own_place(
    name: str, country: str, lon: float, lat: float, kind: PlaceKind, radius_km: float, evidence: str
) -> Own:
    """Make a place of a name and a position, EPSG:4326; the same two, kind and radius make the same id.

    Args:
        name: The toponym; without one it is called by its position.
        country: ISO code that the row says, "" for none.
        lon: Degrees east; four decimals count (11 m).
        lat: Degrees north, likewise.
        kind: What it is.
        radius_km: Within which it surely is.
        evidence: Whose position it is.
    """
    east, north = round(lon, 4) + 0.0, round(lat, 4) + 0.0
    spot = f"{_figures(east)}{'w' if east < 0 else 'e'}-{_figures(north)}{'s' if north < 0 else 'n'}"
    area = f"-{kind}-{radius_km:g}km" if kind == PlaceKind.REGION else ""
    place_id = f"at-{slug(name)}-{spot}{area}" if name else f"at-{spot}{area}"
    called = name or f"{east}, {north}"
    place = Place(place_id, called, "", kind, "", east, north, radius_km, source=evidence)
    return Own(place, country)


def _figures(degrees: float) -> str:
    return f"{abs(degrees):.4f}".rstrip("0").rstrip(".")


def with_countries(places: Mapping[Key, Own]) -> dict[Key, Own]:
    """Say of each place in which country it lies, all of them in one go.

    It is the one that the row says, where the place lies in it or within the 3 km that the basemap's lines may be off;
    else the one that the basemap says. A place that lies far from the country of its row is noticed.
    """
    if not places:
        return {}
    found = countries_of([(own.place.lon, own.place.lat) for own in places.values()])
    return {key: _in_country(own, str(code)) for (key, own), code in zip(places.items(), found, strict=True)}


def _in_country(own: Own, drawn: str) -> Own:
    place, told = own.place, own.told
    if not told or told == drawn:
        return replace(own, place=replace(place, country=drawn))
    if told in world().countries_near(place.lon, place.lat):
        return replace(own, place=replace(place, country=told))
    said = ""
    if near_country(told, place.lon, place.lat) is False:
        where = f"in {drawn!r}" if drawn else "in no country"
        said = f"{place.name!r} at {place.lon:g}, {place.lat:g} lies {where}, far from {told!r}, which the row says"
    return replace(own, place=replace(place, country=drawn), said=said)


def place_row(place: Place) -> tuple[str, ...]:
    """Write a place as a row of places.csv, in the order of its columns."""
    said = {
        "place_id": place.place_id,
        "name": place.name,
        "kind": str(place.kind),
        "country": place.country,
        "lon": repr(place.lon),
        "lat": repr(place.lat),
        "radius_km": f"{place.radius_km:g}",
        "source": place.source,
        "checked": "no",
    }
    return tuple(said.get(column, "") for column in COLUMNS)
