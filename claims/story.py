"""Read story.toml: the steps in which a collection's map is told, each with its words, its day and what it shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from claims.clock import LONGEST_WINDOW
from claims.facts import is_view
from claims.model import LAYERS, Kind, Mode, Status
from claims.tomlfiles import as_written, line_of, lines_of_tables, read_toml
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence
    from pathlib import Path

    from claims.model import Facts

__all__ = ["HEAD_KEYS", "STEP_KEYS", "Known", "Slip", "Step", "Story", "read_story"]

WORDS: Final = ("headline", "headline_ar", "text", "text_ar")
LISTS: Final = ("layers", "kinds", "status", "certainty", "disputed", "actors", "sides")
HEAD_KEYS: Final = ("title", "title_ar", "step")
CERTAINTY_WORDS: Final = ("unplaced", "gate", "place", "near", "stretch", "region", "side")
"""As layers/certainty.py has them, and a word for what is not on the map."""

DISPUTE_WORDS: Final = ("occurrence", "count", "date", "place", "undisputed")
STEP_KEYS: Final = (*WORDS, "day", "mode", "window", "known", *LISTS, "sources", "view", "event")
REQUIRED: Final = ("headline", "text", "day")
SHOWN_DAY: Final = "day"
"""The word of `known` for the day that is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is said, and what the map shows meanwhile; what it does not say stays as the map opens.

    Attributes:
        day: The day shown.
        window: Days of the span, for the mode `window`.
        known: By when what is shown was reported: a day, or `SHOWN_DAY`.
        layers: Of `LAYERS`, those that are shown; empty for those that are on when the map opens.
        certainty: Of `CERTAINTY_WORDS`, those that are shown; empty for all, as for the other lists.
        disputed: Of `DISPUTE_WORDS`, likewise.
        sources: How many independent sources an event has at least; None for any.
        view: west, south, east, north in degrees (EPSG:4326).
        event: The event_id of the event that is open; "" for none.
    """

    headline: str
    text: str
    day: dt.date
    headline_ar: str = ""
    text_ar: str = ""
    mode: Mode = Mode.DAY
    window: int | None = None
    known: dt.date | str | None = None
    layers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    sources: int | None = None
    actors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    view: tuple[float, float, float, float] | None = None
    event: str = ""

    @property
    def known_by(self) -> dt.date | None:
        """The day by which what is shown was reported; None for all that is known."""
        return self.day if isinstance(self.known, str) else self.known


@dataclass(frozen=True, slots=True)
class Story:
    """A collection's map told in steps."""

    title: str
    title_ar: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a step may name; None for what could not be read, of which nothing is checked.

    Attributes:
        last_known: When the last report came out.
        ids: The event_ids (`events`), actor ids (`actors`) and sides (`sides`).
        unseen: Says of steps, by their number from 0, why one does not show the event that it opens.
    """

    facts: Facts | None = None
    last_known: dt.date | None = None
    ids: Mapping[str, Container[str] | None] = field(default_factory=dict)
    unseen: Callable[[Sequence[Step | None]], Mapping[int, Slip]] | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """One fault of one key: its value as written, what is wrong with it, and what to do."""

    key: str
    value: str | None
    why: str
    todo: str


def read_story(path: Path, known: Known, faults: list[Fault]) -> Story | None:
    """Read the file; None where there is none, and where it has faults, which are added to the list.

    Args:
        path: Of story.toml.
        known: What its steps may name.
        faults: Where faults are put, each with the line of its key or its step.
    """
    if not path.exists() or (read := read_toml(path, faults)) is None:
        return None
    written, text = read
    before = len(faults)
    faults += [_fault(path, line_of(slip.key, text), slip) for slip in _head_slips(written)]
    read_steps = [_step(table, known) for table in _tables(written) or ()]
    unseen = known.unseen([step for step, _ in read_steps]) if known.unseen else {}
    lines = lines_of_tables("step", text)
    for number, (_, slips) in enumerate(read_steps):
        at = lines[number] if number < len(lines) else range(0)
        found = [*slips, unseen[number]] if number in unseen else slips
        faults += [_fault(path, line_of(slip.key, text, at) or at.start or None, slip) for slip in found]
    if len(faults) > before:
        return None
    steps = tuple(step for step, _ in read_steps if step)
    return Story(written["title"].strip(), written.get("title_ar", "").strip(), steps)


def _fault(path: Path, line: int | None, slip: Slip) -> Fault:
    return Fault(path.name, line, slip.key, slip.value, slip.why, slip.todo)


def _tables(written: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Give the tables under [[step]]; None where something else or nothing is written."""
    steps = written.get("step")
    if isinstance(steps, list) and steps and all(isinstance(step, dict) for step in steps):
        return steps
    return None


def _head_slips(written: dict[str, Any]) -> Iterator[Slip]:
    yield from _unknown(written, HEAD_KEYS)
    if "title" not in written:
        yield Slip("title", None, "is missing", "add it")
    for key in ("title", "title_ar"):
        yield from _wordless(written, key)
    if _tables(written) is None:
        yield Slip("step", None, "is missing", "write each step under [[step]]")


