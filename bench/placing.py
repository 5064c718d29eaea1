"""Let one geocoder place toponyms, and tell what it took: `python -m bench.placing NAME JOB`.

Each runs in a process of its own, so that none pays for another's memory.
"""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.geocoders import CANDIDATES, Geocode, Point, imported
from bench.timing import resident_mb, timed

OUT = Path(__file__).parents[1] / "build" / "bench"

GROUP = 20
SAMPLE = 300
"""Distinct toponyms by which the fuzzy lookup's speed is told; its accuracy is over all."""

FIRST = ("Bratislava", "Bratislva")
"""The first lookup after loading: a name of the world's part, and one misspelt."""

Toponyms = list[dict[str, str]]
"""The rows of a benchmark's table: doc, toponym, the true lat and lon, and what the scorer asks for."""


def answers_file(table: str, name: str) -> Path:
    """Say where a geocoder's answers to a table stand."""
    return OUT / f"{table}-{name}.csv"


def measured(name: str, job: Mapping[str, Any]) -> dict[str, float | None]:
    """Load a geocoder, time it, let it answer the tables into build/bench, and return its figures.

    Seconds are this process's own; megabytes are the peak of what is resident.
    """
    imported(name)
    before = resident_mb("VmRSS")
    geocode, load = timed(lambda: loaded(name, job["points"]))
    peak = resident_mb("VmHWM")
    names = [row["toponym"] for toponyms in job["tables"].values() for row in toponyms]
    slow = name == "fuzzy"
    first, warm = speeds(geocode, list(dict.fromkeys(names))[:SAMPLE] if slow else names)
    if slow:
        geocode = remembering(geocode)
    for table, toponyms in job["tables"].items():
        write(answers_file(table, name), placed(geocode, toponyms))
    return {
        "load_s": load,
        "load_mb": peak - before,
        "process_mb": peak,
        "first": first,
        "warm": warm,
        "end_mb": resident_mb("VmHWM"),
    }


def loaded(name: str, points: Mapping[str, Point]) -> Geocode:
    """Make a geocoder, and let it answer once, so that nothing is left to be loaded."""
    geocode = CANDIDATES[name](points)
    geocode(FIRST)
    return geocode


def speeds(
    geocode: Geocode, names: Sequence[str], at_least_s: float = 1
) -> tuple[float | None, float | None]:
    """Return names a second of processor time in the first round through the groups, and in further rounds.

    Both are None where there are no names. The further rounds go on for at least so many seconds.
    """
    groups = [names[at : at + GROUP] for at in range(0, len(names), GROUP)]
    if not groups:
        return None, None

    def a_round() -> float:
        return timed(lambda: [geocode(group) for group in groups])[1]

    first = a_round()
    warm = [a_round()]
    while sum(warm) < at_least_s:
        warm.append(a_round())
    return len(names) / first, len(names) * len(warm) / sum(warm)


def remembering(geocode: Geocode) -> Geocode:
    """Ask a geocoder that minds no context each name but once, so that the accuracy of a slow one is told in time."""
    answers: dict[str, Point | None] = {}

    def remembered(toponyms: Sequence[str]) -> list[Point | None]:
        new = [toponym for toponym in dict.fromkeys(toponyms) if toponym not in answers]
        answers.update(zip(new, geocode(new) if new else [], strict=True))
        return [answers[toponym] for toponym in toponyms]

    return remembered


def placed(geocode: Geocode, toponyms: Toponyms) -> Toponyms:
    """Add place_lon and place_lat to each row, the toponyms of one document decided together; empty where unplaced."""
    documents: dict[str, Toponyms] = {}
    answered = [dict(row) for row in toponyms]
    for row in answered:
        documents.setdefault(row["doc"], []).append(row)
    for of_document in documents.values():
        points = geocode([row["toponym"] for row in of_document])
        for row, point in zip(of_document, points, strict=True):
            row["place_lon"], row["place_lat"] = map(str, point or ("", ""))
    return answered


def write(file: Path, toponyms: Toponyms) -> None:
    """Write a table of answers, as the scorer reads it."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, toponyms[0].keys())
        table.writeheader()
        table.writerows(toponyms)


def world_unread() -> dict[str, float]:
    """Let ours answer each spelling of the curated part by itself, and count how often that asked for the world."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415  the peers' processes are not to pay for it
    from geo.world import world  # noqa: PLC0415  as above

    geocode = CANDIDATES["ours"]({})
    spellings = [spelling for place in Gazetteer.read() for spelling in place.spellings]
    for spelling in spellings:
        geocode([spelling])
    asked = world.cache_info()
    return {"spellings": len(spellings), "asks": asked.hits + asked.misses}


def main(name: str, job: str) -> None:
    """Do a job as one geocoder, or as "curated", and print the figures as JSON."""
    if name == "curated":
        figures: Mapping[str, float | None] = world_unread()
    else:
        figures = measured(name, json.loads(Path(job).read_text(encoding="utf-8")))
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
