"""What the reader has chosen to see: the state that the address, the page and the dashboard share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MODES: Final = ("day", "window", "sofar")
WINDOW_DAYS: Final = 7
LISTS: Final = ("layers", "actors", "status")

# What a frame may say is bounded, so that nothing it says can fill the session.
LONGEST_WORD: Final = 200
LONGEST_LIST: Final = 500


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
        mode: `day`, `window` (of `window` days that end on `day`) or `sofar`.
        window: Days in the window.
        event: The chosen event's id, or None.
        layers: The layers that are on, or None for the page's own choice.
        actors: The actors to which the map is narrowed, or None for all.
        status: The statuses to which the map is narrowed, or None for all.
    """

    day: dt.date
    mode: str = MODES[0]
    window: int = WINDOW_DAYS
    event: str | None = None
    layers: tuple[str, ...] | None = None
    actors: tuple[str, ...] | None = None
    status: tuple[str, ...] | None = None

    def heard(self, said: Mapping[str, Any], days: Days) -> View:
        """Take over what an address or a page says.

        Keys that are not the view's and values that cannot be meant are left as they were, since both
        come from outside: an address may be old or mistyped, and the page shows other people's text.

        Args:
            said: Any of the view's keys; days as ISO text, lists as lists or as text parted by commas.
            days: The collection's range, into which the day is brought.
        """
        change: dict[str, Any] = {}
        if (day := _day(said.get("day"))) is not None:
            change["day"] = days.clamped(day)
        if said.get("mode") in MODES:
            change["mode"] = said["mode"]
        if (window := _whole(said.get("window"))) is not None:
            change["window"] = window
        if "event" in said:
            change["event"] = _word(said["event"])
        change |= {key: _words(said[key]) for key in LISTS if key in said}
        return replace(self, **change)

    def told(self) -> dict[str, Any]:
        """Say the whole state as the page takes it: plain JSON, with null for what is the page's choice."""
        return {
            "day": self.day.isoformat(),
            "mode": self.mode,
            "window": self.window,
            "event": self.event,
            **{key: None if (words := getattr(self, key)) is None else list(words) for key in LISTS},
        }

    def address(self, days: Days) -> dict[str, str]:
        """Say what differs from the opening state as query parameters."""
        query = {}
        if self.day != days.opening:
            query["day"] = self.day.isoformat()
        if self.mode != MODES[0]:
            query["mode"] = self.mode
        if self.mode == "window" and self.window != WINDOW_DAYS:
            query["window"] = str(self.window)
        if self.event:
            query["event"] = self.event
        return query | {key: ",".join(words) for key in LISTS if (words := getattr(self, key)) is not None}


def _day(said: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _whole(said: object) -> int | None:
    try:
        number = int(said) if isinstance(said, str | int) else 0
    except ValueError:
        return None
    return number if 1 <= number <= 10_000 else None


def _word(said: object) -> str | None:
    return said if isinstance(said, str) and 0 < len(said) <= LONGEST_WORD else None


def _words(said: object) -> tuple[str, ...] | None:
    if isinstance(said, str):
        said = said.split(",") if said else []
    if not isinstance(said, list) or len(said) > LONGEST_LIST:
        return None
    return tuple(word for word in said if _word(word))
