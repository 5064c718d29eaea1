"""A build from its inputs to the folder: what is done is kept, so that a second run goes on where the first was stopped."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import BordermapError, Fault
from layers.build.finishing import put_days, put_facts, put_named, put_so_far
from layers.build.gather import Gather, gather
from layers.build.months import Month, month_of
from layers.build.naming import gather_named
from layers.build.pieces import put_json, read_json
from layers.build.scatter import Scatter, scatter
from layers.build.work import Work
from layers.built.format import FORMAT, MANIFEST, NO_MONTH, events_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from layers.build.plan import Plan
    from layers.build.runners import Runner

    Done = dict[str, Any]

__all__ = ["Built", "build", "work_of"]

_REPORT: Final = "faults.csv"


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build.

    Attributes:
        manifest: As manifest.json holds it.
        faults: Of the inputs that are missing for them.
        before: Whether it was built of the same inputs before, and nothing was done.
    """

    manifest: Done
    faults: tuple[Fault, ...]
    before: bool = False


def work_of(out: Path, parts: int) -> Work:
    """Give where the build of a folder is under way: beside it, under a hidden name."""
    return Work(out.parent / f".{out.name}.building", parts)


def build(plan: Plan, out: Path, runner: Runner, tell: Callable[[str], None]) -> Built:
    """Build a folder, which appears whole or not at all.

    What stood there as a built folder is replaced when the new one is done. What was done of the same plan before is kept;
    what was done of another is taken away.

    Args:
        plan: From `layers.build.plan.plan_of`.
        out: Where it shall stand; every worker finds it under this path.
        runner: Does the tasks.
        tell: Is told how far it is, a line a time.

    Raises:
        BordermapError: Something else stands there, it cannot be written, or workers are lost again and again.
    """
    digest = plan.digest()
    _must_be_ours(out)
    before = read_json(out / MANIFEST) if out.is_dir() else None
    if before is not None and before.get("plan") == digest:
        faults = tuple(Fault(**fault) for one in before["missing"] for fault in one["faults"])
        return Built(before, faults, before=True)
    work = work_of(out, plan.parts)
    _begin(work, digest, tell)
    steps = _Steps(plan, work, runner, tell)
    manifest, faults = steps.all(digest)
    _put_in_place(work, out)
    return Built(manifest, faults)


def _must_be_ours(out: Path) -> None:
    """Refuse to write over what is no built folder."""
    if not out.parent.is_dir():
        raise BordermapError(f"{str(out.parent)!r} is no folder; make it first")
    if out.is_dir():
        if (out / MANIFEST).is_file() or not any(out.iterdir()):
            return
        raise BordermapError(
            f"{str(out)!r} holds something that bordermap did not build; name a folder that is not there"
        )
    if out.exists():
        raise BordermapError(f"{str(out)!r} is a file; name a folder that is not there")


def _begin(work: Work, digest: str, tell: Callable[[str], None]) -> None:
    """Go on with what was begun, or begin anew."""
    begun = read_json(work.plan)
    if begun is not None and begun["plan"] == digest:
        tell("going on with what was done before")
        return
    if work.folder.exists():
        if begun is None and any(work.folder.iterdir()) and not work.aside.is_dir():
            raise BordermapError(f"{str(work.folder)!r} is in the way; take it away")
        shutil.rmtree(work.folder)
    put_json(work.plan, {"plan": digest}, work.aside)


