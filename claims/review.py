"""What a reviewer should know of a proposed claim: who told it already, which event it would join, what it contradicts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.events import events_of
from claims.model import CLAIMS, ROLES, Dispute, Kind, Status
from claims.suggest import LONG, Happening, are_one, kin_of, put_alike
from claims.tables import Table, typed
from geo.areas import areas_of
from geo.records import kilometres

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.model import Collection
    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["Contradiction", "Join", "Review", "Told", "Why"]

SAME_WORDS: Final = 0.8
"""Share of the shorter quote's words that the other must hold for both to be the same words."""

FEWEST_WORDS: Final = 5
"""A quote of fewer words is no sign that another was copied from it."""

ABOUT: Final = ("occurrence", "count", "date", "place")
"""What two claims of one event may be apart on (design.md, `disputed`)."""

MOST: Final = 5
"""Events that are suggested for a claim, the likeliest first."""


class Why(StrEnum):
    """Why a claim seems to be told already."""

    WORDS = "words"
    """Its quote has the same words."""

    SOURCE = "source"
    """The same source tells of the same happening."""

    ROOT = "root"
    """Another source tells of the same happening by the same root: it is no second witness."""


@dataclass(frozen=True, slots=True)
class Told:
    """A known claim that a proposed one seems to repeat."""

    claim_id: str
    why: Why


