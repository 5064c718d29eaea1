"""Reviewers among the crowd: each says who it is, opens a report, and decides on what is proposed for as long as the others are there."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from websockets.exceptions import WebSocketException

from trust.load.reviewed import Decided
from trust.load.sight import chosen_in
from trust.load.speech import Browser
from trust.load.talk import OPENING_S, TIMEOUT_S, LeftAloneError, Talk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trust.load.crowd import Crowd
    from trust.load.person import Pace
    from trust.load.reviewed import Reviewed
    from trust.load.speech import ForwardMsg
    from trust.load.tally import Tally

__all__ = ["Reviewer", "reviewers"]

AGAIN_S: Final = 6.0
"""After so long a message without an answer is said again, as the browser does (dashboard/review/talk.js)."""

STEPS: Final = 2.0
"""So many times as long as for a move of the slider is between two decisions: a form is read."""


def reviewers(
    address: str, count: int, reviewed: Reviewed, crowd: Crowd
) -> Callable[[Tally], Awaitable[None]]:
    """Give what lets some reviewers decide at a dashboard for as long as a crowd is there."""

    async def run(tally: Tally) -> None:
        until = time.monotonic() + crowd.seconds
        chances = [random.Random(f"{crowd.seed} reviewer {number}") for number in range(count)]  # noqa: S311 - nothing secret
        people = [
            Reviewer(f"Reviewer {number}", reviewed, address, tally, chance, crowd.pace)
            for number, chance in enumerate(chances)
        ]
        await asyncio.gather(*(person.live(until, crowd.least[0]) for person in people))

    return run


class Reviewer:
    """One reviewer of one report.

    Attributes:
        talk: The browser's with the dashboard.
    """

    def __init__(
        self,
        who: str,
        reviewed: Reviewed,
        address: str,
        tally: Tally,
        chance: random.Random,
        pace: Pace,
    ) -> None:
        """Seat a reviewer who has not come yet."""
        query = urlencode({"collection": reviewed.word, "source": reviewed.source})
        self._who, self._tally, self._chance, self._pace = who, tally, chance, pace
        self._browser = Browser(address, query, path="read")
        # No reader's mark is to be seen here.
        self.talk = Talk(self._browser, 0, tally, self._see, lambda _: None)
        self._numbers = itertools.count(int(time.time() * 1000))
        self._name_field = self._wire = ""
        self._proposed: list[str] = []
        self._told: dict[str, Any] = {}
        self._heard = asyncio.Event()

    async def live(self, until: float, least: int = 0) -> None:
        """Come, say who it is, and decide until a moment of the monotonic clock, but so often at the least."""
        try:
            async with self.talk.held():
                await self._open()
                done = 0
                while time.monotonic() < until or done < least:
                    pause = self._chance.uniform(self._pace.shortest, self._pace.longest)
                    await asyncio.sleep(STEPS * pause)
                    self.talk.check()
                    await self._decide(self._chance.choice(self._proposed))
                    done += 1
        except LeftAloneError as error:
            self._tally.error(f"a reviewer: {error}")
        except (OSError, WebSocketException, TimeoutError) as error:
            self._tally.error(f"a reviewer, disconnected: {type(error).__name__}: {error}")

    async def _open(self) -> None:
        await self.talk.say()
        await self.talk.rest("a reviewer's first page", OPENING_S)
        if not self._name_field:
            raise LeftAloneError("the first run did not ask who decides")
        self._browser.values[self._name_field] = self._who
        await self.talk.say()
        await self.talk.rest("the page of one who has said who it is", TIMEOUT_S)
        if not self._proposed or not self._wire:
            raise LeftAloneError("nothing is proposed")

    async def _decide(self, key: str) -> None:
        """Look at a proposal, and decide otherwise than it stands."""
        await self._asked({"do": "look", "key": key, "cells": {}, "moved": [], "event": None})
        stands = self._told["standing"].get(key, {})
        does = self._otherwise(stands)
        seen = {"seen": stands.get("decision", ""), "version": stands.get("version", 0)}
        start = time.perf_counter()
        answer = await self._asked({"do": does, "key": key, "cells": {}, "event": None, **seen})
        if "saved" not in answer:
            self._tally.error(f"a reviewer was answered {answer}")
            return
        self._tally.decided.append(time.perf_counter() - start)
        decision = str(self._told["standing"][key]["decision"])
        verdict = "reopened" if does == "undo" else str(answer["saved"])
        self._tally.decisions.append(Decided(decision, self._who, verdict, key))

    def _otherwise(self, stands: dict[str, Any]) -> str:
        if "claim" in stands:
            return "withdraw"
        if stands.get("verdict") == "rejected":
            return "undo"
        return self._chance.choice(["save", "reject"])

    async def _asked(self, message: dict[str, Any]) -> dict[str, Any]:
        """Say something to the desk, again where nothing is heard; give its answer.

        Raises:
            LeftAloneError: There is none.
        """
        number = next(self._numbers)
        for _ in range(2):
            said = {"event": "said", "value": {**message, "n": number}}
            await self.talk.say(fragment=True, trigger=(self._wire, said))
            until = time.monotonic() + AGAIN_S
            while (left := until - time.monotonic()) > 0:
                self._heard.clear()
                if self._told["answer"].get("n") == number:
                    return dict(self._told["answer"])
                try:
                    await asyncio.wait_for(self._heard.wait(), left)
                except TimeoutError:
                    break
        raise LeftAloneError(f"no answer to {message['do']} within {2 * AGAIN_S:.0f} s")

    def _see(self, element: Any, message: ForwardMsg, _: float) -> None:
        match element.WhichOneof("type"):
            case "text_input" if element.text_input.id.endswith("-reviewer"):
                self._name_field = element.text_input.id
                self._browser.values.setdefault(self._name_field, element.text_input.default)
            case "selectbox" if element.selectbox.id.endswith("-choice"):
                self._browser.values[element.selectbox.id] = chosen_in(element.selectbox)
            case "bidi_component" if element.bidi_component.component_name == "bordermap.review":
                said = json.loads(element.bidi_component.json)
                self._proposed = [item["key"] for item in said["items"]]
            case "bidi_component" if element.bidi_component.component_name == "bordermap.review_wire":
                self._wire = element.bidi_component.id
                self._browser.fragment = message.delta.fragment_id
                self._told = json.loads(element.bidi_component.json)
                self._heard.set()
