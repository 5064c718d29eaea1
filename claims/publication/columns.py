"""Which columns can be withheld, which go along with each, and what stands where a cell cannot be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model import IMPORTS, ROLES, TABLES
from geo.placefiles import COLUMNS as PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CHOICES",
    "NEVER",
    "OF_SOURCE",
    "STAND_IN",
    "STAND_IN_AR",
    "TOGETHER",
    "WHOLE",
    "columns_of",
    "refusal",
]

WHOLE: Final = "claim"
"""The word for a claim of which nothing is published."""

OF_SOURCE: Final = "source."
"""How the word for a column of a claim's source begins."""

STAND_IN: Final = "[withheld]"
STAND_IN_AR: Final = "[محجوب]"
"""What stands in a cell that may not be empty, where its text is withheld."""

_DATE: Final = ("date_start", "date_end", "date_kind", "date_text")
_COUNT: Final = ("count_text", "count", "count_qualifier", "count_low", "count_high", "count_unit")


def _each(*groups: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {column: group for group in groups for column in group}


TOGETHER: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "claims": _each(
        ("actors", "actor_text"),
        ("speakers", "via"),
        ("root",),
        ("denies",),
        ("relates_to", "relation"),
        *((role, f"{role}_id") for role in ROLES),
        _DATE,
        _COUNT,
        ("quote", "quote_start", "quote_end"),
        ("credibility",),
        ("note",),
    ),
    "sources": _each(
        ("outlet",),
        ("title",),
        ("author",),
        ("url", "archived_url"),
        ("accessed",),
        ("published_earliest", "published_latest"),
        ("language",),
        ("reliability",),
        ("text_sha256",),
        ("note",),
    ),
    "events": _each(("title", "title_ar"), ("note",)),
    "actors": {
        **dict.fromkeys(("name", "name_ar"), ("name", "name_ar", "aliases")),
        **_each(("aliases",), ("parent",)),
    },
    "imports": _each(tuple(column.name for column in IMPORTS)),
    "places": _each(("name_ar",), ("aliases",), ("geonames_id",), ("source",), ("note",)),
}
"""By table the columns that can be withheld, and with each those that go along: a count without its words still says it."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    WHOLE: (WHOLE,),
    **{group[0]: group for group in TOGETHER["claims"].values()},
    **{
        OF_SOURCE + group[0]: tuple(OF_SOURCE + name for name in group)
        for group in TOGETHER["sources"].values()
    },
}
"""What can be withheld of one claim, by the word that says so, with all words that say the same."""

NEVER: Final[Mapping[str, str]] = {
    "claims": 'without it there is no claim; write "claim" in its column withheld, and nothing of it is published',
    "sources": "without it a claim has no source; name the source under sources in [publication]",
    "events": "without it there is no event; withhold its claims",
    "actors": "without it there is no actor; withhold actors of the claims",
    "places": "without it there is no place; coarsen it with coarsen_km",
}
"""What to do instead where a column cannot be withheld, by table."""


def columns_of(table: str) -> tuple[str, ...]:
    """Name the columns of a table, also of places.csv and imports.csv."""
    if table == "places":
        return PLACES
    return tuple(column.name for column in (IMPORTS if table == "imports" else TABLES[table]))


def refusal(table: str, column: str) -> tuple[str, str] | None:
    """Say why a column cannot be withheld, and what to do; None where it can."""
    if column in TOGETHER[table]:
        return None
    if column in columns_of(table):
        return "cannot be withheld", NEVER[table]
    return f"is no column of {table}.csv", f"use one of {', '.join(TOGETHER[table])}"
