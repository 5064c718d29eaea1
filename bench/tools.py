"""Measure the commands: the time from `bordermap serve` to the first map."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Error, Frame

from bench.browser import WINDOW
from bench.waiting import free_port, is_up, until

ROOT = Path(__file__).parents[1]


def first_map_seconds(browser: Browser, rounds: int = 3) -> float:
    """Return seconds from starting `bordermap serve` to the first marks in an open browser; the median."""
    return statistics.median(_first_map(browser) for _ in range(rounds))


def _first_map(browser: Browser) -> float:
    port = free_port()
    context = browser.new_context(viewport=WINDOW)
    page = context.new_page()
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("bordermap")), "serve", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: is_up(f"http://127.0.0.1:{port}"), process, within_s=60, every_s=0.02)
        page.goto(f"http://127.0.0.1:{port}/")
        while not any(_drawn(frame) for frame in page.frames[1:]):
            if time.perf_counter() - start > 60:
                raise RuntimeError("`bordermap serve` showed no map")
            page.wait_for_timeout(20)
        return time.perf_counter() - start
    finally:
        context.close()
        process.terminate()
        process.wait(20)


def _drawn(frame: Frame) -> bool:
    try:
        return bool(frame.evaluate("document.documentElement.dataset.bordermap !== undefined"))
    except Error:
        return False
