"""What each claim says, as numbers, and how claims bind events to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from claims.counts import ranges
from claims.model import CountQualifier, CountUnit, DateKind, Modality, Relation, Status
from layers.carried.codes import counts, days, words
from layers.clock import NO_DAY

if TYPE_CHECKING:
    from claims.model import Collection


def claim_columns(
    claims: pd.DataFrame, event: np.ndarray, rows: pd.DataFrame, collection: Collection
) -> dict[str, np.ndarray]:
    """Return the claims' columns, in the order of their events: n_claims says how many are of each.

    Days are told as their distance to the event's: mostly 0, which deflates to nothing.

    Args:
        claims: Those of the page's events.
        event: The row of each claim's event.
        rows: The events.
        collection: Whose sources are numbered.
    """
    source = pd.Index(collection.sources["source_id"]).get_indexer(claims["source_id"]).astype("int32")
    start, end = (days(rows[name])[event] for name in ("date_start", "date_end"))
    number, least, most = (claims[name].to_numpy() for name in ("count", "count_low", "count_high"))
    low, high = ranges(number, least, most, claims["count_qualifier"].eq(CountQualifier.AT_MOST).to_numpy())
    return {
        "claim_source": source,
        "claim_root": root_numbers(claims["root"], source, len(collection.sources)),
        "claim_status": words(claims["status"], Status),
        "claim_modality": words(claims["modality"], Modality),
        "claim_date_kind": words(claims["date_kind"], DateKind),
        "claim_start": _distance(days(claims["date_start"]), start),
        "claim_end": _distance(days(claims["date_end"]), end),
        "claim_reported": _distance(days(claims["reported"]), end),
        "claim_count": counts(number),
        "claim_low": counts(low),
        "claim_high": counts(high),
        "claim_unit": words(claims["count_unit"], CountUnit),
        "claim_precision": claims["geo_precision"].fillna(0).astype("uint8").to_numpy(),
    }


def root_numbers(roots: pd.Series, source: np.ndarray, sources: int) -> np.ndarray:
    """Return a number for each root: that of the source which names it first, or one behind all sources' numbers."""
    codes, names = pd.factorize(roots)
    first = np.full(len(names), -1)
    first[codes[::-1]] = source[::-1]
    number: np.ndarray = sources + np.arange(len(names))
    firsts, names_first = np.unique(first, return_index=True)
    number[names_first] = firsts
    numbered: np.ndarray = number[codes].astype("int32")
    return numbered


def _distance(told: np.ndarray, since: np.ndarray) -> np.ndarray:
    """Return days as their distance to other days, or to 1970 where those are unknown; `NO_DAY` stays."""
    return np.where(told == NO_DAY, NO_DAY, told - np.where(since == NO_DAY, 0, since)).astype("int32")


def part_columns(claims: pd.DataFrame, event: np.ndarray) -> dict[str, np.ndarray]:
    """Return the pairs of events of which one's claim is part of a claim of the other."""
    row = pd.Index(claims["claim_id"]).get_indexer(claims["relates_to"])
    part = (claims["relation"] == Relation.PART_OF).to_numpy() & (row >= 0)
    pairs = np.stack([event[part], event[row[part]]], axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return {"part_child": pairs[:, 0].astype("int32"), "part_parent": pairs[:, 1].astype("int32")}


def share_columns(claims: pd.DataFrame, event: np.ndarray) -> dict[str, np.ndarray]:
    """Return the groups of events that share a number which one statement gives for all of them."""
    said = ["count", "count_low", "count_high"]
    counted = claims["statement_id"].ne("") & claims[said].notna().any(axis=1)
    told = claims.loc[counted, ["statement_id", "count_unit", *said]].assign(event=event[counted.to_numpy()])
    told["number"] = told.groupby(["statement_id", "count_unit", *said], dropna=False, sort=False).ngroup()
    pairs = told[["event", "number"]].drop_duplicates()
    shared = pairs[pairs.duplicated("number", keep=False)].sort_values(["number", "event"])
    return {
        "share_event": shared["event"].to_numpy().astype("int32"),
        "share_group": pd.factorize(shared["number"])[0].astype("int32"),
    }
