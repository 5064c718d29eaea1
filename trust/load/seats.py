"""Who looks at what: each person has a collection, a language, filters and an event of their own, and a mark that tells them apart."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from claims.named import InFolder, named
from dashboard.shelf import is_large, title_of
from dashboard.view import CHOICES
from dashboard.words import words_in
from layers.built.opened import BuiltSet

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from claims.model import Facts

__all__ = ["Seat", "Shown", "marks_in", "seat_of", "shown_of"]

LANGUAGES: Final = ("", "ar")

FILTERS: Final = (
    {},
    {"mode": "sofar"},
    {"mode": "window", "window": "10"},
    {"status": "reported,confirmed"},
    {"kinds": "crossing,withdrawal"},
    {"sources": "2"},
    {"known": "day"},
    {"layers": "crossings,deployments"},
)
"""What an address says of filters; each means something to the page."""

_MARK: Final = re.compile(rb"\b3\.(\d{5})7(?:,|%2C)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A collection that people look at.

    Attributes:
        name: As the address says it, "" for the one that is shown first.
        file: What its downloads and the keys of its page begin with.
        titles: By language.
        first: Its first day.
        last: Its last day.
        opening: The day that it opens on.
        events: Ids of events that can be opened.
        large: Whether it is a built folder, whose page asks for what it shows.
    """

    name: str
    file: str
    titles: Mapping[str, str]
    first: dt.date
    last: dt.date
    opening: dt.date
    events: Sequence[str]
    large: bool = False

    @property
    def asked(self) -> dict[str, str]:
        """What the address says of it."""
        return {"collection": self.name} if self.name else {}

    def another_day(self, chance: random.Random, than: dt.date) -> dt.date:
        """Choose a day of its range by chance, other than the one that is shown."""
        if self.first == self.last:
            return self.first
        day = self.first + dt.timedelta(days=chance.randrange((self.last - self.first).days))
        return self.last if day == than else day


@dataclass(frozen=True, slots=True)
class Seat:
    """What one person looks at when the dashboard is opened.

    Attributes:
        number: The person's, by which the mark in the address is known.
        shown: The collection.
        language: As the address says it, "" for English.
        choices: What else the address says: filters, the opened event, the mark as the map's view.
    """

    number: int
    shown: Shown
    language: str
    choices: Mapping[str, str]

    @property
    def query(self) -> str:
        """The address's query."""
        language = {"lang": self.language} if self.language else {}
        return urlencode(self.shown.asked | dict(self.choices) | language)

    def told(self, day: dt.date) -> dict[str, str | None]:
        """Say what the dashboard must tell this person's page when it is on a day (`dashboard.view.View.told`)."""
        said = dict(self.choices) | ({"lang": self.language} if self.language else {})
        return {"day": day.isoformat(), **{key: said.get(key) for key in CHOICES}}

    def opening(self, event: str) -> Seat:
        """Give the seat with an event opened."""
        return replace(self, choices={**self.choices, "event": event})


def shown_of(word: str, first: bool) -> Shown:
    """Read what people need to know of a collection.

    Args:
        word: As `claims.named.named` takes it.
        first: Whether the dashboard shows it first.

    Raises:
        BordermapError: There is none of that name, or it has faults.
    """
    collection = named(word)
    name = collection.name if isinstance(collection, InFolder) else collection.word
    if is_large(collection):
        facts, events = BuiltSet.open(collection.folder).facts, []
    else:
        read = collection.read()[0]
        facts, events = read.facts, list(read.events["event_id"])
    return Shown(
        name="" if first else name,
        file=collection.name,
        titles={language: title_of(facts, words_in(language)) for language in LANGUAGES},
        events=events,
        large=is_large(collection),
        **_days(facts),
    )


def _days(facts: Facts) -> dict[str, dt.date]:
    return {"first": facts.first_day, "last": facts.last_day, "opening": facts.opening_day}


def seat_of(number: int, all_shown: Sequence[Shown]) -> Seat:
    """Seat a person: of five, three look at the first collection; languages, filters and events go round."""
    others = all_shown[1:] or all_shown
    shown = all_shown[0] if number % 5 < 3 else others[number % len(others)]
    language = LANGUAGES[number // 2 % len(LANGUAGES)]
    choices = dict(FILTERS[number % len(FILTERS)])
    choices["view"] = f"3.{number:05}7,38.5,6"
    if shown.events and number % 3:
        choices["event"] = shown.events[number % len(shown.events)]
    return Seat(number, shown, language, choices)


def marks_in(said: bytes) -> set[int]:
    """Give the numbers of the people whose marks stand in what a server said."""
    return {int(found) for found in _MARK.findall(said)}
