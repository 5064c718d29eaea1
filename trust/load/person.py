"""One person: opens the dashboard as a browser does, moves the slider, opens events, turns pages, and looks at all that comes back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from trust.load.assets import fetch
from trust.load.seats import marks_in
from trust.load.speech import Browser, ForwardMsg, day_at, micros

if TYPE_CHECKING:
    import datetime as dt
    import random

    from trust.load.seats import Seat
    from trust.load.tally import Tally

__all__ = ["TIMEOUT_S", "Pace", "Person"]

TIMEOUT_S: Final = 10.0
"""A move that is not answered for so long is an error."""

OPENING_S: Final = 60.0
"""For so long the first map may be waited for."""

LONGEST: Final = 100_000
"""Bytes of a message in which marks are looked for: the page itself is the same for all, and its key says which it is."""

LINKS: Final = ("map", "claims", "read", "import")
"""The dashboard's pages in the order of their links."""

READS_S: Final = (2.0, 5.0)
"""How long another page is looked at."""

ZOOM: Final = 6


class LeftAloneError(Exception):
    """The server did not answer in time."""


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


@dataclass(slots=True)
class _Sent:
    """What was sent and must be answered: the state that the answer must carry, when it was sent, and whether it slid."""

    state: dict[str, str | None]
    at: float
    slid: bool
    answered: bool = False


