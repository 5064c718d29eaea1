"""How many known places each circle of a published edition stands for: who knows the region may tell one of few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.coarse import cell, cell_told
from geo.places import PlaceKind
from geo.world import world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer

__all__ = ["few_known"]

FEW: Final = 3
"""Known places of a cell from which on nobody knows without more which is meant."""

_AREAS: Final = frozenset({PlaceKind.COUNTRY})


def few_known(gazetteer: Gazetteer, km: float | None) -> str:
    """Say how many circles stand for fewer than three places that gazetteers know; "" where none does.

    Args:
        gazetteer: Of the edition, with its circles.
        km: How far its positions are made coarse; None where they are not.
    """
    told = {cell_told(place.place_id): place for place in gazetteer if cell_told(place.place_id)}
    if km is None or not told:
        return ""
    known: dict[tuple[int, int, str], set[tuple[float, float]]] = {}
    countries = {key[2] for key in told if key}
    for lon, lat, country in (*_listed(gazetteer), *world().positions(countries - {""})):
        if country in countries:
            row, column, _, _ = cell(lon, lat, km, country)
            known.setdefault((row, column, country), set()).add((round(lon, 2), round(lat, 2)))
    few = sum(len(known.get(key, ())) < FEW for key in told if key)
    if not few:
        return ""
    return (
        f"{few} of {len(told)} circles hold fewer than three known places: who knows the region may tell which is meant; "
        "raise coarsen_km"
    )


def _listed(gazetteer: Gazetteer) -> Iterable[tuple[float, float, str]]:
    return (
        (place.lon, place.lat, place.country)
        for place in gazetteer
        if place.kind not in _AREAS and not cell_told(place.place_id)
    )
