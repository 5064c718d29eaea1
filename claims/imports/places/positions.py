"""Positions in degrees as rows write them, with those that cannot be meant told as faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.imports.uniquely import each, numbered
from geo.slips import slip

if TYPE_CHECKING:
    import pandas as pd

    from claims.imports.checking import Checked

__all__ = ["degrees", "doubt", "positions"]

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)


def degrees(cells: pd.Series) -> np.ndarray:
    """Read degrees, each different cell once; float64, NaN where a cell is empty or no number."""
    return each(cells, lambda cell: float(cell) if _NUMBER.fullmatch(cell) else np.nan, "float64")


def positions(
    rows: Checked, lon: str, lat: str, countries: np.ndarray, *, needed: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Read the positions of rows, EPSG:4326, and make a fault of each that cannot be meant.

    Args:
        rows: With the columns; they collect the faults.
        lon: The column of degrees east.
        lat: The column of degrees north.
        countries: Of each row the ISO code of the country that it says it is in, "" where it says none; or those of
            several, in one of which it is, with blanks between.
        needed: Whether a row without a position is a fault.

    Returns:
        lon and lat; float64, NaN where a row has none or a fault.
    """
    x, y = degrees(rows.text(lon)), degrees(rows.text(lat))
    for column, numbers, other in ((lon, x, lat), (lat, y, lon)):
        said = rows.text(column).ne("").to_numpy()
        alone = ~said & (needed | rows.text(other).ne("").to_numpy())
        rows.fault_where(column, alone, "is empty", "give both, as in 40.9760, or leave the row out")
        todo = "write degrees with a point, as in 40.9760"
        rows.fault_where(column, said & np.isnan(numbers), "is not a number", todo)
    doubt(rows, (lon, lat), x, y, countries)
    right = ~np.isnan(x) & ~np.isnan(y) & rows.sound
    return np.where(right, x, np.nan), np.where(right, y, np.nan)


def doubt(
    rows: Checked, columns: tuple[str, str], lon: np.ndarray, lat: np.ndarray, countries: np.ndarray
) -> None:
    """Make a fault of each position that is none on the earth, that was lost, or that a slip of the pen explains.

    Args:
        rows: They collect the faults.
        columns: Where lon and lat stand.
        lon: Degrees east, NaN for none.
        lat: Degrees north, likewise.
        countries: As for `positions`.
    """
    swapped = (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    rows.fault_where(
        columns, swapped, "look swapped: lat is over 90", "swap them, in the whole file if need be"
    )
    outside = (np.abs(lon) > 180) | (np.abs(lat) > 90)
    rows.fault_where(
        columns, outside, "are not on the earth", "write lon from -180 to 180 and lat from -90 to 90"
    )
    null = (lon == 0) & (lat == 0)
    todo = "give the position, or empty both cells"
    rows.fault_where(columns, null, "are where positions end up that were lost", todo)
    rows.fault_where(columns, *_slips(lon, lat, np.where(outside | null, "", countries)))


def _slips(
    lon: np.ndarray, lat: np.ndarray, countries: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell which positions a slip of the pen explains, why each is wrong, and what to do; each spot is looked at once."""
    wanted = np.flatnonzero(~np.isnan(lon) & ~np.isnan(lat) & (countries != ""))
    number, first = numbered(countries[wanted], lon[wanted], lat[wanted])
    spots = (cells[wanted][first].tolist() for cells in (countries, lon, lat))
    found = {at: slipped for at, slipped in enumerate(map(slip, *spots)) if slipped}
    whys, todos = np.full(len(lon), "", dtype=object), np.full(len(lon), "", dtype=object)
    for at, slipped in found.items():
        rows = wanted[number == at]
        whys[rows] = slipped.why
        todos[rows] = f"write lon {slipped.lon:g} and lat {slipped.lat:g}, or correct the country"
    return whys != "", whys, todos