@dataclass(frozen=True, slots=True)
class Join:
    """An event that a proposed claim would join.

    Attributes:
        event_id: Its id.
        km: Kilometres between the nearest places of both.
        actors: Ids that both name.
        claims: How many the event has.
    """

    event_id: str
    km: float
    actors: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a known claim says otherwise than a proposed one.

    Attributes:
        claim_id: The known claim.
        about: occurrence, count, date or place, as design.md lists it.
        how: Whether they differ or conflict.
    """

    claim_id: str
    about: str
    how: Dispute


class Review:
    """A collection as it is asked about proposed claims; nothing of it is changed."""

    def __init__(self, collection: Collection, gazetteer: Gazetteer) -> None:
        """Ask of this collection, whose places and those of what is proposed are in the gazetteer."""
        self._claims = collection.claims
        self._events = collection.events
        self._sources = collection.sources
        self._gazetteer = gazetteer
        self._kin = kin_of(collection.actors)

    def told_already(self, cells: Mapping[str, str]) -> list[Told]:
        """Name the known claims that a proposed one repeats, those of the same words first.

        Args:
            cells: The proposed claim by the columns of claims.csv, as they would be written; what is not said is empty.
        """
        row = _row(cells)
        found = dict.fromkeys(self._same_words(row), Why.WORDS)
        proposed = self._happening(row)
        alike = [
            claim
            for claim in self._near_in_time(proposed)
            if (claim["source_id"] == row["source_id"] or claim["root"] == row["root"])
            and are_one(proposed, [self._happening(claim)], self._kin)
        ]
        apart = {one.claim_id for one in self._apart(row, alike)}
        for claim in alike:
            if (claim_id := str(claim["claim_id"])) not in apart:
                same = claim["source_id"] == row["source_id"]
                found.setdefault(claim_id, Why.SOURCE if same else Why.ROOT)
        return [Told(claim_id, why) for claim_id, why in found.items()]

    def joins(self, cells: Mapping[str, str]) -> list[Join]:
        """Name the events of its kind that a proposed claim would join, the likeliest first.

        One is like it, none of its claims is against it (`claims.suggest`); with the same
        actors, then nearer, then told by more claims, is likelier.

        Args:
            cells: As for `told_already`.
        """
        row = _row(cells)
        proposed = self._happening(row)
        of_event: dict[str, list[Happening]] = {}
        kinds = dict(zip(self._events["event_id"], self._events["kind"], strict=True))
        near = {str(claim["event_id"]) for claim in self._near_in_time(proposed)}
        wanted = {event_id for event_id in near if kinds.get(event_id) == row["kind"]}
        for claim in self._rows(self._claims["event_id"].isin(list(wanted))):
            of_event.setdefault(str(claim["event_id"]), []).append(self._happening(claim))
        found = [
            _join(event_id, proposed, group)
            for event_id, group in of_event.items()
            if are_one(proposed, group, self._kin)
        ]
        return sorted(found, key=lambda one: (not one.actors, one.km, -one.claims, one.event_id))[:MOST]

    def contradictions(self, cells: Mapping[str, str], event_id: str) -> list[Contradiction]:
        """Tell what the claims of an event say otherwise than a proposed one, by the rules that disputes are found by.

        Args:
            cells: As for `told_already`.
            event_id: The event that it is to join.
        """
        return self._apart(_row(cells), self._rows(self._claims["event_id"].eq(event_id)))

    def deniable(self, event_id: str) -> list[str]:
        """List the claims of an event that say it happened, which a denial may deny."""
        claims = self._claims
        said = claims["event_id"].eq(event_id) & claims["status"].isin([Status.REPORTED, Status.CONFIRMED])
        return [str(claim_id) for claim_id in claims.loc[said, "claim_id"]]

    def _apart(self, row: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> list[Contradiction]:
        """Make of each claim with the proposed one an event of two, and ask what it is disputed on."""
        if not claims:
            return []
        pairs = [
            {**claim, "claim_id": f"{side}{number}", "event_id": str(number)}
            for number, known in enumerate(claims)
            for side, claim in (("known", known), ("proposed", row))
        ]
        frame = pd.DataFrame(pairs, columns=list(self._claims.columns)).astype(self._claims.dtypes.to_dict())
        heads = pd.DataFrame({"event_id": [str(number) for number in range(len(claims))]})
        heads = heads.assign(title="", title_ar="", kind=str(row["kind"]), note="")
        places = (place for claim in pairs for place in self._places(claim).values())
        events = events_of(frame, heads, areas_of(places), self._sources)
        return [
            Contradiction(str(claim["claim_id"]), about, Dispute(how))
            for claim, (_, event) in zip(claims, events.iterrows(), strict=True)
            for about in ABOUT
            if (how := event[f"disputed_{about}"])
        ]

    def _same_words(self, row: Mapping[str, Any]) -> list[str]:
        """List the claims of the same words that put it as the proposed one does: a denial repeats no report."""
        words = _words(str(row["quote"]))
        if len(words) < FEWEST_WORDS:
            return []
        return [
            claim_id
            for claim_id, status, other in self._quotes
            if _are_the_same(words, other) and put_alike(status, Status(str(row["status"])))
        ]

    @cached_property
    def _quotes(self) -> list[tuple[str, Status, frozenset[str]]]:
        columns = (self._claims[column] for column in ("claim_id", "status", "quote"))
        return [
            (str(claim_id), Status(str(status)), words)
            for claim_id, status, quote in zip(*columns, strict=True)
            if len(words := _words(quote)) >= FEWEST_WORDS
        ]

    def _near_in_time(self, proposed: Happening) -> list[Mapping[str, Any]]:
        """Give the claims whose days are not far from the proposed one's."""
        low, high = proposed.low or proposed.high, proposed.high or proposed.low
        if low is None or high is None:
            return []
        start = self._claims["date_start"].fillna(self._claims["date_end"])
        end = self._claims["date_end"].fillna(self._claims["reported"])
        reach = pd.Timedelta(days=LONG)
        return self._rows((start <= pd.Timestamp(high) + reach) & (end >= pd.Timestamp(low) - reach))

    def _rows(self, wanted: pd.Series) -> list[Mapping[str, Any]]:
        rows: list[Mapping[str, Any]] = self._claims[wanted].to_dict("records")
        return rows

    def _places(self, claim: Mapping[str, Any]) -> dict[str, Place]:
        found = ((role, self._gazetteer.get(str(claim[f"{role}_id"]))) for role in ROLES)
        return {role: place for role, place in found if place is not None}

    def _happening(self, claim: Mapping[str, Any]) -> Happening:
        ends = self._places(claim)
        low, high = (None if pd.isna(day) else day.date() for day in (claim["date_start"], claim["date_end"]))
        return Happening(
            kind=Kind(str(claim["kind"])),
            actors=frozenset(filter(None, str(claim["actors"]).split(";"))),
            places=tuple(ends.values()),
            low=low,
            high=high,
            heading=(_country(ends.get("origin")), _country(ends.get("destination"))),
            status=Status(str(claim["status"])),
        )


def _row(cells: Mapping[str, str]) -> Mapping[str, Any]:
    """Give a proposed claim as a row of `Collection.claims`; what its cells cannot be read as is empty."""
    return _typed(tuple(cells.get(column.name, "") or "" for column in CLAIMS))


@lru_cache(maxsize=16)
def _typed(cells: tuple[str, ...]) -> Mapping[str, Any]:
    written = pd.DataFrame([cells], columns=[column.name for column in CLAIMS], dtype=str)
    frame = typed(Table("proposal", written, np.array([1]), []), CLAIMS)
    row: Mapping[str, Any] = frame.to_dict("records")[0]
    return row


def _country(end: Place | None) -> str:
    return end.country if end else ""


def _words(quote: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", quote.casefold()))


def _are_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME_WORDS * min(len(one), len(other))


def _join(event_id: str, proposed: Happening, group: Sequence[Happening]) -> Join:
    pairs = [(one, other) for claim in group for one in claim.places for other in proposed.places]
    return Join(
        event_id,
        km=min(kilometres(one, other) for one, other in pairs),
        actors=tuple(sorted(proposed.actors & frozenset().union(*(claim.actors for claim in group)))),
        claims=len(group),
    )