@dataclass(slots=True)
class _Steps:
    """The steps of a build, one after the other."""

    plan: Plan
    work: Work
    runner: Runner
    tell: Callable[[str], None]

    def all(self, digest: str) -> tuple[Done, tuple[Fault, ...]]:
        """Do all of them."""
        read = self._read()
        faults = tuple(Fault(**fault) for one in read for fault in one["faults"])
        sound = [number for number, one in enumerate(read) if not one["lost"]]
        named = gather_named(self.work, sound)
        parts = self._gathered([(number, read[number]["runs"]) for number in sound])
        files = self._months(parts)
        counted = sorted({month for part in parts for month, _ in part["counts"]})
        so_far, every = put_so_far(self.work, counted)
        days_file, days = put_days(self.work, range(self.plan.parts), every)
        files |= so_far | days_file | put_named(self.work) | put_facts(self.work, self.plan.facts, days)
        if faults:
            files |= self._report(faults)
        manifest = self._manifest(digest, read, parts, named, files)
        (self.work.out / MANIFEST).write_text(
            json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8"
        )
        return manifest, faults

    def _read(self) -> list[Done]:
        """Read all inputs."""
        tasks = [Scatter(one, asked, self.work) for one, asked in self.plan.inputs]
        rows, begun = 0, time.monotonic()
        found: dict[int, Done] = {}
        for number, done in self.runner.done(scatter, tasks):
            found[number] = done
            rows += done["rows"]
            rate = rows / max(time.monotonic() - begun, 1e-3)
            self.tell(
                f"read {rows:,} rows and reports, {len(found):,} of {len(tasks):,} inputs, {rate:,.0f} a second"
            )
        return [found[number] for number in range(len(tasks))]

    def _gathered(self, inputs: Sequence[tuple[int, int]]) -> list[Done]:
        """Put all parts together."""
        tasks = [Gather(part, tuple(inputs), self.work) for part in range(self.plan.parts)]
        claims = 0
        found: dict[int, Done] = {}
        for number, done in self.runner.done(gather, tasks):
            found[number] = done
            claims += sum(rows for _, rows in done["claims"])
            self.tell(f"put {claims:,} claims together, {len(found):,} of {len(tasks):,} parts")
        return [found[number] for number in range(len(tasks))]

    def _months(self, parts: Sequence[Done]) -> Done:
        """Write all months."""
        months: dict[str, Any] = {}
        for part, done in enumerate(parts):
            for at, (layer, month, *_) in enumerate(done["events"]):
                _month(months, month)["events"].setdefault(layer, {}).setdefault(part, []).append(at)
            for name in ("claims", "counts"):
                for at, (month, _) in enumerate(done[name]):
                    _month(months, month)[name].setdefault(part, []).append(at)
        tasks = [
            Month(
                month,
                {layer: _pieces(of) for layer, of in sorted(held["events"].items())},
                _pieces(held["claims"]),
                _pieces(held["counts"]),
                self.work,
            )
            for month, held in sorted(months.items())
        ]
        files: Done = {}
        for count, (_, done) in enumerate(self.runner.done(month_of, tasks), 1):
            files |= done
            self.tell(f"wrote {count:,} of {len(tasks):,} months")
        return files

    def _report(self, faults: Sequence[Fault]) -> Done:
        from claims.imports.report import report_text  # noqa: PLC0415 - most builds have none
        from layers.build.months import file_told  # noqa: PLC0415 - likewise

        path = self.work.out / _REPORT
        path.write_text(report_text(faults), encoding="utf-8")
        return {_REPORT: file_told(path)}

    def _manifest(
        self, digest: str, read: Sequence[Done], parts: Sequence[Done], named: Done, files: Done
    ) -> Done:
        """Say what became of the inputs, and what is in the folder."""
        inputs = [
            {"name": one.name, "kind": str(one.kind), "bytes": one.size}
            | {key: done[key] for key in ("rows", "claims", "passed", "sha256")}
            for (one, _), done in zip(self.plan.inputs, read, strict=True)
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
            "plan": digest,
            "totals": totals,
            "rows": told,
            "months": _months_told(parts, files),
            "inputs": inputs,
            "missing": missing,
            "files": dict(sorted(files.items())),
        }


def _month(months: dict[str, Any], month: str) -> Any:
    return months.setdefault(month, {"events": {}, "claims": {}, "counts": {}})


def _by_file(name: str, done: Done) -> Iterator[tuple[str, list[Done]]]:
    """Give the faults of an input, or of each of its reports that has some, with what that is called."""
    files: dict[str, list[Done]] = {}
    for fault in done["faults"]:
        files.setdefault(name if done["lost"] else fault["file"], []).append(fault)
    yield from files.items()


def _pieces(held: dict[int, list[int]]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    return tuple((part, tuple(numbers)) for part, numbers in sorted(held.items()))


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


def _put_in_place(work: Work, out: Path) -> None:
    """Put the folder in its place, and take away what was needed on the way."""
    old = work.folder / "old"
    try:
        if out.is_dir():
            out.rename(old)
        work.out.rename(out)
    except OSError as error:
        raise BordermapError(
            f"{str(out)!r} cannot be put in place ({error.strerror}); mend that and run the same again: what is done is kept"
        ) from error
    shutil.rmtree(work.folder)
