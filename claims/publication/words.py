"""What a published edition says around its claims: of itself, and its story, without what repeats or shows what is withheld."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from claims.derived import DAYS, facts_of
from claims.storychecks import unseen
from geo.plane import per_degree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from claims.derived import Places
    from claims.model import Collection, Facts
    from claims.publication.echoes import Echoes
    from claims.publication.zooms import View
    from claims.story import Step, Story

__all__ = ["published_facts", "published_story"]

_TEXTS: Final = (
    ("about", "about_ar"),
    ("licence", "licence_ar"),
    ("citation", "citation_ar"),
    ("url",),
    ("version",),
)
"""What goes together: a text says in its other language the same."""

_STEP_TEXTS: Final = ("headline", "headline_ar", "text", "text_ar")

WIDE: Final = 4
"""So many times the distance of the least side of a view that is published: what is smaller shows a place."""


def published_facts(
    collection: Collection,
    frames: Mapping[str, pd.DataFrame],
    places: Places,
    echoes: Echoes,
    day: dt.date,
    km: float | None,
    points: Callable[[View], bool],
    *,
    coarse: bool,
) -> Facts:
    """Give what the edition says of itself; days and view that follow the claims follow those that are published.

    Args:
        collection: Whole.
        frames: Of the edition.
        places: Likewise.
        echoes: Of what is withheld.
        day: On which it is published.
        km: How far positions are made coarse; None where they are not.
        points: Whether a view points at what is not published (`claims.publication.zooms`).
        coarse: Whether any was: a view that was written around it would point at it, so that it is laid anew.
    """
    facts = collection.facts
    said = {field.name: getattr(facts, field.name) for field in fields(facts)} | {"publication": None}
    repeating = [pair for pair in _TEXTS if any(echoes.is_in(said[name]) for name in pair)]
    said |= {name: "" for pair in repeating for name in pair}
    unwritten = (DAYS | {"view"}) - _keys(collection)
    if _zooms(facts.view, km, points, coarse=coarse):
        unwritten |= {"view"}
    said = {name: value for name, value in said.items() if name not in unwritten}
    if frames["claims"].empty and unwritten & DAYS:
        said |= dict.fromkeys(DAYS, day)
    made = facts_of(said, frames, places, [])
    assert made is not None, "fewer claims are not told of more days"
    return made


def _keys(collection: Collection) -> frozenset[str]:
    """Name what collection.toml writes of days and view; of one that was not read from files all of it stands."""
    text = collection.files.get("collection.toml")
    return frozenset(DAYS | {"view"} if text is None else tomllib.loads(text.decode("utf-8-sig")))


def _zooms(view: View, km: float | None, points: Callable[[View], bool], *, coarse: bool) -> bool:
    """Tell whether a view that somebody wrote would tell where something is."""
    return points(view) or (km is not None and (coarse or not _is_wide(view, km)))


def _is_wide(view: View, km: float) -> bool:
    west, south, east, north = view
    across, up = per_degree((south + north) / 2)
    return min((east - west) * across, (north - south) * up) >= WIDE * km


def published_story(
    story: Story | None,
    facts: Facts,
    frames: Mapping[str, pd.DataFrame],
    echoes: Echoes,
    ids: Mapping[str, Mapping[str, str]],
    km: float | None,
    points: Callable[[View], bool],
    *,
    coarse: bool,
) -> Story | None:
    """Give the steps of a story that tell of what is published and show it; None where none does.

    Args:
        story: Of the whole collection.
        facts: Of the edition.
        frames: Likewise.
        echoes: Of what is withheld.
        ids: The new ids by the old, by table.
        km: How far positions are made coarse; None where they are not.
        points: Whether a view points at what is not published (`claims.publication.zooms`).
        coarse: Whether any was.
    """
    if story is None or echoes.is_in(story.title) or echoes.is_in(story.title_ar):
        return None
    renamed = (_renamed(step, ids) for step in story.steps)
    told = (step for step in renamed if _tells(step, facts, frames, echoes))
    steps = [
        # All of the map is shown instead.
        replace(step, view=None) if step.view and _zooms(step.view, km, points, coarse=coarse) else step
        for step in told
    ]
    if not steps:
        return None
    sides = frames["actors"].set_index("actor")["side"].to_dict()
    hidden = unseen(steps, frames, sides, facts)
    shown = tuple(step for number, step in enumerate(steps) if number not in hidden)
    return replace(story, steps=shown) if shown else None


def _renamed(step: Step, ids: Mapping[str, Mapping[str, str]]) -> Step:
    def new(table: str, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ids.get(table, {}).get(word, word) for word in words)

    (event,) = new("events", (step.event,))
    return replace(step, event=event, actors=new("actors", step.actors), sides=new("sides", step.sides))


def _tells(step: Step, facts: Facts, frames: Mapping[str, pd.DataFrame], echoes: Echoes) -> bool:
    """Tell whether a step tells of what is published alone."""
    if any(echoes.is_in(getattr(step, name)) for name in _STEP_TEXTS):
        return False
    actors = frames["actors"]
    held: Any = ((step.actors, "actor"), (step.sides, "side"))
    if any(not set(words) <= set(actors[column]) for words, column in held):
        return False
    if step.event and step.event not in set(frames["events"]["event_id"]):
        return False
    reported = frames["claims"]["reported"].max()
    last = facts.last_day if pd.isna(reported) else max(facts.last_day, reported.date())
    known = step.known if isinstance(step.known, dt.date) else step.day
    return facts.first_day <= step.day <= facts.last_day and facts.first_day <= known <= last
