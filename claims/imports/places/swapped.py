"""Positions of a movement's ends whose longitude and latitude are the other way round, told from ends that lie abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from claims.imports.places.bearing import Bearing, kilometres_to
from claims.imports.uniquely import each, numbered
from geo.borders import world
from geo.extents import near_country

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.imports.checking import Checked
    from geo.gazetteer import Gazetteer

__all__ = ["End", "Swapped"]

NEAR_KM: Final = 50.0
"""How near to a place of its name a position is surely meant for that place."""

FAR_KM: Final = 200.0
"""How far from each place of its name one is surely not."""

_OF_NAME: Final = "look swapped: the other way round they lie at the place of this name"


class End(NamedTuple):
    """An end of the movements of rows.

    Attributes:
        columns: Where its lon and lat stand.
        names: Of each row, "" for none; dtype object.
        lon: Degrees east, EPSG:4326, NaN for none.
        lat: Degrees north, likewise.
    """

    columns: tuple[str, str]
    names: np.ndarray
    lon: np.ndarray
    lat: np.ndarray


class Swapped:
    """Finds them, chunk by chunk.

    An end may lie in any country, as a capital abroad whose position, swapped, lies in the country that the file is about.
    So a position is swapped where that takes it to a place of its name that it is far from; where without a name it lies
    in no country; and where all ends of a row lie outside of the countries that are meant and within them swapped.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Begin with a gazetteer, beside the world's."""
        self._bearing = Bearing(gazetteer)

    def tell(self, rows: Checked, ends: list[End], countries: np.ndarray) -> None:
        """Make a fault of each such position.

        Args:
            rows: They collect the faults.
            ends: Those that have positions.
            countries: Of each row the ISO codes that are meant, with blanks between; "" for none.
        """
        here = [~np.isnan(end.lon) & ~np.isnan(end.lat) for end in ends]
        turned = [
            _of_each(self._is_turned, known, countries, end.lon, end.lat)
            for end, known in zip(ends, here, strict=True)
        ]
        settled = [
            _of_each(self._is_there, swapped & (end.names != ""), end.names, end.lon, end.lat)
            for end, swapped in zip(ends, turned, strict=True)
        ]
        several = (np.sum(here, axis=0) > 1) & ~np.any(settled, axis=0)
        whole = several & np.all(
            [~known | swapped for known, swapped in zip(here, turned, strict=True)], axis=0
        )
        for end, known, swapped in zip(ends, here, turned, strict=True):
            named = _of_each(self._is_elsewhere, known & (end.names != ""), end.names, end.lon, end.lat)
            adrift = _of_each(_is_nowhere, swapped & (end.names == ""), end.lon, end.lat)
            outside = (whole | adrift) & swapped
            todo = _written(end, named | outside)
            rows.fault_where(end.columns, named, _OF_NAME, todo)
            rows.fault_where(end.columns, outside, each(pd.Series(countries, dtype=object), _outside), todo)

    def _is_elsewhere(self, name: str, lon: float, lat: float) -> bool:
        """Tell whether a position lies far from each place of its name, and near to one of them once it is swapped."""
        if (
            abs(lon) > 90
            or self._is_there(name, lon, lat)
            or not self._bearing.point_near(name, lat, lon, NEAR_KM)
        ):
            return False
        nearest = self._bearing.nearest_point(name, "", (), lon, lat)
        return nearest is not None and kilometres_to(nearest, lon, lat) > FAR_KM

    def _is_there(self, name: str, lon: float, lat: float) -> bool:
        return self._bearing.point_near(name, lon, lat, FAR_KM) is not None

    @staticmethod
    def _is_turned(countries: str, lon: float, lat: float) -> bool:
        codes = countries.split()
        if not codes or abs(lon) > 90 or any(near_country(code, lon, lat) is not False for code in codes):
            return False
        return any(near_country(code, lat, lon) for code in codes)


def _is_nowhere(lon: float, lat: float) -> bool:
    return not world().countries_near(lon, lat)


def _of_each(tells: Callable[..., bool], wanted: np.ndarray, *cells: np.ndarray) -> np.ndarray:
    """Ask of each wanted row, each different one once."""
    found = np.zeros(len(wanted), dtype=bool)
    if wanted.any():
        number, first = numbered(*(column[wanted] for column in cells))
        different = (column[wanted][first].tolist() for column in cells)
        found[wanted] = np.array([tells(*key) for key in zip(*different, strict=True)], dtype=bool)[number]
    return found


def _written(end: End, bad: np.ndarray) -> np.ndarray:
    todos = np.full(len(bad), "", dtype=object)
    for row in map(int, np.flatnonzero(bad)):
        todos[row] = f"write lon {end.lat[row]:g} and lat {end.lon[row]:g}, in the whole file if need be"
    return todos


def _outside(codes: str) -> str:
    told = " and ".join(map(repr, codes.split()))
    return f"look swapped: they lie outside of {told}, the other way round they lie within it"
