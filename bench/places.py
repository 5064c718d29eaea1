"""Measure how rightly and how fast toponyms are placed, beside an exact lookup by population and rapidfuzz."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.geocoders import Point, install
from bench.placing import GROUP, OUT, SAMPLE, Toponyms, answers_file
from bench.table import Bound, Row
from geo.world import world

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TABLES = SHARED / "benchmarks"
SCORE = SHARED / "tools" / "score_places.py"

PEERS = ("exact", "fuzzy")


@dataclass(frozen=True)
class Target:
    """What ours is to reach on a table, in percent."""

    within_161: float | None = None
    within_own: float | None = None
    wrong: float | None = None


TARGETS = {
    "reports": Target(within_own=97, wrong=1),
    "geovirus": Target(within_161=83),
    "trnews": Target(within_161=91),
}


def rows(say: Callable[[str], None]) -> list[Row]:
    """Measure ours and the peers on the tables beside the checkout; without tables only what loading costs.

    Args:
        say: Is told how far the bench is.

    Raises:
        RuntimeError: A peer could not be installed, or a geocoder or the scorer failed.
    """
    tables = {file.stem: read(file) for file in sorted(TABLES.glob("*.csv"))} if SCORE.is_file() else {}
    for name in sorted(TARGETS.keys() - tables.keys()):
        say(f"  {name}.csv or score_places.py is not beside the checkout; its accuracy is not measured")
    install()
    OUT.mkdir(parents=True, exist_ok=True)
    job = OUT / "places-job.json"
    job.write_text(json.dumps({"tables": tables, "points": peers_points()}), encoding="utf-8")
    found = {}
    for name in ("ours", *PEERS):
        say(f"  {name}")
        found[name] = run(name, job)
    return [
        *(
            line
            for table in tables
            for line in accuracy(table, {name: score(answers_file(table, name)) for name in found})
        ),
        *costs(found),
        curated(run("curated", job)),
    ]


def read(file: Path) -> Toponyms:
    """Read a benchmark's table."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def peers_points() -> dict[str, Point]:
    """Lend the peers our points of countries and states, of which their package has none."""
    lent = {}
    for prefix, place_id in (("", "country-"), ("US-", "admin-us.")):
        for code in (a + b for a in map(chr, range(65, 91)) for b in map(chr, range(65, 91))):
            if place := world().get(place_id + code.lower()):
                lent[prefix + code] = (place.lon, place.lat)
    return lent


def run(name: str, job: Path) -> dict[str, Any]:
    """Let a geocoder do the job in a process of its own, and return its figures."""
    command = [sys.executable, "-m", "bench.placing", name, str(job)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the geocoder {name!r} failed: {done.stderr.strip()[-500:]}")
    return dict(json.loads(done.stdout))


def score(answered: Path) -> dict[str, float]:
    """Score answers by the shared tool, in percent; what has no tolerance of its own is wrong over 161 km."""
    command = [sys.executable, str(SCORE), str(answered)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{SCORE.name} failed: {done.stderr.strip()[-500:]}")
    said = json.loads(done.stdout)["all"]
    said.setdefault("placed_but_wrong", 1 - said["unplaced"] - said["accuracy_161km"])
    return {key: round(share * 100, 1) for key, share in said.items() if key not in {"toponyms", "median_km"}}


def accuracy(table: str, scores: Mapping[str, Mapping[str, float]]) -> list[Row]:
    """Make a table's rows of the geocoders' scores."""
    target = TARGETS.get(table, Target())

    def row(what: str, key: str, budget: float | None, bound: Bound = Bound.AT_LEAST) -> Row:
        peers = [scores[name][key] for name in PEERS]
        return Row(what, "%", budget, scores["ours"][key], other=peers, bound=bound)

    own = "within_own_tolerance" in scores["ours"]
    found = [row(f"{table}: toponyms placed within 161 km", "accuracy_161km", target.within_161)]
    found.append(row("  within 25 km", "accuracy_25km", None))
    if own:
        found.append(row("  within their own tolerance", "within_own_tolerance", target.within_own))
    wrong = "own tolerance" if own else "161 km"
    found.append(row(f"  placed but wrong, by {wrong}", "placed_but_wrong", target.wrong, Bound.AT_MOST))
    return found


def costs(found: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """Make the rows of speed, load and memory."""

    def row(what: str, unit: str, budget: float | None, key: str, bound: Bound = Bound.UNDER) -> Row:
        peers = [found[name][key] for name in PEERS if found[name][key] is not None]
        return Row(what, unit, budget, found["ours"][key], other=peers, bound=bound)

    return [
        row(
            f"names a second, warm, in groups of {GROUP} (rapidfuzz: {SAMPLE} names)",
            "",
            10_000,
            "warm",
            Bound.AT_LEAST,
        ),
        row("  in the first round, most names new", "", None, "first", Bound.AT_LEAST),
        row("load and first lookup (processor time)", "s", 1, "load_s"),
        row("  the memory of it", "MB", 250, "load_mb"),
        row("  with Python and the modules", "MB", None, "process_mb"),
        row("  and at the end of all names", "MB", None, "end_mb"),
    ]


def curated(figures: Mapping[str, Any]) -> Row:
    """Make the row of what the world costs a name that the curated part knows."""
    what = f"spellings of the curated part, of {figures['spellings']:,}, for which the world is read"
    return Row(what, "", 0, figures["asks"], bound=Bound.AT_MOST)
