"""Put claims together: one row an event, computed from its claims by the rules of design.md.

Nothing here is stored: the same claims, or only those known by a day, always give the same events.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.model import ROLES, CountQualifier, DateKind, Dispute, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection as Collected
    from collections.abc import Hashable

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
"""Of several date kinds the first: a state seen again later is still that state."""

COUNT_APART: Final = 1.25
"""Stated counts differ when the larger is over this many times the smaller (design.md: over a quarter)."""

UNSAID: Final = -1.0
"""Stands for a low that is not said, below every number."""

OUTLINE_KM: Final = 3.0
"""How far an outline may be off: the accuracy of Natural Earth 1:10m, of which most of them are made."""

KM_PER_DEGREE: Final = 111.2

AREA: Final = {1: 0.0, 2: 25.0, 3: 0.0}
"""Least radius in km of a claim's place by geo_precision: UCDP's where_prec 2 is "within 25 km"
(UCDP GED Codebook); a region (3) brings its own radius."""


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
    strength = claims["status"].map({str(status): level for status, level in STRENGTH.items()})
    strongest = strength.eq(strength.groupby(claims["event_id"]).transform("max"))
    told = claims[strongest]

    facts = pd.DataFrame(index=pd.Index(claims["event_id"].unique(), name="event_id"))
    facts["status"] = _first_in_order(told, "status", STATUS_ORDER)
    facts = facts.join(_dates(told)).join(_counts(told))
    for role in ROLES:
        facts[f"{role}_id"] = _most_precise(told, f"{role}_id", places)
    facts[[f"{role}_id" for role in ROLES]] = facts[[f"{role}_id" for role in ROLES]].fillna("")
    by_event = claims.groupby("event_id", sort=False)
    facts["geo_precision"] = _precision(told, facts)
    facts["actors"] = _joined(told, "actors", ";")
    facts["claims"] = by_event.size()
    facts["sources"] = by_event["source_id"].nunique()
    facts["roots"] = by_event["root"].nunique()
    denied = claims["status"].eq(Status.DENIED)
    denying = claims[denied].groupby("event_id")["root"].nunique()
    facts["roots_denying"] = denying.reindex(facts.index, fill_value=0)
    levels = strength.groupby(claims["event_id"])
    contested = levels.max().gt(levels.min()) & denied.groupby(claims["event_id"]).any()
    facts["disputed_occurrence"] = np.where(contested.reindex(facts.index), Dispute.CONFLICTS, Dispute.NONE)
    facts["disputed_place"] = _place_disputes(told, places).reindex(facts.index, fill_value=Dispute.NONE)
    heads = events.set_index("event_id")
    order = heads.index[heads.index.isin(facts.index)]
    return heads.loc[order].join(facts)


def known_by(collection: Collection, day: dt.date) -> Collection:
    """Return the collection as it was known on a day: with the claims reported by then."""
    claims = collection.claims
    return dataclasses.replace(collection, claims=claims[claims["reported"] <= pd.Timestamp(day)])


def of_events(collection: Collection, event_ids: Collected[str]) -> Collection:
    """Return the collection with these events and their claims only."""
    events, claims = collection.events, collection.claims
    return dataclasses.replace(
        collection,
        events=events[events["event_id"].isin(list(event_ids))],
        claims=claims[claims["event_id"].isin(list(event_ids))],
    )


def _first_in_order(claims: pd.DataFrame, column: str, order: tuple[str, ...]) -> pd.Series:
    """Return each event's first word in an order; "" where its claims hold none."""
    rank = claims[column].map({str(word): place for place, word in enumerate(order)})
    best = rank.groupby(claims["event_id"]).min()
    return best.map(dict(enumerate(map(str, order)))).fillna("")


def _joined(claims: pd.DataFrame, column: str, separator: str) -> pd.Series:
    """Return each event's distinct words of a column in the claims' order, joined; "" where none."""
    said = claims.loc[claims[column].ne(""), ["event_id", column]]
    if separator == ";":
        said = said.assign(**{column: said[column].str.split(";")}).explode(column)
    said = said.drop_duplicates()
    joined = said.groupby("event_id", sort=False)[column].agg(separator.join)
    return joined.reindex(claims["event_id"].unique(), fill_value="")


