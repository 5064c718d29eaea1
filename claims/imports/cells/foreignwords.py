"""What other tables call their columns, and say in their cells, as data/crosswalks lists it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.toponyms import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "CROSSWALKS",
    "around_numbers",
    "around_ranges",
    "column_names",
    "direction_leads",
    "header_words",
    "meaning",
    "months",
    "names_no_place",
    "says_nothing",
    "weekdays",
]

CROSSWALKS: Final = Path(__file__).parents[3] / "data" / "crosswalks"
LANGUAGES: Final = Path(__file__).parents[3] / "data" / "language"

_NEW_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def header_words(name: str) -> str:
    """Write a column's name in plain words: no case, accents or signs; EventDate is "event date"."""
    return plain(_NEW_WORD.sub(" ", name))


@cache
def column_names() -> Mapping[str, tuple[str, int]]:
    """Give what a column of that name (as `header_words` writes it) may be, and how far down the list it stands."""
    return {
        header_words(name): (ours, rank)
        for ours, names in _table("columns").items()
        for rank, name in reversed(list(enumerate(names)))
    }


@cache
def meaning(ours: str) -> Mapping[str, str]:
    """Give our words of a column of words, by the plain form of theirs; ours are among them."""
    said = _table("words").get(ours, {})
    theirs = {plain(word): our for our, words in said.items() for word in words}
    return theirs | {plain(our): our for our in said}


@cache
def months() -> Mapping[str, int]:
    """Give the numbers of months by their names in plain letters, but for names that are two months'."""
    found: dict[str, set[int]] = {}
    of_languages = [said["month_names"] for said in _language_days()]
    for of_language in (*_table("words")["months"].values(), *of_languages):
        for number, names in enumerate(of_language, 1):
            for name in names:
                found.setdefault(plain(name), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}


@cache
def weekdays() -> frozenset[str]:
    """Give the names of the days of the week in plain letters."""
    lists = [said["weekday_names"] for said in _language_days()]
    return frozenset(plain(name) for names in lists for several in names for name in several)


def _language_days() -> list[Mapping[str, Any]]:
    return [tomllib.loads(file.read_text("utf-8")) for file in sorted(LANGUAGES.glob("*/dates.toml"))]


@cache
def around_ranges() -> tuple[str, str]:
    """Give patterns of the words between the two numbers of a range, and of those before them."""
    words = _table("words")
    return _any_of(words["range_between"]), _any_of(words["range_before"])


@cache
def around_numbers() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Give the words before a number, in plain letters, that say how it is meant, and those behind it.

    Each with a word of `claims.model.CountQualifier`, or "under".
    """
    before, behind = (_table("words")[f"around_{side}"] for side in ("before", "behind"))
    return tuple(  # type: ignore[return-value]  # it is of two
        {plain(word): meant for meant, words in side.items() for word in words} for side in (before, behind)
    )


@cache
def direction_leads() -> Mapping[str, str]:
    """Give the words before a country's name that say the way, as "entering", each with "to" or "from"."""
    return {plain(lead): end for end, leads in _table("words")["leads"].items() for lead in leads}


@cache
def _nothing() -> frozenset[str]:
    return frozenset(word.casefold() for word in _table("words")["nothing"])


def says_nothing(cell: str) -> bool:
    """Tell whether a cell is empty or says that nothing is known, as "n/a"."""
    return not cell.strip() or cell.strip().casefold() in _nothing()


def names_no_place(cell: str) -> bool:
    """Tell whether a cell where a place is named says that none is known; a word that is a place's name too does not."""
    return says_nothing(cell) and cell.strip().casefold() not in _table("words")["nothing_or_a_place"]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((CROSSWALKS / f"{name}.toml").read_text(encoding="utf-8"))
