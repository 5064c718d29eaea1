"""The days of events: the hull of what their claims say, how it is meant, and whether they are apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.coded import NAT
from claims.model import DateKind, Dispute

if TYPE_CHECKING:
    import pyarrow as pa

    from claims.coded import Coded
    from claims.grouped import Grouped

DATE_KIND_ORDER: Final = (DateKind.SINCE, DateKind.THROUGHOUT, DateKind.ON, DateKind.BY)
"""Of several date kinds the first, where its claims cover the hull."""

ON, THROUGHOUT, SINCE, BY = (
    list(DateKind).index(kind) for kind in (DateKind.ON, DateKind.THROUGHOUT, DateKind.SINCE, DateKind.BY)
)
EVER: Final = np.iinfo(np.int64).max
"""After every day; before every day is `NAT`."""


@dataclass(frozen=True, slots=True, eq=False)
class Hulls:
    """The days of events as columns.

    Attributes:
        start: Days since 1970-01-01, `NAT` for none, and likewise `end`.
        kind: Its place in `DateKind`, -1 for none.
        texts: The claims' words for the days.
        disputed: Its place in `Dispute`.
    """

    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    texts: pa.Array
    disputed: np.ndarray


def hulls(claims: Coded, groups: Grouped) -> Hulls:
    """Return the hull of each event's intervals, its date kind, words and dispute.

    Args:
        claims: The strongest of each event.
        groups: Those by event.
    """
    start, end, kind = claims["date_start"], claims["date_end"], claims["date_kind"]
    # A state without a last stated day was last seen on the day it was reported.
    end = np.where((end == NAT) & (kind == SINCE), claims["reported"], end)
    begin = np.where(start == NAT, end, start)
    # "By the 8th" beside "on the 6th" only says less: it widens nothing that it reaches.
    earliest = _least(groups, begin, kind != BY)[claims.event]
    says_less = (kind == BY) & (earliest != NAT) & (end >= earliest) & (start <= earliest)
    first, last = _least(groups, begin, ~says_less), _most(groups, end, ~says_less)
    meant = _kind(groups, kind, begin, end, first, last)
    first = np.where(meant == BY, _least(groups, start, start != NAT), first)
    # `by` reaches back without end, so it conflicts with nothing earlier.
    reaches = _most(groups, start, start != NAT)
    # `since` only ends where it was last seen; to be seen again later is no conflict.
    lasts = _least(groups, end, kind != SINCE)
    apart = (reaches != NAT) & (lasts != NAT) & (reaches > lasts)
    # Wide windows only say less; but that a state began on two days, over a day apart, is a difference.
    lasting = ((kind == SINCE) | (kind == THROUGHOUT)) & (start != NAT)
    differs = _most(groups, start, lasting) - _least(groups, start, lasting) > 1
    disputes = [list(Dispute).index(dispute) for dispute in (Dispute.CONFLICTS, Dispute.DIFFERS)]
    return Hulls(
        start=first,
        end=last,
        kind=meant,
        texts=groups.joined(claims["date_text"], claims.words["date_text"], " / "),
        disputed=np.select([apart, differs], disputes, 0),
    )


def _least(groups: Grouped, days: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return each event's first day among those that are wanted, `NAT` for none."""
    least = groups.least(np.where(wanted & (days != NAT), days, EVER), EVER)
    return np.where(least == EVER, NAT, least)


def _most(groups: Grouped, days: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return each event's last day among those that are wanted, `NAT` for none."""
    return groups.most(np.where(wanted, days, NAT), NAT)


def _kind(
    groups: Grouped, kind: np.ndarray, begin: np.ndarray, end: np.ndarray, start: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Return how each hull is meant: as lasting only where claims that say so cover it, so that no day looks surer.

    A state that was seen again on one later day lasted until then.
    """
    order = np.array([list(DateKind).index(each) for each in DATE_KIND_ORDER] + [-1])
    rank = np.argsort(order)  # of kind -1 that is the first, which is cut off
    ranks = np.where(kind < 0, len(DATE_KIND_ORDER), np.append(rank[1:], len(DATE_KIND_ORDER))[kind])
    found = order[groups.least(ranks, len(DATE_KIND_ORDER))]
    lasting = (kind == SINCE) | (kind == THROUGHOUT)
    seen = (kind == ON) & (begin == end) & (begin != NAT) & (found == SINCE)[groups.event]
    since, until = _least(groups, begin, lasting), _most(groups, end, lasting | seen)
    covered = (since != NAT) & (until != NAT) & (since <= start) & (until >= last)
    short = ((found == SINCE) | (found == THROUGHOUT)) & ~covered
    return np.where(short, ON, found).astype("int8")
