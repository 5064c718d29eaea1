"""A collection cut to a span of days, as the map's clock has it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd

from claims.clock import days_of, strength
from claims.events import of_events
from claims.model import DateKind, Mode
from layers.layers import layers_of

if TYPE_CHECKING:
    import datetime as dt

    import numpy as np

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["within_days"]


def within_days(
    collection: Collection, gazetteer: Gazetteer, first: dt.date, last: dt.date
) -> tuple[Collection, int]:
    """Return the collection with what the days hold of events and claims of none, and how many had no day.

    Their days are met as the clock's window does that ends on `last`; the collection's own days become these, so that a
    map of it has no others. `layers.shown.cut_to` cuts to what a map shows on a day of the same collection: it keeps its days,
    says to which it was cut, and takes claims of no event out.
    """
    events = pd.concat(layers_of(collection, gazetteer).values())
    loose = _without_event(collection.claims)
    kept = [*events.index[_held(events, first, last)], ""]
    left = loose.index[~_held(loose, first, last)]
    opening = min(max(collection.facts.opening_day, first), last)
    facts = dataclasses.replace(collection.facts, first_day=first, opening_day=opening, last_day=last)
    cut = of_events(collection, kept)
    cut = dataclasses.replace(cut, claims=cut.claims.drop(left), facts=facts, days=(first, last))
    return cut, sum(int(dated["date_end"].isna().sum()) for dated in (events, loose))


def _without_event(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of no event; one without a last stated day was last seen on the day it was reported."""
    loose = claims[claims["event_id"].eq("")]
    seen = loose["reported"].where(loose["date_kind"].eq(DateKind.SINCE))
    return loose.assign(date_end=loose["date_end"].fillna(seen))


def _held(dated: pd.DataFrame, first: dt.date, last: dt.date) -> np.ndarray:
    """Say of each event or claim whether the days hold it."""
    first_day, last_day = days_of(pd.Series([first, last], dtype="datetime64[s]"))
    strengths = strength(
        days_of(dated["date_start"]),
        days_of(dated["date_end"]),
        dated["date_kind"].to_numpy(dtype=object),
        int(last_day),
        Mode.WINDOW,
        int(last_day - first_day + 1),
    )
    return strengths > 0
