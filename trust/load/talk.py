"""A browser's talk with a dashboard, whoever sits before it: what it fetches, says and hears, and when a run has ended."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from websockets.asyncio.client import ClientConnection, connect

from trust.load.assets import fetch
from trust.load.seats import marks_in
from trust.load.speech import Browser, ForwardMsg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from trust.load.tally import Tally

__all__ = ["OPENING_S", "TIMEOUT_S", "LeftAloneError", "Talk"]

TIMEOUT_S: Final = 10.0
"""A move that is not answered for so long is an error."""

OPENING_S: Final = 60.0
"""For so long the first map may be waited for."""

LONGEST: Final = 100_000
"""Bytes of a message in which marks are looked for: the page itself is the same for all, and its key says which it is."""


class LeftAloneError(Exception):
    """The server did not answer in time."""


class Talk:
    """One connection to a dashboard, from the first request to the end.

    Attributes:
        browser: What the browser remembers.
        rested: Set while no run is waited for.
    """

    def __init__(
        self,
        browser: Browser,
        mark: int,
        tally: Tally,
        see: Callable[[Any, ForwardMsg, float], None],
        ended: Callable[[float], None],
    ) -> None:
        """Begin nothing yet.

        Args:
            browser: Of the one who talks.
            mark: The number of the one whose mark may be heard; any other's is told.
            tally: Takes what goes wrong.
            see: Takes each element that comes, the message that brings it, and when.
            ended: Is told when a run has ended.
        """
        self.browser = browser
        self.rested = asyncio.Event()
        self._mark, self._tally, self._see, self._ended = mark, tally, see, ended
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Fetch what a browser that knows nothing fetches, connect, and listen until the end.

        Raises:
            OSError: The server did not answer; WebSocketException, TimeoutError likewise.
        """
        address = self.browser.address
        await asyncio.to_thread(fetch, address)
        async with connect(
            address.replace("http://", "ws://") + "/_stcore/stream",
            origin=address,  # type: ignore[arg-type]  # a str of its own kind
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]  # likewise
            max_size=None,
            open_timeout=OPENING_S,
        ) as self._socket:
            self._listening = asyncio.create_task(self._listen(self._socket))
            try:
                yield
            finally:
                self._listening.cancel()
                with suppress(asyncio.CancelledError):
                    await self._listening

    async def say(
        self, *, page: str = "", fragment: bool = False, trigger: tuple[str, Any] | None = None
    ) -> None:
        """Ask for a run, as `Browser.rerun` words it."""
        self.rested.clear()
        assert self._socket
        await self._socket.send(self.browser.rerun(page=page, fragment=fragment, trigger=trigger))

    async def rest(self, what: str, seconds: float) -> None:
        """Wait for the end of a run.

        Raises:
            LeftAloneError: It did not come.
        """
        try:
            await asyncio.wait_for(self.rested.wait(), seconds)
        except TimeoutError:
            raise LeftAloneError(f"no end of {what} within {seconds:.0f} s") from None

    def check(self) -> None:
        """See that the server still talks.

        Raises:
            LeftAloneError: It does not.
        """
        if self._listening and self._listening.done():
            raise LeftAloneError(f"disconnected: {self._listening.exception()}")

    async def _listen(self, socket: ClientConnection) -> None:
        async for said in socket:
            assert isinstance(said, bytes)
            self.hear(said, time.perf_counter())

    def hear(self, said: bytes, now: float) -> None:
        """Take one message of the server's."""
        self._tally.checked += 1
        self._tally.bytes += len(said)
        if len(said) < LONGEST and (others := marks_in(said) - {self._mark}):
            self._tally.another_s(f"{self._mark} was sent what {sorted(others)} chose")
        message = ForwardMsg.FromString(said)
        match message.WhichOneof("type"):
            case "new_session":
                self.browser.page = message.new_session.page_script_hash
            case "navigation":
                self.browser.page = message.navigation.page_script_hash
            case "page_info_changed":
                self.browser.query = message.page_info_changed.query_string
            case "script_finished":
                self._finish(message.script_finished, now)
            case "delta":
                if message.metadata.cacheable:
                    self.browser.large.add(message.hash)
                self._look(message, now)
            case "page_not_found" | "auth_redirect" as strange:
                self._tally.error(f"unexpected: {strange}")

    def _finish(self, status: int, now: float) -> None:
        finished = ForwardMsg.ScriptFinishedStatus
        if status == finished.FINISHED_WITH_COMPILE_ERROR:
            self._tally.error("a run ended with a compile error")
        if status != finished.FINISHED_EARLY_FOR_RERUN:
            self._ended(now)
            self.rested.set()

    def _look(self, message: ForwardMsg, now: float) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                self._tally.error(f"exception: {element.exception.type}: {element.exception.message}")
            case "alert" if element.alert.format == element.alert.ERROR:
                self._tally.error(f"error shown: {element.alert.body}")
            case _:
                self._see(element, message, now)
