"""The events of a built folder that are shown on some days and pass the filters, read a file at a time."""

from __future__ import annotations

import functools
import itertools
import operator
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import LAYERS
from claims.story import DISPUTE_WORDS
from layers.built.counts import Part, added
from layers.built.format import NO_MONTH, events_path
from layers.built.opened import read_columns
from layers.shown import passes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from layers.built.counts import Counts
    from layers.built.opened import BuiltSet
    from layers.shown import Shown

__all__ = ["MONTH", "counts_passing", "passing", "undated"]

MONTH: Final = "month"
"""The column in which a selected event says of which month its file is."""

_DISPUTED: Final = tuple(f"disputed_{what}" for what in DISPUTE_WORDS[:-1])
_COUNTED: Final = ("spot", "spot_lon", "spot_lat", "status", *_DISPUTED)


def passing(
    built: BuiltSet,
    span: tuple[int, int] | None,
    shown: Shown,
    actors: pd.DataFrame,
    columns: Sequence[str],
    where: pc.Expression | None = None,
    *,
    latest_first: bool = False,
) -> Iterator[tuple[str, pa.Table]]:
    """Give the events that are shown on some days and pass the filters, those of a layer and month at a time.

    Args:
        built: The folder.
        span: The first and the last day, in days since 1970; None for all, and for what has no day.
        shown: The filters; its own days are not looked at.
        actors: Those of the folder, where it is asked for actors or sides.
        columns: Which of an event's columns are wanted.
        latest_first: Whether later months come first, and not last.
        where: What else holds of them, of the columns of `layers.built.format.ON_MAP` and of events; None for nothing.

    Returns:
        The layer, and the events' columns with `MONTH`.

    Raises:
        BordermapError: A file of it is damaged.
    """
    conditions = [] if span is None else [_on(*span)]
    conditions += [] if where is None else [where]
    wanted = functools.reduce(operator.and_, conditions) if conditions else None
    months = _months(built, span)
    yield from _read(built, months[::-1] if latest_first else months, shown, actors, columns, wanted)


def undated(
    built: BuiltSet,
    shown: Shown,
    actors: pd.DataFrame,
    columns: Sequence[str],
    where: pc.Expression | None = None,
) -> Iterator[tuple[str, pa.Table]]:
    """Give the events without a day that pass the filters, likewise."""
    yield from _read(built, [NO_MONTH], shown, actors, columns, where)


def _read(
    built: BuiltSet,
    months: Sequence[str],
    shown: Shown,
    actors: pd.DataFrame,
    columns: Sequence[str],
    wanted: pc.Expression | None,
) -> Iterator[tuple[str, pa.Table]]:
    needed = list(dict.fromkeys([*columns, *sorted(shown.columns())]))
    layers = [layer for layer in LAYERS if shown.layers is None or layer in shown.layers]
    for month, layer in itertools.product(months, layers):
        path = events_path(layer, month)
        if built.has(path):
            events = read_columns(built, path, needed, wanted)
            events = events.filter(_mask(events, shown, actors)).select(list(columns))
            yield (
                layer,
                events.append_column(MONTH, pa.repeat(pa.scalar(month, pa.large_string()), len(events))),
            )


def _on(first: int, last: int) -> pc.Expression:
    return (pc.field("shown_from") <= last) & (pc.field("shown_until") >= first)


def _months(built: BuiltSet, span: tuple[int, int] | None) -> list[str]:
    if span is None:
        return [*built.months, NO_MONTH]
    return [month for month, told in built.months.items() if told.meets(*span)]


def counts_passing(built: BuiltSet, span: tuple[int, int], shown: Shown, actors: pd.DataFrame) -> Counts:
    """Count the events of each place that are shown on some days and pass the filters, likewise."""
    return added(_part(layer, events) for layer, events in passing(built, span, shown, actors, _COUNTED))


def _mask(events: pa.Table, shown: Shown, actors: pd.DataFrame) -> pa.Array:
    names = sorted(shown.columns())
    if not names:
        return pa.array(np.ones(len(events), dtype=bool))
    said = pa.table({name: _said(events[name]) for name in names})
    return pa.array(passes(said.to_pandas(), actors, shown))


def _said(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give texts with "" where nothing is said, as `Collection` has them."""
    is_text = pa.types.is_large_string(cells.type) or pa.types.is_string(cells.type)
    return pc.fill_null(cells, "") if is_text else cells


def _part(layer: str, events: pa.Table) -> Part:
    disputed = np.zeros(len(events), dtype=bool)
    for name in _DISPUTED:
        disputed |= pc.not_equal(_said(events[name]), "").to_numpy()
    denied = pc.equal(_said(events["status"]), "denied").to_numpy()
    return Part(
        _said(events["spot"]).combine_chunks().cast(pa.large_string()),
        events["spot_lon"].to_numpy(),
        events["spot_lat"].to_numpy(),
        np.full(len(events), list(LAYERS).index(layer), dtype="int8"),
        np.stack([np.ones(len(events)), disputed, denied], axis=1),
    )
