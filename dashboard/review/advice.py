"""What a reviewer is told of a claim before it is saved: who told it already, which event it joins, what it contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from claims.model import Status
from claims.review import Review

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["Advice"]

FOUND: Final = 8
"""Events that a search lists."""

NAMED: Final = 5
"""Claims of one sort that are named; of more, how many is said."""


class Advice:
    """A collection as it is asked about claims that are not in it, or are to be mended."""

    def __init__(self, collection: Collection, gazetteer: Gazetteer) -> None:
        """Ask of this collection as it stands now."""
        self._review = Review(collection, gazetteer)
        self._events = collection.events.set_index("event_id")
        outlets = collection.sources.set_index("source_id")["outlet"]
        claims = collection.claims.assign(outlet=collection.claims["source_id"].map(outlets))
        self._claims = claims.set_index("claim_id")

    def on(self, cells: Mapping[str, str], event_id: str | None) -> dict[str, Any]:
        """Say all that is known of a claim.

        Args:
            cells: The claim by the columns of claims.csv.
            event_id: The event that it is to join; None for the first of those suggested.
        """
        own = cells.get("claim_id", "")
        joins = [
            {
                "id": one.event_id,
                "title": self.title(one.event_id),
                "km": round(one.km),
                "actors": len(one.actors),
                "claims": one.claims,
            }
            for one in self._review.joins(cells)
        ]
        if event_id is None:
            event_id = str(joins[0]["id"]) if joins else ""
        told = [one for one in self._review.told_already(cells) if one.claim_id != own]
        against = [one for one in self._review.contradictions(cells, event_id) if one.claim_id != own]
        denies = self._review.deniable(event_id) if cells.get("status") == Status.DENIED else []
        return {
            "event": event_id,
            "joins": joins,
            "told": [{**self._claim(one.claim_id), "why": str(one.why)} for one in told[:NAMED]],
            "against": [
                {**self._claim(one.claim_id), "about": one.about, "how": str(one.how)} for one in against
            ],
            "deniable": [self._claim(claim_id) for claim_id in denies if claim_id != own],
        }

    def title(self, event_id: str) -> str:
        """Give an event's title; "" where there is none."""
        return str(self._events["title"].get(event_id, ""))

    def search(self, words: str, kind: str) -> list[dict[str, str]]:
        """List events of a kind whose titles hold all the words.

        Args:
            words: As typed.
            kind: The claim's; an event holds claims of one kind.
        """
        events = self._events[self._events["kind"].eq(kind)]
        for word in words.casefold().split():
            events = events[events["title"].str.casefold().str.contains(word, regex=False)]
        return [{"id": str(one), "title": str(title)} for one, title in events["title"].head(FOUND).items()]

    def _claim(self, claim_id: str) -> dict[str, str]:
        claim = self._claims.loc[claim_id]
        days = [day for day in (claim["date_start"], claim["date_end"]) if not pd.isna(day)]
        where = [str(claim[role]) for role in ("origin", "crossing", "destination", "place")]
        return {
            "id": claim_id,
            "outlet": str(claim["outlet"]),
            "day": days[0].date().isoformat() if days else "",
            "until": days[-1].date().isoformat() if days else "",
            "quote": str(claim["quote"]),
            "count": str(claim["count_text"]),
            "where": " → ".join(filter(None, where)),
            "status": str(claim["status"]),
        }
