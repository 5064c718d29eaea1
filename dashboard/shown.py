"""Which events the page shows in a view: the page's own filter (layers/engine/state.js), told in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.model import Kind, Status
from layers.clock import Mode, days_of, strength
from layers.layers import layers_of
from layers.page import SHOWN

if TYPE_CHECKING:
    import datetime as dt

    from claims.model import Collection
    from dashboard.view import View
    from geo.gazetteer import Gazetteer

WINDOW_DAYS: Final = 7
"""The page's window where the address says none."""


def shown_events(collection: Collection, gazetteer: Gazetteer, view: View) -> set[str]:
    """Return the ids of the events that the page shows or lists in a view: by layer, status, actor and day."""
    layers = layers_of(collection, gazetteer)
    on = _listed(view, "layers") or {name for name, shown in SHOWN.items() if shown}
    events = pd.concat(
        [layer for name, layer in layers.items() if name in on] or [next(iter(layers.values())).iloc[:0]]
    )
    statuses = _listed(view, "status") or {status.value for status in Status}
    passing = events["status"].isin(statuses)
    if kinds := _listed(view, "kinds") & {*map(str, Kind), "none"}:
        passing &= events["kind"].isin(kinds)
    if actors := _listed(view, "actors") & set(collection.actors["actor"]):
        passing &= events["actors"].map(lambda listed: not actors.isdisjoint(listed.split(";"))).astype(bool)
    return set(events.index[passing & (_strengths(events, view, collection.facts.first_day) > 0)])


def _strengths(events: pd.DataFrame, view: View, first: dt.date) -> pd.Series:
    """Return how strongly each event is shown."""
    mode, window = view.choices.get("mode"), view.choices.get("window", "")
    day, opens = days_of(pd.Series([view.day, first], dtype="datetime64[s]"))
    shown = strength(
        days_of(events["date_start"]),
        days_of(events["date_end"]),
        events["date_kind"].to_numpy(dtype=object),
        int(day),
        Mode(mode) if mode in set(Mode) else Mode.DAY,
        int(window) if window.isdecimal() and int(window) else WINDOW_DAYS,
        int(opens),
    )
    return pd.Series(shown, index=events.index)


def _listed(view: View, key: str) -> set[str]:
    """Return the words of a list of the address; the empty set where it says none."""
    return set(filter(None, view.choices.get(key, "").split(",")))
