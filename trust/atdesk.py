"""A reviewer at a dashboard: opens a report on the Read page as a browser does, and decides at its desk, one message at a time."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from trust.load.sight import chosen_in
from trust.load.speech import Browser, ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

__all__ = ["AtDesk", "NotAnsweredError", "at_desk"]

WITHIN_S: Final = 90.0
"""For so long an answer is waited for: writers of one file wait for each other up to a minute."""


class NotAnsweredError(RuntimeError):
    """The dashboard did not answer, or showed an error."""


@contextmanager
def at_desk(address: str, query: str, who: str) -> Iterator[AtDesk]:
    """Seat somebody at a dashboard while the `with` block lasts.

    Args:
        address: The dashboard's.
        query: What its address says, of the collection and the source.
        who: As whom they review.

    Raises:
        NotAnsweredError: The report is not laid out.
    """
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")],
        max_size=None,
        open_timeout=WITHIN_S,
        proxy=None,
    ) as talk:
        desk = AtDesk(talk, Browser(address, query, path="read"), who)
        desk.open()
        yield desk


class AtDesk:
    """Somebody who reviews a report.

    Attributes:
        who: As whom.
        keys: What is proposed, in the order of the text.
        standing: How each proposal stood when the last answer came.
    """

    def __init__(self, talk: ClientConnection, browser: Browser, who: str) -> None:
        """Seat somebody who has opened nothing yet; `at_desk` is the way to come by one."""
        self.who = who
        self.keys: list[str] = []
        self.standing: dict[str, dict[str, Any]] = {}
        self._talk, self._browser, self._wire, self._number = talk, browser, "", 0
        self._answer: dict[str, Any] = {}

    def open(self) -> None:
        """Open the report, and say who reviews.

        Raises:
            NotAnsweredError: It is not laid out.
        """
        self._run(self._browser.rerun())
        self._run(self._browser.rerun())  # with the name, once its field is known
        if not (self.keys and self._wire):
            raise NotAnsweredError(f"{self.who}: the report was not laid out")

    def say(self, do: str, key: str, **more: Any) -> dict[str, Any]:
        """Do something with a proposal, as it stood when the last answer came; give what is answered.

        Raises:
            NotAnsweredError: Nothing is, or another error is shown.
        """
        stands = self.standing.get(key, {})
        self._number += 1
        message = {"do": do, "key": key, "n": self._number, "cells": {}, "seen": stands.get("decision", "")}
        message |= {"version": stands.get("version", 0)} | more
        self._run(
            self._browser.rerun(fragment=True, trigger=(self._wire, {"event": "said", "value": message}))
        )
        if self._answer.get("n") != self._number:
            raise NotAnsweredError(f"{self.who}: {do} was not answered, but {self._answer}")
        return {name: told for name, told in self._answer.items() if name != "n"}

    def _run(self, message: bytes) -> None:
        """Say something, and hear all that comes until the run that it begins has ended."""
        self._talk.send(message)
        until = time.monotonic() + WITHIN_S
        while True:
            said = ForwardMsg.FromString(self._talk.recv(timeout=max(until - time.monotonic(), 0)))
            match said.WhichOneof("type"):
                case "new_session":
                    self._browser.page = said.new_session.page_script_hash
                case "navigation":
                    self._browser.page = said.navigation.page_script_hash
                case "page_info_changed":
                    self._browser.query = said.page_info_changed.query_string
                case "delta":
                    self._see(said)
                case "script_finished":
                    # Where a run was begun anew, another one is under way.
                    if said.script_finished != ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN:
                        return

    def _see(self, said: ForwardMsg) -> None:
        if said.metadata.cacheable:
            self._browser.large.add(said.hash)
        element = said.delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                raise NotAnsweredError(f"{self.who}: {element.exception.type}: {element.exception.message}")
            case "alert" if element.alert.format == element.alert.ERROR:
                raise NotAnsweredError(f"{self.who}: {element.alert.body}")
            case "selectbox" if element.selectbox.id.endswith("-choice"):
                self._browser.values[element.selectbox.id] = chosen_in(element.selectbox)
            case "text_input" if element.text_input.id.endswith("-reviewer"):
                self._browser.values[element.text_input.id] = self.who
            case "bidi_component":
                self._see_component(said)

    def _see_component(self, said: ForwardMsg) -> None:
        component = said.delta.new_element.bidi_component
        match component.component_name:
            case "bordermap.review":
                self.keys = [item["key"] for item in json.loads(component.json)["items"]]
            case "bordermap.review_wire":
                told = json.loads(component.json)
                self._wire, self._browser.fragment = component.id, said.delta.fragment_id
                self.standing, self._answer = told["standing"], told["answer"]
