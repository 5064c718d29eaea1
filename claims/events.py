"""Put claims together: one row an event, computed from its claims by the rules of design.md.

Nothing here is stored: the same claims, or only those known by a day, always give the same events.

A report that was retracted stays with its event and is marked, but bears nothing out. Its claims, those of reports that
repeat it and those that go back to it as their root have *fallen* (claims/retractions.py): they are no independent
source, confirm nothing and deny nothing, and say days, place and count only where no other claim says that it happened
or was to happen. An event for which no claim stands but such, or but a denial, *rests on a retracted report*. That a
report was retracted has no day: it holds for what was known on any. A corrected report counts as any other.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import coded, rows_in
from claims.counts import counts
from claims.grouped import Grouped
from claims.hulls import hulls
from claims.model import ROLES, CountUnit, DateKind, Dispute, Status
from claims.retractions import standing_of
from claims.whereabouts import most_precise, places_apart

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection as Collected
    from collections.abc import Mapping
    from enum import StrEnum

    from claims.coded import Coded
    from claims.counts import Counts
    from claims.hulls import Hulls
    from claims.model import Collection

STRENGTH: Final = {
    Status.CONFIRMED: 3,
    Status.REPORTED: 3,
    Status.PLANNED: 2,
    Status.REQUESTED: 2,
    Status.REJECTED: 2,
    Status.DENIED: 1,
}
"""Only the strongest claims of an event say its date, place and count: a denial widens nothing, and
a plan says nothing of a movement that is reported to have been. engine/standing.js has the same; both are held to
tests/telling_ranks.json."""

STANDS: Final = 3
"""So much stronger is a claim that stands and does not deny: whatever it says goes before what has fallen."""

STATUS_ORDER: Final = (
    Status.CONFIRMED,
    Status.REPORTED,
    Status.REJECTED,
    Status.PLANNED,
    Status.REQUESTED,
    Status.DENIED,
)
"""The first that an event's strongest claims hold is its status; a request that was rejected is rejected."""


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Claims of some events or versions that name a place which does not meet another of the same, in their order.

    Attributes:
        event: The number of the event or version.
        claim: The row in `Collection.claims`.
        role: Its place in `ROLES`.
        place: As its place in `Facts.place_ids`.
    """

    event: np.ndarray
    claim: np.ndarray
    role: np.ndarray
    place: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What the claims of each of some events, or of versions of events, say together, as columns.

    Attributes:
        status: Its place in `Status`.
        days: The hull of the days.
        counts: The range of the numbers.
        ends: By role the place, as its place in `place_ids`; 0 for none.
        place_ids: The different ids, the first of them "".
        geo_precision: Of the claims that say those places, NaN for none.
        actors: Ids separated by `;`.
        claims: How many there are, and likewise `sources`, `roots` and `roots_denying`.
        reposts: How many of the sources repeat another, and likewise `sources_retracted`.
        rests_on_retracted: Whether no claim stands that says it happened or was to happen.
        disputed_occurrence: Its place in `Dispute`, and likewise `disputed_place`.
        apart: The claims whose places do not meet.
    """

    status: np.ndarray
    days: Hulls
    counts: Counts
    ends: Mapping[str, np.ndarray]
    place_ids: pa.Array
    geo_precision: np.ndarray
    actors: pa.Array
    claims: np.ndarray
    sources: np.ndarray
    roots: np.ndarray
    roots_denying: np.ndarray
    reposts: np.ndarray
    sources_retracted: np.ndarray
    rests_on_retracted: np.ndarray
    disputed_occurrence: np.ndarray
    disputed_place: np.ndarray
    apart: Apart

    def frame(self) -> pd.DataFrame:
        """Return the columns that `events_of` adds to the events' own."""
        days, counts = self.days, self.counts
        return pd.DataFrame(
            {
                "status": _words(self.status, Status),
                "date_start": _days(days.start),
                "date_end": _days(days.end),
                "date_kind": _words(days.kind, DateKind),
                "date_texts": _strings(days.texts),
                "disputed_date": _words(days.disputed, Dispute),
                "count_low": counts.low,
                "count_high": counts.high,
                "count_unit": _words(counts.unit, CountUnit),
                "disputed_count": _words(counts.disputed, Dispute),
                "count_texts": _strings(counts.texts),
                **{
                    f"{role}_id": _strings(self.place_ids.take(pa.array(of)))
                    for role, of in self.ends.items()
                },
                "geo_precision": self.geo_precision,
                "actors": _strings(self.actors),
                "claims": self.claims,
                "sources": self.sources,
                "roots": self.roots,
                "roots_denying": self.roots_denying,
                "reposts": self.reposts,
                "sources_retracted": self.sources_retracted,
                "rests_on_retracted": self.rests_on_retracted,
                "disputed_occurrence": _words(self.disputed_occurrence, Dispute),
                "disputed_place": _words(self.disputed_place, Dispute),
            }
        )


