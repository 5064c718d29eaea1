"""Two dashboards with one store in SQLite: reviewers at both decide at once, and each sees what the others have saved."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from claims.store import open_store
from claims.userdata import DATABASE
from trust.atdesk import at_desk
from trust.load.serving import OURS, served
from trust.writers import COLLECTION, report_in, with_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trust.atdesk import AtDesk

__all__ = ["Desks", "at_desks"]

DASHBOARDS: Final = 2
REVIEWERS: Final = 3
"""At each."""

_DOES: Final = ("reject", "undo", "save", "withdraw")
"""What a reviewer does with a proposal, one after the other and then again: it is open at the end as at the beginning."""


@dataclass(slots=True)
class Desks:
    """What came of it.

    Attributes:
        decisions: How many were acknowledged.
        longest_s: How long one waited at most for its answer, in seconds.
        races: How often all reviewers decided on one proposal at once.
        overtaken: How often one of them was shown that another had.
        lost: Acknowledged and not there, what is there twice or was never acknowledged, and what is wrong with the audit.
        refused: What a reviewer was told instead of an answer.
        unseen: Decisions that were acknowledged to another before a reviewer asked, and were not shown with the answer.
    """

    decisions: int = 0
    longest_s: float = 0.0
    races: int = 0
    overtaken: int = 0
    lost: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def at_desks(folder: Path, each: int) -> Desks:
    """Serve two dashboards, and let the reviewers at each decide so many times, and then so many times all on one proposal.

    Args:
        folder: An empty one, for the store.
        each: How often.

    Raises:
        RuntimeError: A dashboard does not answer.
    """
    url = f"sqlite:///{folder / 'store.sqlite'}"
    with_report(url)
    store = open_store(url)
    query = f"collection=store:{COLLECTION}&source={report_in(store).source_id}"
    review = _Review(each)
    with ExitStack() as stack:
        addresses = [
            stack.enter_context(served(OURS, {DATABASE: url, "BORDERMAP_COLLECTION": f"store:{COLLECTION}"}))
            for _ in range(DASHBOARDS)
        ]
        sat = [
            threading.Thread(target=review.at, args=(one.address, query, f"{number}-{seat}"), daemon=True)
            for number, one in enumerate(addresses)
            for seat in range(REVIEWERS)
        ]
        for one in sat:
            one.start()
        for one in sat:
            one.join()
        complaints = [line for one in addresses for line in one.written().splitlines() if "Traceback" in line]
    review.found.refused += complaints
    review.found.lost += [*review.missing(store.decisions(COLLECTION)), *store.verified().problems]
    store.database.close()
    return review.found


class _Review:
    """What the reviewers know of each other outside the dashboards: who was told what when."""

    def __init__(self, each: int) -> None:
        self.found = Desks()
        self._each, self._told = each, threading.Lock()
        self._last: dict[str, int] = {}
        self._acknowledged: list[tuple[str, str]] = []
        self._together = threading.Barrier(DASHBOARDS * REVIEWERS, timeout=300)
        self._won: list[list[str]] = [[] for _ in range(each)]

    def at(self, address: str, query: str, who: str) -> None:
        """Review at a dashboard."""
        try:
            with at_desk(address, query, who) as desk:
                self._decide(desk)
                self._race(desk)
        except threading.BrokenBarrierError:
            self._note("refused", f"{who}: another left before the race")
        except Exception as error:  # noqa: BLE001 - whoever leaves for whatever reason was refused something
            self._together.abort()
            self._note("refused", f"{who}: {type(error).__name__} {error}")

    def _decide(self, desk: AtDesk) -> None:
        """Decide on the proposals that are this reviewer's alone."""
        number, seat = map(int, desk.who.split("-"))
        mine = desk.keys[:-1][number * REVIEWERS + seat :: DASHBOARDS * REVIEWERS] or [f"none for {desk.who}"]
        for turn in range(self._each):
            key = mine[turn // len(_DOES) % len(mine)]
            self._say(desk, _DOES[turn % len(_DOES)], key)

    def _race(self, desk: AtDesk) -> None:
        """Decide on the last proposal at the same moment as all others: one does, and the others are told who."""
        key = desk.keys[-1]
        for turn in range(self._each):
            self._say(desk, "look", key)
            self._together.wait()
            answer = self._say(desk, _DOES[turn % len(_DOES)], key)
            if "saved" in answer:
                self._won[turn].append(desk.who)
            self._together.wait()
            if desk.who == "0-0":
                self.found.races += 1
                if len(self._won[turn]) != 1:
                    self._note(
                        "lost",
                        f"of all who decided on one proposal at once, {self._won[turn]} were told that it is saved",
                    )

    def _say(self, desk: AtDesk, do: str, key: str) -> dict[str, Any]:
        with self._told:
            before = dict(self._last)
        start = time.monotonic()
        answer = desk.say(do, key)
        took_s = time.monotonic() - start
        stands = {one: int(told["decision"]) for one, told in desk.standing.items()}
        with self._told:
            self.found.longest_s = max(self.found.longest_s, took_s)
            self.found.unseen += [
                f"{desk.who}: decision {number} on {one}"
                for one, number in before.items()
                if stands.get(one, 0) < number
            ]
            if "saved" in answer:
                self.found.decisions += 1
                self._acknowledged.append((str(stands[key]), desk.who))
                self._last[key] = max(self._last.get(key, 0), stands[key])
            elif "changed" in answer and key == desk.keys[-1]:
                self.found.overtaken += 1
            elif do != "look":
                self.found.refused.append(f"{desk.who}: {do}: {answer}")
        return answer

    def _note(self, name: str, what: str) -> None:
        with self._told:
            getattr(self.found, name).append(what)

    def missing(self, decisions: list[Any]) -> Iterator[str]:
        """Say what was acknowledged and is not there, and what is there and was not acknowledged."""
        kept = {(one.decision_id, one.who) for one in decisions}
        yield from (
            f"decision {number} of {who}" for number, who in self._acknowledged if (number, who) not in kept
        )
        if len(decisions) != len(self._acknowledged):
            yield f"{len(self._acknowledged)} decisions were acknowledged, and {len(decisions)} are there"
