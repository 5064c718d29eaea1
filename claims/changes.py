"""What changed between two versions of a collection, in plain words, a line for each change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.events import events_of
from claims.model import OPTIONAL_TABLES, ROLES, TABLES, SourceState
from claims.retractions import retracted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from claims.model import Collection, Facts

__all__ = ["Changes", "changes_between"]

FACTS: Final = (
    *("title", "title_ar", "about", "about_ar", "timezone", "first_day", "last_day", "opening_day", "view"),
    *("licence", "licence_ar", "citation", "citation_ar", "version", "url", "locales"),
)

NAMED: Final = {
    "sources": ("source", "outlet"),
    "actors": ("actor", "name"),
    "sides": ("side", "name"),
    "events": ("event", "title"),
}
"""What a row of a table is called, and the column that names it to a reader."""

PLACE_COLUMNS: Final = ("name", "name_ar", "kind", "country", "lon", "lat", "radius_km")

COMPUTED: Final = {
    "status": "status",
    "date_kind": "kind of date",
    **{f"{role}_id": role for role in ROLES},
    "geo_precision": "precision of place",
    "claims": "number of claims",
    "roots": "number of independent sources",
    "sources_retracted": "number of retracted reports",
    "rests_on_retracted": "rests on a retracted report",
    "disputed_occurrence": "dispute on occurrence",
    "disputed_count": "dispute on count",
    "disputed_date": "dispute on date",
    "disputed_place": "dispute on place",
}
"""Columns of `claims.events.events_of` beside the days and the count, and what they are called."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a version.

    Attributes:
        since: The version of the earlier collection.
        lines: A sentence for each change: of the facts, sources, actors, sides, claims, events, places and the story, in that
            order, each in the order of the newer tables, and what is gone last.
    """

    since: str
    lines: tuple[str, ...]


def changes_between(
    old: Collection, new: Collection, old_places: pd.DataFrame, new_places: pd.DataFrame
) -> Changes:
    """Tell what changed from one version of a collection to another.

    Args:
        old: The earlier version.
        new: The later one.
        old_places: The places that the earlier one names, as `claims.events.events_of` wants them, with their names.
        new_places: Likewise of the later one.
    """
    lines = [
        *_facts(old.facts, new.facts),
        *_sources(old.sources, new.sources),
        *_retracted(old, new),
        *_rows("actors", old.actors, new.actors),
        *_rows("sides", old.sides, new.sides),
        *_claims(old, new),
        *_rows("events", old.events, new.events),
        *_computed(old, new, old_places, new_places),
        *_places(old_places, new_places),
        *_story(old, new),
    ]
    return Changes(old.facts.version, tuple(lines))


def _was(what: str, before: Any, now: Any, say: Callable[[Any], str] | None = None) -> str:
    say = say or _said
    return f"{what} was {say(before)}, is now {say(now)}"


def _said(value: Any) -> str:
    """Say a cell: text in quotes and on one line, days as ISO, whole numbers whole; what is not said is empty."""
    if isinstance(value, str):
        return f"'{' '.join(value.split())}'" if value else "empty"
    if isinstance(value, (pd.Timestamp, dt.datetime)):
        return value.date().isoformat() if not pd.isna(value) else "empty"
    if isinstance(value, float):
        return "empty" if pd.isna(value) else f"{value:.12g}"
    if value is pd.NaT:
        return "empty"
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    return str(value)


def _facts(old: Facts, new: Facts) -> Iterator[str]:
    for name in FACTS:
        before, now = getattr(old, name), getattr(new, name)
        if name == "locales":
            before, now = (
                "; ".join(f"{key} {tag}" for key, tag in sorted(at.items())) for at in (before, now)
            )
        if before != now:
            yield _was(f"collection: {name}", before, now)


def _differences(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[tuple[str, str, Any, Any]]:
    """Give the cells that differ of rows that both have, as key, column, before and now; row by row."""
    both = new.index[new.index.isin(old.index)]
    columns = [column for column in new.columns if column in old.columns]
    before, now = old.loc[both, columns], new.loc[both, columns]
    found = []
    for number, column in enumerate(columns):
        one, other = before[column], now[column]
        differs = one.ne(other) & ~(one.isna() & other.isna())
        found += [(row, number) for row in differs.to_numpy(dtype=bool).nonzero()[0].tolist()]
    for row, number in sorted(found):
        yield str(both[row]), columns[number], before.iloc[row, number], now.iloc[row, number]


def _came_and_went(old: pd.DataFrame, new: pd.DataFrame) -> tuple[Sequence[str], Sequence[str]]:
    """Give the keys that only the newer table has, and those that only the earlier has."""
    return list(new.index[~new.index.isin(old.index)]), list(old.index[~old.index.isin(new.index)])


def _keyed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index((TABLES | OPTIONAL_TABLES)[name][0].name)


def _rows(name: str, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    """Tell of a table's rows what came, what differs and what went."""
    what, naming = NAMED[name]
    before, now = _keyed(name, old), _keyed(name, new)
    came, went = _came_and_went(before, now)
    for key in came:
        yield f"{what} {key} ({_plain(now.loc[key, naming])}): added"
    for key, column, one, other in _differences(before, now):
        yield _was(f"{what} {key}: {column}", one, other)
    for key in went:
        yield f"{what} {key} ({_plain(before.loc[key, naming])}): removed"


def _word(value: Any) -> str:
    """Say what was computed; what no claim says, and what is not disputed, is none."""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    return (
        "none" if value == "" or pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value)
    )


