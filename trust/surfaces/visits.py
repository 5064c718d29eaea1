"""Goes through the page and the dashboard in Chromium as a reader does, opening all that can be opened."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chromium import launch  # type: ignore[import-not-found]
from dashboard_server import served  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

__all__ = ["DASHBOARD", "PAGE", "go_through"]

PAGE: Final = "page: from its file"
DASHBOARD: Final = ("dashboard: map", "dashboard: claims", "dashboard: read", "dashboard: import")

_READY: Final = "html[data-bordermap=ready]"
_SETTLED: Final = "[data-testid=stApp][data-test-script-state=notRunning]"

# Every event opened, each part unfolded, every link come near by mouse and focus.
_OPEN_ALL: Final = """
async () => {
  const { state, data } = bordermap.app;
  const rest = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const part of document.querySelectorAll("details")) part.open = true;
  state.set({ mode: "sofar", day: state.lastDay });
  const opened = new Set();
  for (let event = 0; event < data.count; event++) {
    state.set({ event });
    await rest();
    for (const link of document.querySelectorAll("a[href]")) {
      opened.add(link.href);
      link.focus();
      link.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    }
  }
  return opened.size;
}
"""
# Left running for its answer: what does not answer is given up.
_ASK: Final = """
async (addresses) => {
  for (const address of addresses) await fetch(address, { mode: "no-cors", signal: AbortSignal.timeout(5000) }).catch(() => 0);
}
"""


def go_through(
    visit: Callable[[str], AbstractContextManager[None]],
    files: tuple[Path, Path, Path],
    collection: Path,
    reviewed: tuple[str, str],
    switches: Sequence[str],
    asked: Iterable[str],
) -> dict[str, int]:
    """Open the page and each page of the dashboard, and at last a page that asks on purpose.

    Args:
        visit: What a surface is gone through in.
        files: The page, a report, and a table to import.
        collection: The folder that the dashboard shows.
        reviewed: A collection of the store, and a source of it whose text is kept.
        switches: Of Chromium.
        asked: Addresses that are asked for on purpose, once all else is over.

    Returns:
        How many different links were come near on the page, by its surface; 0 where it has none.
    """
    page_file, report, table = files
    with sync_playwright() as playwright:
        browser = launch(playwright, args=list(switches))
        with visit(PAGE):
            page = browser.new_page()
            page.goto(page_file.as_uri())
            page.wait_for_selector(_READY)
            links = page.evaluate(_OPEN_ALL)
            page.get_by_role("button", name="Publish").click()
            page.locator("#bm-publish").wait_for()
            page.close()
        with served(None, collection, page_file.with_suffix(".log")) as address:
            _dashboard(browser.new_page(), address, visit, (report, table), reviewed)
        with visit("asked on purpose"):
            page = browser.new_page()
            page.goto("data:text/html,<title>asks</title>")
            page.evaluate(_ASK, list(asked))
        browser.close()
    return {PAGE: links}


def _dashboard(
    page: Page, address: str, visit: Any, files: tuple[Path, Path], reviewed: tuple[str, str]
) -> None:
    """Visit each page of a dashboard: look at the map and into events, search, hand in a report and a table."""
    at_map, at_claims, at_read, at_import = DASHBOARD
    (report, table), (held, source) = files, reviewed
    page.set_default_timeout(60_000)
    with visit(at_map):
        page.goto(address)
        shown = page.frame_locator("iframe")
        shown.locator(_READY).wait_for(state="attached")
        frame = next(frame for frame in page.frames if frame.parent_frame is not None)
        frame.evaluate(_OPEN_ALL)
        _settle(page)
    with visit(at_claims):
        page.goto(f"{address}/claims")
        page.locator("[data-testid=stDataFrame]").wait_for()
        _settle(page)
    with visit(at_read):
        page.goto(f"{address}/read")
        _settle(page)
        page.goto(f"{address}/read?collection=store:{held}")
        page.locator("input[type=file]").first.set_input_files(report)
        _settle(page)
        page.goto(f"{address}/read?collection=store:{held}&source={source}")
        page.locator(".card:not([aria-busy])").wait_for()
        _settle(page)
    with visit(at_import):
        page.goto(f"{address}/import?collection=store:{held}")
        page.locator("input[type=file]").set_input_files(table)
        page.locator("h2").nth(3).wait_for()
        _settle(page)
        page.wait_for_load_state("networkidle")


def _settle(page: Page) -> None:
    page.locator(_SETTLED).wait_for()
