"""The pace at which a service is asked, the same for all threads of the process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BETWEEN_REQUESTS_S", "Pace", "pace_of"]

BETWEEN_REQUESTS_S: Final = 1.0
"""Seconds from one request to the next, for each service.

Nominatim's usage policy: at most one request a second, from a single thread
(https://operations.osmfoundation.org/policies/nominatim/).
"""


class Pace:
    """When a service may be asked next; to be held (`with pace.turn`) by whoever asks."""

    def __init__(self) -> None:
        """Let the first request go at once."""
        self.turn = threading.RLock()
        self._next = -float("inf")
        self._closed_until = -float("inf")

    def wait(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """Wait until a request may go, and count it."""
        if (early_s := self._next - clock()) > 0:
            sleep(early_s)
        self._next = clock() + BETWEEN_REQUESTS_S

    def close(self, clock: Callable[[], float], seconds: float) -> None:
        """Remember that the service wants no request for some seconds."""
        self._closed_until = clock() + seconds

    def closed_s(self, clock: Callable[[], float]) -> float:
        """Give the seconds for which the service wants no request; 0 where it takes them."""
        return max(0.0, self._closed_until - clock())


_PACES: Final[dict[str, Pace]] = {}


def pace_of(service: str) -> Pace:
    """Give the one pace of a service, by its host or another name that all who ask it share."""
    return _PACES.setdefault(service, Pace())
