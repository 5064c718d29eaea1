"""What the page of a large set is answered: counts of places or hexagons, or the events themselves where they are few."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.clock import days_shown
from claims.model import LAYERS
from layers.built.cells import Cell, Seen, cells_of, rows_of
from layers.built.counts import EPOCH, NUMBER, counts
from layers.built.selected import MONTH, counts_passing, passing, undated
from layers.built.small import EVENT_TEXTS, collection_of, empty_collection
from layers.history import history_of
from layers.payload import payload
from layers.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from layers.built.counts import Counts
    from layers.built.opened import BuiltSet

__all__ = ["LISTED", "MOST_SINGLE", "Ask", "answer"]

MOST_SINGLE: Final = 1_000
"""Up to so many events in view each has a mark of its own; more are counted by places."""

LISTED: Final = 200
"""Of the events of a place or hexagon that is opened, how many are listed."""

KEPT: Final = 16
"""Counts of days and filters that are held, shared by all readers: who looks around on a day has it counted once."""

_OTHERS: Final = ("kinds", "status", "certainty", "disputed", "actors", "sides", "sources")
"""The filters but that of layers."""

_NOWHERE: Final = pc.field("spot").is_null()
"""Of what has no place."""

_ORDERED: Final = ("shown_from", "claim_count")
"""By which those that are listed come first: the latest, and of those the ones with most claims."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the page asks.

    Attributes:
        shown: The day, its mode, the layers and the filters.
        seen: What part of the map is seen.
        opened: What the reader has opened; None for nothing.
        event: The id of the event that is opened; "" for none.
        event_day: A day of it, in days since 1970; None where the page does not know it.
    """

    shown: Shown
    seen: Seen
    opened: Cell | None = None
    event: str = ""
    event_day: int | None = None


def answer(built: BuiltSet, ask: Ask) -> dict[str, Any]:
    """Answer what the page asks, as JSON knows it (layers/engine/large.js).

    Returns:
        kind: "counts" or "events"; totals: by layer, on or off, the numbers of events, of disputed and of denied ones on the
        days shown; inView: how many are seen; unplaced: how many of the layers that are on have no place below a country;
        apart: how many of these are not among the events; cells: where there are counts; opened: whether the events of what
        is opened are listed; of: how many it has; blobs: of the events that are shown, listed or opened (`layers.payload`),
        None for none.

    Raises:
        BordermapError: A file of the folder is damaged.
    """
    on = np.array([ask.shown.layers is None or layer in ask.shown.layers for layer in LAYERS])
    every = _counted(built, ask)
    held = every.of_layers(on)
    unplaced = int(held.unplaced[:, NUMBER].sum())
    in_view = held.where(ask.seen.holds(held.lon, held.lat)).total
    told = {
        "totals": (every.numbers.sum(axis=0) + every.unplaced).tolist(),
        "inView": in_view,
        "unplaced": unplaced,
    }
    is_apart = ask.opened is not None and (ask.opened.is_nowhere or ask.opened.undated)
    if in_view <= MOST_SINGLE and not is_apart:
        return told | _as_events(built, ask, unplaced)
    return told | _as_counts(built, ask, held)


def _as_events(built: BuiltSet, ask: Ask, unplaced: int) -> dict[str, Any]:
    """Answer with the events that are seen, and with those of no place where they are few.

    What only countries are known of may be drawn across their border, and is listed where it is not.
    """
    is_told = unplaced <= LISTED
    where = ask.seen.expression()
    events = _selected(built, ask, where | _NOWHERE if is_told else where)
    kind = {"kind": "events", "apart": 0 if is_told else unplaced, "cells": None, "opened": False, "of": 0}
    return kind | {"blobs": _blobs(built, ask, events)}


def _as_counts(built: BuiltSet, ask: Ask, held: Counts) -> dict[str, Any]:
    """Answer with counts, and with the events of what is opened."""
    unplaced = int(held.unplaced[:, NUMBER].sum())
    events, of = (None, 0) if ask.opened is None else _of_opened(built, ask, held, ask.opened)
    kind = {"kind": "counts", "apart": unplaced, "cells": cells_of(built, held, ask.seen)}
    return kind | {
        "opened": ask.opened is not None,
        "of": of,
        "blobs": _blobs(built, ask, events if events is None else _first(events)),
    }


def _of_opened(built: BuiltSet, ask: Ask, held: Counts, cell: Cell) -> tuple[pa.Table | None, int]:
    """Give the events of what is opened, None for none, and how many there are."""
    if cell.undated:
        events = _together(events for _, events in undated(built, *_wanted(built, ask)))
        return events, 0 if events is None else len(events)
    if cell.is_nowhere:
        return _latest(built, ask, _NOWHERE), int(held.unplaced[:, NUMBER].sum())
    of = held.where(rows_of(held, cell))
    return _latest(built, ask, pc.field("spot").isin(of.place_id)), of.total


def _span(built: BuiltSet, shown: Shown) -> tuple[int, int]:
    assert shown.day is not None
    first, last = days_shown(shown.day, shown.mode, shown.window, built.facts.first_day)
    return (first - EPOCH).days, (last - EPOCH).days


def _counted(built: BuiltSet, ask: Ask) -> Counts:
    """Count the events of all layers that pass the other filters."""
    others = Shown(**{name: getattr(ask.shown, name) for name in _OTHERS})
    return _kept(built, _span(built, ask.shown), others)


@lru_cache(maxsize=KEPT)
def _kept(built: BuiltSet, span: tuple[int, int], others: Shown) -> Counts:
    if not others.columns():
        return counts(built, *span)
    return counts_passing(built, span, others, empty_collection(built).actors)


def _selected(built: BuiltSet, ask: Ask, where: pc.Expression) -> pa.Table | None:
    """Give the events that are shown and pass, of which something else holds."""
    found = passing(built, _span(built, ask.shown), *_wanted(built, ask), where)
    return _together(events for _, events in found)


def _latest(built: BuiltSet, ask: Ask, where: pc.Expression) -> pa.Table | None:
    """Give the first of them that are listed, and few more: no month is read before the latest that have enough."""
    found: list[pa.Table] = []
    months: set[str] = set()
    for _, events in passing(built, _span(built, ask.shown), *_wanted(built, ask), where, latest_first=True):
        if not len(events):
            continue
        month = events[MONTH][0].as_py()
        if month not in months and sum(map(len, found)) >= LISTED:
            break
        months.add(month)
        found.append(_first(events))
    return _together(found)


def _wanted(built: BuiltSet, ask: Ask) -> tuple[Shown, pd.DataFrame, tuple[str, ...]]:
    """Give the filters, the actors whom they may name, and the columns of events that are wanted."""
    return ask.shown, empty_collection(built).actors, (*EVENT_TEXTS, *_ORDERED)


def _together(parts: Iterable[pa.Table]) -> pa.Table | None:
    tables = [part for part in parts if len(part)]
    return pa.concat_tables(tables) if tables else None


def _first(events: pa.Table) -> pa.Table:
    """Give those that are listed."""
    order = [(name, "descending") for name in _ORDERED]
    return events.take(pc.sort_indices(events, sort_keys=order)[:LISTED])


def _blobs(built: BuiltSet, ask: Ask, events: pa.Table | None) -> dict[str, str] | None:
    """Give the blobs of events, and of the one that is opened; None where there is none."""
    opened = None
    if ask.event and (events is None or not pc.any(pc.equal(events["event_id"], ask.event)).as_py()):
        opened = _event(built, ask)
    found = [table.select([*EVENT_TEXTS, MONTH]) for table in (events, opened) if table is not None]
    if not found:
        return None
    collection, gazetteer = collection_of(built, pa.concat_tables(found))
    return payload(collection, history_of(collection, gazetteer))


def _event(built: BuiltSet, ask: Ask) -> pa.Table | None:
    """Find the event that is opened, whatever the filters, in the months of the days shown and of its own day."""
    first, last = _span(built, ask.shown)
    near = ask.event_day if ask.event_day is not None else last
    spans = {(first, last), (near, near)}
    actors = empty_collection(built).actors
    is_it = pc.field("event_id") == ask.event
    found = (passing(built, span, Shown(), actors, EVENT_TEXTS, is_it) for span in spans)
    table = _together(events for events_of in found for _, events in events_of)
    return None if table is None else table.slice(0, 1)
