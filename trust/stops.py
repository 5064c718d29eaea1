"""PostgreSQL is stopped and started again while reviewers write: each is told once, and goes on without being started again."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from claims.store import AnswerLostError, ChangedMeanwhile, StoreError, open_store
from trust.kills import lost_of
from trust.reviewers import NAME, begin, decided, told_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.store import Store
    from trust.postgresql import Server

__all__ = ["Stops", "stopped"]

REVIEWERS: Final = ("Anna", "Ben", "Chloé")
PAUSE_S: Final = 0.2
"""How long a reviewer waits after being told that the store does not answer."""
UP_S: Final = (0.3, 1.2)
DOWN_S: Final = 0.5
GIVE_UP_S: Final = 60.0


@dataclass(slots=True)
class Stops:
    """What came of it.

    Attributes:
        stops: How often the server was stopped.
        acknowledged: Decisions that the store acknowledged.
        refused: How often a reviewer was told that nothing was written, or that the store does not answer.
        unknown: How often that it is not known.
        written: Of the unknown, how many were found to be written when they were decided again.
        lost: Acknowledged decisions that are not there, and what is wrong with the audit.
        twice: Proposals that were decided on twice.
        silent: Stops after which a reviewer never decided again, and errors that say nothing to a user.
    """

    stops: int = 0
    acknowledged: int = 0
    refused: int = 0
    unknown: int = 0
    written: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


def stopped(running: Server, database: str, stops: int, seed: int) -> Stops:
    """Stop a server so many times, in turn at once and in order, while three reviewers write who hold one store.

    Args:
        running: The server.
        database: The name of the database to make.
        stops: How often.
        seed: Of the moments.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    url = running.make_database(database)
    text = begin(url)
    found, told, ended = Stops(), [], threading.Event()
    store = open_store(url)
    reviewers = [
        threading.Thread(target=_reviewed, args=(store, text, who, ended, found, told), daemon=True)
        for who in REVIEWERS
    ]
    for one in reviewers:
        one.start()
    for number in range(stops):
        time.sleep(chance.uniform(*UP_S))
        running.stop(at_once=bool(number % 2))
        found.stops += 1
        time.sleep(chance.uniform(0, DOWN_S))
        running.start()
        # Each decides again, with the store that was open all the while.
        before = {who: sum(one["who"] == who for one in list(told)) for who in REVIEWERS}
        _wait(
            lambda before=before: all(
                sum(one["who"] == who for one in list(told)) > count for who, count in before.items()
            ),
            found,
        )
    ended.set()
    for one in reviewers:
        one.join(GIVE_UP_S)
    found.acknowledged = len(told)
    found.lost = [*lost_of(store, NAME, told), *store.verified().problems]
    keys = [decision.key for decision in store.decisions(NAME)]
    found.twice = [str(key) for key in set(keys) if keys.count(key) > 1]
    store.database.close()
    return found


def _wait(there: Callable[[], bool], found: Stops) -> None:
    until = time.monotonic() + GIVE_UP_S
    while not there():
        if time.monotonic() > until:
            found.silent.append(f"after stop {found.stops} a reviewer never decided again")
            return
        time.sleep(0.01)


def _reviewed(
    store: Store,
    text: tuple[str, str],
    who: str,
    ended: threading.Event,
    found: Stops,
    told: list[dict[str, Any]],
) -> None:
    """Decide on one proposal after the other; on one whose answer was lost, again."""
    number = 0
    again = False
    while not ended.is_set() or again:
        try:
            done = decided(store, text, who, number)
        except AnswerLostError:
            found.unknown += 1
            again = True
            time.sleep(PAUSE_S)
            continue
        except ChangedMeanwhile as changed:
            if not again or changed.who != who:
                found.silent.append(f"{who} {number}: {changed}")
            # It had been written: that is told by whose it is.
            found.written += 1
        except StoreError as error:
            found.refused += 1
            if str(error).count(";") != 1 or "failed (" in str(error):
                found.silent.append(f"{who}: {error}")
            time.sleep(PAUSE_S)
            continue
        else:
            told.append(told_of(done, who))
        again = False
        number += 1
