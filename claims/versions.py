"""What was known of each event from one day until the next report of it came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.coded import NAT, coded
from claims.events import facts_of, with_claims
from claims.retractions import standing_of

if TYPE_CHECKING:
    import pandas as pd

    from claims.events import Facts


@dataclass(frozen=True, slots=True, eq=False)
class Versions:
    """All versions of some events: first the last ones, one an event, then the earlier ones by their events and days.

    Attributes:
        events: The rows of `Collection.events` that have claims.
        event: Of each version the row of its event there.
        known_from: The day from which each is what is known, the last reported day among its claims, since 1970-01-01.
        facts: What each says.
    """

    events: pd.DataFrame
    event: np.ndarray
    known_from: np.ndarray
    facts: Facts

    def frame(self) -> pd.DataFrame:
        """Return the columns of `events_of` with event_id, known_from (datetime64[s]) and last (no version is later)."""
        heads = self.events.iloc[self.event].reset_index(drop=True)
        days = self.known_from.astype("datetime64[D]").astype("datetime64[s]")
        last = np.arange(len(self.event)) < len(self.events)
        return heads.join(self.facts.frame()).assign(known_from=days, last=last)


def versions_of(
    claims: pd.DataFrame, events: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame | None = None
) -> Versions:
    """Compute all versions of every event, one for each day on which claims of it were reported.

    The version of a day says what `events_of` says of the claims that are known by that day (`known_by`).

    Args:
        claims: `Collection.claims`.
        events: `Collection.events`.
        places: As `claims.events.events_of` takes them.
        sources: Likewise.
    """
    heads, event = with_claims(events, claims)
    told = coded(claims, event, standing_of(claims, sources))
    last = np.full(len(heads), NAT)
    np.maximum.at(last, told.event, told["reported"])
    of, day, rows, version = earlier(told.event, told["reported"])
    rows = np.concatenate([np.arange(len(told.event)), rows])
    version = np.concatenate([told.event, version + len(heads)])
    event = np.append(np.arange(len(heads)), of)
    facts = facts_of(told.at(rows, version), len(event), places)
    return Versions(heads, event, np.append(last, day), facts)


def earlier(event: np.ndarray, reported: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Find the versions of events before their last, and the claims of each.

    Args:
        event: The number of each claim's event, from 0 on.
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
    rows = order[np.arange(sizes.sum()) + np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)]
    told = np.lexsort((rows, version))
    return of, reported[ends - 1], rows[told], version[told]
