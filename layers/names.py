"""Names on the map: which, where, and from which zoom on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.gazetteer import PlaceKind
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

SAME_PLACE_DEG: Final = 0.1
"""A populated place of the basemap this near to a gazetteer's town (11 km) is that town."""

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
    labels = [*_countries(basemap), *_rivers(basemap)]
    labels += _places(basemap, towns, frozenset(used))
    labels += _divisions(basemap)
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


def _countries(basemap: Basemap) -> list[dict[str, Any]]:
    return [
        _label(row.name, row.name_ar, row.label_lon, row.label_lat, "country", 2, until=8)
        for row in _rows(basemap.countries)
        if row.country
    ]


def _divisions(basemap: Basemap) -> list[dict[str, Any]]:
    return [
        _label(row.name, row.name_ar, row.label_lon, row.label_lat, "division", 7.4)
        for row in _rows(basemap.division_areas)
    ]


def _rivers(basemap: Basemap) -> list[dict[str, Any]]:
    """Name each river once, in the middle of its longest piece in view."""
    longest: dict[str, shapely.LineString] = {}
    for row in _rows(basemap.rivers):
        if row.name and row.geometry.length > longest.get(row.name, shapely.LineString()).length:
            longest[row.name] = row.geometry
    found = []
    for name, line in sorted(longest.items()):
        middle = line.interpolate(0.5, normalized=True)
        found.append(_label(name, "", middle.x, middle.y, "river", 6.5))
    return found


def _places(basemap: Basemap, towns: list[Place], used: frozenset[str]) -> list[dict[str, Any]]:
    known = list(_rows(basemap.places))
    rank_of: dict[str, int] = {}
    others = []
    for row in known:
        place = _same(row, towns)
        if place is None:
            others.append(row)
        else:
            rank_of[place.place_id] = min(row.rank, rank_of.get(place.place_id, row.rank))
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
        found.append((importance, _label(place.name, place.name_ar, place.lon, place.lat, style, zoom)))
    for row in others:
        style = "city" if row.rank <= CITY_RANK else "town"
        found.append((row.rank, _label(row.name, "", row.lon, row.lat, style, _zoom_of(row.rank))))
    return [label for _, label in sorted(found, key=lambda pair: (pair[0], pair[1]["text"]))]


def _same(row: Any, towns: list[Place]) -> Place | None:
    for place in towns:
        near = max(abs(place.lon - row.lon), abs(place.lat - row.lat)) <= SAME_PLACE_DEG
        if place.kind is PlaceKind.TOWN and near and _spelt_alike(place, row.name):
            return place
    return None


def _spelt_alike(place: Place, name: str) -> bool:
    key = fold(name)
    return any(fold(spelling) == key for spelling in place.spellings)


def _zoom_of(rank: int) -> float:
    """Natural Earth's rank 0 is lettered on a world map, 10 on a district's."""
    return 3 + 0.55 * rank


def _rows(frame: Any) -> Iterable[Any]:
    rows: Iterable[Any] = frame.itertuples(index=False)
    return rows
