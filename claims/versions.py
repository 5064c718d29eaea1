"""What was known of each event from one day until the next report of it came out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claims.events import facts_of


def versions_of(claims: pd.DataFrame, events: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Compute all versions of every event, one for each day on which claims of it were reported.

    The version of a day says what `events_of` says of the claims that are known by that day (`known_by`).

    Args:
        claims: `Collection.claims`.
        events: `Collection.events`.
        places: As `claims.events.events_of` takes them.

    Returns:
        The columns of `events_of` with event_id, known_from (datetime64[s], the day from which the version is what
        is known, the last reported day among its claims) and last (bool, it holds all claims of its event). The
        last versions come first, one an event in the order of `events_of`; the earlier ones follow in the order of
        their events and days.
    """
    claims = claims[claims["event_id"].ne("")]
    heads = events[events["event_id"].isin(claims["event_id"])].reset_index(drop=True)
    event = pd.Index(heads["event_id"]).get_indexer(claims["event_id"])
    reported = claims["reported"].to_numpy().astype("datetime64[D]").astype(np.int64)
    of, day, rows, version = earlier(event, reported)
    rows = np.concatenate([np.arange(len(claims)), rows])
    version = np.concatenate([event, version + len(heads)])
    facts = facts_of(
        claims.iloc[rows].reset_index(drop=True).assign(event=version), len(heads) + len(of), places
    )
    last = np.full(len(heads), np.iinfo(np.int64).min)
    np.maximum.at(last, event, reported)
    facts["known_from"] = np.concatenate([last, day]).astype("datetime64[D]").astype("datetime64[s]")
    facts["last"] = np.arange(len(facts)) < len(heads)
    return heads.iloc[np.append(np.arange(len(heads)), of)].reset_index(drop=True).join(facts)


def earlier(event: np.ndarray, reported: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Find the versions of events before their last, and the claims of each.

    Args:
        event: The number of each claim's event, from 0.
        reported: The day on which each claim was reported, as a whole number.

    Returns:
        The number of each version's event and the day from which it is what is known, in the order of events and
        days; and the pairs of claims' and versions' numbers, in the order of versions, then claims.
    """
    order = np.lexsort((reported, event))
    event, reported = event[order], reported[order]
    ends = np.flatnonzero((np.diff(event, append=-1) == 0) & (np.diff(reported, append=0) != 0)) + 1
    of = event[ends - 1]
    begins = np.searchsorted(event, of)
    sizes = ends - begins
    version = np.repeat(np.arange(len(ends)), sizes)
    rows = order[
        np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(begins, sizes)
    ]
    told = np.lexsort((rows, version))
    return of, reported[ends - 1], rows[told], version[told]
