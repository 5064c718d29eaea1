"""Take the pictures in docs/ again: the map of a day, an opened event, so far, a phone, and the dashboard."""

import csv
import datetime as dt
import os
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from chromium import launch  # noqa: E402 - the tests know where a browser is

from claims.store import open_store  # noqa: E402 - of the checkout
from dashboard.review.opening import desk_of  # noqa: E402

COLLECTION = "lake"
DOCS = ROOT / "docs"
PICTURES = tomllib.loads((DOCS / "pictures.toml").read_text(encoding="utf-8"))


def main() -> None:
    """Write every picture."""
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        take_pages(browser)
        take_dashboard(browser)
        browser.close()


def take_pages(browser: Browser) -> None:
    """Take the exported file as it opens from disk."""
    file = ROOT / "build" / "screenshots.html"
    file.parent.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "bordermap", "export", "html", "-o", str(file)], check=True, cwd=ROOT
    )
    for name, (fragment, width, height) in PICTURES["page"].items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(f"{file.as_uri()}{fragment}")
        page.wait_for_selector("html[data-bordermap=ready]")
        page.screenshot(path=DOCS / name)
        page.close()


def take_dashboard(browser: Browser) -> None:
    """Take the dashboard as `bordermap serve` shows it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = tempfile.TemporaryDirectory()
    env = os.environ | {
        "BORDERMAP_DATABASE_URL": f"sqlite:///{store.name}/store.sqlite",
        "BORDERMAP_REVIEWER": "Anna",
    }
    keep_reports(env["BORDERMAP_DATABASE_URL"])
    command = [sys.executable, "-m", "bordermap", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=env)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        for name, (path, width, height) in PICTURES["dashboard"].items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"http://127.0.0.1:{port}/{path}")
            if path == "claims":
                page.wait_for_selector("[data-testid=stDataFrame] canvas")
            elif path.startswith("read"):
                page.locator(".card:not([aria-busy])").wait_for()
            else:
                frame = page.frame_locator("iframe").first
                frame.locator("html[data-bordermap=ready]").wait_for(state="attached")
                frame.locator(".bm-claim").first.wait_for()
            page.wait_for_timeout(500)  # Streamlit fades its page in
            page.screenshot(path=DOCS / name)
            page.close()
    finally:
        server.terminate()
        server.wait()
        store.cleanup()


def keep_reports(url: str) -> None:
    """Keep two made-up reports in a store; what the first tells is accepted, and the second denies some of it."""
    store = open_store(url)
    store.create(COLLECTION, "A made-up lake", dt.date(2025, 1, 15), dt.date(2025, 2, 15), "Anna")
    folder = ROOT / "tests" / "reports"
    with (folder / "reports.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    for name in ("rwanda-drc-2025.txt", "rwanda-drc-2025-denials.txt"):
        source = {column: rows[name][column] for column in ("outlet", "published", "language")}
        text = (folder / name).read_text(encoding="utf-8").strip()
        source_id = store.keep_source(COLLECTION, source, text, "Anna").source_id
        kept = next(one for one in store.texts(COLLECTION) if one.source_id == source_id)
        desk = desk_of(store, COLLECTION, kept)
        if "denials" not in name:
            for item in desk.laid_out():
                desk.answer({"do": "save", "key": item["key"]}, "Anna")


def wait_for(address: str, seconds: float = 30) -> None:
    """Wait until an address answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
