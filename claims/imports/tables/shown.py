"""What the cells of a column show it to be: days, numbers, degrees, web addresses, codes, or words of a list."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from claims.imports.cells.foreignwords import meaning
from claims.imports.cells.writtendays import day_of
from claims.imports.cells.writtennumbers import count_of, degrees_of, western
from claims.imports.datasets.crosswalk import rows_of
from claims.imports.datasets.precision import as_code
from claims.tables import URL_PATTERN
from geo.toponyms import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["SHOWN_ALONE", "TESTED", "fit"]

_COORDINATES: Final = {"lon": 180.0, "lat": 90.0}
_NUMBERS: Final = ("count", "count_low", "count_high")
_DAYS: Final = ("date", "date_start", "date_end", "published")


def fit(ours: str, cells: Sequence[str]) -> tuple[float, str]:
    """Give the share of cells that are what `ours` holds, and that in words; "" where any text may be it."""
    name, test = TESTED.get(ours, ("", None))
    if test is None or not cells:
        return 1.0, ""
    share = sum(map(test, cells)) / len(cells)
    return (
        share,
        f"every cell is {name}"
        if share == 1.0
        else f"{'none' if not share else f'{share:.0%}'} of its cells are {name}",
    )


def _is_day(cell: str) -> bool:
    return not day_of(cell).why


def _is_surely_a_day(cell: str) -> bool:
    """Tell a day from what may be a number: a year, and a spreadsheet's number of days."""
    return not western(cell.strip()).isdecimal() and _is_day(cell)


def _is_number(cell: str) -> bool:
    return not count_of(cell).why


def _within(most: float) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        text = degrees_of(cell)
        return bool(re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text)) and abs(float(text)) <= most

    return test


def _is_code(cell: str) -> bool:
    return as_code(cell.strip()) in {"1", "2", "3"}


def _is_word(ours: str) -> Callable[[str], bool]:
    return lambda cell: plain(cell) in meaning(ours)


def _tests() -> dict[str, tuple[str, Callable[[str], bool]]]:
    tests: dict[str, tuple[str, Callable[[str], bool]]] = {}
    for ours in _DAYS:
        tests[ours] = ("a day", _is_day)
    for ours in _NUMBERS:
        tests[ours] = ("a number", _is_number)
    for end in ("", "origin_", "crossing_", "destination_"):
        for axis, most in _COORDINATES.items():
            tests[f"{end}{axis}"] = (f"between {-most:g} and {most:g}", _within(most))
    tests["url"] = ("a web address", lambda cell: bool(re.fullmatch(URL_PATTERN, cell.strip())))
    tests["direction"] = ("a way in or out", _is_word("direction"))
    tests["geo_precision"] = ("a code of 1 to 3", _is_code)
    tests["time_precision"] = ("a code of 1 to 3", _is_code)
    return tests


TESTED: Final = _tests()
"""What of ours the cells themselves can show, with its words and its test."""


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(code for row in rows_of("country_codes") for code in row.values())


SHOWN_ALONE: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "date": ("a day", _is_surely_a_day),
    "url": TESTED["url"],
    "direction": TESTED["direction"],
    "country": ("a country's code", lambda cell: cell.strip() in _country_codes()),
    "kind": ("a word for a kind", _is_word("kind")),
    "status": ("a word for a status", _is_word("status")),
}
"""What cells can show where no name does."""
