"""Put claims together: one row an event, computed from its claims by the rules of design.md.

Nothing here is stored: the same claims, or only those known by a day, always give the same events.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.model import ROLES, CountQualifier, DateKind, Dispute, Status
from claims.whereabouts import most_precise, place_disputes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection as Collected

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
a plan says nothing of a movement that is reported to have been."""

STATUS_ORDER: Final = (
    Status.CONFIRMED,
    Status.REPORTED,
    Status.REJECTED,
    Status.PLANNED,
    Status.REQUESTED,
    Status.DENIED,
)
"""The first that an event's strongest claims hold is its status; a request that was rejected is rejected."""

DATE_KIND_ORDER: Final = (DateKind.SINCE, DateKind.THROUGHOUT, DateKind.ON, DateKind.BY)
"""Of several date kinds the first, where its claims cover the hull."""

COUNT_APART: Final = 1.25
"""Stated counts differ when the larger is over this many times the smaller (design.md: over a quarter)."""

UNSAID: Final = -1.0
"""Stands for a low that is not said, below every number."""


def events_of(
    claims: pd.DataFrame,
    events: pd.DataFrame,
    places: pd.DataFrame,
) -> pd.DataFrame:
    """Compute every event from its claims.

    Args:
        claims: `Collection.claims`.
        events: `Collection.events`.
        places: One row a place, indexed by place_id: lon, lat (EPSG:4326), radius_km, and geometry, its
            outline or, for what has none, its point (shapely, EPSG:4326); from `layers.frames.places_frame`.

    Returns:
        One row for each event that has claims, in the order of `events`, indexed by event_id: title,
        title_ar, kind, note; status; date_start, date_end (datetime64[s], the hull of the strongest
        claims' intervals), date_kind, date_texts; origin_id, crossing_id, destination_id, place_id,
        route_id ("" where none is said); geo_precision (of the claims that say those places); count_low,
        count_high (float64; a high of infinity is open, a low of NaN is not said, as in "at most", both
        NaN where no number is said), count_unit, count_texts; actors; claims,
        sources, roots, roots_denying (numbers); disputed_occurrence, disputed_count, disputed_date, disputed_place
        (words of `Dispute`).
    """
    claims = claims[claims["event_id"].ne("")]
    # Events are numbered, because numbers are grouped ten times as fast as words.
    numbers, ids = pd.factorize(claims["event_id"])
    facts = facts_of(claims.assign(event=numbers), len(ids), places)
    heads = events.set_index("event_id")
    order = heads.index[pd.Index(ids).get_indexer(heads.index) >= 0]
    return heads.loc[order].join(facts.set_index(pd.Index(ids, name="event_id")))


def facts_of(claims: pd.DataFrame, count: int, places: pd.DataFrame) -> pd.DataFrame:
    """Compute what the claims of each of some events, or of versions of events, say together.

    Args:
        claims: `Collection.claims` with a column `event`, the number of the event or version that a row is of;
            a claim of several versions has as many rows.
        count: How many events or versions there are, each with one claim at least.
        places: As `events_of` takes them.

    Returns:
        One row for each number, with the columns that `events_of` adds to the events' own.
    """
    status = pd.Index(list(map(str, STRENGTH))).get_indexer(claims["status"])
    strength = pd.Series(np.array(list(STRENGTH.values()))[status], index=claims.index)
    strongest = strength.eq(strength.groupby(claims["event"]).transform("max"))
    told = claims[strongest]

    facts = pd.DataFrame(index=pd.RangeIndex(count))
    facts["status"] = _first_in_order(told, "status", STATUS_ORDER)
    facts = facts.join(_dates(told)).join(_counts(told))
    for role in ROLES:
        facts[f"{role}_id"] = most_precise(told, f"{role}_id", places).reindex(facts.index, fill_value="")
    facts["geo_precision"] = _precision(told, facts)
    denied = claims["status"].eq(Status.DENIED)
    facts["actors"] = _joined(told, "actors", ";")
    facts["claims"] = claims.groupby("event").size()
    facts["sources"] = _distinct(claims, "source_id")
    facts["roots"] = _distinct(claims, "root")
    facts["roots_denying"] = _distinct(claims[denied], "root").reindex(facts.index, fill_value=0)
    levels = strength.groupby(claims["event"])
    contested = levels.max().gt(levels.min()) & denied.groupby(claims["event"]).any()
    facts["disputed_occurrence"] = np.where(contested, Dispute.CONFLICTS, Dispute.NONE)
    facts["disputed_place"] = place_disputes(told, places).reindex(facts.index, fill_value=Dispute.NONE)
    text = ["status", "date_kind", "date_texts", "count_unit", "count_texts", "disputed_count", "actors"]
    facts[text] = facts[text].fillna("")
    return facts


