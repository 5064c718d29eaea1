"""Run the bench and print one table: `make bench`, or `python -m bench --only page` for a part of it."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from bench import dashboards, ours, peers, places, synthetic, tools
from bench.browser import UNLIMITED, Measured, Surface, launch, measure
from bench.table import Row, table
from bench.timing import timed

OUT = Path(__file__).parents[1] / "build" / "bench"

CLAIMS = 100_000
LARGE = 1_000_000
ON_A_DAY = 20_000

DAYS = [synthetic.FIRST_DAY + timedelta(days=60 + step) for step in range(60)]
"""The days that each page is stepped through, one after the other, as a reader plays them."""

LONGEST_BUILD = 150
"""Seconds that the large page may take to be built, so that the bench ends within ten minutes."""

FRAME = 1000 / 60


def main() -> int:
    """Measure what is asked for, print the table, and keep the figures in build/bench/figures.json.

    Returns 1 where a part could not be measured; a missed budget is the table's to tell.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="measure this part; may be given again"
    )
    parser.add_argument(
        "--claims", type=int, default=CLAIMS, help="claims of the pages (default: %(default)s)"
    )
    parser.add_argument(
        "--large", type=int, default=LARGE, help="claims of the large page (default: %(default)s)"
    )
    asked = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    rows: list[Row] = []
    failed = []
    with sync_playwright() as playwright:
        unlimited = launch(playwright, args=list(UNLIMITED))
        screen = launch(playwright)
        load = f"other load {os.getloadavg()[0]:.1f}"
        about = f"{os.cpu_count()} cores, {load}, {platform.system()} {platform.machine()}, Chromium {screen.version}"
        for part in asked.only or PARTS:
            say(f"{part} ...")
            try:
                rows += PARTS[part](unlimited, screen, asked)
            except (RuntimeError, PlaywrightError) as error:
                failed.append(part)
                say(f"{part} could not be measured: {error}")
        unlimited.close()
        screen.close()
    (OUT / "figures.json").write_text(json.dumps([asdict(row) for row in rows], indent=1))
    print(f"\n{about}; {time.perf_counter() - started:.0f} s. Times are medians, a frame is {FRAME:.1f} ms.")
    print("Peers: default pins / circle marks. Of places: exact lookup / rapidfuzz.")
    print("Times better: ours against the best peer figure.\n")
    print(table(rows))
    return int(bool(failed))


def say(text: str) -> None:
    """Tell how far the bench is, on standard error."""
    print(text, file=sys.stderr, flush=True)


def page(unlimited: Browser, _screen: Browser, asked: argparse.Namespace) -> list[Row]:
    """Measure our page and the peers' on the same claims."""
    tables = synthetic.tables(asked.claims)
    own, own_build = own_page(unlimited, tables, OUT / "ours.html", builds=3)
    found: dict[str, list[tuple[float, Measured]]] = {"timeline": [], "timestamped_geojson": []}
    peers.install()
    for build in (peers.timeline, peers.timestamped_geojson):
        for circles in (False, True):
            name = f"{build.__name__}-{'circles' if circles else 'pins'}"
            say(f"  {name}")
            found[build.__name__].append(peer_page(unlimited, tables, name, build, circles=circles))

    def row(what: str, unit: str, budget: float | None, of: Callable[[float, Measured], float]) -> Row:
        timeline, timestamped = ([of(*each) for each in found[name]] for name in found)
        return Row(what, unit, budget, of(own_build, own), timeline, timestamped)

    claims = f"{asked.claims:,} claims"
    return [
        row(f"build the page, {claims} (processor time)", "s", 2, lambda build, _: build),
        row(f"file size, {claims}", "MB", 6, lambda _, page: page.bytes / 1e6),
        row(f"navigation to marks on screen, {claims}", "ms", 500, lambda _, page: page.first_marks),
        row(f"step of the clock, {claims}: frame to frame", "ms", FRAME, lambda _, page: page.step),
        row("  its slowest of 60", "ms", None, lambda _, page: page.slowest),
        row("  its script part", "ms", 2, lambda _, page: page.script),
        row("  marks drawn a day (ours: events, peers: claims)", "", None, lambda _, page: page.marks),
    ]


def peer_page(
    browser: Browser,
    tables: synthetic.Tables,
    name: str,
    build: Callable[..., str],
    *,
    circles: bool,
) -> tuple[float, Measured]:
    """Build and measure one page of a peer; its seconds to build and its figures."""
    file = OUT / f"{name}.html"

    def make() -> tuple[str, peers.Points]:
        points = peers.points(tables)
        return build(points, file, circles=circles), points

    (set_day, points), seconds = timed(make)
    cdn = peers.CdnStandIn()
    surface = Surface(name, file, peers.COUNT, set_day, points.on, route=cdn.attach)
    measured = measure(browser, surface, DAYS)
    cdn.check(file.read_text())
    return seconds, measured