def _plain(text: str) -> str:
    return " ".join(str(text).split())


def _sources(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    """Tell of the sources; that one is corrected or retracted comes first."""
    before, now = _keyed("sources", old), _keyed("sources", new)
    for key, column, one, other in _differences(before[["state"]], now[["state"]]):
        turned = "stands again" if other == SourceState.OK else f"is now {other}"
        yield f"source {key} ({_plain(now.loc[key, 'outlet'])}): {turned}, {column} was {one}"
    yield from _rows("sources", old.drop(columns="state"), new.drop(columns="state"))


def _retracted(old: Collection, new: Collection) -> Iterator[str]:
    """Tell which events have claims of a source that was retracted since."""
    before = set(old.sources.loc[retracted(old.sources), "source_id"])
    titles = new.events.set_index("event_id")["title"]
    for _, source in new.sources[retracted(new.sources)].iterrows():
        if source["source_id"] in before:
            continue
        event_ids = new.claims.loc[new.claims["source_id"].eq(source["source_id"]), "event_id"].unique()
        for event_id in titles.index[titles.index.isin(event_ids)]:
            yield (
                f"event {event_id} ({_plain(titles[event_id])}): has claims of source {source['source_id']} "
                f"({_plain(source['outlet'])}), which was retracted"
            )


def _claims(old: Collection, new: Collection) -> Iterator[str]:
    before, now = _keyed("claims", old.claims), _keyed("claims", new.claims)
    came, went = _came_and_went(before, now)
    outlets = {
        **old.sources.set_index("source_id")["outlet"],
        **new.sources.set_index("source_id")["outlet"],
    }
    for key in came:
        yield f"claim {key}: added, {_in_short(now.loc[key], outlets)}"
    for key, column, one, other in _differences(before, now):
        yield _was(f"claim {key}: {column}", one, other)
    for key in went:
        yield f"claim {key}: removed, {_in_short(before.loc[key], outlets)}"


def _in_short(claim: pd.Series, outlets: Mapping[str, str]) -> str:
    return (
        f"{claim['kind']} {claim['status']} by {_plain(outlets[claim['source_id']])}: {_said(claim['quote'])}"
    )


def _computed(
    old: Collection, new: Collection, old_places: pd.DataFrame, new_places: pd.DataFrame
) -> Iterator[str]:
    """Tell which events' days, places, counts, status and disputes came out another way."""
    before, now = _events(old, old_places), _events(new, new_places)
    for key, column, one, other in _differences(before, now):
        yield _was(f"event {key}: {column}", one, other, _word)


def _events(collection: Collection, places: pd.DataFrame) -> pd.DataFrame:
    """Compute the events, in columns that a reader understands."""
    events = events_of(collection.claims, collection.events, places, collection.sources)
    told = pd.DataFrame(index=events.index)
    told["date"] = [_days(*days) for days in zip(events["date_start"], events["date_end"], strict=True)]
    told["count"] = [
        _count(*counts)
        for counts in zip(events["count_low"], events["count_high"], events["count_unit"], strict=True)
    ]
    told["count in words"] = events["count_texts"].map(_plain)
    told["told by"] = [
        _reports(*told_by) for told_by in zip(events["sources"], events["reposts"], strict=True)
    ]
    for column, name in COMPUTED.items():
        told[name] = events[column]
    for role in ROLES:
        told[role] = events[f"{role}_id"].map(places["name"]).fillna("")
    return told


def _reports(sources: int, reposts: int) -> str:
    """Say how many reports tell of an event; one that repeats another is a repost."""
    numbers = ((sources - reposts, "report"), (reposts, "repost"))
    return " and ".join(f"{count} {what}{'s' * (count > 1)}" for count, what in numbers if count)


def _days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    if pd.isna(last):
        return ""
    if pd.isna(first):
        return f"to {last:%Y-%m-%d}"
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _count(low: float, high: float, unit: str) -> str:
    if pd.isna(low) and pd.isna(high):
        return ""
    if pd.isna(low):
        return f"at most {high:.12g} {unit}"
    if high == float("inf"):
        return f"{low:.12g} {unit} or more"
    return f"{low:.12g} {unit}" if low == high else f"{low:.12g} to {high:.12g} {unit}"


def _places(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    """Tell of the places that both versions name what is written of them otherwise."""
    columns = list(PLACE_COLUMNS)
    before, now = (frame[columns].assign(outline=frame["geometry"].map(_outline)) for frame in (old, new))
    for key, column, one, other in _differences(before, now):
        yield (
            f"place {key}: outline drawn anew"
            if column == "outline"
            else _was(f"place {key}: {column}", one, other)
        )


def _outline(geometry: Any) -> str:
    """Give the outline as text; a point is told by its lon and lat."""
    return "" if geometry.geom_type == "Point" else str(geometry.wkt)


def _story(old: Collection, new: Collection) -> Iterator[str]:
    if old.story == new.story:
        return
    if old.story is None or new.story is None:
        yield f"story: {'added' if old.story is None else 'removed'}"
        return
    if (old.story.title, old.story.title_ar) != (new.story.title, new.story.title_ar):
        yield _was("story: title", old.story.title, new.story.title)
    if len(old.story.steps) != len(new.story.steps):
        yield f"story: had {len(old.story.steps)} steps, has now {len(new.story.steps)}"
    for number, (one, other) in enumerate(zip(old.story.steps, new.story.steps, strict=False), start=1):
        if one != other:
            yield f"story: step {number} is told anew, {_said(other.headline)}"
