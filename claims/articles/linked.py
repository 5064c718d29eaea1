"""What ties the proposals of one text together: their ids, the statement they share, and whom a denial denies."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.articles.proposals import Proposal

__all__ = ["linked"]

_ASSERTED = frozenset({Status.REPORTED, Status.CONFIRMED})


def linked(text: str, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Give the proposals of a text with ids that no other text's have, those of one sentence with one statement.

    A denial denies the last claim before it of the same kind at one of the same places.
    """
    prefix = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    found: list[Proposal] = []
    for number, one in enumerate(proposals, 1):
        denied = _denied(one, found) if one.status == Status.DENIED else None
        found.append(
            replace(
                one,
                claim_id=f"{prefix}-{number}",
                statement_id=f"{prefix}-s{one.sentence + 1}",
                denies=(denied.claim_id,) if denied else (),
            )
        )
    return found


def _denied(denial: Proposal, before: Sequence[Proposal]) -> Proposal | None:
    places = _places(denial)
    for one in reversed(before):
        if one.status in _ASSERTED and one.kind == denial.kind and not places.isdisjoint(_places(one)):
            return one
    return None


def _places(one: Proposal) -> set[str]:
    return {end.place.place_id for end in one.ends.values()}
