"""A reviewer whose store's disk fills up: told so each time, what was acknowledged is there, and the work goes on when there is room."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from claims.store import StoreError, open_store
from dashboard.review.opening import desk_of
from trust.disks import full, small
from trust.postgresql import server
from trust.refused import FULL, SIZE, Refused, untold
from trust.writers import COLLECTION, report_in, with_report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from claims.store import Store

__all__ = ["filled", "postgresql_filled"]

LEFT: Final = (0, 2**18, 2**20, 6 * 2**20)
"""Bytes that are left to SQLite when the reviewer begins: from none to more than its log takes before it goes into the file."""

POSTGRESQL: Final = 128 * 2**20
"""Bytes of a disk that holds PostgreSQL's files: 60 MB when they are made."""
POSTGRESQL_LEFT: Final = (0, 2**20, 20 * 2**20)
"""With none its tables are what finds no room, which it tells; with the last its log, at which it stops."""

_MOST: Final = 1_000
"""Turns after which a disk should be full."""
_LONG: Final = 200_000
"""Characters of a report that somebody hands in."""
_TRIES: Final = 6
"""So often somebody is told that there is no room before the work is put off."""
_UNKNOWN: Final = "before it said whether this was written"
"""What is told where PostgreSQL stops, as it does when its log finds no room, while it is to say that something is written."""
_REASON: Final = "no " * 600


def filled(folder: Path) -> Refused:
    """Fill the disk of a store in SQLite that a desk has open."""
    found = Refused("dashboard: reports and decisions, one after the other", FULL)
    for left in LEFT:
        with small(folder / "disk", SIZE) as disk:
            url = f"sqlite:///{disk / 'store.sqlite'}"
            _until_full(found, url, disk, left, lambda: None)
    return found


def postgresql_filled(folder: Path) -> Refused:
    """Fill the disk of PostgreSQL's files; where it has stopped for that, it is started when there is room."""
    found = Refused("PostgreSQL: reports and decisions, one after the other", FULL)
    for left in POSTGRESQL_LEFT:
        with small(folder / "disk", POSTGRESQL) as disk, server(within=disk) as running:
            url = running.make_database("filled")
            _until_full(found, url, disk, left, running.start_again)
    return found


def _until_full(found: Refused, url: str, disk: Path, left: int, mended: Callable[[], None]) -> None:
    """Work until it is refused, make room, go on with the desk that was open all the while, and look at all that is there."""
    when = f"{found.name}, {left:,} bytes left"
    with_report(url)
    store = open_store(url)
    reviewing = _Reviewing(store)
    for _ in range(2):
        if why := reviewing.works():
            found.lost.append(f"{when}: with room it is refused at first: {why}")
    refused = 0
    with full(disk, left):
        for _ in range(_MOST):
            found.tried += 1
            if why := reviewing.works():
                refused += 1
                if silent := untold("1", why, {"store.sqlite", "filled"}):
                    found.silent.append(f"{when}: {silent}")
            if refused == _TRIES:
                break
    if refused < _TRIES:
        found.lost.append(f"{when}: the disk did not fill up")
    found.refused += refused
    mended()
    # Connections that were lost may be told once more.
    *_, reports, decides = [reviewing.works() for _ in range(4)]
    found.lost += [f"{when}: with room it is refused: {why}" for why in (reports, decides) if why]
    store.database.close()
    found.acknowledged += sum(reviewing.acknowledged)
    _look(found, when, url, reviewing.acknowledged, reviewing.unknown)


def _look(found: Refused, when: str, url: str, acknowledged: Sequence[int], unknown: Sequence[int]) -> None:
    """Find what was acknowledged; of what was told not to be known each may be there."""
    store = open_store(url)
    there = [len(store.texts(COLLECTION)) - 1, len(store.decisions(COLLECTION))]
    if not all(
        least <= now <= least + more for least, now, more in zip(acknowledged, there, unknown, strict=True)
    ):
        found.lost.append(
            f"{when}: of reports and decisions {acknowledged} were acknowledged, and {there} are there"
        )
    found.lost += [f"{when}: {problem}" for problem in store.verified().problems]
    store.database.close()


class _Reviewing:
    """Somebody who in turn hands in a long report, and decides: saves what is proposed, then rejects and reopens the last of it.

    Attributes:
        acknowledged: What was kept, the number of reports and of decisions.
        unknown: What nobody knows of whether it was, likewise.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._desk = desk_of(store, COLLECTION, report_in(store))
        *self._open, self._last = [item["key"] for item in self._desk.laid_out()]
        self._turn = 0
        self.acknowledged, self.unknown = [0, 0], [0, 0]

    def works(self) -> str:
        """Do the next; give why it was refused, "" where it was not."""
        decides = self._turn % 2
        try:
            why = self._decided() if decides else self._handed_in()
        except StoreError as error:
            why = str(error)
        self._turn += 1
        self.acknowledged[decides] += not why
        self.unknown[decides] += _UNKNOWN in why
        return why

    def _handed_in(self) -> str:
        source = {"outlet": "The Daily Test", "published": "2025-01-28", "language": "en"}
        self._store.keep_source(COLLECTION, source, secrets.token_hex(_LONG // 2), "Anna")
        return ""

    def _decided(self) -> str:
        answer = self._desk.answer(self._next(), "Anna")
        if "saved" not in answer:
            return str(answer.get("error") or answer)
        self._open = self._open[1:]
        return ""

    def _next(self) -> dict[str, Any]:
        if self._open:
            return {"do": "save", "key": self._open[0]}
        stands = self._desk.standing().get(self._last, {})
        do = "undo" if stands.get("verdict") == "rejected" else "reject"
        return {"do": do, "key": self._last, "reason": _REASON, "seen": stands.get("decision", "")}
