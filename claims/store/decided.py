"""What is kept of a reviewer's decision on a proposed claim."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from claims.store.errors import StoreError
from claims.store.schema import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

__all__ = ["Decision", "Verdict", "decisions_of", "key_of"]

KEY: Final = ("text_sha256", "quote_start", "quote_end", "kind")
"""What a proposal must say; with `which`, its number among those alike, it tells one proposal from another."""


class Verdict(StrEnum):
    """What a reviewer did with a proposal, or with the claim that came of it."""

    ACCEPTED = "accepted"
    MENDED = "mended"
    REJECTED = "rejected"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        decision_id: Its id within the store.
        at: When, as ISO time in UTC.
        who: Whose it is.
        verdict: What was decided.
        text_sha256: Of the text that the proposal was read from; "" where a claim was not proposed.
        proposal: As it was proposed; empty likewise.
        claim_id: The claim that came of it; "" where none did.
        reason: Why, in the reviewer's words.
        version: Of the claim after it; 0 where there is none.
    """

    decision_id: str
    at: str
    who: str
    verdict: Verdict
    text_sha256: str
    proposal: Mapping[str, Any]
    claim_id: str = ""
    reason: str = ""
    version: int = 0

    @property
    def key(self) -> tuple[Any, ...]:
        """Tell which proposal it is about."""
        return key_of(self.proposal) if self.proposal else ()


def key_of(proposal: Mapping[str, Any]) -> tuple[Any, ...]:
    """Tell a proposal from others: the hash of its text, the offsets of its quote, its kind, its number among those alike.

    Raises:
        StoreError: It does not say one of them.
    """
    missing = [name for name in KEY if proposal.get(name) in {None, ""}]
    if missing:
        raise StoreError(f"a proposal must say {', '.join(KEY)}; give it {', '.join(missing)}")
    return (*(proposal[name] for name in KEY), proposal.get("which", 0))


def decisions_of(connection: Connection, collection: str, **wanted: str) -> list[Decision]:
    """Give the decisions of a collection, oldest first; `wanted` names cells that they must have."""
    chosen = [DECISIONS.c[column] == cell for column, cell in wanted.items()]
    rows = connection.execute(
        select(DECISIONS).where(DECISIONS.c.collection == collection, *chosen)
    ).mappings()
    told = [
        Decision(
            decision_id=row["decision_id"],
            at=row["at"],
            who=row["who"],
            verdict=Verdict(row["verdict"]),
            text_sha256=row["text_sha256"],
            proposal=json.loads(row["proposal"]),
            claim_id=row["claim_id"],
            reason=row["reason"],
        )
        for row in rows
    ]
    return sorted(told, key=lambda decision: int(decision.decision_id))
