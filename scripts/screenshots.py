"""Take the pictures in docs/ again: the map of a day, an opened event, so far, a phone, and the dashboard."""

import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from chromium import launch  # noqa: E402 - the tests know where a browser is

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
    server = subprocess.Popen(
        [sys.executable, "-m", "bordermap", "serve", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        for name, (path, width, height) in PICTURES["dashboard"].items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"http://127.0.0.1:{port}/{path}")
            if path == "claims":
                page.wait_for_selector("[data-testid=stDataFrame] canvas")
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
