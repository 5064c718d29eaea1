"""Which events the page shows in a view: what the words of its address choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.clock import LONGEST_WINDOW, WINDOW_DAYS
from claims.model import LAYERS, SHOWN_LAYERS, Kind, Mode, Status
from claims.story import CERTAINTY_WORDS, DISPUTE_WORDS
from dashboard.spelled import at_least, day_of, listed, number_of
from layers.shown import Shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from claims.model import Collection
    from dashboard.view import View

THEN: Final = "day"
"""The word for what was known on the day that is shown."""


def chosen(collection: Collection, view: View) -> Shown:
    """Return what a view chooses to be seen of a collection; what means nothing is passed over, as the page does."""
    actors = collection.actors
    return Shown(
        layers=_switched(view, "layers", LAYERS, SHOWN_LAYERS),
        kinds=_switched(view, "kinds", map(str, Kind)),
        status=_switched(view, "status", map(str, Status)),
        certainty=_switched(view, "certainty", CERTAINTY_WORDS),
        disputed=_switched(view, "disputed", DISPUTE_WORDS),
        actors=_narrowed(view, "actors", actors["actor"]),
        sides=_narrowed(view, "sides", actors["side"]),
        sources=at_least(view.choices.get("sources")),
        day=view.day,
        mode=_mode(view),
        window=_window(view),
        known=known_day(collection, view),
    )


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


def _mode(view: View) -> Mode:
    said = view.choices.get("mode")
    return Mode(said) if said in set(Mode) else Mode.DAY


def _window(view: View) -> int:
    days = number_of(view.choices.get("window"))
    return WINDOW_DAYS if days is None else min(LONGEST_WINDOW, days)


def _switched(
    view: View, key: str, words: Iterable[str], default: Iterable[str] | None = None
) -> frozenset[str] | None:
    """Return which of a switch's words are on: those that the address lists, none of them by `none`.

    Where it lists no word that there is, the default are on, or else all.
    """
    known, said = frozenset(words), listed(view.choices.get(key))
    on = known & said if said & (known | {"none"}) else frozenset(known if default is None else default)
    return None if on == known else on


def _narrowed(view: View, key: str, known: pd.Series) -> frozenset[str] | None:
    """Return the actors or sides that the address lists; what is unknown chooses none."""
    return frozenset(listed(view.choices.get(key)).intersection(known)) or None
