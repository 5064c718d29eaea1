"""Which events a choice shows: the page's own filters (layers/engine/state.js), told in Python."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.clock import WINDOW_DAYS, days_of, days_shown, strength
from claims.events import known_by, of_events
from claims.model import Mode, Status
from claims.story import CERTAINTY_WORDS, DISPUTE_WORDS, LISTS
from layers.layers import layers_of

if TYPE_CHECKING:
    import datetime as dt

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["UNPLACED", "Shown", "cut_to", "passes"]

UNPLACED: Final = CERTAINTY_WORDS[0]
"""The word for the certainty of what is not on the map."""

*DISPUTES, UNDISPUTED = DISPUTE_WORDS


@dataclass(frozen=True, slots=True)
class Shown:
    """What is chosen to be seen; None for a list that narrows nothing, which is not the same as an empty one.

    Attributes:
        layers: Of `claims.model.LAYERS`.
        kinds: Of `claims.model.Kind`.
        status: Of `claims.model.Status`; `denied` has what one of its claims denies, too.
        certainty: Of `claims.story.CERTAINTY_WORDS`.
        disputed: Of `claims.story.DISPUTE_WORDS`.
        actors: Of the collection's; one of them has a part in it.
        sides: Likewise, of the actors' sides.
        sources: How many independent sources there are at least.
        day: The day shown; None for all of them, and what has none.
        mode: Which days are shown with it.
        window: How many, in `window` mode.
        known: The last day whose reports count; None where all do.
    """

    layers: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    status: frozenset[str] | None = None
    certainty: frozenset[str] | None = None
    disputed: frozenset[str] | None = None
    actors: frozenset[str] | None = None
    sides: frozenset[str] | None = None
    sources: int = 1
    day: dt.date | None = None
    mode: Mode = Mode.DAY
    window: int = WINDOW_DAYS
    known: dt.date | None = None

    def told(self) -> str:
        """Say in words what else than days and known day narrows it; "" for nothing."""
        lists = {name: getattr(self, name) for name in LISTS}
        said = [
            f"{name}: {', '.join(sorted(words)) or 'none'}"
            for name, words in lists.items()
            if words is not None
        ]
        if self.sources > 1:
            said.append(f"independent sources: at least {self.sources}")
        return "; ".join(said)

    def columns(self) -> frozenset[str]:
        """Name the columns of an event that what else than layers, days and known day is told by; none where nothing else narrows it."""
        asked = {
            ("kind",): self.kinds is not None,
            ("status", "roots_denying"): self.status is not None,
            ("certainty",): self.certainty is not None,
            tuple(f"disputed_{what}" for what in DISPUTES): self.disputed is not None,
            ("actors",): self.actors is not None or self.sides is not None,
            ("roots",): self.sources > 1,
        }
        return frozenset(name for names, is_asked in asked.items() if is_asked for name in names)

    def span(self, opens: dt.date) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day shown, none before the day on which the collection opens; None for all."""
        return None if self.day is None else days_shown(self.day, self.mode, self.window, opens)


def cut_to(collection: Collection, gazetteer: Gazetteer, shown: Shown) -> Collection:
    """Return the collection cut to what is shown: its events, of their claims those known then, and no claim of no event.

    It says to which days it was cut, and by when its claims were reported; its own days stay, and the clock's span is one of
    them (`layers.exports.days.within_days` makes a collection of the days alone).
    """
    known = _known(collection, shown)
    cut = of_events(known, _passing(known, gazetteer, shown))
    return dataclasses.replace(cut, days=shown.span(collection.facts.first_day) or collection.days)


def _known(collection: Collection, shown: Shown) -> Collection:
    return collection if shown.known is None else known_by(collection, shown.known)


def _passing(known: Collection, gazetteer: Gazetteer, shown: Shown) -> set[str]:
    """Return the ids of the events of a collection that the days hold and the filters let pass."""
    layers = layers_of(known, gazetteer)
    on = [layer for name, layer in layers.items() if shown.layers is None or name in shown.layers]
    if not on:
        return set()
    events = pd.concat(on)
    passing = passes(events, known.actors, shown) & _days_hold(events, shown, known.facts.first_day)
    return set(events.index[passing])


def passes(events: pd.DataFrame, actors: pd.DataFrame, shown: Shown) -> pd.Series:
    """Say of each event whether all filters but those of layers and days let it pass.

    Args:
        events: With the columns of `layers.frames.COLUMNS` that `Shown.columns` names, texts "" where nothing is said.
        actors: `Collection.actors`.
        shown: What is chosen to be seen.
    """
    passing = pd.Series(data=True, index=events.index)
    wanted = shown.columns()
    if "kind" in wanted:
        passing &= _among(events["kind"], shown.kinds)
    if "status" in wanted:
        passing &= _status_holds(events, shown)
    if "disputed_count" in wanted:
        passing &= _disputed_holds(events, shown)
    if "certainty" in wanted:
        passing &= _among(events["certainty"].replace("", UNPLACED), shown.certainty)
    if "roots" in wanted:
        # What rests on retracted reports alone has no source that stands, and is not hidden for that.
        passing &= events["roots"].clip(lower=1) >= shown.sources
    return passing & _actors_hold(events, actors, shown)


def _among(words: pd.Series, chosen: frozenset[str] | None) -> pd.Series:
    return pd.Series(data=True, index=words.index) if chosen is None else words.isin(chosen)


def _status_holds(events: pd.DataFrame, shown: Shown) -> pd.Series:
    """Say of each event whether its status is chosen, or denied is and one of its claims denies it."""
    denied = shown.status is not None and Status.DENIED in shown.status
    return _among(events["status"], shown.status) | (events["roots_denying"].gt(0) & denied)


def _disputed_holds(events: pd.DataFrame, shown: Shown) -> pd.Series:
    """Say of each event whether it is disputed on something chosen, or not at all where that is chosen."""
    chosen = frozenset(DISPUTE_WORDS) if shown.disputed is None else shown.disputed
    disputed = pd.DataFrame({what: events[f"disputed_{what}"].ne("") for what in DISPUTES})
    undisputed = ~disputed.any(axis=1) & (UNDISPUTED in chosen)
    return undisputed | disputed[[what for what in DISPUTES if what in chosen]].any(axis=1)


def _actors_hold(events: pd.DataFrame, actors: pd.DataFrame, shown: Shown) -> pd.Series:
    """Say of each event whether one of its actors is chosen, and one is of a side that is."""
    held = pd.Series(data=True, index=events.index)
    if shown.actors is None and shown.sides is None:
        return held
    named = events["actors"].str.split(";").explode()
    for chosen in (shown.actors, None if shown.sides is None else _of_sides(actors, shown.sides)):
        if chosen is not None:
            held &= named.isin(chosen).groupby(level=0).any()
    return held


def _of_sides(actors: pd.DataFrame, sides: frozenset[str]) -> frozenset[str]:
    return frozenset(actors["actor"][actors["side"].isin(sides)])


def _days_hold(events: pd.DataFrame, shown: Shown, first: dt.date) -> pd.Series:
    """Say of each event whether the days shown hold it."""
    if shown.day is None:
        return pd.Series(data=True, index=events.index)
    day, opens = days_of(pd.Series([shown.day, first], dtype="datetime64[s]"))
    strengths = strength(
        days_of(events["date_start"]),
        days_of(events["date_end"]),
        events["date_kind"].to_numpy(dtype=object),
        int(day),
        shown.mode,
        shown.window,
        int(opens),
    )
    return pd.Series(strengths > 0, index=events.index)
