"""What each claim says, as numbers, and how claims bind events to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from claims.clock import NO_DAY
from claims.coded import days as days_in
from claims.coded import different, places_in, rows_in, strings
from claims.counts import ranges
from claims.model import CountQualifier, CountUnit, DateKind, Modality, Relation, Status
from claims.retractions import fallen_claims
from layers.carried.codes import counts, days, unsigned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model import Collection


def claim_columns(
    collection: Collection, row: np.ndarray, event: np.ndarray, events: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the claims' columns, in the order of their events: n_claims says how many are of each; the rest are of none.

    Days are told as their distance to the event's: mostly 0, which deflates to nothing.

    Args:
        collection: Whose claims they are.
        row: Of each claim, in the page's order, its row there.
        event: The row of each one's event, -1 for none.
        events: The events' columns.
    """
    claims = collection.claims
    source = rows_in(claims["source_id"], collection.sources["source_id"])[row].astype("int32")
    roots = different(strings(claims["root"]))[0][row]
    number, least, most = (claims[name].to_numpy()[row] for name in ("count", "count_low", "count_high"))
    at_most = places_in(claims["count_qualifier"], [CountQualifier.AT_MOST])[row] == 0
    low, high = ranges(number, least, most, at_most)
    start, end, reported = (
        days(days_in(claims[name]))[row] for name in ("date_start", "date_end", "reported")
    )
    start_of, end_of = (np.append(events[name], NO_DAY)[event] for name in ("start", "end"))
    return {
        "claim_source": source,
        "claim_root": root_numbers(roots, source, len(collection.sources)),
        "claim_status": unsigned(places_in(claims["status"], Status)[row]),
        "claim_modality": unsigned(places_in(claims["modality"], Modality)[row]),
        "claim_date_kind": unsigned(places_in(claims["date_kind"], DateKind)[row]),
        "claim_start": _distance(start, start_of),
        "claim_end": _distance(end, end_of),
        "claim_reported": _distance(reported, end_of),
        "claim_count": counts(number),
        "claim_low": counts(low),
        "claim_high": counts(high),
        "claim_unit": unsigned(places_in(claims["count_unit"], CountUnit)[row]),
        "claim_precision": unsigned(np.nan_to_num(claims["geo_precision"].to_numpy())[row]),
        "claim_fallen": unsigned(fallen_claims(claims, collection.sources)[row]),
    }


def root_numbers(roots: np.ndarray, source: np.ndarray, sources: int) -> np.ndarray:
    """Return a number for each root: that of the source which names it first, or one behind all sources' numbers.

    Args:
        roots: Which of the different roots each claim has.
        source: The number of each claim's source.
        sources: How many sources there are.
    """
    count = roots.max(initial=-1) + 1
    first = np.full(count, -1)
    first[roots[::-1]] = source[::-1]
    number: np.ndarray = sources + np.arange(count)
    named, roots_named = np.unique(first, return_index=True)
    number[roots_named[named >= 0]] = named[named >= 0]
    numbered: np.ndarray = number[roots].astype("int32")
    return numbered


def _distance(told: np.ndarray, since: np.ndarray) -> np.ndarray:
    """Return days as their distance to other days, or to 1970 where those are unknown; `NO_DAY` stays."""
    return np.where(told == NO_DAY, NO_DAY, told - np.where(since == NO_DAY, 0, since)).astype("int32")


RELATED: Final = {
    Relation.PART_OF: ("part_child", "part_parent", "part_known"),
    Relation.FOLLOWS: ("follow_later", "follow_earlier", "follow_known"),
    Relation.RETURN_OF: ("return_back", "return_out", "return_known"),
}
"""The columns in which the events of related claims stand: that of the claim, that of the one it relates to, and the day."""


def relation_columns(claims: pd.DataFrame, event: np.ndarray) -> dict[str, np.ndarray]:
    """Return the pairs of events of which one's claim is part of, follows or is a return of a claim of the other.

    Each has the day from which it is known: the first on which both claims of such a pair had been reported.

    Args:
        claims: `Collection.claims`.
        event: The page's row of each one's event, -1 for none.
    """
    relation = places_in(claims["relation"], RELATED)
    reported = days(days_in(claims["reported"]))
    columns: dict[str, np.ndarray] = {}
    for number, names in enumerate(RELATED.values()):
        bound = np.flatnonzero(relation == number)
        other = rows_in(claims["relates_to"].iloc[bound], claims["claim_id"])
        known = np.maximum(reported[bound], np.append(reported, 0)[other])
        told = np.stack([event[bound], np.append(event, -1)[other], known], axis=1)
        told = told[(told[:, :2] >= 0).all(axis=1) & (told[:, 0] != told[:, 1])]
        told = told[np.lexsort(told.T[::-1])]
        told = told[np.unique(told[:, :2], axis=0, return_index=True)[1]]
        columns |= {name: told[:, at].astype("int32") for at, name in enumerate(names)}
    return columns


def share_columns(claims: pd.DataFrame, event: np.ndarray) -> dict[str, np.ndarray]:
    """Return the groups of events that share a number which one statement gives for all of them.

    `share_known` is the day from which it is known that the event has that number: a group of one shares nothing yet.

    Args:
        claims: `Collection.claims`.
        event: The page's row of each one's event, -1 for none.
    """
    numbers = ["count", "count_low", "count_high"]
    said = ~np.isnan(claims[numbers].to_numpy()).all(axis=1) & (event >= 0)
    statement, statements = different(strings(claims["statement_id"]))
    said &= pc.not_equal(statements, "").to_numpy(zero_copy_only=False)[statement]
    several = _with_several(statement[said], event[said], len(statements))
    told = claims.loc[said, ["statement_id", "count_unit", "reported", *numbers]].assign(event=event[said])
    told = told[several[statement[said]]]
    told["number"] = told.groupby(["statement_id", "count_unit", *numbers], dropna=False, sort=False).ngroup()
    pairs = told.groupby(["event", "number"], sort=False, as_index=False)["reported"].min()
    shared = pairs[pairs.duplicated("number", keep=False)].sort_values(["number", "event"])
    return {
        "share_event": shared["event"].to_numpy().astype("int32"),
        "share_group": pd.factorize(shared["number"])[0].astype("int32"),
        "share_known": days(days_in(shared["reported"])),
    }


def _with_several(statement: np.ndarray, event: np.ndarray, count: int) -> np.ndarray:
    """Return which statements are told of several events."""
    keys = np.unique(statement.astype(np.int64) << 32 | event)
    several: np.ndarray = np.bincount(keys >> 32, minlength=count) > 1
    return several
