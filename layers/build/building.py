"""A build from its inputs to the folder: what is done is kept, so that a second run goes on where the first was stopped."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import Fault, FaultsError
from layers.build.alone import alone
from layers.build.edition import untold
from layers.build.finishing import put_days, put_facts, put_named, put_so_far, span_of
from layers.build.gather import Gather, gather
from layers.build.inputs import InputKind
from layers.build.manifest import manifest_of
from layers.build.months import Month, file_told, month_of
from layers.build.naming import gather_named
from layers.build.pieces import put, put_json
from layers.build.scatter import Scatter, scatter
from layers.build.settling import Settle, settle
from layers.build.standing import (
    begin,
    must_be_ours,
    put_back,
    put_in_place,
    reaching,
    standing,
    take_away,
    work_of,
)
from layers.built.format import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from layers.build.plan import Plan
    from layers.build.runners import Runner
    from layers.build.work import Work

    Done = dict[str, Any]

__all__ = ["Built", "build"]

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


def build(
    plan: Plan,
    out: Path,
    runner: Runner,
    tell: Callable[[str], None],
    note: Callable[[str], None] | None = None,
) -> Built:
    """Build a folder, which appears whole or not at all.

    What stood there as a built folder is replaced when the new one is done. What was done of the same plan before is kept;
    what was done of another is taken away.

    Args:
        plan: From `layers.build.plan.plan_of`.
        out: Where it shall stand; every worker finds it under this path.
        runner: Does the tasks.
        tell: Is told how far it is, a line a time.
        note: Is told what whoever publishes should know of editions; `tell` where it is not said.

    Raises:
        FaultsError: No input is without faults; what stood there stands there still.
        BordermapError: Something else stands there, another build of it is at work, it cannot be written, or workers are
            lost again and again.
    """
    digest = plan.digest()
    work = work_of(out, plan.parts, digest)
    with alone(out):
        with reaching(out):
            must_be_ours(work)
            put_back(work, out)
            before = standing(out)
            if before is not None and before["plan"] == digest:
                take_away(work)
                faults = tuple(Fault(**fault) for one in before["missing"] for fault in one["faults"])
                return Built(before, faults, before=True)
            begin(work, digest, tell)
        manifest, faults = _Steps(plan, work, runner, tell, note or tell).all()
        put_in_place(work, out)
    return Built(manifest, faults)


@dataclass(slots=True)
class _Steps:
    """The steps of a build, one after the other."""

    plan: Plan
    work: Work
    runner: Runner
    tell: Callable[[str], None]
    note: Callable[[str], None]

    def all(self) -> tuple[Done, tuple[Fault, ...]]:
        """Do all of them."""
        read = self._read()
        faults = tuple(Fault(**fault) for one in read for fault in one["faults"])
        sound = [number for number, one in enumerate(read) if not one["lost"]]
        if faults and not any(read[number]["rows"] or not read[number]["faults"] for number in sound):
            take_away(self.work)
            raise FaultsError(faults, done="built")
        named = gather_named(self.work, [self.plan.inputs[number][0] for number in sound])
        runs = tuple((number, read[number]["runs"]) for number in sound)
        settled = self._settled(runs) if any(read[number]["astray"] for number in sound) else ()
        parts = self._gathered(runs, settled)
        files = self._months(parts)
        counted = sorted({month for part in parts for month, _ in part["counts"]})
        days_file, days = put_days(self.work, range(self.plan.parts), counted)
        span = span_of(days)
        files |= days_file | put_so_far(self.work, counted, span)
        files |= put_named(self.work) | put_facts(self.work, self.plan.facts, span)
        if faults:
            # What is said of an input's faults, and is quoted there, may be what it withholds.
            read = [self._publicly(one, number) for number, one in enumerate(read)]
            files |= self._report([Fault(**fault) for one in read for fault in one["faults"]])
        manifest = manifest_of(self.plan, read, parts, named, files)
        put_json(self.work.out / MANIFEST, manifest, self.work.aside, indent=1)
        return manifest, faults

    def _read(self) -> list[Done]:
        """Read all inputs."""
        tasks = [Scatter(one, asked, self.work, self.plan.public) for one, asked in self.plan.inputs]
        rows, begun = 0, time.monotonic()
        found: dict[int, Done] = {}
        for number, done in self.runner.done(scatter, tasks):
            found[number] = done
            rows += done["rows"]
            for line in done["told"]:
                self.note(f"{self.plan.inputs[number][0].name}: {line}")
            rate = rows / max(time.monotonic() - begun, 1e-3)
            self.tell(
                f"read {rows:,} rows and reports, {len(found):,} of {len(tasks):,} inputs, {rate:,.0f} a second"
            )
        return [found[number] for number in range(len(tasks))]

    def _settled(self, runs: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
        """Decide of which event the claims are that inputs count to several; give the parts that have such."""
        tasks = [Settle(part, runs, self.work) for part in range(self.plan.parts)]
        return tuple(sorted(number for number, count in self.runner.done(settle, tasks) if count))

    def _gathered(self, runs: tuple[tuple[int, int], ...], settled: tuple[int, ...]) -> list[Done]:
        """Put all parts together."""
        tasks = [Gather(part, runs, self.work, settled) for part in range(self.plan.parts)]
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

    def _publicly(self, done: Done, number: int) -> Done:
        given, _ = self.plan.inputs[number]
        is_secret = self.plan.public is not None and given.kind is InputKind.COLLECTION
        return untold(done, given.name) if is_secret else done

    def _report(self, faults: Sequence[Fault]) -> Done:
        """Write the faults of inputs that are missing for them."""
        from claims.imports.report import report_text  # noqa: PLC0415 - most builds have none

        path = self.work.out / _REPORT
        with put(path, self.work.aside) as file:
            file.write_text(report_text(faults), encoding="utf-8")
        return {_REPORT: file_told(path)}


def _month(months: dict[str, Any], month: str) -> Any:
    return months.setdefault(month, {"events": {}, "claims": {}, "counts": {}})


def _pieces(held: dict[int, list[int]]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    return tuple((part, tuple(numbers)) for part, numbers in sorted(held.items()))