class Person:
    """One person at one dashboard; what is met goes into the tally."""

    def __init__(self, seat: Seat, address: str, tally: Tally, chance: random.Random, pace: Pace) -> None:
        """Seat a person who has not come yet."""
        self.seat = seat
        self.day: dt.date = seat.shown.opening
        self._tally = tally
        self._chance = chance
        self._pace = pace
        self._browser = Browser(address, seat.query)
        self._sent: list[_Sent] = []
        self._wire = ""
        self._asks = ""
        self._key = ""
        self._has_page = False
        self._on = "map"
        self._asked: dict[str, tuple[str, float]] = {}
        self._running: float | None = None
        self._rested = asyncio.Event()
        self._talk: ClientConnection | None = None

    # ---- what a person does

    async def live(self, until: float, least: int = 0) -> None:
        """Come, move until a moment of the monotonic clock, but so often at the least, wait for what is still due, and go."""
        self._tally.people += 1
        try:
            start = time.perf_counter()
            await asyncio.to_thread(fetch, self._browser.address)
            socket = self._browser.address.replace("http://", "ws://") + "/_stcore/stream"
            async with connect(
                socket,
                origin=self._browser.address,  # type: ignore[arg-type]  # a str of its own kind
                subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]  # likewise
                max_size=None,
                open_timeout=OPENING_S,
            ) as self._talk:
                listening = asyncio.create_task(self._listen(self._talk))
                try:
                    await self._open(start)
                    await self._use(until, least, listening)
                finally:
                    listening.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await listening
        except LeftAloneError as error:
            self._tally.error(str(error))
        except (OSError, WebSocketException, TimeoutError) as error:
            self._tally.error(f"disconnected: {type(error).__name__}: {error}")

    async def _open(self, start: float) -> None:
        self._sent.append(_Sent(self._told(), time.perf_counter(), slid=False))
        await self._say()
        await self._rest("the first map", OPENING_S)
        if not self._is_up():
            raise LeftAloneError("the first run brought no map")
        self._tally.opened.append(time.perf_counter() - start)

    def _is_up(self) -> bool:
        return bool(self._has_page and self._wire and self._browser.slider)

    def _told(self) -> dict[str, str | None]:
        """Say what the next answer must carry."""
        return self.seat.told(self.day)

    async def _use(self, until: float, least: int, listening: asyncio.Task[None]) -> None:
        done = 0
        while (left := until - time.monotonic()) > 0 or done < least:
            pause = self._chance.uniform(self._pace.shortest, self._pace.longest)
            await asyncio.sleep(pause if done < least else min(pause, left))
            if listening.done():
                raise LeftAloneError(f"disconnected: {listening.exception()}")
            self._give_up()
            if time.monotonic() < until or done < least:
                await self._do(self._chance.uniform(0, 100))
                done += 1
        await self._settle()

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
        self._note(slid=True)
        await self._say(fragment=True)
        if self.seat.shown.large:
            await self._ask()

    async def _ask(self) -> None:
        """Ask as a large set's page does (layers/engine/largeasks.js): for what is seen, in the state that it is in."""
        name = f"{self.seat.number}-{time.perf_counter()}"
        self._asked[name] = (self.day.isoformat(), time.perf_counter())
        state = {key: word for key, word in self.seat.told(self.day).items() if word is not None}
        box = [-180, -85, 180, 85]
        asked = {"key": self._key, "id": name, "ask": {"state": state, "zoom": ZOOM, "box": box, "seen": box}}
        await self._say(fragment=True, trigger=(self._asks, {"event": "asked", "value": asked}))

    async def _open_event(self) -> None:
        """Open an event in the page, which says so; as the frame does, wait with the next word until this one is answered."""
        await self._settle()
        others = [event for event in self.seat.shown.events if event != self.seat.choices.get("event")]
        self.seat = self.seat.opening(self._chance.choice(others))
        said = {"key": self._key, "state": self.seat.told(self.day)}
        self._note(slid=False)
        await self._say(fragment=True, trigger=(self._wire, {"event": "said", "value": said}))
        await self._settle()

    async def _turn(self) -> None:
        """Look at the claims, and come back to the map as it was."""
        await self._settle()
        await self._go_to("claims")
        await asyncio.sleep(self._chance.uniform(*READS_S))
        self._sent.append(_Sent(self._told(), time.perf_counter(), slid=False))
        await self._go_to("map")
        await self._settle()

    async def _go_to(self, page: str) -> None:
        self._on, start = page, time.perf_counter()
        self._browser.query, self._browser.fragment = "", ""
        self._browser.values = {
            name: value for name, value in self._browser.values.items() if isinstance(value, str)
        }
        await self._say(page=self._browser.pages[page])
        await self._rest(f"the page {page}", TIMEOUT_S)
        self._tally.turned.append(time.perf_counter() - start)

    # ---- what is sent

    def _note(self, *, slid: bool) -> None:
        self._browser.query = self.seat.query + f"&day={self.day.isoformat()}"
        self._sent.append(_Sent(self._told(), time.perf_counter(), slid))
        self._tally.moves += 1

    async def _say(
        self, *, page: str = "", fragment: bool = False, trigger: tuple[str, Any] | None = None
    ) -> None:
        self._rested.clear()
        assert self._talk
        await self._talk.send(self._browser.rerun(page=page, fragment=fragment, trigger=trigger))

    # ---- what is waited for

    async def _rest(self, what: str, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._rested.wait(), seconds)
        except TimeoutError:
            raise LeftAloneError(f"no end of {what} within {seconds:.0f} s") from None

    async def _settle(self) -> None:
        """Wait until all that was sent is answered, or given up."""
        while any(not sent.answered for sent in self._sent) or self._asked or not self._rested.is_set():
            await asyncio.sleep(0.02)
            self._give_up()
            if not self._sent or time.perf_counter() - self._sent[-1].at > TIMEOUT_S:
                return

    def _give_up(self) -> None:
        late = time.perf_counter() - TIMEOUT_S
        for sent in self._sent:
            if not sent.answered and sent.at < late:
                sent.answered = True
                self._tally.error(f"no answer within {TIMEOUT_S:.0f} s")
        for name in [name for name, (_, at) in self._asked.items() if at < late]:
            del self._asked[name]
            self._tally.error(f"no answer to what the page asked within {TIMEOUT_S:.0f} s")

    # ---- what comes

    async def _listen(self, talk: ClientConnection) -> None:
        async for said in talk:
            assert isinstance(said, bytes)
            self._hear(said, time.perf_counter())

    def _hear(self, said: bytes, now: float) -> None:
        self._tally.checked += 1
        self._tally.bytes += len(said)
        if len(said) < LONGEST and (others := marks_in(said) - {self.seat.number}):
            self._tally.another_s(f"{self.seat.number} was sent what {sorted(others)} chose")
        message = ForwardMsg.FromString(said)
        match message.WhichOneof("type"):
            case "new_session":
                self._browser.page = message.new_session.page_script_hash
            case "navigation":
                self._browser.page = message.navigation.page_script_hash
            case "page_info_changed":
                self._browser.query = message.page_info_changed.query_string
            case "script_finished":
                self._finish(message.script_finished, now)
            case "delta":
                if message.metadata.cacheable:
                    self._browser.large.add(message.hash)
                self._see(message, now)
            case "page_not_found" | "auth_redirect" as strange:
                self._tally.error(f"unexpected: {strange}")

    def _finish(self, status: int, now: float) -> None:
        finished = ForwardMsg.ScriptFinishedStatus
        if status == finished.FINISHED_WITH_COMPILE_ERROR:
            self._tally.error("a run ended with a compile error")
        if status == finished.FINISHED_EARLY_FOR_RERUN:
            return
        if self._running is not None:
            self._tally.finished.append(now - self._running)
            self._running = None
        self._rested.set()

    def _see(self, message: ForwardMsg, now: float) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                self._tally.error(f"exception: {element.exception.type}: {element.exception.message}")
            case "alert" if element.alert.format == element.alert.ERROR:
                self._tally.error(f"error shown: {element.alert.body}")
            case "page_link":
                self._browser.pages[LINKS[message.metadata.delta_path[-1]]] = (
                    element.page_link.page_script_hash
                )
            case "selectbox" if element.selectbox.id.endswith("-choice"):
                self._see_choice(element.selectbox)
            case "slider" if element.slider.id.endswith("-day"):
                self._browser.fragment = message.delta.fragment_id
                self._see_slider(element.slider)
            case "download_button":
                self._see_file(element.download_button.label)
            case "bidi_component":
                self._see_component(element.bidi_component, now)

    def _see_choice(self, box: Any) -> None:
        chosen = box.options[box.default]
        if box.set_value:
            chosen = box.raw_value
        self._browser.values[box.id] = chosen
        if self.seat.shown.titles[self.seat.language] not in chosen:
            self._tally.another_s(f"the choice says {chosen!r}, which is not this reader's")

    def _see_slider(self, slider: Any) -> None:
        self._browser.slider = slider.id
        if slider.set_value:
            self._browser.values[slider.id] = slider.value[0]
            if all(day_at(slider.value[0]) != sent.state["day"] for sent in self._sent):
                self._tally.another_s(
                    f"the slider was set to {day_at(slider.value[0])}, a day that nobody chose"
                )
        self._browser.values.setdefault(slider.id, slider.default[0])
        days = tuple(map(day_at, (slider.min, slider.max)))
        if days != (self.seat.shown.first.isoformat(), self.seat.shown.last.isoformat()):
            self._tally.another_s(f"the slider runs over {days}, which are another collection's")

    def _see_file(self, label: str) -> None:
        if self.seat.shown.file not in label.replace(
            "\\", ""
        ):  # Markdown, in which a word of others is escaped
            self._tally.another_s(f"a download is called {label!r}, which is another collection's")

    def _see_component(self, component: Any, now: float) -> None:
        said = json.loads(component.json or "null")
        match component.component_name:
            case "bordermap.wire":
                self._wire = component.id
                self._answered(said, now)
            case "bordermap.asks":
                self._asks = component.id
                self._see_answer(said, now)
            case "bordermap.frame":
                self._see_page(said)
            case "bordermap.language" if said["language"] != (self.seat.language or "en"):
                self._tally.another_s(f"the language is {said['language']!r}, which is not this reader's")

    def _see_page(self, said: dict[str, Any]) -> None:
        self._key = said["key"]
        self._has_page = self._has_page or bool(said["html"])
        if not self._has_page:
            self._tally.error("the page was not sent")
        if self.seat.shown.titles[self.seat.language] not in said["title"]:
            self._tally.another_s(f"the map is called {said['title']!r}, which is another collection's")

    def _see_answer(self, said: dict[str, Any] | None, now: float) -> None:
        """Take the answer to what a large set's page asked; it is to the last ask, so earlier ones are overtaken."""
        if not said or said["id"] not in self._asked:
            return
        if "error" in said["answer"]:
            self._tally.error(f"what the page asked was not answered: {said['answer']['error']}")
        _, asked_at = self._asked[said["id"]]
        for name in [name for name, (_, at) in self._asked.items() if at <= asked_at]:
            self._tally.answered.append(now - self._asked.pop(name)[1])

    def _answered(self, said: dict[str, Any], now: float) -> None:
        """Hold an answer to what was sent: it carries the last state, or an earlier one that is still under way."""
        like = [at for at, sent in enumerate(self._sent) if sent.state == said["state"]]
        at = next((at for at in like if not self._sent[at].answered), next(iter(like), None))
        if at is None:
            self._tell_wrong(said["state"])
            return
        due = [sent for sent in self._sent[: at + 1] if not sent.answered]
        for sent in due:
            sent.answered = True
            if sent.slid and not self.seat.shown.large:
                self._tally.answered.append(now - sent.at)
        self._tally.overtaken += max(len(due) - 1, 0)
        if due and due[-1].slid:
            self._running = due[-1].at
        self._sent = self._sent[at:]

    def _tell_wrong(self, state: dict[str, str | None]) -> None:
        wanted = self._sent[-1].state if self._sent else {}
        wrong = {key: (word, wanted.get(key)) for key, word in state.items() if word != wanted.get(key)}
        said = ", ".join(f"{key} is {word!r}, not {mine!r}" for key, (word, mine) in wrong.items())
        self._tally.another_s(f"the state is another's, or was: {said}")
