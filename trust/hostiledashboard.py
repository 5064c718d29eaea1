"""Hostile texts in the dashboard: map, downloads, claims, reading and importing, at home."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch
from urllib.parse import quote, urlencode

from playwright.sync_api import Error

from trust.hostilecollections import PER_EVENT, folder_of
from trust.hostiledesks import desks, go, rest, write
from trust.hostilefields import ADDRESS
from trust.hostilepages import break_down, read_through
from trust.window import Noted, Tried, unsafe_window, window

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dashboard_server import served  # type: ignore[import-not-found]
from reviews_made import store_at  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

    from trust.hostiletexts import Texts
    from trust.window import Watched

__all__ = ["FOLDER", "dashboard", "look_at_map", "scroll_claims"]

FOLDER: Final = "![](x.png) [x](javascript:0) _a_ **b** $x$ :red[y] <img src=x onerror=self.__fired.push(0)> `${0}` \u202e'\""
"""The name of the folder of a collection."""

_TABLE: Final = "[data-testid=stDataFrame]"
_ROW: Final = 74
"""Pixels of a row of the table, and of its head with the half of one, and a little less."""

_LINKS: Final = 8
"""Rows of which the link is followed."""

_FROM_RIGHT: Final = 235
"""Pixels from the right end of the table to the word that leads there."""

_SCREENS: Final = """
() => {
  const { clientWidth, clientHeight, scrollWidth, scrollHeight } = document.querySelector("[data-testid=stDataFrame] .dvn-scroller");
  const steps = (most, one) => Array.from({ length: Math.ceil(most / one) + 1 }, (_, at) => Math.min(at * one, most));
  const tops = steps(scrollHeight - clientHeight, clientHeight - 110);
  return steps(scrollWidth - clientWidth, clientWidth - 450).flatMap((left, at) => (at % 2 ? tops.toReversed() : tops).map((top) => [left, top]));
}
"""
"""Where the table is scrolled to, one after the other: less than what is seen at once on from the last."""

_SCROLL: Final = """
([left, top]) => new Promise((done) => {
  const told = document.querySelector("[data-testid=stDataFrame] canvas");
  const waiting = new MutationObserver(() => finish());
  const late = setTimeout(() => finish(), 1000);
  const finish = () => {
    waiting.disconnect();
    clearTimeout(late);
    done();
  };
  waiting.observe(told, { childList: true, subtree: true, attributes: true, characterData: true });
  document.querySelector("[data-testid=stDataFrame] .dvn-scroller").scrollTo(left, top);
})
"""
"""Scrolls, and waits until the table tells of other cells to those who hear it; it does so late, or never where they are the same."""


def dashboard(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """Map, downloads, claims, reading and importing, of a collection in a folder of a hostile name; then what was logged."""
    made = folder_of(folder / FOLDER, texts, len(texts.texts) // PER_EVENT + 1)
    texts.fields.add("name of a folder")
    store_at(folder)
    with (
        patch.dict(os.environ, {"BORDERMAP_LOG": "plain"}),
        served(None, made, folder / "log") as address,
        window(browser, address) as watched,
    ):
        go(watched, f"{address}/?event=e1")
        look_at_map(watched)
        _downloads(watched)
        _claims(watched, texts)
        desks(watched, address, texts)
        _addresses(watched, address, texts)
        if watched.page.locator("[data-testid=stException]").count():
            watched.broken.append("an exception is shown")
        with unsafe_window(browser, address) as control:
            with contextlib.suppress(Error):  # what it is full of may have broken it
                control.page.goto(f"{address}/?event=e1")
                control.page.locator("iframe").wait_for(state="attached")
                break_down(control, _frame(control.page))
            control.look()
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    return Tried([watched, Noted.of_text(log)], [control])


def _frame(page: Page) -> Frame:
    return next(frame for frame in page.frames if frame.parent_frame is not None)


def look_at_map(watched: Watched) -> None:
    """Read the page in its frame through, and look at all."""
    watched.page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
    read_through(watched, _frame(watched.page))
    rest(watched.page)
    watched.look()


def _downloads(watched: Watched) -> None:
    """Choose a format, so that the button names a file, and make it."""
    page = watched.page
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_label("Format").click()
    page.get_by_text("GeoJSON", exact=True).last.click()
    rest(page)  # what is clicked while the choice is being taken in is lost
    page.locator(".st-key-download_make button").click()
    handed = page.locator("[data-testid=stDownloadButton] button")
    handed.wait_for()
    rest(page)
    watched.look()
    with page.expect_download() as waiting:
        handed.click()
    name = waiting.value.suggested_filename
    if not re.fullmatch(r"[\w.-]+", name):
        watched.broken.append(f"a download is called {name!r}")


def _claims(watched: Watched, texts: Texts) -> None:
    """Look at the table, at what it is narrowed by, at a cell that is opened, and at a search."""
    page = watched.page
    page.get_by_role("link", name="Claims").click()
    scroll_claims(watched)
    page.locator("[data-testid=stMultiSelect] input").last.click()
    page.get_by_role("option").first.wait_for()
    watched.look()
    page.get_by_role("option").first.click()
    rest(page)
    page.keyboard.press("Escape")
    box = page.locator(_TABLE).bounding_box()
    if box:
        page.mouse.dblclick(box["x"] + 300, box["y"] + 80)
    watched.look()
    page.keyboard.press("Escape")
    write(watched, "words", texts.in_files("typed.search", without="\n\t"))
    watched.look()


def scroll_claims(watched: Watched) -> None:
    """Go through the table, each screen of rows at each of columns, and follow the links of its last screen."""
    page = watched.page
    page.locator(f"{_TABLE} canvas tbody td").first.wait_for(state="attached")
    rest(page)
    watched.look()
    screens = page.evaluate(_SCREENS)
    for at, (left, top) in enumerate(screens):
        if at:
            page.evaluate(_SCROLL, [left, top])
            watched.look()
    box = page.locator(_TABLE).bounding_box()
    if not box:
        watched.broken.append("the claims are not seen")
        return
    for at in range(_LINKS):
        page.mouse.click(box["x"] + box["width"] - _FROM_RIGHT, box["y"] + _ROW * (at + 1))


def _addresses(watched: Watched, address: str, texts: Texts) -> None:
    """Open pages by addresses of which every word is hostile, and ask for what is not there."""
    for page in ("", "claims", "read", "import") if texts.are_many else ("read",):
        said = urlencode({key: texts.of_utf8(f"address.{key}") for key in ADDRESS})
        go(watched, f"{address}/{page}?{said}")
        watched.look()
    for _ in range(8):
        method = re.sub(r"[^\w!#$%&'*+.^`|~-]|[^\x00-\x7f]", "", texts.in_files("log.method")) or "GET"
        asked = urllib.request.Request(  # noqa: S310 - our own server
            f"{address}/{quote(texts.of_utf8('log.path'), safe='')}", method=method
        )
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(asked, timeout=10):  # noqa: S310 - likewise
            pass
