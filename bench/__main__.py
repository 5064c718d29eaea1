"""Run the bench and print one table: `make bench`, or `python -m bench --only page` for a part of it."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from bench import dashboards, exchange, ours, pages, peers, places, reading, synthetic, tools
from bench.browser import UNLIMITED, launch
from bench.table import Row, table

OUT = Path(__file__).parents[1] / "build" / "bench"

ON_A_DAY = 20_000


def _sizes(text: str) -> list[int]:
    """Read numbers of claims with commas between them."""
    sizes = [int(size) for size in text.split(",")]
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} holds a size under 1")
    return sizes


def _told(sizes: Iterable[int]) -> str:
    return ",".join(map(str, sizes))


def main() -> int:
    """Measure what is asked for, print the table, and keep the figures in build/bench/figures.json.

    Returns 1 where a part could not be measured; a missed budget is the table's to tell.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="measure this part; may be given again"
    )
    parser.add_argument(
        "--sizes",
        type=_sizes,
        metavar="CLAIMS,...",
        help="numbers of claims of the pages and of what is imported and exported "
        f"(default: {_told(pages.SIZES)}, and {_told(exchange.SIZES)})",
    )
    parser.add_argument(
        "--try-peers",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="try whether the peers load the largest page, within two minutes each",
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
            began = time.perf_counter()
            try:
                rows.extend(PARTS[part](unlimited, screen, asked))
            except (RuntimeError, PlaywrightError) as error:
                failed.append(part)
                say(f"{part} could not be measured: {error}")
            say(f"{part} took {time.perf_counter() - began:.0f} s")
        unlimited.close()
        screen.close()
    (OUT / "figures.json").write_text(json.dumps([asdict(row) for row in rows], indent=1))
    print(
        f"\n{about}; {time.perf_counter() - started:.0f} s. Times are medians, a frame is {pages.FRAME:.1f} ms."
    )
    print(
        "Peers: default pins / circle marks at 100,000 claims, else circles. Of places: exact lookup / rapidfuzz."
    )
    print("Times better: ours against the best peer figure.\n")
    print(table(rows))
    return int(bool(failed))


def say(text: str) -> None:
    """Tell how far the bench is, on standard error."""
    print(text, file=sys.stderr, flush=True)


def page(unlimited: Browser, _screen: Browser, asked: argparse.Namespace) -> Iterator[Row]:
    """Measure our page and the peers' on the same claims, at each size."""
    return pages.rows(unlimited, asked.sizes or pages.SIZES, OUT, say, try_peers=asked.try_peers)


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
    points = peers.points(tables, tables.places).one_an_event(tables)
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


def reader(_unlimited: Browser, _screen: Browser, _asked: argparse.Namespace) -> list[Row]:
    """Measure how rightly and how fast reports are read."""
    return reading.rows(say)


def exchanged(_unlimited: Browser, _screen: Browser, asked: argparse.Namespace) -> Iterator[Row]:
    """Measure imports and exports, and plain pandas and GeoPandas at the same."""
    return exchange.rows(asked.sizes or exchange.SIZES, OUT, say)


PARTS: dict[str, Callable[[Browser, Browser, argparse.Namespace], Iterable[Row]]] = {
    "page": page,
    "dashboard": dashboard,
    "commands": commands,
    "places": geocoders,
    "reading": reader,
    "exchange": exchanged,
}

if __name__ == "__main__":
    sys.exit(main())
