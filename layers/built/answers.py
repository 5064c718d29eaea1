"""What the page of a large set is answered: counts of places or hexagons, or the events themselves where they are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.clock import days_shown
from claims.model import LAYERS
from geo.gazetteer import Gazetteer
from layers.built.cells import Cell, Seen, cells_of
from layers.built.counts import EPOCH, NUMBER, counts
from layers.built.kept import Kept
from layers.built.listed import (
    LISTED,
    MOST_CLAIMS,
    NOWHERE,
    claims_of,
    event_named,
    opened_events,
    seen_events,
)
from layers.built.selected import MONTH, counts_passing
from layers.built.small import EVENT_TEXTS, collection_of, empty_collection
from layers.history import history_of
from layers.payload import payload
from layers.shown import Shown

if TYPE_CHECKING:
    from layers.built.counts import Counts
    from layers.built.opened import BuiltSet

__all__ = ["MOST_SINGLE", "Ask", "answer"]

MOST_SINGLE: Final = 1_000
"""Up to so many events in view each has a mark of its own; more are counted by places."""

PLACES_KEPT: Final = 500_000
"""In counts of days and filters that are held, some 60 MB: who looks around on a day has it counted once."""

_LEAST: Final = 1_000
"""Places that counts weigh at the least, so that not any number of empty ones is held."""

_KEPT: Final[Kept[Counts]] = Kept(PLACES_KEPT)

_OTHERS: Final = ("kinds", "status", "certainty", "disputed", "actors", "sides", "sources")
"""The filters but that of layers."""


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
        days shown; inView: how many the reader sees; unplaced: how many of the layers that are on have no place below a
        country; apart: how many of these are not among the events; cells: where there are counts; crowded: whether there are
        for claims being too many; opened: whether the events of what is opened are listed; of: how many it has; listed: how
        many of them come along; blobs: of the events that are shown, listed or opened (`layers.payload`), None where the
        page is to keep what it has.

    Raises:
        BordermapError: A file of the folder is damaged.
    """
    on = np.array([ask.shown.layers is None or layer in ask.shown.layers for layer in LAYERS])
    every = _counted(built, ask)
    held = every.of_layers(on)
    told = {
        "totals": (every.numbers.sum(axis=0) + every.unplaced).tolist(),
        "inView": held.where(ask.seen.shows(held.lon, held.lat)).total,
        "unplaced": int(held.unplaced[:, NUMBER].sum()),
    }
    is_apart = ask.opened is not None and (ask.opened.is_nowhere or ask.opened.undated)
    is_few = held.where(ask.seen.holds(held.lon, held.lat)).total <= MOST_SINGLE
    events = _as_events(built, ask, told["unplaced"]) if is_few and not is_apart else None
    if events is not None:
        return told | events
    return told | _as_counts(built, ask, held) | {"crowded": is_few and not is_apart}


def _as_events(built: BuiltSet, ask: Ask, unplaced: int) -> dict[str, Any] | None:
    """Answer with the events that are seen, and with those of no place where they are few; None where their claims are too many.

    What only countries are known of may be drawn across their border, and is listed where it is not.
    """
    is_told = unplaced <= LISTED
    where = ask.seen.expression()
    events = seen_events(built, ask.shown, _span(built, ask.shown), where | NOWHERE if is_told else where)
    if claims_of(events) > MOST_CLAIMS:
        return None
    kind = {"kind": "events", "apart": 0 if is_told else unplaced, "cells": None, "crowded": False}
    return kind | {"opened": False, "of": 0, "listed": 0, "blobs": _blobs(built, ask, events)}


def _as_counts(built: BuiltSet, ask: Ask, held: Counts) -> dict[str, Any]:
    """Answer with counts, and with the events of what is opened."""
    unplaced = int(held.unplaced[:, NUMBER].sum())
    events, of = None, 0
    if ask.opened is not None:
        events, of = opened_events(built, ask.shown, _span(built, ask.shown), held, ask.opened)
    kind = {"kind": "counts", "apart": unplaced, "cells": cells_of(built, held, ask.seen)}
    listed = 0 if events is None else len(events)
    return kind | {
        "opened": ask.opened is not None,
        "of": of,
        "listed": listed,
        "blobs": _blobs(built, ask, events),
    }


def _span(built: BuiltSet, shown: Shown) -> tuple[int, int]:
    assert shown.day is not None
    first, last = days_shown(shown.day, shown.mode, shown.window, built.facts.first_day)
    return (first - EPOCH).days, (last - EPOCH).days


def _counted(built: BuiltSet, ask: Ask) -> Counts:
    """Count the events of all layers that pass the other filters."""
    others = Shown(**{name: getattr(ask.shown, name) for name in _OTHERS})
    span = _span(built, ask.shown)
    key = *built.state, span, others
    held = _KEPT.get(key)
    if held is None:
        actors = empty_collection(built).actors
        held = counts_passing(built, span, others, actors) if others.columns() else counts(built, *span)
        _KEPT.put(key, held, _LEAST + len(held.lon))
    return held


def _blobs(built: BuiltSet, ask: Ask, events: pa.Table | None) -> dict[str, str] | None:
    """Give the blobs of events, and of the one that is opened; of none where what is opened has none, else None."""
    named = None
    if ask.event and (events is None or not pc.any(pc.equal(events["event_id"], ask.event)).as_py()):
        named = event_named(built, ask.event, _span(built, ask.shown), ask.event_day)
    found = [table.select([*EVENT_TEXTS, MONTH]) for table in (events, named) if table is not None]
    if found:
        collection, gazetteer = collection_of(built, pa.concat_tables(found))
    elif ask.opened is not None:
        collection, gazetteer = empty_collection(built), Gazetteer({})
    else:
        return None
    return payload(collection, history_of(collection, gazetteer))
