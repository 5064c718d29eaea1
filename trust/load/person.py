"""One person: opens the dashboard as a browser does, moves the slider, opens events, turns pages, and looks at all that comes back."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from websockets.exceptions import WebSocketException

from trust.load.due import Due, Move
from trust.load.sight import Sight
from trust.load.speech import Browser, micros
from trust.load.talk import OPENING_S, TIMEOUT_S, LeftAloneError, Talk

if TYPE_CHECKING:
    import datetime as dt
    import random

    from trust.load.seats import Seat
    from trust.load.tally import Tally

__all__ = ["Pace", "Person"]

READS_S: Final = (2.0, 5.0)
"""How long another page is looked at."""

ZOOM: Final = 6


@dataclass(frozen=True, slots=True)
class Pace:
    """How people go about it.

    Attributes:
        shortest: Seconds between two moves, at the least.
        longest: And at the most.
        opens: In how many of a hundred moves an event is opened instead.
        turns: In how many the Claims page is looked at.
    """

    shortest: float = 1.0
    longest: float = 3.0
    opens: float = 5.0
    turns: float = 1.0


class Person:
    """One person at one dashboard; what is met goes into the tally.

    Attributes:
        seat: What the person looks at.
        day: The day that the slider stands on.
        talk: The browser's with the dashboard.
        due: What is to be answered.
    """

    sees: type[Sight] = Sight
    """What the person has before the eyes, which is another at another dashboard."""

    def __init__(self, seat: Seat, address: str, tally: Tally, chance: random.Random, pace: Pace) -> None:
        """Seat a person who has not come yet."""
        self.seat = seat
        self.day: dt.date = seat.shown.opening
        self.due = Due(tally, large=seat.shown.large)
        self._browser = Browser(address, seat.query)
        self._sight = self.sees(seat, self._browser, self.due, tally)
        self.talk = Talk(self._browser, seat.number, tally, self._sight.see, self.due.ended)
        self._tally = tally
        self._chance = chance
        self._pace = pace

    async def live(self, until: float, least: int = 0) -> None:
        """Come, move until a moment of the monotonic clock, but so often at the least, wait for what is still due, and go."""
        self._tally.people += 1
        try:
            start = time.perf_counter()
            async with self.talk.held():
                await self._open(start)
                await self._use(until, least)
        except LeftAloneError as error:
            self._tally.error(str(error))
        except (OSError, WebSocketException, TimeoutError) as error:
            self._tally.error(f"disconnected: {type(error).__name__}: {error}")

    async def _open(self, start: float) -> None:
        self.due.add(self.told(), Move.CAME)
        await self.talk.say()
        await self.talk.rest("the first map", OPENING_S)
        if not self._sight.is_up():
            raise LeftAloneError("the first run brought no map")
        self._tally.opened.append(time.perf_counter() - start)

    def told(self) -> dict[str, str | None]:
        """Say what the next answer must carry."""
        return self.seat.told(self.day)

    async def _use(self, until: float, least: int) -> None:
        done = 0
        while (left := until - time.monotonic()) > 0 or done < least:
            pause = self._chance.uniform(self._pace.shortest, self._pace.longest)
            await asyncio.sleep(pause if done < least else min(pause, left))
            self.talk.check()
            self.due.give_up()
            if time.monotonic() < until or done < least:
                await self._do(self._chance.uniform(0, 100))
                done += 1
        await self._settle()

    # ---- what a person does

    async def _do(self, what: float) -> None:
        if what < self._pace.turns:
            await self._turn()
        elif what < self._pace.turns + self._pace.opens and len(self.seat.shown.events) > 1:
            await self._open_event()
        else:
            await self._slide()

    async def _slide(self) -> None:
        """Move the slider to another day; the frame writes the day into the address, and a large set's page asks for it."""
        self.day = self.seat.shown.another_day(self._chance, self.day)
        self._browser.values[self._browser.slider] = micros(self.day)
        self.note(Move.SLID)
        await self.talk.say(fragment=True)
        if self.seat.shown.large:
            await self._ask()

    async def _ask(self) -> None:
        """Ask as a large set's page does (layers/engine/largeasks.js): for what is seen, in the state that it is in."""
        name = f"{self.seat.number}-{time.perf_counter()}"
        self.due.ask(name)
        state = {key: word for key, word in self.told().items() if word is not None}
        box = [-180, -85, 180, 85]
        asked = {
            "key": self._sight.key,
            "id": name,
            "ask": {"state": state, "zoom": ZOOM, "box": box, "seen": box},
        }
        await self._say_in_page(self._sight.asks, "asked", asked)

    async def _open_event(self) -> None:
        """Open an event in the page, which says so; as the frame does, wait with the next word until this one is answered."""
        await self._settle()
        others = [event for event in self.seat.shown.events if event != self.seat.choices.get("event")]
        self.seat = self.seat.opening(self._chance.choice(others))
        said = {"key": self._sight.key, "state": self.told()}
        self.note(Move.OPENED)
        await self._say_in_page(self._sight.wire, "said", said)
        await self._settle()

    async def _turn(self) -> None:
        """Look at the claims, and come back to the map as it was."""
        await self._settle()
        await self._go_to("claims")
        await asyncio.sleep(self._chance.uniform(*READS_S))
        self.due.add(self.told(), Move.CAME)
        await self._go_to("map")
        await self._settle()

    async def _go_to(self, page: str) -> None:
        start = time.perf_counter()
        self._browser.query, self._browser.fragment = "", ""
        self._browser.values = {
            name: value for name, value in self._browser.values.items() if isinstance(value, str)
        }
        await self.talk.say(page=self._browser.pages[page])
        await self.talk.rest(f"the page {page}", TIMEOUT_S)
        self._tally.turned.append(time.perf_counter() - start)

    # ---- what is said, and waited for

    def note(self, move: Move) -> None:
        """Note a move that is being sent, and write it into the address."""
        self._browser.query = self.seat.query + f"&day={self.day.isoformat()}"
        self.due.add(self.told(), move)
        self._tally.moves += 1

    async def _say_in_page(self, component: str, event: str, value: dict[str, Any]) -> None:
        await self.talk.say(fragment=True, trigger=(component, {"event": event, "value": value}))

    async def _settle(self) -> None:
        """Wait until all that was sent is answered, or given up."""
        while self.due.is_open() or not self.talk.rested.is_set():
            await asyncio.sleep(0.02)
            self.due.give_up()
            if self.due.is_past():
                return