def known_by(collection: Collection, day: dt.date) -> Collection:
    """Return the collection as it was known on a day: with the claims reported by then, and no story of later."""
    claims = collection.claims
    claims = claims[claims["reported"] <= pd.Timestamp(day)]
    known = day if collection.known is None else min(day, collection.known)
    return dataclasses.replace(collection, claims=claims, known=known, story=None)


def of_events(collection: Collection, event_ids: Collected[str]) -> Collection:
    """Return the collection with these events and their claims only, and no story of others."""
    events, claims = collection.events, collection.claims
    return dataclasses.replace(
        collection,
        events=events[events["event_id"].isin(list(event_ids))],
        claims=claims[claims["event_id"].isin(list(event_ids))],
        story=None,
    )


def ranges(claims: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the lowest and the highest number that each claim means; NaN is not said, infinity is open.

    "At most 500" says no lowest number; of a number alone the range is that number and up.
    """
    at_most = claims["count_qualifier"].eq(CountQualifier.AT_MOST)
    low = claims["count_low"].fillna(claims["count"].where(~at_most))
    high = claims["count_high"].fillna(claims["count"].where(at_most))
    return low, high.where(high.notna() | (low.isna() & claims["count"].isna()), np.inf)


def _first_in_order(claims: pd.DataFrame, column: str, order: tuple[str, ...]) -> pd.Series:
    """Return each event's first word in an order; no row where its claims hold none."""
    ranks = pd.Index(list(map(str, order))).get_indexer(claims[column])
    said = ranks >= 0
    best = pd.Series(ranks[said]).groupby(claims["event"].to_numpy()[said]).min()
    return pd.Series(np.array(order, dtype=object)[best], index=best.index).map(str)


def _distinct(claims: pd.DataFrame, column: str) -> pd.Series:
    """Return how many different words of a column each event has."""
    pairs = pd.DataFrame({"event": claims["event"], "word": pd.factorize(claims[column])[0]})
    return pairs.drop_duplicates().groupby("event").size()


def _joined(claims: pd.DataFrame, column: str, separator: str) -> pd.Series:
    """Return each event's distinct words of a column in the claims' order, joined; no row where none."""
    said = claims.loc[claims[column].ne(""), ["event", column]]
    if separator == ";" and said[column].str.contains(";", regex=False).any():
        said = said.assign(**{column: said[column].str.split(";")}).explode(column)
    codes, words = pd.factorize(said[column])
    pairs = pd.DataFrame({"event": said["event"].to_numpy(), "code": codes}).drop_duplicates()
    pairs = pairs.sort_values("event", kind="stable")
    texts = np.asarray(words, dtype=object)[pairs["code"]]
    begins = np.flatnonzero(np.diff(pairs["event"], prepend=-1))
    ends = np.append(begins, len(texts))[1:]
    joined = [separator.join(texts[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    return pd.Series(joined, index=pairs["event"].to_numpy()[begins], dtype=object)


def _dates(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the hull of each event's intervals, its date kind, words and dispute."""
    start, end = claims["date_start"], claims["date_end"]
    # A state without a last stated day was last seen on the day it was reported.
    end = end.where(end.notna() | claims["date_kind"].ne(DateKind.SINCE), claims["reported"])
    begin = start.where(start.notna(), end)
    groups = claims["event"]
    kind = claims["date_kind"]
    # "By the 8th" beside "on the 6th" only says less: it widens nothing that it reaches.
    earliest = begin.where(kind.ne(DateKind.BY)).groupby(groups).transform("min")
    says_less = kind.eq(DateKind.BY) & (end >= earliest) & (start.isna() | (start <= earliest))
    hull = pd.DataFrame(
        {
            "date_start": begin.where(~says_less).groupby(groups).min(),
            "date_end": end.where(~says_less).groupby(groups).max(),
        }
    )
    hull["date_kind"] = _date_kind(claims, begin, end, hull)
    alone = hull["date_kind"].eq(DateKind.BY)
    hull.loc[alone, "date_start"] = start.groupby(groups).min()[alone]
    hull["date_texts"] = _joined(claims, "date_text", " / ")
    # `by` reaches back without end, so it conflicts with nothing earlier.
    reaches = start.where(start.notna() | claims["date_kind"].ne(DateKind.BY), pd.Timestamp.min.as_unit("s"))
    # `since` only ends where it was last seen; to be seen again later is no conflict.
    lasts = end.where(claims["date_kind"].ne(DateKind.SINCE), pd.Timestamp.max.as_unit("s"))
    apart = reaches.groupby(groups).max() > lasts.groupby(groups).min()
    # Wide windows only say less; but that a state began on two days, over a day apart, is a difference.
    began = start[claims["date_kind"].isin([DateKind.SINCE, DateKind.THROUGHOUT])].groupby(groups)
    differs = (began.max() - began.min() > pd.Timedelta(days=1)).reindex(hull.index, fill_value=False)
    hull["disputed_date"] = np.select([apart, differs], [Dispute.CONFLICTS, Dispute.DIFFERS], Dispute.NONE)
    return hull


def _date_kind(claims: pd.DataFrame, begin: pd.Series, end: pd.Series, hull: pd.DataFrame) -> pd.Series:
    """Return how each hull is meant: as lasting only where claims that say so cover it, so that no day looks surer.

    A state that was seen again on one later day lasted until then.
    """
    groups, kind = claims["event"], claims["date_kind"]
    found = _first_in_order(claims, "date_kind", DATE_KIND_ORDER).reindex(hull.index, fill_value="")
    lasting = kind.isin([DateKind.SINCE, DateKind.THROUGHOUT])
    seen = kind.eq(DateKind.ON) & (begin == end) & groups.map(found.eq(DateKind.SINCE))
    first = begin.where(lasting).groupby(groups).min()
    last = end.where(lasting | seen).groupby(groups).max()
    covered = (first <= hull["date_start"]) & (last >= hull["date_end"])
    short = found.isin([DateKind.SINCE, DateKind.THROUGHOUT]) & ~covered
    return found.where(~short, str(DateKind.ON))


def _counts(claims: pd.DataFrame) -> pd.DataFrame:
    """Return each event's range of counts in its commonest unit, its words and dispute.

    A number that one statement gives for several events stands with each of them; who adds events
    up must count a statement once.
    """
    said = claims[claims["count_low"].notna() | claims["count_high"].notna() | claims["count"].notna()]
    unit = _commonest(said, "count_unit")
    said = said[said["count_unit"].eq(said["event"].map(unit))]
    low, high = ranges(said)
    groups = said["event"]
    lowest = low.fillna(UNSAID).groupby(groups).min()
    counts = pd.DataFrame(
        {
            "count_low": lowest.where(lowest.ne(UNSAID)),
            "count_high": high.groupby(groups).max(),
            "count_unit": unit,
        }
    )
    # Only a number that was said can differ from another; "hundreds" is apart or not by its range.
    stated = said["count"].groupby(groups)
    differs = stated.max() > COUNT_APART * stated.min()
    apart = low.groupby(groups).max() > high.groupby(groups).min()
    counts["disputed_count"] = np.select([apart, differs], [Dispute.CONFLICTS, Dispute.DIFFERS], Dispute.NONE)
    counts["count_texts"] = _joined(said, "count_text", " / ")
    return counts


def _commonest(claims: pd.DataFrame, column: str) -> pd.Series:
    """Return each event's commonest word of a column; of several the first said."""
    tally = claims.groupby(["event", column], sort=False).size().reset_index(name="claims")
    tally = tally.sort_values("claims", ascending=False, kind="stable").drop_duplicates("event")
    return tally.set_index("event")[column]


def _precision(claims: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """Return the best geo_precision among the claims that say an event's places, not one that it passed over."""
    ids = [f"{role}_id" for role in ROLES]
    chosen = events.loc[claims["event"], ids].to_numpy()
    says = ((claims[ids].to_numpy() == chosen) & (chosen != "")).any(axis=1)
    return claims[says].groupby("event")["geo_precision"].min()
