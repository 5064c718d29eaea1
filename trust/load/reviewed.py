"""A store with a report to be reviewed, and what of the decisions on it that were acknowledged is not there in the end."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.named import IN_STORE
from claims.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Decided", "Reviewed", "begin", "lost_of"]

NAME: Final = "reviewed"
TEXT: Final = """About 300 soldiers crossed from Tui into Valença on Saturday, officials said. Police withdrew 40 officers from \
Salamanca to Zamora on Friday. The army denied that any troops had crossed into Portugal.

Another 200 families will cross from Badajoz to Elvas next week. Some 50 guards were deployed in Bragança on Thursday.
"""
"""Several claims, of some kinds."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report in a store.

    Attributes:
        url: The store's.
        word: By which the dashboard names the collection.
        source: The report's id.
    """

    url: str
    word: str
    source: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was acknowledged.

    Attributes:
        decision: Its id.
        who: The reviewer.
        verdict: What it was, as the store has it.
        which: The proposal that it was on.
    """

    decision: str
    who: str
    verdict: str
    which: str


def begin(url: str) -> Reviewed:
    """Make a store with a report that nobody has decided on."""
    store = open_store(url)
    days = dt.date(2024, 5, 1), dt.date(2024, 7, 31)
    store.create(NAME, "A collection under review", *days, "nobody")
    source = {"outlet": "The Courier", "title": "At the bridge", "published": "2024-06-10", "language": "en"}
    kept = store.keep_source(NAME, source, TEXT, "nobody", language="en")
    store.database.close()
    return Reviewed(url, f"{IN_STORE}{NAME}", kept.source_id)


def lost_of(reviewed: Reviewed, told: Sequence[Decided]) -> tuple[str, ...]:
    """Say which acknowledged decisions are not there as they were told or are there twice, whose claims are not as the last says, and what is wrong with the audit."""
    store = open_store(reviewed.url)
    kept = store.decisions(NAME)
    claims = {claim.claim_id for claim in store.claims(NAME)}
    problems = store.verified().problems
    store.database.close()
    there = {(one.decision_id, one.who, str(one.verdict), str(one.proposal.get("which"))) for one in kept}
    lost = [
        f"decision {one.decision} of {one.who}: {one.verdict}"
        for one in told
        if (one.decision, one.who, one.verdict, one.which) not in there
    ]
    twice = [one for one, times in Counter(one.decision_id for one in kept).items() if times > 1]
    last = {one.proposal.get("which"): one for one in kept}
    gone = [one.claim_id for one in last.values() if one.verdict in {"accepted", "mended"}]
    return (
        *lost,
        *(f"decision {one} is there twice" for one in twice),
        *(f"claim {one} is not there" for one in gone if one not in claims),
        *problems,
    )
