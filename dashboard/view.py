"""What the reader has chosen to see: the state that the address, the page and the dashboard share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from claims.clock import LONGEST_WINDOW
from claims.model import LAYERS, Kind, Mode, Status
from claims.story import CERTAINTY_WORDS, DISPUTE_WORDS
from dashboard.spelled import day_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

CHOICES: Final[Mapping[str, str]] = {
    "mode": f"which days are shown: {', '.join(Mode)}",
    "window": f"of so many days, 1 to {LONGEST_WINDOW}, where the mode is {Mode.WINDOW}",
    "known": "what was known: only claims reported by a day, as 2024-12-06; `day` for the day shown; `all`",
    "layers": f"those that are on: {', '.join(LAYERS)}; `none`",
    "kinds": f"those that are shown: {', '.join(Kind)}",
    "status": f"likewise: {', '.join(Status)}",
    "certainty": f"likewise: {', '.join(CERTAINTY_WORDS)}",
    "disputed": f"what sources disagree on: {', '.join(DISPUTE_WORDS)}",
    "sources": "how many independent sources an event has at least",
    "sides": "sides of actors.csv; `all`",
    "actors": "ids of actors.csv; `all`",
    "view": "the middle of the map as lon,lat (EPSG:4326), and its zoom, as 40.9,34.5,8",
    "event": "the event_id of the event that is open; `none`",
    "story": "the step of the story that is told, from 1",
    "lang": "the language of the page, as en or ar",
    "theme": "the colours: auto, light, dark",
}
"""What a page's address says besides the day (layers/engine/address.js), in the order of the dashboard's, and what it means."""

# What an address or a frame may say is bounded, so that nothing it says can fill the session.
LONGEST: Final = 4000
LISTS: Final = ("actors", "sides")
LONGEST_LIST: Final = 64_000
"""Letters of a list of `LISTS`, which may name some hundreds."""


@dataclass(frozen=True, slots=True)
class Days:
    """The closed range of days of a collection and the day it opens on."""

    first: dt.date
    last: dt.date
    opening: dt.date

    def clamped(self, day: dt.date) -> dt.date:
        """Return the day of the range that is nearest."""
        return min(max(day, self.first), self.last)


@dataclass(frozen=True, slots=True)
class View:
    """One reader's state of one collection.

    Attributes:
        day: The day on the map.
        choices: The other keys of the page's address, as the page writes them; what is as it was at the
            opening is left out. The page knows what they mean and passes over what it does not know.
    """

    day: dt.date
    choices: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def said(cls, words: Mapping[str, object], days: Days) -> View:
        """Read what an address or a page says; what it leaves out or cannot mean is as at the opening.

        Both come from outside: an address may be old or mistyped, and the page shows other people's text.
        """
        choices = {
            key: word
            for key in CHOICES
            if isinstance(word := words.get(key), str)
            and 0 < len(word) <= (LONGEST_LIST if key in LISTS else LONGEST)
        }
        return cls(days.clamped(day_of(words.get("day")) or days.opening), choices)

    def told(self) -> dict[str, str | None]:
        """Say the whole state as the page takes it, with None for what is as at the opening."""
        return {"day": self.day.isoformat(), **{key: self.choices.get(key) for key in CHOICES}}

    def address(self, days: Days) -> dict[str, str]:
        """Say what differs from the opening as query parameters."""
        day = {} if self.day == days.opening else {"day": self.day.isoformat()}
        return day | dict(self.choices)
