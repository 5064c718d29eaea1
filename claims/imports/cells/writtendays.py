"""One day as a cell of another table writes it: ISO, by the month's name, as a spreadsheet's number, or in numbers alone."""
# ruff: noqa: RUF001 - dashes of all kinds are its business

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from claims.imports.cells.foreignwords import months, says_nothing, weekdays
from claims.imports.converting import DateOrder
from geo.toponyms import plain

__all__ = ["ORDERS", "TIME", "DayRead", "day_of"]

FIRST_YEAR: Final = 1700
LAST_YEAR: Final = 2199
"""Years that a day may have: what lies outside is a slip, and some tables cannot hold it."""

SERIALS: Final = (20_000, 80_000)
"""Numbers that a spreadsheet may mean as days, from 1954 to 2119."""

SERIAL_ZERO: Final = dt.date(1899, 12, 30)
"""The day 0 of spreadsheets' numbers from 1900-03-01 on (ECMA-376 Part 1, 18.17.4.1)."""

TIME: Final = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?"
"""A time of day, which is passed over."""

_TIME: Final = rf"(?:[T ,]+{TIME})?"
_ISO: Final = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_TIME}")
_ISO_SPAN: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})\s*(?:/|–|—|\.\.| - )\s*(\d{4})-(\d{2})-(\d{2})")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_THREE: Final = re.compile(rf"(\d{{1,4}})([./ -])(\d{{1,2}})\2(\d{{1,4}}){_TIME}")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o|a)")

_LONGEST: Final = 60
"""Characters of a day in words; what is longer is a text."""

_LONGEST_FILLER: Final = 3
"""Letters of a word beside the day, the month and the year that says nothing, as of, de, den."""

ORDERS: Final = {
    DateOrder.DMY: "the day first",
    DateOrder.MDY: "the month first",
    DateOrder.YMD: "the year first",
}
"""In words, what each order has first."""


@dataclass(frozen=True, slots=True)
class DayRead:
    """What one cell says.

    Attributes:
        start: The first day, ISO; "" where none is read.
        end: The last; the first again, but for a month, a year and a span.
        why: What is wrong with it; "" where nothing is.
        todo: What to do then.
        orders: Where the order of its numbers must be asked for: those in which they are a day.
        serial: Whether it is a spreadsheet's number.
    """

    start: str = ""
    end: str = ""
    why: str = ""
    todo: str = ""
    orders: tuple[DateOrder, ...] = ()
    serial: bool = False


def day_of(cell: str, order: DateOrder | None = None) -> DayRead:
    """Read one cell.

    Args:
        cell: As written; digits of any script.
        order: How numbers alone are ordered; ISO days and days with the month's name need none.
    """
    text = _western(" ".join(cell.split()))
    if says_nothing(text):
        return DayRead()
    for pattern, read in (
        (_ISO, lambda found: _day(*map(int, found.groups()))),
        (_COMPACT, lambda found: _day(*map(int, found.groups()))),
        (_ISO_SPAN, _span),
        (_MONTH, lambda found: _month(int(found[1]), int(found[2]))),
        (_YEAR, lambda found: _year(int(found[0]))),
        (_SERIAL, lambda found: _serial(int(found[1]))),
        (_THREE, lambda found: _ordered(found, order)),
    ):
        if found := pattern.fullmatch(text):
            return read(found)
    return _named(text)


def _western(text: str) -> str:
    """Write digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _wrong(why: str, todo: str = "write it as 2024-12-07") -> DayRead:
    return DayRead(why=why, todo=todo)


def _day(year: int, month: int, day: int) -> DayRead:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return _wrong("is no day of the calendar", "correct it")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _wrong(f"is not between the years {FIRST_YEAR} and {LAST_YEAR}", "correct the year")
    return DayRead(found.isoformat(), found.isoformat())


def _month(year: int, month: int) -> DayRead:
    first = _day(year, month, 1)
    if first.why:
        return first
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return DayRead(first.start, (after - dt.timedelta(days=1)).isoformat())


def _year(year: int) -> DayRead:
    return DayRead(f"{year}-01-01", f"{year}-12-31")


def _span(found: re.Match[str]) -> DayRead:
    numbers = list(map(int, found.groups()))
    first, last = _day(*numbers[:3]), _day(*numbers[3:])
    if first.why or last.why:
        return first if first.why else last
    if last.start < first.start:
        return _wrong("ends before it begins", "swap or correct the days")
    return DayRead(first.start, last.end)


def _serial(number: int) -> DayRead:
    if not SERIALS[0] <= number <= SERIALS[1]:
        return _wrong("is not a day")
    day = (SERIAL_ZERO + dt.timedelta(days=number)).isoformat()
    return DayRead(day, day, serial=True)


def _ordered(found: re.Match[str], order: DateOrder | None) -> DayRead:
    """Read three numbers in the order that is said; where none is, say in which they are a day."""
    parts = (found[1], found[3], found[4])
    if len(parts[0]) == 4 and len(parts[2]) <= 2:
        possible = {DateOrder.YMD: _day(*map(int, parts))}
    elif len(parts[2]) == 4 and len(parts[0]) <= 2:
        one, two, year = map(int, parts)
        possible = {DateOrder.DMY: _day(year, two, one), DateOrder.MDY: _day(year, one, two)}
    elif all(len(part) <= 2 for part in parts):
        return _wrong("has a year of two digits", "write the year with all four, as 2024-12-07")
    else:
        return _wrong("is not a day")
    if order in possible:
        return possible[order] if not possible[order].why else _otherwise(possible, order)
    right = tuple(one for one, day in possible.items() if not day.why)
    if not right:
        return next(iter(possible.values()))
    if order is None:
        return DayRead(orders=right)
    return _wrong(f"does not have {ORDERS[order]}, as --dates {order} says")


def _otherwise(possible: dict[DateOrder, DayRead], order: DateOrder) -> DayRead:
    """Say of what is no day in the order said, in which other it would be one."""
    right = [one for one, day in possible.items() if not day.why]
    if not right:
        return possible[order]
    return _wrong(f"is no day with {ORDERS[order]}", f"correct it, or say --dates {right[0]}")


def _named(text: str) -> DayRead:
    """Read a day or a month with the month's name, and the year in four digits."""
    words = [word for word in plain(text).split() if word not in weekdays()] if len(text) <= _LONGEST else []
    words, month = _month_in(words)
    parts = [found[1] if (found := _ORDINAL.fullmatch(word)) else word for word in words]
    digits = [part for part in parts if part.isdecimal()]
    lengths = sorted(map(len, digits))
    if not month or any(len(part) > _LONGEST_FILLER for part in parts if not part.isdecimal()):
        return _wrong("is not a day")
    if len(lengths) == 2 and lengths[1] <= 2:
        return _wrong("has a year of two digits", "write the year with all four, as 2024-12-07")
    if lengths == [4]:
        return _month(int(digits[0]), month)
    if lengths in ([1, 4], [2, 4]):
        day, year = sorted(digits, key=len)
        return _day(int(year), month, int(day))
    return _wrong("is not one day with its year")


def _month_in(words: list[str]) -> tuple[list[str], int]:
    """Give the words without the month's name, and its number; 0 where none or several are named."""
    known = months()
    found = [
        (at, length, known[name])
        for length in (2, 1)
        for at in range(len(words) - length + 1)
        if (name := " ".join(words[at : at + length])) in known
    ]
    if not found or len({number for _, _, number in found}) > 1:
        return words, 0
    at, length, number = found[0]
    return words[:at] + words[at + length :], number
