"""One round: four reviewers are killed while they decide, and the store is asked for all that it acknowledged."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from claims.store import open_store
from trust.reviewers import NAME, review

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.store import Decision, Store

__all__ = ["Round", "killed", "lost_of"]

REVIEWERS: Final = ("Anna", "Ben", "Chloé", "Dana")
LATEST_S: Final = 0.6
"""The kill comes at most so many seconds after the first acknowledgement."""
GIVE_UP_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round.

    Attributes:
        kills: How many processes were killed.
        acknowledged: How many decisions were.
        lost: What of them is not there, and what is wrong with the audit.
    """

    kills: int
    acknowledged: int
    lost: tuple[str, ...]


def killed(url: str, text: tuple[str, str], seed: int, also: Callable[[], None] | None = None) -> Round:
    """Let four reviewers decide in a collection, kill them, and verify the store.

    Args:
        url: The store's address.
        text: As `begin` gave it.
        seed: Of what they decide and of the moment.
        also: Kills one more at that moment, and has it up again on return.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    reading, writing = os.pipe()
    children = [
        _forked(url, text, who, seed * len(REVIEWERS) + number, writing)
        for number, who in enumerate(REVIEWERS)
    ]
    os.close(writing)
    said = _heard(reading, chance.uniform(0, LATEST_S))
    for child in children:
        os.kill(child, signal.SIGKILL)
    if also:
        also()
    for child in children:
        os.waitpid(child, 0)
    said += _rest(reading)
    told = [json.loads(line) for line in said.split(b"\n") if line]
    return Round(len(children) + bool(also), len(told), _at_the_end(url, told))


def _forked(url: str, text: tuple[str, str], who: str, seed: int, pipe: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        review(url, text, who, seed, pipe)
    finally:
        os._exit(0)


def _heard(pipe: int, more_s: float) -> bytes:
    """Hear what is acknowledged until some time after the first."""
    said = b""
    until = time.monotonic() + GIVE_UP_S
    while (left := until - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
        piece = os.read(pipe, 65_536)
        if not piece:
            break
        if not said:
            until = time.monotonic() + more_s
        said += piece
    return said


def _rest(pipe: int) -> bytes:
    """Hear what was written before the end, and close the pipe."""
    with os.fdopen(pipe, "rb") as file:
        return file.read()


def _at_the_end(url: str, told: list[dict[str, Any]]) -> tuple[str, ...]:
    """Say what was lost, and what is wrong with the audit."""
    store = open_store(url)
    lost = (*lost_of(store, NAME, told), *store.verified().problems)
    store.database.close()
    return lost


def lost_of(store: Store, name: str, told: list[dict[str, Any]]) -> list[str]:
    """Say which acknowledged decisions are not there as they were told: another's may have the number of a lost one."""
    kept = {_told(decision) for decision in store.decisions(name)}
    lost = [
        f"decision {one['id']} of {one['who']}"
        for one in told
        if (one["id"], one["who"], one["verdict"], one["claim"]) not in kept
    ]
    versions = {claim.claim_id: claim.version for claim in store.claims(name)}
    for one in told:
        if one["verdict"] == "withdrawn" and one["claim"] in versions:
            lost.append(f"the withdrawal of {one['claim']}")
        withdrawn = any((verdict, claim) == ("withdrawn", one["claim"]) for _, _, verdict, claim in kept)
        if one["version"] and not withdrawn and versions.get(one["claim"], 0) < one["version"]:
            lost.append(f"version {one['version']} of {one['claim']}")
    return lost


def _told(decision: Decision) -> tuple[str, str, str, str]:
    return decision.decision_id, decision.who, str(decision.verdict), decision.claim_id
