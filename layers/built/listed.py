"""The events that come along with an answer: those that are seen, the first of what is opened, and the one that is asked for."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import Mode
from layers.built.cells import rows_of
from layers.built.counts import NUMBER
from layers.built.kept import Kept
from layers.built.selected import MONTH, passing, undated
from layers.built.small import EVENT_TEXTS, empty_collection
from layers.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from layers.built.cells import Cell
    from layers.built.counts import Counts
    from layers.built.opened import BuiltSet

    Span = tuple[int, int]

__all__ = ["LISTED", "MOST_CLAIMS", "NOWHERE", "claims_of", "event_named", "opened_events", "seen_events"]

LISTED: Final = 200
"""Of the events of a place or hexagon that is opened, how many are listed."""

MOST_CLAIMS: Final = 10_000
"""Claims that come along with an answer; of more some events stay behind, but never the first."""

NOWHERE: Final = pc.field("spot").is_null()
"""Of what has no place."""

_ORDERED: Final = ("shown_from", "claim_count")
"""By which those that are listed come first: the latest, and of those the ones with most claims."""

_EVENTS: Final[Kept[pa.Table]] = Kept(200)
"""Events that were asked for by their id, a row each, and tables without one for those that were not found."""

_UNDATED: Final[Kept[tuple[pa.Table | None, int]]] = Kept(16 * LISTED)
"""What is listed of what has no day, and how many there are."""


def seen_events(built: BuiltSet, shown: Shown, span: Span, where: pc.Expression) -> pa.Table | None:
    """Give the events that are shown and pass, of which something else holds; None for none."""
    return _together(events for _, events in passing(built, span, *_wanted(built, shown), where))


def claims_of(events: pa.Table | None) -> int:
    """Count the claims of some events."""
    return 0 if events is None else int(pc.sum(events["claim_count"], min_count=0).as_py())


def opened_events(
    built: BuiltSet, shown: Shown, span: Span, held: Counts, cell: Cell
) -> tuple[pa.Table | None, int]:
    """Give the events that are listed of what is opened, None for none, and how many it has.

    Args:
        built: The folder.
        shown: The filters.
        span: The first and the last day, in days since 1970.
        held: What is counted of them.
        cell: What is opened.
    """
    if cell.undated:
        found, of = _undated(built, shown)
    elif cell.is_nowhere:
        found, of = _latest(built, shown, span, NOWHERE), int(held.unplaced[:, NUMBER].sum())
    else:
        places = held.where(rows_of(held, cell))
        found, of = _latest(built, shown, span, pc.field("spot").isin(places.place_id)), places.total
    return None if found is None else _affordable(_first(found)), of


def event_named(built: BuiltSet, event: str, span: Span, day: int | None) -> pa.Table | None:
    """Find one event, whatever the filters: on its own day, on the days shown, or among what has no day.

    Args:
        built: The folder.
        event: Its id.
        span: The days shown.
        day: One of its own; None where that is not known.

    Returns:
        Its row, with the columns of `EVENT_TEXTS` and `MONTH`; None where it is not there.
    """
    own, sought = (*built.state, event), (*built.state, event, span, day)
    for key in (own, sought):
        held = _EVENTS.get(key)
        if held is not None:
            return held if len(held) else None
    for table in _found(built, event, dict.fromkeys([span] if day is None else [(day, day), span])):
        if len(table):
            _EVENTS.put(own, table.slice(0, 1), 1)
            return table.slice(0, 1)
    _EVENTS.put(sought, pa.table({}), 1)
    return None


def _found(built: BuiltSet, event: str, spans: Iterable[Span]) -> Iterator[pa.Table]:
    """Look for an event, a file at a time."""
    is_it = pc.field("event_id") == event
    anything = Shown(), empty_collection(built).actors, EVENT_TEXTS
    for span in spans:
        yield from (events for _, events in passing(built, span, *anything, is_it))
    yield from (events for _, events in undated(built, *anything, is_it))


def _undated(built: BuiltSet, shown: Shown) -> tuple[pa.Table | None, int]:
    """Give the first of what has no day and passes, and how many do; of each file only the first are held."""
    whenever = dataclasses.replace(shown, day=None, mode=Mode.DAY, window=1)
    key = *built.state, whenever
    held = _UNDATED.get(key)
    if held is None:
        first, of = None, 0
        for _, events in undated(built, *_wanted(built, shown)):
            of += len(events)
            together = _together([events] if first is None else [first, events])
            first = None if together is None else _first(together)
        held = first, of
        _UNDATED.put(key, held, 1 if first is None else len(first))
    return held


def _latest(built: BuiltSet, shown: Shown, span: Span, where: pc.Expression) -> pa.Table | None:
    """Give the first of them that are listed, and few more: no month is read before the latest that have enough."""
    found: list[pa.Table] = []
    months: set[str] = set()
    for _, events in passing(built, span, *_wanted(built, shown), where, latest_first=True):
        if not len(events):
            continue
        month = events[MONTH][0].as_py()
        if month not in months and sum(map(len, found)) >= LISTED:
            break
        months.add(month)
        found.append(_first(events))
    return _together(found)


def _wanted(built: BuiltSet, shown: Shown) -> tuple[Shown, pd.DataFrame, tuple[str, ...]]:
    """Give the filters, the actors whom they may name, and the columns of events that are wanted."""
    return shown, empty_collection(built).actors, (*EVENT_TEXTS, *_ORDERED)


def _together(parts: Iterable[pa.Table]) -> pa.Table | None:
    tables = [part for part in parts if len(part)]
    return pa.concat_tables(tables) if tables else None


def _first(events: pa.Table) -> pa.Table:
    """Give those that are listed."""
    order = [(name, "descending") for name in _ORDERED]
    return events.take(pc.sort_indices(events, sort_keys=order)[:LISTED])


def _affordable(events: pa.Table) -> pa.Table:
    """Give the first of them, as many as have no more than `MOST_CLAIMS` claims together, and one at least."""
    claims = np.cumsum(events["claim_count"].to_numpy())
    return events.slice(0, max(1, int(np.searchsorted(claims, MOST_CLAIMS, side="right"))))
