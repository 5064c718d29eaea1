"""Whether a step of a story shows the event that it opens, by the days, filters and claims of that step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.clock import WINDOW_DAYS, days_of, days_shown, strength
from claims.events import events_of
from claims.model import LAYERS, ROLES, SHOWN_LAYERS, TABLES, Status
from claims.story import DISPUTE_WORDS, Known, Slip

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Iterator, Mapping, Sequence

    from claims.model import Facts
    from claims.story import Step
    from claims.tables import Table

__all__ = ["known_of", "unseen"]

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
    if not sound or facts is None or not frames.keys() >= TABLES.keys():
        return Known(facts, last_known, ids)
    sides = frames["actors"].set_index("actor")["side"].to_dict()
    return Known(facts, last_known, ids, lambda steps: unseen(steps, frames, sides, facts))


def unseen(
    steps: Sequence[Step | None], frames: Mapping[str, pd.DataFrame], sides: Mapping[str, str], facts: Facts
) -> dict[int, Slip]:
    """Say of each step that does not show the event that it opens why not, by the step's number."""
    opening = {number: step for number, step in enumerate(steps) if step and step.event}
    told = {number: _told(step, frames["claims"]) for number, step in opening.items()}
    claims = {number: found for number, found in told.items() if not isinstance(found, Slip)}
    events = _computed(claims, frames["sources"])
    slips = {number: found for number, found in told.items() if isinstance(found, Slip)}
    for number in claims:
        slip = _slip(opening[number], events[number], sides, facts)
        if slip:
            slips[number] = slip
    return slips


def _told(step: Step, claims: pd.DataFrame) -> pd.DataFrame | Slip:
    """Give the claims of a step's event that it knows, or say that there are none."""
    of_event = claims[claims["event_id"].eq(step.event)]
    if of_event.empty:
        return Slip("event", step.event, "has no claims", "name another event")
    if step.known_by:
        of_event = of_event[of_event["reported"] <= pd.Timestamp(step.known_by)]
        if of_event.empty:
            why = f"was not told of by {step.known_by}"
            return Slip("event", step.event, why, "leave it out or correct known")
    return of_event


def _computed(claims: Mapping[int, pd.DataFrame], sources: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Compute the event of each step from its claims, all in one go.

    Places have no part in whether an event is shown, so none is looked up.
    """
    if not claims:
        return {}
    placeless = {f"{role}_id": "" for role in ROLES}
    of_steps = pd.concat(
        [of_event.assign(event_id=str(number), **placeless) for number, of_event in claims.items()],
        ignore_index=True,
    )
    kinds = of_steps.drop_duplicates("event_id")[["event_id", "kind"]]
    computed = events_of(of_steps, kinds, _NO_PLACES, sources)
    return {int(number): event for number, event in computed.to_dict("index").items()}


def _slip(step: Step, event: dict[str, Any], sides: Mapping[str, str], facts: Facts) -> Slip | None:
    hidden = next(_hidden(step, event, sides), None)
    if hidden:
        return Slip("event", step.event, hidden, "correct the step, or leave the event out")
    window = step.window or WINDOW_DAYS
    if _is_shown(event, step, window, facts.first_day):
        return None
    first, last = days_shown(step.day, step.mode, window, facts.first_day)
    days = f"from {first} to {last}" if first != last else f"of {first}"
    return Slip("event", step.event, f"is not on the map {days}", "correct the day or the mode")


def _hidden(step: Step, event: dict[str, Any], sides: Mapping[str, str]) -> Iterator[str]:
    """Say which filters of a step hide an event."""
    layer = next(name for name, kinds in LAYERS.items() if event["kind"] in kinds)
    if layer not in (step.layers or SHOWN_LAYERS):
        yield f"is on the layer {layer}, which the step does not show"
    if step.kinds and event["kind"] not in step.kinds:
        yield f"is a {event['kind']}, which the step does not show"
    statuses = {event["status"]} | ({str(Status.DENIED)} if event["roots_denying"] else set())
    if step.status and statuses.isdisjoint(step.status):
        yield f"is {event['status']}, which the step does not show"
    disputed = {what for what in DISPUTE_WORDS[:-1] if event[f"disputed_{what}"]} or {"undisputed"}
    if step.disputed and disputed.isdisjoint(step.disputed):
        yield f"is {' and '.join(sorted(disputed))}, which the step does not show"
    if step.sources and max(event["roots"], 1) < step.sources:
        yield f"has {event['roots']} independent sources, and the step asks for {step.sources}"
    actors = set(event["actors"].split(";"))
    if step.actors and actors.isdisjoint(step.actors):
        yield "is of other actors than the step shows"
    if step.sides and {sides.get(actor) for actor in actors}.isdisjoint(step.sides):
        yield "is of other sides than the step shows"


def _is_shown(event: dict[str, Any], step: Step, window: int, opens: dt.date) -> bool:
    """Tell whether an event is on the map of a step's days, faintly at least."""
    dates = pd.Series([event["date_start"], event["date_end"], step.day, opens], dtype="datetime64[s]")
    start, end, day, first = days_of(dates)
    kind = np.array([event["date_kind"]], dtype=object)
    strong = strength(np.array([start]), np.array([end]), kind, int(day), step.mode, window, int(first))
    return bool(strong[0] > 0)