def _dates(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the hull of each event's intervals, its date kind, words and dispute."""
    start, end = claims["date_start"], claims["date_end"]
    # A state reported after its last stated day was still seen on the day it was reported.
    end = end.where(end.notna() | claims["date_kind"].ne(DateKind.SINCE), claims["reported"])
    begin = start.where(start.notna(), end)
    groups = claims["event_id"]
    hull = pd.DataFrame(
        {
            "date_start": start.groupby(groups).min(),
            "date_end": end.groupby(groups).max(),
        }
    )
    hull["date_kind"] = _first_in_order(claims, "date_kind", DATE_KIND_ORDER)
    # `by` alone has no first day; beside a claim that has one, its last day still belongs to the hull.
    earliest = begin.groupby(groups).min()
    closed = hull["date_kind"].ne(DateKind.BY)
    hull["date_start"] = hull["date_start"].where(~closed, earliest)
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


def _counts(claims: pd.DataFrame) -> pd.DataFrame:
    """Return each event's range of counts in its commonest unit, its words and dispute.

    A number that one statement gives for several events stands with each of them; who adds events
    up must count a statement once.
    """
    said = claims[claims["count_low"].notna() | claims["count_high"].notna() | claims["count"].notna()]
    unit = said.groupby("event_id")["count_unit"].agg(_commonest)
    said = said[said["count_unit"].eq(said["event_id"].map(unit))]
    # "At most 500" says no lowest number; of a number alone the range is that number and up.
    at_most = said["count_qualifier"].eq(CountQualifier.AT_MOST)
    low = said["count_low"].fillna(said["count"].where(~at_most))
    high = said["count_high"].fillna(said["count"].where(at_most)).fillna(np.inf)
    groups = said["event_id"]
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
    counts = counts.reindex(claims["event_id"].unique())
    counts[["count_unit", "disputed_count"]] = counts[["count_unit", "disputed_count"]].fillna("")
    counts["count_texts"] = _joined(said, "count_text", " / ").reindex(counts.index, fill_value="")
    return counts


def _commonest(words: pd.Series) -> Hashable:
    commonest: Hashable = words.value_counts(sort=True).index[0]
    return commonest


def _precision(claims: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """Return the best geo_precision among the claims that say an event's places, not one that it passed over."""
    ids = [f"{role}_id" for role in ROLES]
    chosen = events.loc[claims["event_id"], ids].to_numpy()
    says = ((claims[ids].to_numpy() == chosen) & (chosen != "")).any(axis=1)
    return claims[says].groupby("event_id", sort=False)["geo_precision"].min()


def _areas(claims: pd.DataFrame, column: str, places: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that name a place in a column, with its lon, lat, radius_km and geometry."""
    named = claims.loc[claims[column].ne(""), ["event_id", "root", column, "geo_precision"]]
    areas = named.join(places[["lon", "lat", "radius_km", "geometry"]], on=column)
    least = areas["geo_precision"].map(AREA).fillna(0.0)
    areas["radius_km"] = areas["radius_km"].clip(lower=least)
    return areas


def _most_precise(claims: pd.DataFrame, column: str, places: pd.DataFrame) -> pd.Series:
    """Return each event's most precise place that no independent source conflicts with."""
    areas = _areas(claims, column, places)
    areas = areas.sort_values(["geo_precision", "radius_km"], kind="stable")
    best = areas.drop_duplicates("event_id").set_index("event_id")[column]
    several = areas.groupby("event_id")[column].nunique()
    for event_id in several[several > 1].index:
        best[event_id] = _uncontested(areas[areas["event_id"].eq(event_id)], column)
    return best


def _uncontested(areas: pd.DataFrame, column: str) -> str:
    """Of one event's areas, most precise first: the first that no other root's area fails to meet."""
    for _, area in areas.iterrows():
        others = areas[areas["root"].ne(area["root"])]
        if _meet(area, others).all():
            return str(area[column])
    return str(areas[column].iloc[0])


def _place_disputes(claims: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    """Say of each event with several places in one role whether two of them do not meet."""
    disputes: dict[Hashable, Dispute] = {}
    for role in ROLES:
        areas = _areas(claims, f"{role}_id", places).drop_duplicates(["event_id", f"{role}_id"])
        several = areas[areas.duplicated("event_id", keep=False)]
        for event_id, group in several.groupby("event_id"):
            if not all(_meet(area, group).all() for _, area in group.iterrows()):
                disputes[event_id] = Dispute.CONFLICTS
    return pd.Series(disputes, dtype=object)


def _meet(area: pd.Series, others: pd.DataFrame) -> pd.Series:
    """Say which areas an area touches: circles around points, and outlines where places have them."""
    lon, lat = np.radians(float(area["lon"])), np.radians(float(area["lat"]))
    lons, lats = np.radians(others["lon"].astype(float)), np.radians(others["lat"].astype(float))
    # Between centres, in km on the sphere (haversine).
    half = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    distance = 12742.0 * np.arcsin(np.sqrt(half.clip(upper=1.0)))
    meets = distance <= others["radius_km"] + float(area["radius_km"])
    for row, other in others.iterrows():
        if not _is_point(area) or not _is_point(other):
            meets[row] = _outlines_meet(area, other)
    return meets


def _is_point(area: pd.Series) -> bool:
    return bool(area["geometry"].geom_type == "Point")


def _outlines_meet(one: pd.Series, other: pd.Series) -> bool:
    """Say whether two places touch of which one has an outline at least.

    A degree is taken to be as short as it is east to west at the higher latitude: where in doubt, they meet.
    """
    top = max(abs(float(place["lat"])) for place in (one, other))
    gap = float(one["geometry"].distance(other["geometry"])) * KM_PER_DEGREE * np.cos(np.radians(top))
    reach = sum(float(place["radius_km"]) if _is_point(place) else OUTLINE_KM for place in (one, other))
    return bool(gap <= reach)
