"""Take the pictures in docs/ again: of the page, of the dashboard, and of the tutorial as it is played."""

import argparse
import contextlib
import csv
import datetime as dt
import io
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "scripts")]

import tutorial  # noqa: E402 - beside this
from chromium import launch  # noqa: E402 - the tests know where a browser is

from bench.waiting import free_port, is_up, until  # noqa: E402 - of the checkout
from claims.store import open_store  # noqa: E402
from dashboard.review.opening import desk_of  # noqa: E402

COLLECTION = "lake"
REVIEWER = "Anna"
DOCS = ROOT / "docs"
KEPT = 64  # so many colours of a picture stay as they are
FAINT = 32  # of 255 in a channel: nobody tells such colours apart
PICTURES = tomllib.loads((DOCS / "pictures.toml").read_text(encoding="utf-8"))


def main() -> None:
    """Write every picture, or those of the parts that are named."""
    parts = {"page": take_pages, "dashboard": take_dashboard, "tutorial": take_tutorial}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", help=f"of {', '.join(parts)} (default: all)")
    chosen = parser.parse_args().part or parts
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for part in chosen:
            parts[part](browser)
        browser.close()


def shoot(page: Page, path: Path) -> None:
    """Write what a page shows in 256 colours: the look is of few, and the file a third as large."""
    path.parent.mkdir(exist_ok=True)
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = in_few_colours(taken)
    off = max(high for _, high in ImageChops.difference(taken, few.convert("RGB")).getextrema())
    if off > FAINT:
        raise RuntimeError(f"{path.name} has too many colours for 256: one is {off} off; take another method")
    few.save(path, optimize=True)


def in_few_colours(taken: Image.Image) -> Image.Image:
    """Keep the colours of the large areas as they are, and of the others those that are farthest apart."""
    often = sorted(taken.getcolors(taken.width * taken.height), reverse=True)[:KEPT]
    others = taken.quantize(256 - KEPT, method=Image.Quantize.MAXCOVERAGE, kmeans=2).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in often for part in colour] + others[: 3 * (256 - KEPT)])
    return taken.quantize(palette=palette, dither=Image.Dither.NONE)


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
        shoot(page, DOCS / name)
        page.close()


def take_tutorial(browser: Browser) -> None:
    """Play the tutorial from its first command to the file that it publishes."""
    folder = DOCS / "tutorial"
    with tempfile.TemporaryDirectory() as place:
        env = tutorial.environment(Path(place))
        lines = tutorial.commands(DOCS / "tutorial.md")
        at = next(number for number, line in enumerate(lines) if line.startswith("bordermap serve"))
        tutorial.typed(lines[:at], Path(place), env)
        collection = f"store:{tutorial.STEPS['collection']}"
        with dashboard(env, collection) as address:
            tutorial.Tutorial(browser, address, lambda name, page: shoot(page, folder / f"{name}.png")).play()
        tutorial.typed(lines[at:], Path(place), env)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        (fragment,) = re.findall(r"`bariloche\.html(#[^`]*)`", (DOCS / "tutorial.md").read_text("utf-8"))
        page.goto(f"{(Path(place) / 'bariloche.html').as_uri()}{fragment}")
        page.wait_for_selector("html[data-bordermap=ready]")
        shoot(page, folder / "page.png")
        page.close()


def take_dashboard(browser: Browser) -> None:
    """Take the dashboard as `bordermap serve` shows it."""
    with tempfile.TemporaryDirectory() as place:
        env = tutorial.environment(Path(place)) | {"BORDERMAP_REVIEWER": REVIEWER}
        keep_reports(env["BORDERMAP_DATABASE_URL"])
        with dashboard(env) as address:
            for name, (path, width, height) in PICTURES["dashboard"].items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.set_default_timeout(tutorial.SLOW)
                page.goto(f"{address}/{path}")
                if path == "claims":
                    page.wait_for_selector("[data-testid=stDataFrame] canvas")
                elif path.startswith("read"):
                    page.locator(".card:not([aria-busy])").wait_for()
                else:
                    frame = page.frame_locator("iframe").first
                    frame.locator("html[data-bordermap=ready]").wait_for(state="attached")
                    frame.locator(".bm-claim").first.wait_for()
                page.wait_for_timeout(500)  # Streamlit fades its page in
                shoot(page, DOCS / name)
                page.close()


@contextlib.contextmanager
def dashboard(env: dict[str, str], *collection: str) -> Iterator[str]:
    """Serve the dashboard on a free port; give its address."""
    port = free_port()
    command = [sys.executable, "-m", "bordermap", "serve", "--port", str(port)]
    command += ["--collection", *collection] if collection else []
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=env)
    try:
        until(lambda: is_up(f"http://127.0.0.1:{port}"), server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def keep_reports(url: str) -> None:
    """Keep two made-up reports in a store; what the first tells is accepted, and the second denies some of it."""
    store = open_store(url)
    store.create(COLLECTION, "A made-up lake", dt.date(2025, 1, 15), dt.date(2025, 2, 15), REVIEWER)
    folder = ROOT / "tests" / "reports"
    with (folder / "reports.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    for name in ("rwanda-drc-2025.txt", "rwanda-drc-2025-denials.txt"):
        source = {column: rows[name][column] for column in ("outlet", "published", "language")}
        text = (folder / name).read_text(encoding="utf-8").strip()
        source_id = store.keep_source(COLLECTION, source, text, REVIEWER).source_id
        kept = next(one for one in store.texts(COLLECTION) if one.source_id == source_id)
        desk = desk_of(store, COLLECTION, kept)
        if "denials" not in name:
            for item in desk.laid_out():
                desk.answer({"do": "save", "key": item["key"]}, REVIEWER)


if __name__ == "__main__":
    main()
