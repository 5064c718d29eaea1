"""What a reader does on the page and in the dashboard, opening all that can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trust.surfaces.walk import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import Page

__all__ = ["ask", "look_at_page", "pages", "sign_in", "sign_out"]

_READY: Final = "html[data-bordermap=ready]"
_SETTLED: Final = "[data-testid=stApp][data-test-script-state=notRunning]"
_ACCOUNT: Final = ".st-key-account"

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


def look_at_page(page: Page, file: Path) -> int:
    """Open the page from its file and all that is in it; give how many different links were come near."""
    page.goto(file.as_uri())
    page.wait_for_selector(_READY)
    links = page.evaluate(_OPEN_ALL)
    page.get_by_role("button", name="Publish").click()
    page.locator("#bm-publish").wait_for()
    page.close()
    return int(links)


def pages(page: Page, address: str, files: tuple[Path, Path], source: str) -> Sequence[Callable[[], None]]:
    """Give what is done on each page of a dashboard, in its order: map, claims, read, import.

    Args:
        page: In which it is open, or will be.
        address: Where the dashboard is.
        files: A report and a table, which are handed in.
        source: A source of the collection `HELD` of the store, whose text is kept.
    """
    report, table = files
    page.set_default_timeout(60_000)

    def at_map() -> None:
        page.goto(address)
        page.frame_locator("iframe").locator(_READY).wait_for(state="attached")
        frame = next(frame for frame in page.frames if frame.parent_frame is not None)
        frame.evaluate(_OPEN_ALL)
        _settle(page)

    def at_claims() -> None:
        page.goto(f"{address}/claims")
        page.locator("[data-testid=stDataFrame]").wait_for()
        _settle(page)

    def at_read() -> None:
        page.goto(f"{address}/read")
        _settle(page)
        page.goto(f"{address}/read?collection=store:{HELD}")
        page.locator("input[type=file]").first.set_input_files(report)
        _settle(page)
        page.goto(f"{address}/read?collection=store:{HELD}&source={source}")
        page.locator(".card:not([aria-busy])").wait_for()
        _settle(page)

    def at_import() -> None:
        page.goto(f"{address}/import?collection=store:{HELD}")
        page.locator("input[type=file]").set_input_files(table)
        page.locator("h2").nth(3).wait_for()
        _settle(page)
        page.wait_for_load_state("networkidle")

    return at_map, at_claims, at_read, at_import


def sign_in(page: Page, address: str, name: str) -> None:
    """Sign in to a dashboard as one of its provider's people."""
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=name, exact=True).click()
    page.locator(_ACCOUNT).wait_for()


def sign_out(page: Page) -> None:
    """Open what is said of who is signed in, and sign out."""
    page.locator(f"{_ACCOUNT} button").first.click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()


def ask(page: Page, addresses: Sequence[str]) -> None:
    """Let a page ask on purpose."""
    page.goto("data:text/html,<title>asks</title>")
    page.evaluate(_ASK, list(addresses))


def _settle(page: Page) -> None:
    page.locator(_SETTLED).wait_for()
