"""The days that data sets write in forms that cannot be misread: ISO, a day with the month's name, seconds since 1970."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.imports.uniquely import each

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

__all__ = ["days_of_seconds", "days_written", "iso", "iso_of", "last_day"]

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBER: Final = {name: at for at, month in enumerate(_MONTHS, start=1) for name in (month, month[:3])}
_ISO: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
_NAMED: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)\.?[ -](\d{4})", re.ASCII)
_FIRST: Final = np.datetime64("1000-01-01", "D")
_LAST: Final = np.datetime64("9998-12-31", "D")
_NONE: Final = np.datetime64("NaT", "D")
_EPOCH: Final = np.datetime64("1970-01-01", "D")
_SECONDS: Final = re.compile(r"\d{1,11}(?:\.0+)?", re.ASCII)


def days_written(cells: pd.Series) -> np.ndarray:
    """Read days, each different cell once.

    Args:
        cells: Text without blanks around it: "2024-12-07", also with a midnight behind it as data sets of instants have
            it, or "07 December 2024", "7-Dec-2024".

    Returns:
        datetime64[D], NaT where a cell is empty or nothing of these, or is a day that no calendar has
        or that is out of all reason (before 1000).
    """
    return each(cells, _day, "datetime64[D]")


def days_of_seconds(cells: pd.Series) -> np.ndarray:
    """Read instants in seconds since 1970 as their UTC days; datetime64[D], NaT where a cell is none of them."""
    return each(cells, _day_of_seconds, "datetime64[D]")


def iso(days: np.ndarray) -> np.ndarray:
    """Write days (datetime64[D]) as ISO days; dtype object, "" for NaT."""
    uniques, codes = np.unique(days, return_inverse=True)
    words: np.ndarray = np.array(["" if np.isnat(day) else str(day) for day in uniques], dtype=object)[codes]
    return words


def iso_of(day: dt.date | None) -> str:
    """Write a day as ISO, "" for none."""
    return day.isoformat() if day else ""


def last_day(cell: str) -> np.datetime64:
    """Read a cell with several days parted by `;`, and give the last of them; NaT for none."""
    days = [day for part in cell.split(";") if not np.isnat(day := _day(part.strip()))]
    return max(days, default=_NONE)


def _day_of_seconds(cell: str) -> np.datetime64:
    if not _SECONDS.fullmatch(cell):
        return _NONE
    return _EPOCH + np.timedelta64(int(float(cell)) // 86400, "D")


def _day(cell: str) -> np.datetime64:
    written = cell
    if found := _ISO.fullmatch(cell):
        written = found[1]
    elif (found := _NAMED.fullmatch(cell)) and (month := _NUMBER.get(found[2].casefold())):
        written = f"{found[3]}-{month:02}-{int(found[1]):02}"
    else:
        return _NONE
    try:
        day = np.datetime64(written, "D")
    except ValueError:
        return _NONE
    return day if _FIRST <= day <= _LAST else _NONE
