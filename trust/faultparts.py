"""The parts of `make trust` in which something around bordermap fails: PostgreSQL, the disk, the machine's clock; and two write one file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from trust.came import NOTHING, Came, came_of, missed
from trust.desks import at_desks
from trust.disktrials import CannotTryError, trials
from trust.postgresql import server
from trust.setbacks import set_back
from trust.stops import stopped
from trust.table import Line, at_least, at_most
from trust.together import together

if TYPE_CHECKING:
    import argparse

    from trust.desks import Desks
    from trust.together import Together

__all__ = ["desks", "disks", "setbacks", "stops", "writers"]


def stops(choices: argparse.Namespace) -> Came:
    """Stop PostgreSQL and start it again under load."""
    if not choices.stops:
        return NOTHING
    with server() as running:
        found = stopped(running, "stopped", choices.stops, choices.seed)
    where = "PostgreSQL stopped and started under load"
    lines = (
        at_least(where, "stops", found.stops, choices.stops),
        at_least(where, "decisions acknowledged", found.acknowledged, 1),
        Line(where, "told that nothing was written", f"{found.refused:,}"),
        Line(where, "told that it is not known", f"{found.unknown:,}"),
        at_most(where, "lost", len(found.lost), 0),
        at_most(where, "written twice", len(found.twice), 0),
        at_most(where, "left without a word", len(found.silent), 0),
    )
    return came_of(where, lines, found, "lost", "twice", "silent")


def disks(choices: argparse.Namespace) -> Came:
    """Do all that writes on disks that are full or may only be read."""
    if not choices.disks:
        return NOTHING
    try:
        found = trials(choices.disks)
    except CannotTryError as error:
        return missed(
            "disks that are full or may only be read", "writes tried", f"cannot be had here: {error}"
        )
    return Came(tuple(found.lines), found.told, found.wrong)


def writers(choices: argparse.Namespace) -> Came:
    """Let the writers of two processes write one SQLite file without a pause."""
    if not choices.together:
        return NOTHING
    with tempfile.TemporaryDirectory() as folder:
        found = together(f"sqlite:///{Path(folder) / 'store.sqlite'}", choices.together)
    where = "eight writers of two processes on one SQLite file"
    return came_of(where, _written(where, found), found, "lost", "refused", "unseen")


def desks(choices: argparse.Namespace) -> Came:
    """Let the reviewers at two dashboards decide in one SQLite file."""
    if not choices.desks:
        return NOTHING
    with tempfile.TemporaryDirectory() as folder:
        found = at_desks(Path(folder), choices.desks)
    where = "two dashboards on one SQLite file"
    lines = (
        *_written(where, found),
        at_least(where, "times that all decided on one proposal at once", found.races, choices.desks),
        at_least(where, "shown that another had", found.overtaken, 1),
    )
    return came_of(where, lines, found, "lost", "refused", "unseen")


def _written(where: str, found: Together | Desks) -> tuple[Line, ...]:
    return (
        at_least(where, "decisions acknowledged", found.decisions, 1),
        Line(where, "longest wait, s", f"{found.longest_s:.2f}"),
        at_most(where, "lost", len(found.lost), 0),
        at_most(where, "refused", len(found.refused), 0),
        at_most(where, "not seen by the other", len(found.unseen), 0),
    )


def setbacks(choices: argparse.Namespace) -> Came:
    """Let the machine's clock go back between writes."""
    if not choices.setbacks:
        return NOTHING
    where = "a machine's clock that goes back"
    with tempfile.TemporaryDirectory() as folder:
        found = set_back(Path(folder))
    if found is None:
        return missed(where, "times", "there is no cc, by which it would be set")
    lines = (
        at_least(where, "times", found.back, 1),
        Line(where, "told by the audit", f"{found.told:,}", f"{found.back:,}", found.told == found.back),
        at_most(where, "lost, or out of order", len(found.wrong), 0),
    )
    return came_of(where, lines, found, "wrong")
