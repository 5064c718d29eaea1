"""Which events the page shows in a view: the page's own filters (layers/engine/state.js), told in Python."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.clock import LONGEST_WINDOW, WINDOW_DAYS, days_of, days_shown, strength
from claims.events import known_by, of_events
from claims.model import SHOWN_LAYERS, Kind, Mode, Status
from claims.story import CERTAINTY_WORDS, DISPUTE_WORDS
from dashboard.spelled import at_least, day_of, listed, number_of
from layers.layers import layers_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from claims.model import Collection
    from dashboard.view import View
    from geo.gazetteer import Gazetteer

THEN: Final = "day"
"""The word for what was known on the day that is shown."""

UNPLACED: Final = CERTAINTY_WORDS[0]
"""The address's word for the certainty of what is not on the map."""

*DISPUTES, UNDISPUTED = DISPUTE_WORDS


def shown(collection: Collection, gazetteer: Gazetteer, view: View) -> Collection:
    """Return the collection cut to what the page shows in a view: its events, of their claims those known then.

    It says to which days it was cut, and by when its claims were reported.
    """
    known = _known(collection, view)
    cut = of_events(known, _passing(known, gazetteer, view))
    return dataclasses.replace(cut, days=span(collection, view))


def shown_events(collection: Collection, gazetteer: Gazetteer, view: View) -> set[str]:
    """Return the ids of the events that the page shows or lists in a view."""
    return _passing(_known(collection, view), gazetteer, view)


def known_day(collection: Collection, view: View) -> dt.date | None:
    """Return the last day whose reports count in a view; None where all do."""
    said = view.choices.get("known")
    if said == THEN:
        return view.day
    day = day_of(said)
    if day is None:
        return None
    facts, reported = collection.facts, collection.claims["reported"].max()
    last = facts.last_day if pd.isna(reported) else max(facts.last_day, reported.date())
    return min(max(day, facts.first_day), last)


def span(collection: Collection, view: View) -> tuple[dt.date, dt.date]:
    """Return the first and the last of the days that the page shows in a view."""
    return days_shown(view.day, _mode(view), _window(view), collection.facts.first_day)


def _known(collection: Collection, view: View) -> Collection:
    day = known_day(collection, view)
    return collection if day is None else known_by(collection, day)


def _passing(known: Collection, gazetteer: Gazetteer, view: View) -> set[str]:
    """Return the ids of the events of a collection that the view's days hold and its filters let pass."""
    layers = layers_of(known, gazetteer)
    on = _chosen(view, "layers", layers, SHOWN_LAYERS)
    events = pd.concat(layer for name, layer in layers.items() if name in on) if on else None
    if events is None:
        return set()
    passing = events["kind"].isin(_chosen(view, "kinds", map(str, Kind)))
    passing &= _status_holds(events, view) & _disputed_holds(events, view)
    passing &= events["certainty"].replace("", UNPLACED).isin(_chosen(view, "certainty", CERTAINTY_WORDS))
    # What rests on retracted reports alone has no source that stands, and is not hidden for that.
    passing &= events["roots"].clip(lower=1) >= at_least(view.choices.get("sources"))
    passing &= _actors_hold(events, known.actors, view)
    return set(events.index[passing & (_strengths(events, view, known.facts.first_day) > 0)])


def _status_holds(events: pd.DataFrame, view: View) -> pd.Series:
    """Say of each event whether its status is chosen, or denied is and one of its claims denies it."""
    statuses = _chosen(view, "status", map(str, Status))
    return events["status"].isin(statuses) | (
        events["roots_denying"].gt(0) & (str(Status.DENIED) in statuses)
    )


def _disputed_holds(events: pd.DataFrame, view: View) -> pd.Series:
    """Say of each event whether it is disputed on something chosen, or not at all where that is chosen."""
    chosen = _chosen(view, "disputed", DISPUTE_WORDS)
    disputed = pd.DataFrame({what: events[f"disputed_{what}"].ne("") for what in DISPUTES})
    undisputed = ~disputed.any(axis=1) & (UNDISPUTED in chosen)
    return undisputed | disputed[[what for what in DISPUTES if what in chosen]].any(axis=1)


def _actors_hold(events: pd.DataFrame, actors: pd.DataFrame, view: View) -> pd.Series:
    """Say of each event whether one of its actors is chosen, and one is of a side that is; what is unknown chooses none."""
    sides = actors.set_index("actor")["side"]
    by_actor = listed(view.choices.get("actors")) & set(sides.index)
    by_side = listed(view.choices.get("sides")) & set(sides)
    of_side = set(sides.index[sides.isin(by_side)])
    held = pd.Series(data=True, index=events.index)
    for narrowed, wanted in ((by_actor, by_actor), (by_side, of_side)):
        if narrowed:
            held &= events["actors"].map(lambda names, wanted=wanted: not wanted.isdisjoint(names.split(";")))
    return held.astype(bool)


def _strengths(events: pd.DataFrame, view: View, first: dt.date) -> pd.Series:
    """Return how strongly each event is shown."""
    day, opens = days_of(pd.Series([view.day, first], dtype="datetime64[s]"))
    strengths = strength(
        days_of(events["date_start"]),
        days_of(events["date_end"]),
        events["date_kind"].to_numpy(dtype=object),
        int(day),
        _mode(view),
        _window(view),
        int(opens),
    )
    return pd.Series(strengths, index=events.index)


def _mode(view: View) -> Mode:
    said = view.choices.get("mode")
    return Mode(said) if said in set(Mode) else Mode.DAY


def _window(view: View) -> int:
    days = number_of(view.choices.get("window"))
    return WINDOW_DAYS if days is None else min(LONGEST_WINDOW, days)


def _chosen(view: View, key: str, words: Iterable[str], default: Iterable[str] | None = None) -> set[str]:
    """Return which of a switch's words are on: those that the address lists, none of them by `none`.

    Where it lists no word that there is, the default are on, or else all.
    """
    known, said = set(words), listed(view.choices.get(key))
    if said & (known | {"none"}):
        return said & known
    return known if default is None else set(default)