def own_page(
    browser: Browser, tables: synthetic.Tables, file: Path, *, builds: int
) -> tuple[Measured, float]:
    """Build and measure our page; its figures and its seconds to build."""
    gazetteer = ours.gazetteer(tables)
    collection = ours.collection(tables, gazetteer)
    seconds = sorted(timed(lambda: ours.build(collection, gazetteer, file))[1] for _ in range(builds))
    say(f"  ours: built in {', '.join(f'{one:.1f}' for one in seconds)} s")
    truth = ours.truth(tables)
    surface = Surface("ours", file, ours.COUNT, ours.SET_DAY, truth.on, prepare=ours.PREPARE, ink=ours.INK)
    return measure(browser, surface, DAYS), seconds[builds // 2]


def large(unlimited: Browser, _screen: Browser, asked: argparse.Namespace) -> list[Row]:
    """Measure our page alone with a million claims, which neither peer loads."""
    tenth = synthetic.tables(asked.large // 10)
    gazetteer = ours.gazetteer(tenth)
    collection = ours.collection(tenth, gazetteer)
    _, seconds = timed(lambda: ours.build(collection, gazetteer, OUT / "ours-large.html"))
    if seconds * 10 > LONGEST_BUILD:
        raise RuntimeError(
            f"a tenth of its page took {seconds:.0f} s to build; the whole would not end in time"
        )
    own, seconds = own_page(unlimited, synthetic.tables(asked.large), OUT / "ours-large.html", builds=1)
    claims = f"{asked.large:,} claims"
    return [
        Row(f"step of the clock, {claims}: frame to frame", "ms", FRAME, own.step),
        Row("  its script part", "ms", None, own.script),
        Row("  events drawn a day", "", None, own.marks),
        Row("  build (processor time)", "s", None, seconds),
        Row("  file size", "MB", None, own.bytes / 1e6),
        Row("  navigation to marks on screen", "ms", None, own.first_marks),
    ]


def dashboard(_unlimited: Browser, screen: Browser, _asked: argparse.Namespace) -> list[Row]:
    """Measure a change of the day in our dashboard and in streamlit-folium's."""
    days = 5
    tables = synthetic.tables(ON_A_DAY * 15 // 2, days=days)
    last_day = synthetic.FIRST_DAY + timedelta(days=days - 1)
    calendar = [synthetic.FIRST_DAY + timedelta(days=step) for step in range(days)]
    folder = OUT / "made-up"
    ours.write(tables, folder, last_day=last_day)
    truth = ours.truth(tables)
    own = dashboards.change_days(
        screen,
        dashboards.Dashboard(
            "our dashboard",
            Path(__file__).with_name("app_ours.py"),
            {"BORDERMAP_COLLECTION": str(folder), "BENCH_GAZETTEER": str(folder / "gazetteer")},
            ours.COUNT,
            [truth.on(day) for day in calendar],
        ),
    )
    say("  streamlit-folium")
    peers.install()
    dashboards.install_peer()
    points = peers.points(tables).one_an_event(tables)
    frame = points.frame(synthetic.FIRST_DAY)
    frame.to_parquet(OUT / "points.parquet")
    cdn = peers.CdnStandIn()
    peer = dashboards.change_days(
        screen,
        dashboards.Dashboard(
            "streamlit-folium",
            Path(__file__).with_name("app_peer.py"),
            {"BENCH_POINTS": str(OUT / "points.parquet")},
            dashboards.COUNT_PEER,
            [points.on(day) for day in calendar],
            cdn,
        ),
    )
    on_a_day = f"{truth.on(calendar[2]):,} events on the day"
    return [
        Row(f"dashboard: slider to drawn map, {on_a_day}", "ms", 150, own.change, other=[peer.change]),
        Row("  sent over the websocket", "kB", 4, own.bytes / 1e3, other=[peer.bytes / 1e3]),
        Row("  first map in the browser", "s", None, own.first_map / 1e3, other=[peer.first_map / 1e3]),
    ]


def commands(_unlimited: Browser, screen: Browser, _asked: argparse.Namespace) -> list[Row]:
    """Measure how soon `bordermap serve` shows its map."""
    return [Row("first map after `bordermap serve`", "s", 4, tools.first_map_seconds(screen))]


def geocoders(_unlimited: Browser, _screen: Browser, _asked: argparse.Namespace) -> list[Row]:
    """Measure how rightly and how fast toponyms are placed."""
    return places.rows(say)


PARTS: dict[str, Callable[[Browser, Browser, argparse.Namespace], list[Row]]] = {
    "page": page,
    "large": large,
    "dashboard": dashboard,
    "commands": commands,
    "places": geocoders,
}

if __name__ == "__main__":
    sys.exit(main())
