"""What the locks pin: each package with its version, its hashes, and the lock that is the first to need it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
LOCKS: Final = {
    "requirements.txt": "everybody",
    "requirements-cluster.txt": "who builds on a cluster",
    "requirements-server.txt": "who serves others",
    "requirements-dev.txt": "who changes bordermap",
}
"""The locks, from what everybody installs to what only its makers do, each with who needs it."""

_PIN: Final = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})(?: \\)?")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock.

    Attributes:
        name: As the lock writes it: lower case, with hyphens.
        version: The one that is installed.
        marker: On which platforms; "" for all.
        hashes: Of its files, SHA-256; one of them must be that of what is downloaded.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def pins(lock: Path) -> list[Pin]:
    """Read a lock.

    Raises:
        ValueError: A line of it is no pin, hash or comment, as the address of an index would be.
    """
    found: list[Pin] = []
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
        if pin := _PIN.fullmatch(line):
            found.append(Pin(pin[1], pin[2], pin[3] or "", ()))
        elif (held := _HASH.fullmatch(line.strip())) and found:
            last = found[-1]
            found[-1] = Pin(last.name, last.version, last.marker, (*last.hashes, held[1]))
        elif line.strip() and not line.lstrip().startswith("#"):
            raise ValueError(f"{lock.name} line {number}: {line!r} is no pin, no hash and no comment")
    return found


def by_need() -> dict[Pin, str]:
    """Give each package of all locks once, with the first lock that has it."""
    needed: dict[tuple[str, str], tuple[Pin, str]] = {}
    for lock in LOCKS:
        for pin in pins(ROOT / lock):
            needed.setdefault((pin.name, pin.version), (pin, lock))
    return dict(sorted(needed.values(), key=lambda one: one[0].name))
