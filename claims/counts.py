"""The numbers of events: the range of what their claims say in the commonest unit, and whether they are apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.grouped import Grouped
from claims.model import Dispute

if TYPE_CHECKING:
    import pyarrow as pa

    from claims.coded import Coded

COUNT_APART: Final = 1.25
"""Stated counts differ when the larger is over this many times the smaller (design.md: over a quarter)."""

UNSAID: Final = -1.0
"""Stands for a low that is not said, below every number."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The numbers of events as columns.

    Attributes:
        low: NaN where none is said, as in "at most".
        high: Infinity where it is open, NaN where no number is said.
        unit: Its place in `CountUnit`, -1 for none.
        texts: The claims' words for the numbers.
        disputed: Its place in `Dispute`.
    """

    low: np.ndarray
    high: np.ndarray
    unit: np.ndarray
    texts: pa.Array
    disputed: np.ndarray


def ranges(
    count: np.ndarray, low: np.ndarray, high: np.ndarray, at_most: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest number that each claim means; NaN is not said, infinity is open.

    "At most 500" says no lowest number; of a number alone the range is that number and up.
    """
    lowest = np.where(np.isnan(low) & ~at_most, count, low)
    highest = np.where(np.isnan(high) & at_most, count, high)
    said = ~(np.isnan(low) & np.isnan(count))
    return lowest, np.where(np.isnan(highest) & said, np.inf, highest)


def counts(claims: Coded, groups: Grouped) -> Counts:
    """Return each event's range of numbers in its commonest unit, its words and dispute.

    A number that one statement gives for several events stands with each of them; who adds events
    up must count a statement once.

    Args:
        claims: The strongest of each event.
        groups: Those by event.
    """
    numbers = np.stack([claims[name] for name in ("count", "count_low", "count_high")])
    said = claims.where(~np.all(np.isnan(numbers), axis=0))
    unit = _commonest(said, groups.count)
    said = said.where(said["count_unit"] == unit[said.event])
    low, high = ranges(said["count"], said["count_low"], said["count_high"], said["at_most"])
    own = Grouped(said.event, groups.count)
    lowest = own.least(np.where(np.isnan(low), UNSAID, low), UNSAID)
    # Only a number that was said can differ from another; "hundreds" is apart or not by its range.
    stated = ~np.isnan(said["count"])
    least = own.least(np.where(stated, said["count"], np.inf), np.inf)
    differs = own.most(np.where(stated, said["count"], -np.inf), -np.inf) > COUNT_APART * least
    apart = own.most(np.where(np.isnan(low), -np.inf, low), -np.inf) > own.least(high, np.inf)
    disputes = [list(Dispute).index(dispute) for dispute in (Dispute.CONFLICTS, Dispute.DIFFERS)]
    return Counts(
        low=np.where(lowest == UNSAID, np.nan, lowest),
        high=own.most(high, np.nan),
        unit=unit,
        texts=own.joined(said["count_text"], said.words["count_text"], " / "),
        disputed=np.select([apart, differs], disputes, 0),
    )


def _commonest(claims: Coded, count: int) -> np.ndarray:
    """Return each event's commonest unit; of several the first said."""
    unit = claims["count_unit"].astype(np.int64)
    keys, first, often = np.unique(claims.event * 16 + unit + 1, return_index=True, return_counts=True)
    order = np.lexsort((first, -often, keys // 16))
    events = keys[order] // 16
    chosen = np.diff(events, prepend=-1) > 0
    found = np.full(count, -1, dtype="int8")
    found[events[chosen]] = keys[order][chosen] % 16 - 1
    return found
