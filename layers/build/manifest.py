"""The manifest of a built folder: what became of each input, how much there is of what, and every file with its sha256."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING, Any

from layers.build.edition import edition_of_all
from layers.build.shared import Shared
from layers.built.format import FORMAT, NO_MONTH, events_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layers.build.plan import Plan

    Done = dict[str, Any]

__all__ = ["manifest_of"]


def manifest_of(plan: Plan, read: Sequence[Done], parts: Sequence[Done], named: Done, files: Done) -> Done:
    """Say what became of the inputs, and what is in the folder.

    Args:
        plan: Of the build.
        read: What `layers.build.scatter.scatter` told of each input.
        parts: What `layers.build.gather.gather` told of each part.
        named: What `layers.build.naming.gather_named` told.
        files: By the path of each file its rows, bytes and sha256.
    """
    inputs = [
        {"name": one.name, "kind": str(one.kind)}
        | ({"bytes": one.size} if _is_told(plan, done) else {})
        | ({"edition": done["edition"]} if done["edition"] else {})
        | ({"files": [name for _, name in one.files]} if one.more else {})
        | {key: done[key] for key in ("rows", "claims", "passed")}
        | {"sha256": done["sha256"] if _is_told(plan, done) else ""}
        for (one, _), done in zip(plan.inputs, read, strict=True)
    ]
    missing = [
        {"name": name, "faults": faults}
        for one, done in zip(inputs, read, strict=True)
        for name, faults in _by_file(str(one["name"]), done)
    ]
    told = {key: sum(part[key] for part in parts) for key in ("repeated", "older", "differing")}
    told["differing"] += named["differing"]
    totals = {
        "claims": sum(rows for part in parts for _, rows in part["claims"]),
        "events": sum(rows for part in parts for _, _, rows, *_ in part["events"]),
        **{name: named[name] for name in ("sources", "actors", "places")},
        **{name: sum(part[name] for part in parts) for name in ("undated", "unplaced")},
    }
    return {
        "format": FORMAT,
        "bordermap": importlib.metadata.version("bordermap"),
        "plan": plan.digest(),
        "totals": totals,
        "rows": told,
        "shared": _shared(named, parts),
        "months": _months_told(parts, files),
        "inputs": inputs,
        "missing": missing,
        "files": dict(sorted(files.items())),
    } | (
        {}
        if plan.public is None
        else {"edition": edition_of_all(plan.public, (one["edition"] for one in read))}
    )


def _is_told(plan: Plan, done: Done) -> bool:
    """Tell whether size and hash of an input are told: whoever has it would know by them that it is this one, withheld parts and all.

    Of what could not be read it is not known whether it withholds something.
    """
    return plan.public is None or (done["edition"] is None and not done["lost"])


def _shared(named: Done, parts: Iterable[Done]) -> Done:
    """Put together the ids that several inputs share for rows that differ."""
    shared = Shared()
    for one in (named, *parts):
        shared.add(one["shared"])
    return shared.told()


def _by_file(name: str, done: Done) -> Iterator[tuple[str, list[Done]]]:
    """Give the faults of an input, or of each of its reports that has some, with what that is called."""
    files: dict[str, list[Done]] = {}
    for fault in done["faults"]:
        files.setdefault(name if done["lost"] else fault["file"], []).append(fault)
    yield from files.items()


def _months_told(parts: Iterable[Done], files: Done) -> Done:
    """Give of each month the days on the map of its events, and how many it has by layer."""
    months: Done = {}
    for layer, month, _, first, last in _events(parts):
        said = months.setdefault(month, {"from": None, "until": None, "layers": {}, "claims": 0})
        said["layers"][layer] = files[events_path(layer, month)]["rows"]
        for key, day, better in (("from", first, min), ("until", last, max)):
            said[key] = day if said[key] is None else said[key] if day is None else better(said[key], day)
    for part in parts:
        for month, rows in part["claims"]:
            said = months.setdefault(month, {"from": None, "until": None, "layers": {}, "claims": 0})
            said["claims"] += rows
    return dict(sorted(months.items(), key=lambda one: (one[0] == NO_MONTH, one[0])))


def _events(parts: Iterable[Done]) -> Iterator[list[Any]]:
    for part in parts:
        yield from part["events"]
