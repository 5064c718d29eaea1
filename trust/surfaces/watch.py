"""Whom anything asked while a surface was gone through, as packets and as what Python itself was told to do."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from trust.packets import MARK, MissedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trust.packets import Packets

__all__ = ["CONTROL", "CONTROL_AT", "Watch"]

CONTROL: Final = "control.invalid"
"""A name that is asked for on purpose, which nobody can have (RFC 2606)."""

CONTROL_AT: Final = "198.51.100.9"
"""An address that is asked on purpose, which is nobody's (RFC 5737)."""


class Watch:
    """What the observers of packets and of Pythons have seen.

    Attributes:
        asked: Whom each surface asked, as "OBSERVER: WHOM".
        silent: What makes the run count for nothing: controls that did not fire, and surfaces that were not gone through.
    """

    def __init__(self, packets: Packets, heard: Path) -> None:
        """Begin with what is there; `heard` is the file in which Python processes write."""
        self._packets, self._heard, self._at = packets, heard, 0
        self.asked: dict[str, list[str]] = {}
        self.silent: list[str] = []

    @contextmanager
    def visit(self, surface: str) -> Iterator[None]:
        """Put down under a surface whom anything asked meanwhile."""
        self._new()
        begun = time.monotonic()
        yield
        self.asked[surface] = self._new()
        print(f"{time.monotonic() - begun:6.1f} s  {surface}", file=sys.__stderr__)

    def control(self) -> None:
        """Ask on purpose, as a page that fetches would: a name, and an address."""
        with self.visit("control"), contextlib.suppress(OSError):
            with contextlib.suppress(OSError):
                socket.getaddrinfo(CONTROL, 80)
            socket.create_connection((CONTROL_AT, 80), 5).close()
        asked = self.asked.pop("control")
        expected = [
            f"{by}: {what}"
            for by in ("packet", "python")
            for what in (f"lookup {CONTROL}", f"tcp {CONTROL_AT}:80")
        ]
        self.silent += [one for one in expected if one not in asked]

    def _new(self) -> list[str]:
        """Give what was asked since the last time."""
        try:
            asked = [f"packet: {whom}" for whom in self._packets.asked()]
        except MissedError as error:
            self.silent.append(f"packet: {error}")
            asked = []
        lines = self._heard.read_text(encoding="utf-8").splitlines() if self._heard.exists() else []
        new, self._at = lines[self._at :], len(lines)
        # The mark that the packets were closed with is heard as well, which shows that Python is listened to.
        if not any(MARK in line for line in new):
            self.silent.append("python: the mark was not heard")
        return asked + [f"python: {line}" for line in dict.fromkeys(new) if MARK not in line]
