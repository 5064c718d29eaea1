"""Names on the map: which, where, and from which zoom on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.gazetteer import PlaceKind
from geo.kinds import stem
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.basemap import Basemap
    from geo.gazetteer import Gazetteer, Place

USED_ZOOM: Final = 6.0
"""Places that the collection speaks of are named from here on, whatever their size."""

KINDS: Final = {
    PlaceKind.TOWN: ("town", 8.6),
    PlaceKind.CROSSING: ("crossing", 9.0),
    PlaceKind.BASE: ("base", 9.0),
    PlaceKind.CAMP: ("town", 9.5),
}
"""Style and first zoom of places by kind, where nothing speaks for an earlier one."""

LETTER_PX: Final = 16
"""Width of a letter of a country's name on the map, with its spacing."""

SAME_PLACE_DEG: Final = 0.1
"""A populated place of the basemap this near to a gazetteer's town (11 km) is that town."""

MOST_PLACES: Final = 1500
"""No more places than this are named: the map of a gazetteer of tens of thousands names its most important."""

CITY_RANK: Final = 4
"""Natural Earth's rank to which a place is lettered as a city."""


def names_on_map(basemap: Basemap, gazetteer: Gazetteer, used: Iterable[str]) -> list[dict[str, Any]]:
    """Return labels, the most important first: text, text_ar, lon, lat, style, zoom, perhaps until.

    Args:
        basemap: Gives countries, rivers, divisions and populated places with their rank.
        gazetteer: Gives the spelling of its own places.
        used: Ids of places that the collection's events name.
    """
    west, south, east, north = basemap.bounds
    towns = [
        place
        for place in gazetteer
        if place.kind in KINDS and west <= place.lon <= east and south <= place.lat <= north
    ]
    labels = [*_countries(basemap, gazetteer), *_rivers(basemap, gazetteer)]
    labels += _places(basemap, towns, frozenset(used))
    labels += _divisions(basemap, gazetteer)
    return labels


def _label(
    text: str, text_ar: str, lon: float, lat: float, style: str, zoom: float, **more: float
) -> dict[str, Any]:
    return {
        "text": text,
        "text_ar": text_ar or "",
        "lon": round(float(lon), 4),
        "lat": round(float(lat), 4),
        "style": style,
        "zoom": zoom,
        **more,
    }


def _countries(basemap: Basemap, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Letter a country from the zoom on at which its name fits into what is seen of it, in Arabic as the gazetteer does."""
    arabic = {place.country: place.name_ar for place in gazetteer if place.kind is PlaceKind.COUNTRY}
    labels = []
    for row in _rows(basemap.countries):
        if row.country:
            parts = shapely.get_parts(row.geometry)
            west, _, east, _ = parts[np.argmax(shapely.area(parts))].bounds
            zoom = math.log2(LETTER_PX * len(row.name) * 360 / (256 * (east - west)))
            text_ar = arabic.get(row.country) or row.name_ar
            labels.append(
                _label(row.name, text_ar, row.label_lon, row.label_lat, "country", round(zoom, 2), until=9)
            )
    return labels


def _divisions(basemap: Basemap, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Name each division, as the gazetteer does where it knows it, without the word that says what it is."""
    own = {
        (place.country, stem(spelling)[0]): (_short(place.name), place.name_ar)
        for place in gazetteer
        if place.kind is PlaceKind.GOVERNORATE
        for spelling in place.spellings
    }
    labels = []
    for row in _rows(basemap.division_areas):
        if row.code:
            name, name_ar = own.get((row.country, stem(row.name)[0]), (row.name, row.name_ar))
            labels.append(_label(name, name_ar, row.label_lon, row.label_lat, "division", 7.4))
    return labels


def _short(name: str) -> str:
    """Give a name without the kind words at its end: "Madrid" of "Madrid Province"."""
    words = name.split()
    while len(words) > 1 and stem(" ".join(words[:-1]))[0] == stem(name)[0]:
        words.pop()
    return " ".join(words)


def _rivers(basemap: Basemap, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Name each river once, in the middle of its longest piece in view."""
    arabic = {
        fold(spelling): place.name_ar
        for place in gazetteer
        if place.kind is PlaceKind.RIVER
        for spelling in place.spellings
    }
    longest: dict[str, shapely.LineString] = {}
    name_ar = {row.name: row.name_ar for row in _rows(basemap.rivers)}
    for row in _rows(basemap.rivers):
        if row.name and row.geometry.length > longest.get(row.name, shapely.LineString()).length:
            longest[row.name] = row.geometry
    found = []
    for name, line in sorted(longest.items()):
        middle = line.interpolate(0.5, normalized=True)
        text_ar = arabic.get(fold(name)) or name_ar[name]
        found.append(_label(name, text_ar, middle.x, middle.y, "river", 6.5))
    return found


def _places(basemap: Basemap, towns: list[Place], used: frozenset[str]) -> list[dict[str, Any]]:
    """Return towns, gates and bases, the most important first; one that both sources know stands once."""
    rank_of: dict[str, int] = {}
    others = []
    lons, lats = (np.array([getattr(place, axis) for place in towns], dtype=float) for axis in ("lon", "lat"))
    for row in _rows(basemap.places):
        near = np.flatnonzero(
            (abs(lons - row.lon) <= SAME_PLACE_DEG) & (abs(lats - row.lat) <= SAME_PLACE_DEG)
        )
        same = [
            towns[at] for at in near if towns[at].kind is PlaceKind.TOWN and _spelt_alike(towns[at], row.name)
        ]
        if same:
            rank_of[same[0].place_id] = min(row.rank, rank_of.get(same[0].place_id, row.rank))
        else:
            others.append(row)
    found = []
    for place in towns:
        style, zoom = KINDS[place.kind]
        rank = rank_of.get(place.place_id)
        if rank is not None:
            zoom = min(zoom, _zoom_of(rank))
            style = "city" if rank <= CITY_RANK else style
        if place.place_id in used:
            zoom = min(zoom, USED_ZOOM if place.kind is PlaceKind.TOWN else USED_ZOOM + 1.5)
        importance = (rank if rank is not None else 9) - (3 if place.place_id in used else 0)
        found.append((importance, place.name, place, style, zoom))
    for row in others:
        style = "city" if row.rank <= CITY_RANK else "town"
        found.append((row.rank, row.name, row, style, _zoom_of(row.rank)))
    found.sort(key=lambda one: one[:2])
    return [
        _label(at.name, at.name_ar, at.lon, at.lat, style, zoom)
        for _, _, at, style, zoom in found[:MOST_PLACES]
    ]


def _spelt_alike(place: Place, name: str) -> bool:
    key = fold(name)
    return any(fold(spelling) == key for spelling in place.spellings)


def _zoom_of(rank: int) -> float:
    """Natural Earth's rank 0 is lettered on a world map, 10 on a district's."""
    return 3 + 0.55 * rank


def _rows(frame: Any) -> Iterable[Any]:
    rows: Iterable[Any] = frame.itertuples(index=False)
    return rows
