"""Whether a step of a story shows the event that it opens, by the days, filters and claims of that step."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from claims.events import events_of
from claims.model import BY_DAYS, LAYERS, ROLES, TABLES, DateKind, Mode, Status
from claims.story import Known, Slip

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from claims.model import Facts
    from claims.story import Step
    from claims.tables import Table

__all__ = ["SHOWN_LAYERS", "WINDOW_DAYS", "known_of"]

SHOWN_LAYERS: Final = tuple(name for name in LAYERS if name != "context")
"""The layers that are on when the map opens."""

WINDOW_DAYS: Final = 7
"""The window where none is said, as in engine/state.js."""

_NO_PLACES: Final = pd.DataFrame(
    {"lon": [], "lat": [], "radius_km": [], "geometry": []}, index=pd.Index([], name="place_id", dtype=str)
)


def known_of(
    frames: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], facts: Facts | None, *, sound: bool
) -> Known:
    """Say what a story may name, by the tables that could be read.

    Args:
        frames: The typed tables by name.
        tables: The same as written.
        facts: Of collection.toml, where it could be read.
        sound: The tables have no faults, so that events can be computed from them.
    """
    ids: dict[str, Container[str] | None] = {}
    for key, name, column in (
        ("events", "events", "event_id"),
        ("actors", "actors", "actor"),
        ("sides", "actors", "side"),
    ):
        if name in frames and column not in tables[name].absent:
            ids[key] = frozenset(frames[name][column]) | tables[name].cut
    reported = frames["claims"]["reported"].max() if "claims" in frames else pd.NaT
    last_known = None if pd.isna(reported) else reported.date()
    if not sound or facts is None or frames.keys() != TABLES.keys():
        return Known(facts, last_known, ids)
    sides = frames["actors"].set_index("actor")["side"].to_dict()
    return Known(
        facts, last_known, ids, lambda step: _unseen(step, frames["claims"], frames["events"], sides, facts)
    )


def _unseen(
    step: Step, claims: pd.DataFrame, events: pd.DataFrame, sides: Mapping[str, str], facts: Facts
) -> Slip | None:
    """Say why a step does not show the event that it opens; None where it does, or opens none."""
    if not step.event:
        return None
    of_event = claims[claims["event_id"].eq(step.event)]
    if of_event.empty:
        return Slip("event", step.event, "has no claims", "name another event")
    if step.known_by:
        of_event = of_event[of_event["reported"] <= pd.Timestamp(step.known_by)]
        if of_event.empty:
            why = f"was not told of by {step.known_by}"
            return Slip("event", step.event, why, "leave it out or correct known")
    event = _computed(of_event, events[events["event_id"].eq(step.event)])
    hidden = next(_hidden(step, event, of_event, sides), None)
    if hidden:
        return Slip("event", step.event, hidden, "correct the step, or leave the event out")
    days = _span(step, facts)
    if not _meets(event, *days):
        why = (
            f"is not on the map from {days[0]} to {days[1]}"
            if days[0] != days[1]
            else f"is not on the map of {days[0]}"
        )
        return Slip("event", step.event, why, "correct the day or the mode")
    return None


def _computed(claims: pd.DataFrame, events: pd.DataFrame) -> dict[str, Any]:
    """Compute one event from its claims; places have no part in whether it is shown, so none is looked up."""
    placeless = claims.assign(**{f"{role}_id": "" for role in ROLES})
    (event,) = events_of(placeless, events, _NO_PLACES).to_dict("records")
    return {str(key): value for key, value in event.items()}


def _hidden(
    step: Step, event: dict[str, Any], claims: pd.DataFrame, sides: Mapping[str, str]
) -> Iterator[str]:
    """Say which filters of a step hide an event."""
    layer = next(name for name, kinds in LAYERS.items() if event["kind"] in kinds)
    if layer not in (step.layers or SHOWN_LAYERS):
        yield f"is on the layer {layer}, which the step does not show"
    if step.kinds and event["kind"] not in step.kinds:
        yield f"is a {event['kind']}, which the step does not show"
    statuses = {event["status"]} | ({str(Status.DENIED)} & set(claims["status"]))
    if step.status and statuses.isdisjoint(step.status):
        yield f"is {event['status']}, which the step does not show"
    actors = set(event["actors"].split(";"))
    if step.actors and actors.isdisjoint(step.actors):
        yield "is of other actors than the step shows"
    if step.sides and {sides.get(actor) for actor in actors}.isdisjoint(step.sides):
        yield "is of other sides than the step shows"


def _span(step: Step, facts: Facts) -> tuple[dt.date, dt.date]:
    """Give the first and last day that a step shows (layers/clock.py)."""
    days = {Mode.DAY: 1, Mode.WINDOW: step.window or WINDOW_DAYS}.get(step.mode)
    first = facts.first_day if days is None else step.day - dt.timedelta(days=days - 1)
    return max(first, facts.first_day), step.day


def _meets(event: dict[str, Any], first: dt.date, last: dt.date) -> bool:
    """Tell whether an event is on the map of a span of days, faintly at least (layers/clock.py)."""
    start, end, kind = event["date_start"], event["date_end"], event["date_kind"]
    if pd.isna(end) or not kind:
        return False
    begin = end if pd.isna(start) else start
    if kind == DateKind.BY:
        begin = end - pd.Timedelta(days=BY_DAYS)
    return bool(begin <= pd.Timestamp(last) and pd.Timestamp(first) <= end)
