"""The parts of `make trust`: each puts one thing to the test, and gives its lines of the table and what went wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trust import faultparts, killparts
from trust.came import NOTHING, Came, missed, say
from trust.egress import CannotTellError, egress
from trust.table import Line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

__all__ = ["PARTS"]

_STRINGS: Final = Path(__file__).parents[2] / "shared" / "badinputs" / "strings" / "naughty.json"
"""Strings that have broken other programs, where they lie beside the checkout."""


def requests(choices: argparse.Namespace) -> Came:
    """Go through all that could ask the network."""
    if not choices.egress:
        return NOTHING
    where = "requests off the machine"
    try:
        found = egress(choices.egress)
    except CannotTellError as error:
        return missed(where, "surfaces gone through", f"cannot be told here: {error}")
    return Came(tuple(found.lines), (asdict(found),), (*found.asked, *found.silent, *found.astray))


def hostile_texts(choices: argparse.Namespace) -> Came:
    """Try hostile texts on every surface."""
    if not choices.hostile:
        return NOTHING
    from trust.hostile import hostile, lines_of  # noqa: PLC0415 - a browser and the dashboard are asked for here alone

    strings = json.loads(_STRINGS.read_text(encoding="utf-8")) if _STRINGS.is_file() else []
    if not strings:
        say(f"there are no strings that have broken others: {_STRINGS} is not there, beside the checkout")
    run = hostile(choices.hostile, strings, say)
    faults = tuple(fault for one in run.surfaces for fault in one.faults)
    known = Line("hostile text", "of them known to have broken others", f"{len(strings):,}")
    return Came((*lines_of(run, choices.hostile), known), (asdict(run),), faults)


def load(choices: argparse.Namespace) -> Came:
    """Send a crowd to the dashboard, and to the peer's."""
    if not choices.minutes:
        return NOTHING
    from trust.load.runs import crowds, lines_of  # noqa: PLC0415 - a browser and two dashboards, likewise

    done = crowds(choices.people, choices.minutes * 60, choices.peer * 60, choices.seed)
    ours = done[0]
    wrong = tuple(f"{ours.name}: {times} x {what}" for what, times in (*ours.errors, *ours.foreign))
    wrong += tuple(f"{ours.name}: its log: {line}" for line in ours.complaints)
    wrong += tuple(f"{ours.name}: lost: {what}" for what in ours.lost)
    return Came(tuple(lines_of(done)), tuple(map(asdict, done)), wrong)


PARTS: Final[tuple[Callable[[argparse.Namespace], Came], ...]] = (
    hostile_texts,
    requests,
    killparts.reviewers,
    killparts.commands,
    faultparts.stops,
    faultparts.disks,
    faultparts.writers,
    faultparts.desks,
    faultparts.setbacks,
    killparts.builds,
    load,
)
"""In the order of the table."""
