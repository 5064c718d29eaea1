"""`/healthz`: whether the dashboard can do its work, part by part, told without saying more to visitors."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse

from dashboard.logs import log_error
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

__all__ = ["DEADLINE_S", "Health", "Part", "room", "store"]

DEADLINE_S: Final = 2.0
"""How long a part may take to answer."""
KEPT_S: Final = 1.0
"""For so long an answer is given again, however many ask."""
STARTS_S: Final = 60.0
"""For so long a part that may be slow is given to be well for the first time, before the log warns of it."""
LEAST: Final = 16 * 2**20
"""Bytes that must be free where the store writes."""

_LOG: Final = logging.getLogger("bordermap.health")


@dataclass(slots=True)
class Part:
    """A part of the work, and how it was when it was last looked at.

    Attributes:
        look: Raises where the part does not do its work; may block.
        every_s: How old an answer may be before the part is looked at again.
        may_be_slow: Whether the answer before holds while a new one is waited for.
    """

    look: Callable[[], None]
    every_s: float = KEPT_S
    may_be_slow: bool = False
    is_well: bool = False
    looked: float = field(default=float("-inf"), init=False)
    looking: asyncio.Task[None] | None = field(default=None, init=False)


class Health:
    """Looks at parts when asked, each at most once at a time and none more often than it needs."""

    def __init__(self, parts: Mapping[str, Part], deadline_s: float = DEADLINE_S) -> None:
        """Take the parts by the names under which they are told."""
        self._parts, self._deadline_s = dict(parts), deadline_s
        self._failing: frozenset[str] = frozenset()
        self._began = time.monotonic()

    async def answer(self, _request: Request) -> JSONResponse:
        """Answer 200 where all parts are well, else 503 with the names of those that are not."""
        failing = await self.failing()
        said = {"status": "failing", "failing": failing} if failing else {"status": "ok"}
        return JSONResponse(said, 503 if failing else 200, headers={"cache-control": "no-store"})

    async def failing(self) -> list[str]:
        """Give the names of the parts that do not do their work."""
        begun = [
            part.looking or self._begin(name, part)
            for name, part in self._parts.items()
            if time.monotonic() - part.looked >= part.every_s
        ]
        waited = [task for task, part in self._under_way() if not (part.may_be_slow and part.is_well)]
        if begun and waited:
            await asyncio.wait(waited, timeout=self._deadline_s)
        for _, part in self._under_way():
            if not part.may_be_slow:
                part.is_well = False
        failing = [name for name, part in self._parts.items() if not part.is_well]
        self._tell(frozenset(failing))
        return failing

    def _under_way(self) -> list[tuple[asyncio.Task[None], Part]]:
        return [(part.looking, part) for part in self._parts.values() if part.looking]

    def _begin(self, name: str, part: Part) -> asyncio.Task[None]:
        async def look() -> None:
            try:
                await asyncio.to_thread(part.look)
            except Exception as error:  # noqa: BLE001 - whatever it is, the part does not do its work
                if part.is_well or part.looked == float("-inf"):
                    _warn(name, error)
                part.is_well = False
            else:
                part.is_well = True
            finally:
                part.looked, part.looking = time.monotonic(), None

        part.looking = asyncio.create_task(look())
        return part.looking

    def _tell(self, failing: frozenset[str]) -> None:
        failing = frozenset(name for name in failing if not self._is_starting(self._parts[name]))
        if failing != self._failing:
            level = logging.WARNING if failing - self._failing else logging.INFO
            _LOG.log(level, "failing: %s", ", ".join(sorted(failing)) or "nothing any more")
            self._failing = failing

    def _is_starting(self, part: Part) -> bool:
        """Whether a part is being looked at for the first time, and may take its time."""
        waited = time.monotonic() - self._began
        return part.may_be_slow and part.looked == float("-inf") and waited < STARTS_S


def _warn(name: str, error: Exception) -> None:
    """Log that a part fails: what a user can mend in its sentence, else where it came from too."""
    if isinstance(error, BordermapError):
        log_error(_LOG, logging.WARNING, error, f"{name} fails: ")
    else:
        _LOG.warning("%s fails", name, exc_info=error)


def store() -> None:
    """Ask the store for the names of its collections; where there is none yet, there is nothing to ask.

    Raises:
        BordermapError: It does not answer.
    """
    from claims.named import stored  # noqa: PLC0415 - the server is up the sooner

    stored()


def room() -> None:
    """Look whether there is room and the right to write where a store in SQLite lies, or would be made.

    Raises:
        OSError: There is none.
    """
    from claims.store.address import address_of  # noqa: PLC0415 - as in store
    from claims.store.sqlitefiles import folder_of, has_room, may_be_written  # noqa: PLC0415 - likewise

    url = address_of()
    if url.get_backend_name() != "sqlite":
        return
    file = Path(str(url.database))
    if not may_be_written(file):
        raise PermissionError(f"{file}, or a file of its folder, cannot be written to")
    if not has_room(file, LEAST):
        raise OSError(f"{folder_of(file)} has less than {LEAST >> 20} MiB left")
