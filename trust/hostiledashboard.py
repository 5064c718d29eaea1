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
from trust.hostilefields import ADDRESS
from trust.hostilepages import break_down, read_through
from trust.hostilesaid import file_name
from trust.hostiletables import faulty, files
from trust.window import Noted, Tried, unsafe_window, window

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dashboard_server import served  # type: ignore[import-not-found]
from reviews_made import NAME, TEXT, kept, store_at  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

    from trust.hostiletables import File
    from trust.hostiletexts import Texts
    from trust.window import Watched

__all__ = ["FOLDER", "dashboard", "go", "look_at_map", "rest", "scroll_claims"]

FOLDER: Final = "![](x.png) [x](javascript:0) _a_ **b** $x$ :red[y] <img src=x onerror=self.__fired.push(0)> `${0}` \u202e'\""
"""The name of the folder of a collection."""

_SENTENCE: Final = "About 300 soldiers crossed from Tui into Valença on Saturday, {said} said."
_SENTENCES: Final = 12
_ROWS: Final = 8
"""Proposals of a report that are opened."""

_ALERT: Final = "[data-testid=stAlert]"
_CHECKED: Final = ".st-key-import_now, .st-key-import_report_faults, .st-key-import [data-testid=stCode]"
_ROWS_LEFT: Final = "14,20-31"
"""What stands in the field of rows to leave before anything is written there."""

_TABLE: Final = "[data-testid=stDataFrame]"
_SCREEN: Final = 660
"""Pixels of a table's rows that are seen at once, and a little less."""

_FIRST_ROW: Final = "document.querySelector('[data-testid=stDataFrame] canvas tbody tr')?.ariaRowIndex ?? ''"
_FIRST_CELL: Final = "document.querySelector('[data-testid=stDataFrame] canvas tbody td')?.ariaColIndex ?? ''"


