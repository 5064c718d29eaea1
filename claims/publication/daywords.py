"""How a day is written in texts: in numbers, and with the names of months that bordermap reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.imports.cells.foreignwords import months

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = ["spelled_days"]

_ORDINALS: Final = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def spelled_days(day: dt.date) -> Iterator[str]:
    """Give the usual spellings of a day: "7 December", "December 7th", "7.12.2024", those of other languages and calendars' names.

    Digits of other scripts are the same where texts are compared (`geo.toponyms.plain`).
    """
    numbers = {f"{day.day}", f"{day.day:02d}", f"{day.day}{_ORDINALS.get(day.day, 'th')}"}
    for name, month in months().items():
        if month == day.month:
            for number in numbers:
                yield from (
                    f"{number} {name}",
                    f"{name} {number}",
                    f"{number} of {name}",
                    f"{number} من {name}",
                )
    months_written = {f"{day.month}", f"{day.month:02d}"}
    for month_written in months_written:
        for number in {f"{day.day}", f"{day.day:02d}"}:
            for year in (f"{day.year}", f"{day.year % 100:02d}"):
                for mark in (
                    "/."
                ):  # which are not alike where texts are compared; hyphens and blanks are as the first
                    yield mark.join((number, month_written, year))
                    yield mark.join((month_written, number, year))
            yield from (f"{day.year}{mark}{month_written}{mark}{number}" for mark in "/.")