def _unknown(written: dict[str, Any], keys: Sequence[str]) -> Iterator[Slip]:
    for key in written:
        if key not in keys:
            yield Slip(key, None, "is an unknown key", f"use one of {', '.join(keys)}")


def _wordless(written: dict[str, Any], key: str) -> Iterator[Slip]:
    if key in written and not (isinstance(written[key], str) and written[key].strip()):
        yield Slip(key, as_written(written[key]) or None, "says nothing in words", "write it in quotes")


def _step(written: dict[str, Any], known: Known) -> tuple[Step | None, list[Slip]]:
    """Give a step as read and no slips, or no step and its slips."""
    slips = list(_unknown(written, STEP_KEYS))
    slips += [Slip(key, None, "is missing", "add it") for key in REQUIRED if key not in written]
    for key in WORDS:
        slips += _wordless(written, key)
    slips += _day_slips(written, known)
    slips += _span_slips(written)
    for key in LISTS:
        slips += _list_slips(written, key, known)
    slips += _event_slips(written, known)
    sources = written.get("sources", 1)
    if not isinstance(sources, int) or isinstance(sources, bool) or sources < 1:
        slips.append(Slip("sources", as_written(sources), "is not a whole number of 1 or more", "correct it"))
    if "view" in written and not (isinstance(written["view"], list) and is_view(written["view"])):
        why = "is not west, south, east, north in degrees"
        slips.append(Slip("view", as_written(written["view"]), why, "write four numbers in that order"))
    return None if slips else _made(written), slips


def _made(written: dict[str, Any]) -> Step:
    made: dict[str, Any] = {
        key: value.strip() if isinstance(value, str) else value for key, value in written.items()
    }
    made |= {key: tuple(made[key]) for key in LISTS if key in made}
    if "mode" in made:
        made["mode"] = Mode(made["mode"])
    if "view" in made:
        made["view"] = tuple(float(edge) for edge in made["view"])
    return Step(**made)


def _is_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _day_slips(written: dict[str, Any], known: Known) -> Iterator[Slip]:
    """Find days that are none, or outside the collection; what is known may be as late as its last report."""
    for key in {"day", "known"} & written.keys():
        value = written[key]
        if key == "known" and value == SHOWN_DAY:
            continue
        if not _is_day(value):
            or_word = f', or "{SHOWN_DAY}"' if key == "known" else ""
            yield Slip(
                key, as_written(value), "is not a day", f"write it as 2024-12-07 without quotes{or_word}"
            )
        elif known.facts:
            last = known.facts.last_day
            if key == "known" and known.last_known:
                last = max(last, known.last_known)
            if not known.facts.first_day <= value <= last:
                why = f"is outside the collection's days, {known.facts.first_day} to {last}"
                yield Slip(key, as_written(value), why, "correct it")


def _span_slips(written: dict[str, Any]) -> Iterator[Slip]:
    mode, window = written.get("mode", str(Mode.DAY)), written.get("window")
    if mode not in list(Mode):
        yield Slip("mode", as_written(mode), "is unknown", f"use one of {', '.join(Mode)}")
    elif window is not None and mode != Mode.WINDOW:
        yield Slip(
            "window",
            as_written(window),
            "goes with the mode window",
            'write mode = "window", or leave it out',
        )
    if window is not None and not (type(window) is int and 1 <= window <= LONGEST_WINDOW):
        yield Slip(
            "window", as_written(window), "is not a number of days", f"write one from 1 to {LONGEST_WINDOW}"
        )


def _list_slips(written: dict[str, Any], key: str, known: Known) -> Iterator[Slip]:
    words = {
        "layers": tuple(LAYERS),
        "kinds": tuple(Kind),
        "status": tuple(Status),
        "certainty": CERTAINTY_WORDS,
        "disputed": DISPUTE_WORDS,
    }.get(key)
    listed = written.get(key)
    if listed is None:
        return
    if not (isinstance(listed, list) and listed and all(isinstance(word, str) for word in listed)):
        yield Slip(
            key, as_written(listed), "is not a list of words", f'write {key} = ["..."], or leave it out'
        )
        return
    allowed = words or known.ids.get(key)
    for word in listed:
        if allowed is not None and word not in allowed:
            why = "is unknown" if words else "is not in actors.csv"
            todo = f"use of {', '.join(words)}" if words else "correct it or add it there"
            yield Slip(key, word, why, todo)


def _event_slips(written: dict[str, Any], known: Known) -> Iterator[Slip]:
    event, ids = written.get("event"), known.ids.get("events")
    if event is None:
        return
    if not isinstance(event, str):
        yield Slip("event", as_written(event), "is not an event_id", "write it in quotes")
    elif ids is not None and event not in ids:
        yield Slip("event", event, "is not in events.csv", "correct it or add it there")
