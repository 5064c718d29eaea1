"""Build our page and the peers', each in a process of its own, and say what that takes."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import ours, peers
from bench.browser import WINDOW, Mode, Surface, launch, load
from bench.made_up import MadeUp
from bench.timing import resident_mb, timed

PEERS: dict[str, Callable[..., str]] = {
    "timeline": peers.timeline,
    "timestamped": peers.timestamped_geojson,
}


@dataclass(frozen=True)
class Built:
    """What building took: processor seconds (a median), and megabytes at the most with the tables it is built from.

    `set_day` is JavaScript that sets the page's clock.
    """

    seconds: float
    peak_mb: float
    set_day: str = ours.SET_DAY


def ours_built(made_up: MadeUp, target: Path, builds: int) -> Built:
    """Build our page so many times."""
    collection, gazetteer = made_up.collection(), made_up.gazetteer()
    seconds = []
    peak = 0.0
    for _ in range(builds):
        seconds.append(timed(lambda: ours.build(collection, gazetteer, target))[1])
        peak = peak or resident_mb("VmHWM")
    return Built(statistics.median(seconds), peak)


def peer_built(made_up: MadeUp, target: Path, peer: str, circles: bool) -> Built:
    """Build a peer's page."""
    collection, places = made_up.collection(), made_up.places
    set_day, seconds = timed(lambda: PEERS[peer](peers.points(collection, places), target, circles=circles))
    return Built(seconds, resident_mb("VmHWM"), set_day)


def peer_loaded(target: Path, set_day: str) -> float:
    """Load a peer's page in a browser of its own, and return milliseconds to its first marks.

    Raises:
        RuntimeError: It shows none.
    """
    cdn = peers.CdnStandIn()
    mode = Mode("day", "() => null", lambda _: 0)
    surface = Surface(target.stem, target, peers.COUNT, set_day, [mode], route=cdn.attach)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(viewport=WINDOW)
        cdn.attach(context)
        _, _, first_marks = load(context, surface)
        browser.close()
    return first_marks
