"""A proposal: a claim that a sentence of a report seems to make, with its words and why it is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from claims.articles.counts import Count
    from claims.articles.placing import Placed
    from claims.model import DateKind, Kind, Modality, Status

__all__ = ["Days", "Proposal", "precision_of"]


@dataclass(frozen=True, slots=True)
class Days:
    """When it is said to have happened.

    Attributes:
        low: The first possible day; None where it is open or none is said.
        high: The last.
        kind: How the interval is meant.
        text: The words; "" where it was taken from the day of publication or from the sentences before.
    """

    low: dt.date | None
    high: dt.date | None
    kind: DateKind | None
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed claim.

    Attributes:
        sentence: The number of its sentence, from 0.
        kind: What is said to happen.
        status: How it is put.
        modality: Whether it is asserted or hedged.
        background: Whether it is of habit or history, and so without a day.
        actors: Ids of actors that the collection knows.
        actor_text: The words for who moves or stays.
        ends: By role, the place.
        days: When.
        count: How many; None where no number is said.
        speakers: Who says it, as written.
        via: The outlet.
        quote: At most 25 words of the text.
        quote_start: Where they begin in it, in characters.
        quote_end: Where they end.
        why: Which rule and words proposed it.
        claim_id: Its id, of no other claim of any text; "" until `linked` gives it.
        statement_id: The same of its sentence.
        denies: Ids of the claims before it that it denies.
    """

    sentence: int
    kind: Kind
    status: Status
    modality: Modality
    background: bool
    actors: tuple[str, ...]
    actor_text: str
    ends: Mapping[str, Placed]
    days: Days
    count: Count | None
    speakers: str
    via: str
    quote: str
    quote_start: int
    quote_end: int
    why: str
    claim_id: str = ""
    statement_id: str = ""
    denies: tuple[str, ...] = ()

    @property
    def precision(self) -> int | None:
        """ACLED's geo_precision: 1 the place itself, 2 near it or part of an area, 3 a region; None without a place."""
        return precision_of(
            max(end.place.radius_km, _NEAR_KM if _is_derived(end) else 0.0) for end in self.ends.values()
        )

    def row(self) -> dict[str, Any]:
        """Give the columns of claims.csv that it fills."""
        count = self.count
        row: dict[str, Any] = {
            "claim_id": self.claim_id,
            "statement_id": self.statement_id,
            "kind": str(self.kind),
            "status": str(self.status),
            "modality": str(self.modality),
            "actors": ";".join(self.actors),
            "actor_text": self.actor_text,
            "speakers": self.speakers,
            "via": self.via,
            "root": self.via.rpartition(" > ")[2],
            "denies": ";".join(self.denies),
        }
        for role in _ROLES:
            end = self.ends.get(role)
            row[role] = end.mention.text if end else ""
            row[f"{role}_id"] = end.place.place_id if end else ""
        return row | {
            "geo_precision": self.precision,
            "date_start": self.days.low and self.days.low.isoformat(),
            "date_end": self.days.high and self.days.high.isoformat(),
            "date_kind": str(self.days.kind or ""),
            "date_text": self.days.text,
            "count_text": count.text if count else "",
            "count": count and count.count,
            "count_qualifier": str(count.qualifier) if count else "",
            "count_low": count and count.low,
            "count_high": count and count.high,
            "count_unit": str(count.unit) if count else "",
            "quote": self.quote,
            "quote_start": self.quote_start,
            "quote_end": self.quote_end,
        }


def precision_of(radii: Iterable[float]) -> int | None:
    """Give ACLED's geo_precision of a claim whose places have these radii in kilometres; None without a place."""
    least = min(radii, default=None)
    if least is None:
        return None
    return 1 if least <= _PLACE_KM else 2 if least <= _AREA_KM else 3


def _is_derived(end: Placed) -> bool:
    """Tell a place made of another by a phrase ("northeast of"), whose id names the relation before a colon."""
    return ":" in end.place.place_id


_ROLES = ("origin", "crossing", "destination", "place")
_PLACE_KM = 15.0
_NEAR_KM = 15.1  # a place made of words about another is near it at best, however small
_AREA_KM = 60.0
