"""Places that a collection brings of its own, because no gazetteer has what a row of another data set tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from claims.imports.naming import slug
from geo.borders import world
from geo.extents import near_country
from geo.frontier import countries_of
from geo.placefiles import COLUMNS
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Own", "Written", "own_place", "written"]

Key = TypeVar("Key")

_SAID: Final = ("place_id", "name", "kind", "country", "lon", "lat", "radius_km", "source", "checked")
_AT: Final = tuple(_SAID.index(column) if column in _SAID else len(_SAID) for column in COLUMNS)


class Own(NamedTuple):
    """A place of a collection's own, before it is known in which country it lies.

    Attributes:
        place_id: Its id.
        name: What it is called.
        kind: What it is.
        lon: Degrees east, EPSG:4326, to four decimals (11 m).
        lat: Degrees north, likewise.
        radius_km: Within which it surely is.
        source: Whose position it is.
        told: ISO code of the country that the row says it lies in, "" for none.
    """

    place_id: str
    name: str
    kind: PlaceKind
    lon: float
    lat: float
    radius_km: float
    source: str
    told: str


class Written(NamedTuple):
    """A place of a collection's own as a row of places.csv.

    Attributes:
        row: Its cells, in the order of the columns.
        said: What is noticed of it, "" for nothing.
    """

    row: tuple[str, ...]
    said: str


def own_place(
    name: str, country: str, lon: float, lat: float, kind: PlaceKind, radius_km: float, evidence: str
) -> Own:
    """Make a place of a name and a position, EPSG:4326; the same two, kind and radius make the same id.

    Args:
        name: The toponym; without one it is called by its position.
        country: ISO code that the row says, "" for none.
        lon: Degrees east; four decimals count.
        lat: Degrees north, likewise.
        kind: What it is.
        radius_km: Within which it surely is.
        evidence: Whose position it is.
    """
    east, north = round(lon, 4) + 0.0, round(lat, 4) + 0.0
    spot = f"{_figures(east)}{'w' if east < 0 else 'e'}-{_figures(north)}{'s' if north < 0 else 'n'}"
    area = f"-{kind}-{radius_km:g}km" if kind == PlaceKind.REGION else ""
    place_id = f"at-{slug(name)}-{spot}{area}" if name else f"at-{spot}{area}"
    return Own(place_id, name or f"{east}, {north}", kind, east, north, radius_km, evidence, country)


def _figures(degrees: float) -> str:
    return f"{abs(degrees):.4f}".rstrip("0").rstrip(".")


def written(places: Mapping[Key, Own]) -> dict[Key, Written]:
    """Write places as rows of places.csv, with the country in which each lies; of all of them it is found in one go.

    It is the one that the row says, where the place lies in it or within the 3 km that the basemap's lines may be off;
    else the one that the basemap says. A place that lies far from the country of its row is noticed.
    """
    if not places:
        return {}
    found = countries_of([(own.lon, own.lat) for own in places.values()]).tolist()
    return {key: _in_country(own, drawn) for (key, own), drawn in zip(places.items(), found, strict=True)}


def _in_country(own: Own, drawn: str) -> Written:
    if not own.told or own.told == drawn:
        return Written(_row(own, drawn), "")
    if own.told in world().countries_near(own.lon, own.lat):
        return Written(_row(own, own.told), "")
    said = ""
    if near_country(own.told, own.lon, own.lat) is False:
        where = f"in {drawn!r}" if drawn else "in no country"
        said = f"{own.name!r} at {own.lon:g}, {own.lat:g} lies {where}, far from {own.told!r}, which the row says"
    return Written(_row(own, drawn), said)


def _row(own: Own, country: str) -> tuple[str, ...]:
    radius = f"{own.radius_km:g}"
    said = (
        own.place_id,
        own.name,
        str(own.kind),
        country,
        repr(own.lon),
        repr(own.lat),
        radius,
        own.source,
        "no",
        "",
    )
    return tuple([said[at] for at in _AT])
