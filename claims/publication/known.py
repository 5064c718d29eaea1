"""How far a position is made coarse: until as many known places are told so as nobody tells apart without more."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from claims.publication.section import MOST_KM
from geo.coarse import REACH, cell, cell_told, km_to, wider_cell
from geo.gazetteer import shipped_gazetteer
from geo.places import POINTS
from geo.world import world

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.model import Publication
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["few_known", "widened"]

FEW: Final = 3
"""Known places of a circle below which who publishes is told of it."""

NEAR_KM: Final = 10.0
"""Within so many km of a known place a position may be meant for it: gazetteers do not agree on where a town is."""

Cell = tuple[int, int]
Position = tuple[float, float]


class _Grid(NamedTuple):
    """The cells of one distance in a country, each made of whole cells of the least distance.

    Attributes:
        km: The distance.
        left: By cell how many known places are in it that no cell of a smaller distance tells.
        known: By cell how many known places are in it.
        untold: The places that no cell of this distance tells either: their lon and lat, a row each.
    """

    km: float
    left: Mapping[Cell, int]
    known: Mapping[Cell, int]
    untold: np.ndarray

    def tells(self, middle: Position, at: Cell, km: float, least: int) -> bool:
        """Tell whether a cell of the least distance is told by one of this: with so many known places, or as far from those untold."""
        if self.left.get(at, 0) >= least:
            return True
        if self.known.get(at, 0) < least:
            return False
        return not (km_to(*middle, self.untold) <= REACH * km + NEAR_KM).any()


def widened(lon: float, lat: float, country: str, km: float, least: int) -> float:
    """Give by how far a position is made coarse: by a distance, or twice, four times that and so on.

    It is decided for a cell of the least distance as a whole, so that who computes it of all positions learns no more than
    that the place is in one of these cells. It is the first distance by whose cell so many known places are told. A place that
    a smaller cell tells is not among them, for who knows all places would strike it out; a cell of the least distance that is
    all of it far from known places that are not told yet needs so many in the wider cell alone. It follows from the cell, the
    country and the gazetteers that come with bordermap, so that a place is told alike in every edition, whatever else is in that.

    Args:
        lon: Degrees east, EPSG:4326.
        lat: Degrees north.
        country: ISO 3166-1 alpha-2; where it is "" nothing is known to be counted, and the distance stays.
        km: The least distance.
        least: How many known places; below 2 the distance stays.
    """
    grids = _grids(country, km, least)
    middle = cell(lon, lat, km, country)[2:]
    told = (
        grid.km
        for grid in grids
        if grid.tells(middle, wider_cell(lon, lat, km, grid.km, country)[:2], km, least)
    )
    return next(told, grids[-1].km)


@lru_cache(maxsize=256)
def _grids(country: str, km: float, least: int) -> tuple[_Grid, ...]:
    """Give the grids of a country, the finest first, up to the widest that may be asked for; one where nothing is counted."""
    known = _positions(country)
    most = MOST_KM if country and least >= 2 else km
    grids: list[_Grid] = []
    left: Iterable[Position] = known
    wide = km
    while not grids or wide <= most:
        cells = _by_cell(left, km, wide, country)
        left = [place for of in cells.values() if _apart(of) < least for place in of]
        lying = _by_cell(known, km, wide, country)
        at_left, at_known = ({at: _apart(of) for at, of in held.items()} for held in (cells, lying))
        grids.append(_Grid(wide, at_left, at_known, np.array(left, dtype=float).reshape(-1, 2)))
        wide *= 2
    return tuple(grids)


def _by_cell(places: Iterable[Position], km: float, wide: float, country: str) -> dict[Cell, list[Position]]:
    cells = defaultdict(list)
    for lon, lat in places:
        cells[wider_cell(lon, lat, km, wide, country)[:2]].append((lon, lat))
    return dict(cells)


def _apart(places: Iterable[Position]) -> int:
    """Count places that are told apart: a hundredth of a degree from each other."""
    return len({(round(lon, 2), round(lat, 2)) for lon, lat in places})


@lru_cache(maxsize=256)
def _positions(country: str) -> tuple[Position, ...]:
    """Give where the places of a country are that come with bordermap."""
    shipped = (
        (place.lon, place.lat)
        for place in shipped_gazetteer()
        if place.country == country and place.kind in POINTS
    )
    found = [*shipped, *((lon, lat) for lon, lat, _ in world().positions([country]))]
    return tuple(dict.fromkeys(found))


def few_known(gazetteer: Gazetteer, publication: Publication | None) -> str:
    """Say how many circles stand for fewer than three places that gazetteers know; "" where none does.

    Args:
        gazetteer: Of the edition, with its circles.
        publication: By which it was made; None where nothing was made coarse.
    """
    circles = [(place, told) for place in gazetteer if (told := cell_told(place.place_id))]
    if publication is None or publication.coarsen_km is None or not circles:
        return ""
    few = sum(_is_of_few(place, told, publication) for place, told in circles)
    if not few:
        return ""
    return (
        f"{few} of {len(circles)} circles hold fewer than three known places: who knows the region may tell which is meant; "
        "raise coarsen_km or coarsen_known"
    )


def _is_of_few(place: Place, told: tuple[int, int, str], publication: Publication) -> bool:
    """Tell whether a circle is one by which one or two known places are told, or in whose cell no more are."""
    row, column, country = told
    km = publication.coarsen_km
    assert km is not None, "there are circles"
    grids = _grids(country, km, publication.coarsen_known)
    its = (row, column, place.lon, place.lat)
    whose = (one for one in grids if wider_cell(place.lon, place.lat, km, one.km, country) == its)
    grid = next(whose, grids[-1])
    left, known = grid.left.get((row, column), 0), grid.known.get((row, column), 0)
    by_itself = left >= publication.coarsen_known or grid is grids[-1]
    return known < FEW or (by_itself and 0 < left < FEW)
