"""How days are said in a language: the tables of dates.toml, made ready to be found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from claims.articles.wording import Phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.articles.lexicon import Lexicon

__all__ = ["DateWords"]


@dataclass(frozen=True, slots=True)
class DateWords:
    """The tables of dates.toml, ready to be found."""

    language: str
    months: Phrases[int]
    weekdays: Phrases[int]
    spans: Phrases[tuple[str, int, int]]
    leads: Phrases[str]
    which: Phrases[str]
    weekend: Phrases[str]
    parts: Phrases[str]
    past: Phrases[str]
    units: Mapping[str, int]
    numbers: Mapping[str, float]
    joins: frozenset[str]
    linking: frozenset[str]
    ago: frozenset[str]
    later: frozenset[str]
    after: frozenset[str]
    between: Phrases[str]
    day_names: Phrases[int]
    named: Phrases[str]
    doubtful: frozenset[str]
    day_first: bool

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, lexicon: Lexicon) -> DateWords:
        """Make them ready for a language."""
        said = lexicon.dates
        words = said["words"]

        def folded(text: str) -> str:
            return " ".join(map(lexicon.folded, text.split()))

        def phrases(*names: str) -> Phrases[str]:
            return Phrases((folded(entry), name) for name in names for entry in words[name])

        spans = [(folded(text), ("days", *span)) for text, span in said["spans"].items()]
        for sort in ("weeks", "months", "after"):
            spans += [(folded(text), (sort, number, number)) for text, number in said[sort].items()]
        return cls(
            language=lexicon.language,
            months=Phrases(
                (folded(name), number)
                for number, names in enumerate(said["month_names"], 1)
                for name in names
            ),
            weekdays=Phrases(
                (folded(name), number) for number, names in enumerate(said["weekday_names"]) for name in names
            ),
            spans=Phrases(spans),
            leads=phrases("by", "since", "after"),
            which=phrases("previous", "coming"),
            weekend=phrases("weekend"),
            parts=phrases("early", "middle", "late"),
            past=phrases("past"),
            units={folded(unit): days for unit, days in words["unit_days"].items()},
            numbers=lexicon.numbers,
            joins=frozenset(map(folded, words["join"])),
            linking=frozenset(map(folded, words["of"])),
            ago=frozenset(map(folded, words["ago"])),
            later=frozenset(map(folded, words["later"])),
            after=frozenset(map(folded, words["after"])),
            between=phrases("between"),
            named=phrases("named"),
            day_names=Phrases((folded(name), number) for number, name in enumerate(said["day_names"], 1)),
            doubtful=frozenset(map(folded, words["doubtful"])),
            day_first=said["day_first"],
        )

    def number(self, word: str) -> int | None:
        """Give the number that a word says; None where it says none that a date would have."""
        if word.isdecimal() and len(word) <= 3:
            return int(word)
        found = self.numbers.get(word)
        return int(found) if found is not None else None