def dashboard(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """Map, downloads, claims, reading and importing, of a collection in a folder of a hostile name; then what was logged."""
    made = folder_of(folder / FOLDER, texts, len(texts.texts) // PER_EVENT + 1)
    texts.fields.add("name of a folder")
    store = store_at(folder)
    says = " ".join(_SENTENCE.format(said=texts.in_files("report.pasted")) for _ in range(_SENTENCES))
    reviewed = kept(store, text=f"{TEXT}\n{says}", outlet=texts.in_files("report.outlet")).source_id
    with (
        patch.dict(os.environ, {"BORDERMAP_LOG": "plain"}),
        served(None, made, folder / "log") as address,
        window(browser, address) as watched,
    ):
        go(watched, f"{address}/?event=e1")
        look_at_map(watched)
        _downloads(watched)
        _claims(watched, texts)
        _reviews(watched, address, texts, reviewed)
        _hands_in(watched, address, texts)
        _imports(watched, address, texts)
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


def go(watched: Watched, address: str) -> None:
    """Open a page of the dashboard, and wait until it is there."""
    watched.page.goto(address)
    watched.page.locator(".st-key-controls").wait_for()
    rest(watched.page)


def rest(page: Page) -> None:
    """Wait until the server has answered all."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


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
    _type(watched, "words", texts.in_files("typed.search", without="\n\t"))
    watched.look()


def scroll_claims(watched: Watched) -> None:
    """Go through the table, each screen of rows at each of columns, and follow a link of its last screen."""
    page = watched.page
    page.locator(f"{_TABLE} canvas tbody td").first.wait_for(state="attached")
    rest(page)
    box = page.locator(_TABLE).bounding_box()
    if not box:
        watched.broken.append("the claims are not seen")
        return
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    watched.look()
    while _scrolled(page, 0, _SCREEN, _FIRST_ROW):
        watched.look()
    down = True
    while _scrolled(page, round(box["width"]) - 450, 0, _FIRST_CELL):
        watched.look()
        down = not down
        while _scrolled(page, 0, _SCREEN if down else -_SCREEN, _FIRST_ROW):
            watched.look()
    for at in range(1, 8):
        page.mouse.click(box["x"] + box["width"] - 235, box["y"] + 74 * at)


def _scrolled(page: Page, right: int, down: int, told: str) -> bool:
    """Scroll, and tell whether there was more; the table says late what of it is seen."""
    before = page.evaluate(told)
    page.mouse.wheel(right, down)
    with contextlib.suppress(Error):
        page.wait_for_function(f"(before) => ({told}) !== before", arg=before, timeout=700)
        return True
    return False


def _type(watched: Watched, key: str, text: str) -> None:
    """Type into a field of the dashboard, and wait for the answer."""
    field = watched.page.locator(f".st-key-{key} :is(input, textarea)").first
    field.fill(text)
    field.press("Control+Enter")
    field.press("Tab")
    rest(watched.page)


def _reviews(watched: Watched, address: str, texts: Texts, source: str) -> None:
    """Look at the review of a report in both languages, and at what was read before."""
    page = watched.page
    for language in ("en", "ar") if texts.are_many else ("ar",):
        go(watched, f"{address}/read?collection=store:{NAME}&source={source}&lang={language}")
        page.locator(".paper").wait_for()
        for row in page.locator(".row .opens").all()[:_ROWS]:
            row.click()
        rest(page)
        watched.look()
        go(watched, f"{address}/read?collection=store:{NAME}&lang={language}")
        page.locator("textarea").wait_for()
        watched.look()


def _hands_in(watched: Watched, address: str, texts: Texts) -> None:
    """Begin a collection of a hostile title around a hostile place; hand a report in, of a hostile outlet, by a hostile reviewer."""
    page = watched.page
    go(watched, f"{address}/read?collection=store:{NAME}")
    page.get_by_role("button", name="New empty collection").click()
    for key, field in (("new_title", "typed.title"), ("new_around", "typed.around")):
        _type(watched, key, texts.in_files(field, without="\n\t"))
    for key in ("new_firstDay", "new_lastDay"):
        _type(watched, key, "2024-06-01")
    page.locator(".st-key-begin button").press("Enter")  # a calendar may lie over it
    page.locator(_ALERT).first.wait_for()
    rest(page)
    watched.look()
    page.keyboard.press("Escape")
    for key, field in (
        ("outlet", "report.outlet"),
        ("headline", "report.title"),
        ("link", "report.url"),
        ("reviewer", "typed.reviewer"),
    ):
        _type(watched, key, texts.in_files(field, without="\n\t")[:80])
    _type(watched, "published", "2024-06-10")
    texts.fields.add("report.published")
    _type(watched, "pasted", _SENTENCE.format(said=texts.in_files("report.pasted")))
    page.locator(".st-key-read_it button").press("Enter")
    page.locator(f".paper, {_ALERT}").first.wait_for()
    rest(page)
    watched.look()
    for key, text in (("reviewer", "Anna"), ("link", "")):
        _type(watched, key, text)
    page.locator(".st-key-read_it button").press("Enter")
    page.locator(".paper").wait_for()
    rest(page)
    watched.look()


def _imports(watched: Watched, address: str, texts: Texts) -> None:
    """Hand in files of each format, and files of faults, under hostile names."""
    sound = list(files(texts, 4))
    some = [*sound, *faulty(texts)] if texts.are_many else [*sound[2:3], *list(faulty(texts))[2:]]
    for number, file in enumerate(some):
        language = ("en", "ar")[number % 2]
        name = f"{file_name(texts.next('name of an upload'))}{Path(file.name).suffix}"
        _import(watched, f"{address}/import?collection=store:{NAME}&lang={language}", name, file)
    left = watched.page.get_by_placeholder(_ROWS_LEFT)
    if left.count():
        left.fill(texts.in_files("typed.left rows", without="\n\t"))
        left.press("Enter")
        watched.page.locator(_ALERT).first.wait_for()
        rest(watched.page)
        watched.look()


def _import(watched: Watched, address: str, name: str, file: File) -> None:
    """Hand a file in under a name, and check it."""
    page = watched.page
    go(watched, address)
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": file.content}
    )
    page.locator(".st-key-import-file").wait_for()
    rest(page)
    for opener in page.locator("[data-testid=stExpander] summary").all():
        opener.click()
    if (check := page.locator(".st-key-import_check button")).count():
        check.click()
        page.locator(_CHECKED).first.wait_for()
        rest(page)
    watched.look()


def _addresses(watched: Watched, address: str, texts: Texts) -> None:
    """Open pages by addresses of which every word is hostile, and ask for what is not there."""
    for page in ("", "claims", "read", "import"):
        said = urlencode({key: texts.of_utf8(f"address.{key}") for key in ADDRESS})
        go(watched, f"{address}/{page}?{said}")
        watched.look()
    for _ in range(8):
        method = re.sub(r"[^\w!#$%&'*+.^`|~-]|[^\x00-\x7f]", "", texts.in_files("log.method")) or "GET"
        asked = urllib.request.Request(  # noqa: S310 - our own server
            f"{address}/{quote(texts.of_utf8('log.path'), safe='')}", method=method
        )
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(asked, timeout=10):  # noqa: S310
            pass
