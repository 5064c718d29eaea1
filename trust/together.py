"""Two dashboards on one SQLite file: each sees the other's decisions, none is told that the file is locked, and nothing is lost."""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass
from typing import Any, Final

from claims.store import ChangedMeanwhile, StoreError, open_store
from trust.kills import lost_of
from trust.reviewers import NAME, begin, decided, told_of

__all__ = ["Together", "together"]

DASHBOARDS: Final = 2
WRITERS: Final = 4
"""Of each dashboard: sessions that share its store, as Streamlit's do."""


@dataclass(frozen=True, slots=True)
class Together:
    """What came of it.

    Attributes:
        decisions: How many were acknowledged.
        longest_s: How long one waited at most for its answer, in seconds.
        lost: Acknowledged and not there, and what is wrong with the audit.
        refused: What a reviewer was told instead of an answer.
        unseen: Decisions of another dashboard that were acknowledged before a run began and were not seen in it.
    """

    decisions: int
    longest_s: float
    lost: tuple[str, ...]
    refused: tuple[str, ...]
    unseen: tuple[str, ...]


def together(url: str, each: int) -> Together:
    """Let the writers of two processes decide on one claim and on proposals of their own, so many times each."""
    text = begin(url)
    reading, writing = os.pipe()
    children = [_forked(url, text, number, each, writing) for number in range(DASHBOARDS)]
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        said = [json.loads(line) for line in file.read().split(b"\n") if line]
    for child in children:
        os.waitpid(child, 0)
    told = [one for one in said if "id" in one]
    store = open_store(url)
    lost = (*lost_of(store, NAME, told), *store.verified().problems)
    store.database.close()
    return Together(
        decisions=len(told),
        longest_s=max((one["took_s"] for one in told), default=0.0),
        lost=lost,
        refused=tuple(one["refused"] for one in said if "refused" in one),
        unseen=tuple(_unseen(said)),
    )


def _unseen(said: list[dict[str, Any]]) -> list[str]:
    """Find runs that had begun after a decision was acknowledged and did not see it: decisions are numbered as they are written."""
    found = []
    for run in (one for one in said if "seen" in one):
        before = [int(one["id"]) for one in said if "id" in one and one["at_s"] < run["at_s"]]
        if before and max(before) > run["seen"]:
            found.append(f"decision {max(before)} in a run that saw {run['seen']}")
    return found


def _forked(url: str, text: tuple[str, str], number: int, each: int, pipe: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        store = open_store(url)
        names = [f"{number}-{writer}" for writer in range(WRITERS)]
        threads = [threading.Thread(target=_written, args=(store, text, who, each, pipe)) for who in names]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    finally:
        os._exit(0)


def _written(store: Any, text: tuple[str, str], who: str, each: int, pipe: int) -> None:
    """Do what a session does: look, decide, look again."""
    for number in range(each):
        _say(pipe, {"at_s": time.monotonic(), "seen": _last(store)})
        begun = time.monotonic()
        try:
            done = decided(store, text, who, number)
        except ChangedMeanwhile:
            continue
        except StoreError as error:
            _say(pipe, {"refused": f"{who}: {error}"})
            continue
        now = time.monotonic()
        _say(pipe, {**told_of(done, who), "took_s": now - begun, "at_s": now})


def _last(store: Any) -> int:
    return max((int(decision.decision_id) for decision in store.decisions(NAME)), default=0)


def _say(pipe: int, what: dict[str, Any]) -> None:
    os.write(pipe, f"{json.dumps(what)}\n".encode())
