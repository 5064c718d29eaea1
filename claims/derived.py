"""What collection.toml leaves to the claims: the days of the slider, the one it opens on, and the view."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import pandas as pd

from claims.facts import LONGEST_DAYS
from claims.model import LAYERS, ROLES, SHOWN_LAYERS, Facts
from geo.errors import Fault
from geo.views import WORLD, view_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.places import Place

__all__ = ["Places", "facts_of"]

DAYS: Final = frozenset({"first_day", "last_day", "opening_day"})

SHOWN_KINDS: Final = tuple(kind for layer in SHOWN_LAYERS for kind in LAYERS[layer])


class Places(Protocol):
    """Whatever knows places by their ids, as a gazetteer does."""

    def __contains__(self, place_id: object, /) -> bool:
        """Tell whether there is a place of that id."""

    def get(self, place_id: str, /) -> Place | None:
        """Give it, or None."""


def facts_of(
    written: Mapping[str, Any], frames: Mapping[str, pd.DataFrame], places: Places, faults: list[Fault]
) -> Facts | None:
    """Complete what collection.toml says by what the claims say; what is written stands.

    first_day, last_day: the first and the last day that claims state; one that states none counts by the day on which
    it was reported. Without claims they are the day on which the last source was published, without sources today.

    opening_day: the first of the days with most events that the map shows when it opens. An event of several days
    counts for its share on each.

    view: around the places that those events name (`geo.views.view_of`); the world where they name none.

    Args:
        written: From `claims.facts.read_facts`.
        frames: The typed tables by name.
        places: Hold every place_id of the claims.
        faults: Those found so far; days that are too far apart to be shown are added.

    Returns:
        None where days would have to be derived from tables with faults, or are too far apart.
    """
    days = {key: written[key] for key in DAYS & written.keys()}
    if len(days) < len(DAYS):
        if faults:
            return None
        days = _days(days, frames, written["timezone"])
        if fault := _too_long(written, days):
            faults.append(fault)
            return None
    view = written.get("view")
    if view is None:
        view = WORLD if faults else _view(_opening(frames["claims"]), places)
    return Facts(**{**written, **days, "view": view})


def _opening(claims: pd.DataFrame) -> pd.DataFrame:
    """Give the claims of what the map shows when it opens; all of them where it would show nothing."""
    shown = claims["kind"].isin(SHOWN_KINDS)
    return claims[shown] if shown.any() else claims


def _view(claims: pd.DataFrame, places: Places) -> tuple[float, float, float, float]:
    named = pd.unique(pd.concat([claims[f"{role}_id"] for role in ROLES]))
    return view_of(place for place_id in named if place_id and (place := places.get(place_id))).bounds


def _days(
    written: dict[str, dt.date], frames: Mapping[str, pd.DataFrame], timezone: str
) -> dict[str, dt.date]:
    """Give the three days in order, those that are written as they are."""
    claims = frames["claims"]
    spans = _spans(claims)
    first, last = spans["start"].min(), spans["end"].max()
    if claims.empty:
        first = last = frames["sources"]["published"].max()
    if pd.isna(first):
        first = last = pd.Timestamp(dt.datetime.now(zoneinfo.ZoneInfo(timezone)).date())
    said = list(written.values())
    first_day = written.get("first_day", min(first.date(), *said, last.date()))
    last_day = written.get("last_day", max(last.date(), first_day, *said))
    opening = written.get("opening_day") or _busiest(_spans(_opening(claims)), first_day, last_day)
    return {"first_day": first_day, "last_day": last_day, "opening_day": opening}


def _spans(claims: pd.DataFrame) -> pd.DataFrame:
    """Give of each claim its event_id and the first and last day that it states, or the day of its report."""
    stated = pd.DataFrame({"start": claims["date_start"], "end": claims["date_end"]})
    start = stated.min(axis="columns").fillna(claims["reported"])
    end = stated.max(axis="columns").fillna(claims["reported"])
    return pd.DataFrame({"event_id": claims["event_id"], "start": start, "end": end})


def _busiest(spans: pd.DataFrame, first: dt.date, last: dt.date) -> dt.date:
    """Give the first of the days with most events, of those from first to last; the first where there are none."""
    loose = spans["event_id"].eq("")
    events = spans[~loose].groupby("event_id", sort=False).agg({"start": "min", "end": "max"})
    events = pd.concat([events, spans.loc[loose, ["start", "end"]]])
    opens, count = pd.Timestamp(first), (last - first).days + 1
    begin = (events["start"] - opens).dt.days.to_numpy(dtype=np.int64)
    end = (events["end"] - opens).dt.days.to_numpy(dtype=np.int64) + 1
    share = 1 / np.maximum(end - begin, 1)
    changes = np.bincount(np.clip(begin, 0, count), share, count + 1)
    changes -= np.bincount(np.clip(end, 0, count), share, count + 1)
    # Sums of shares that are equal shall be found equal.
    busy = np.cumsum(changes[:count]).round(6)
    return first + dt.timedelta(days=int(np.argmax(busy)))


def _too_long(written: Mapping[str, Any], days: Mapping[str, dt.date]) -> Fault | None:
    first, last = days["first_day"], days["last_day"]
    if (last - first).days <= LONGEST_DAYS:
        return None
    key = "last_day" if "first_day" in written else "first_day"
    why = f"is not written, and from {first} to {last} there are over {LONGEST_DAYS} days"
    todo = "write first_day and last_day, or correct the claims"
    return Fault("collection.toml", None, key, None, why, todo)