def _words(places: np.ndarray, words: type[StrEnum]) -> pd.api.extensions.ExtensionArray:
    """Return the words at their places in an enum, "" for -1."""
    return _strings(
        pa.array([*map(str, words), ""]).take(pa.array(places.astype("int64") % (len(words) + 1)))
    )


def _strings(texts: pa.Array) -> pd.api.extensions.ExtensionArray:
    return pd.array(texts, dtype="str")


def _days(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[D]").astype("datetime64[s]")


def events_of(
    claims: pd.DataFrame,
    events: pd.DataFrame,
    places: pd.DataFrame,
    sources: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compute every event from its claims.

    Args:
        claims: `Collection.claims`.
        events: `Collection.events`.
        places: One row a place, indexed by place_id: lon, lat (EPSG:4326), radius_km, and geometry, its
            outline or, for what has none, its point (shapely, EPSG:4326); from `layers.frames.places_frame`.
        sources: `Collection.sources`; None where all stand and none repeats another.

    Returns:
        One row for each event that has claims, in the order of `events`, indexed by event_id: title,
        title_ar, kind, note; status; date_start, date_end (datetime64[s], the hull of the strongest
        claims' intervals), date_kind, date_texts; origin_id, crossing_id, destination_id, place_id,
        route_id ("" where none is said); geo_precision (of the claims that say those places); count_low,
        count_high (float64; a high of infinity is open, a low of NaN is not said, as in "at most", both
        NaN where no number is said), count_unit, count_texts; actors; claims,
        sources, roots, roots_denying, reposts, sources_retracted (numbers); rests_on_retracted (bool); disputed_occurrence, disputed_count, disputed_date, disputed_place
        (words of `Dispute`).
    """
    heads, event = with_claims(events, claims)
    facts = facts_of(coded(claims, event, standing_of(claims, sources)), len(heads), places).frame()
    return heads.set_index("event_id").join(facts.set_index(pd.Index(heads["event_id"])))


def with_claims(events: pd.DataFrame, claims: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the events that have claims, and of each claim the row of its event among them, -1 for none."""
    event = rows_in(claims["event_id"], events["event_id"])
    has = np.bincount(event + 1, minlength=len(events) + 1)[1:] > 0
    number = np.append(np.cumsum(has) - 1, -1)
    return events[has], number[event]


def facts_of(claims: Coded, count: int, places: pd.DataFrame) -> Facts:
    """Compute what the claims of each event or version say together.

    Args:
        claims: With the number of the event or version that each row is of.
        count: How many events or versions there are, each with one claim at least.
        places: As `events_of` takes them.
    """
    groups = Grouped(claims.event, count)
    fallen = claims["fallen"]
    strength = np.array([STRENGTH[status] for status in Status], dtype="int8")[claims["status"]]
    denied = claims["status"] == list(Status).index(Status.DENIED)
    upheld = ~fallen & ~denied
    weight = strength + STANDS * upheld.astype("int8")
    told = claims.where(weight == groups.most(weight, 0)[claims.event])
    said = Grouped(told.event, count)
    ends, disputed_place, apart = _ends(told, said, places)
    standing = claims.where(~fallen)
    denying = claims.where(denied & ~fallen)
    reposts, retracted = claims.where(claims["repost"]), claims.where(claims["retracted"])
    status, contested = _status(claims, groups, strength)
    return Facts(
        status=status,
        days=hulls(told, said),
        counts=counts(told, said),
        ends=ends,
        place_ids=claims.words["place_id"],
        geo_precision=_precision(told, said, ends),
        actors=_actors(told, said),
        claims=groups.sizes(),
        sources=groups.count_different(claims["source_id"]),
        roots=Grouped(standing.event, count).count_different(standing["root"]),
        roots_denying=Grouped(denying.event, count).count_different(denying["root"]),
        reposts=Grouped(reposts.event, count).count_different(reposts["source_id"]),
        sources_retracted=Grouped(retracted.event, count).count_different(retracted["source_id"]),
        rests_on_retracted=groups.any(fallen) & ~groups.any(upheld),
        disputed_occurrence=np.where(contested, list(Dispute).index(Dispute.CONFLICTS), 0),
        disputed_place=disputed_place,
        apart=apart,
    )


def _status(claims: Coded, groups: Grouped, strength: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each event's status, and whether it is both said and denied, by the claims that stand, or all if none does."""
    fallen = claims["fallen"]
    counts = ~fallen | ~groups.any(~fallen)[claims.event]
    strongest = groups.most(np.where(counts, strength, 0), 0)
    rank = np.array([STATUS_ORDER.index(status) for status in Status], dtype="int8")
    ranks = rank[claims["status"]]
    # What has fallen confirms nothing.
    ranks = np.maximum(ranks, np.where(fallen, STATUS_ORDER.index(Status.REPORTED), 0).astype("int8"))
    ranks = np.where(counts & (strength == strongest[claims.event]), ranks, len(STATUS_ORDER))
    denied = counts & (claims["status"] == list(Status).index(Status.DENIED))
    contested = (strongest > STRENGTH[Status.DENIED]) & groups.any(denied)
    return np.argsort(rank)[groups.least(ranks, 0)], contested


def known_by(collection: Collection, day: dt.date) -> Collection:
    """Return the collection as it was known on a day: with the claims reported by then, and no story of later.

    It opens on no later day than it knows of.
    """
    claims, facts = collection.claims, collection.facts
    claims = claims[claims["reported"] <= pd.Timestamp(day)]
    known = day if collection.known is None else min(day, collection.known)
    opening = max(facts.first_day, min(facts.opening_day, known))
    facts = dataclasses.replace(facts, opening_day=opening)
    return dataclasses.replace(collection, claims=claims, facts=facts, known=known, story=None)


def of_events(collection: Collection, event_ids: Collected[str]) -> Collection:
    """Return the collection with these events and their claims only, and no story of others."""
    events, claims = collection.events, collection.claims
    return dataclasses.replace(
        collection,
        events=events[events["event_id"].isin(list(event_ids))],
        claims=claims[claims["event_id"].isin(list(event_ids))],
        story=None,
    )


def _actors(claims: Coded, groups: Grouped) -> pa.Array:
    """Return each event's different actors in the order of the claims."""
    lists = pc.split_pattern(claims.words["actors"], ";")
    names = lists.flatten().dictionary_encode()
    sizes = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    begins = np.cumsum(sizes) - sizes
    repeats = sizes[claims["actors"]]
    steps = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    codes = names.indices.to_numpy()[np.repeat(begins[claims["actors"]], repeats) + steps]
    return Grouped(np.repeat(claims.event, repeats), groups.count).joined(codes, names.dictionary, ";")


def _ends(
    claims: Coded, groups: Grouped, places: pd.DataFrame
) -> tuple[dict[str, np.ndarray], np.ndarray, Apart]:
    """Return each event's place in each role, whether its claims' places do not meet, and which claims those are.

    Most events have one place in a role; only where there are several it is asked which of them meet.
    """
    ends = {role: np.zeros(groups.count, dtype="int32") for role in ROLES}
    disputed = np.zeros(groups.count, dtype="int8")
    number: dict[str, int] = {}
    found: list[np.ndarray] = [np.empty((0, 4), dtype=np.int64)]
    for code, role in enumerate(ROLES):
        column = f"{role}_id"
        named = claims.where(claims[column] > 0)
        ends[role][named.event] = named[column]
        several = Grouped(named.event, groups.count).count_different(named[column]) > 1
        if several.any():
            number = number or {word: at for at, word in enumerate(claims.words["place_id"].to_pylist())}
            rows = named.where(several[named.event])
            contested = rows.frame()
            for event, place_id in most_precise(contested, column, places).items():
                ends[role][event] = number[place_id]
            apart = {(event, number[place_id]) for event, place_id in places_apart(contested, column, places)}
            disputed[[event for event, _ in apart]] = list(Dispute).index(Dispute.CONFLICTS)
            pairs = zip(rows.event.tolist(), rows[column].tolist(), strict=True)
            at = np.flatnonzero(np.fromiter((pair in apart for pair in pairs), bool, len(rows.event)))
            found.append(
                np.stack([rows.event[at], rows.row[at], np.full(len(at), code), rows[column][at]], axis=1)
            )
    table = np.concatenate(found)
    table = table[np.argsort(table[:, 0], kind="stable")]
    return ends, disputed, Apart(*table.T)


def _precision(claims: Coded, groups: Grouped, ends: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the best geo_precision among the claims that say an event's places, not one that it passed over."""
    says = np.zeros(len(claims.event), dtype=bool)
    for role, of in ends.items():
        chosen = of[claims.event]
        says |= (claims[f"{role}_id"] == chosen) & (chosen > 0)
    precision = np.where(says, claims["geo_precision"], np.nan)
    least = groups.least(np.where(np.isnan(precision), np.inf, precision), np.inf)
    return np.where(np.isinf(least), np.nan, least)
