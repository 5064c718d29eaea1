"""Hostile texts in the dashboard: map, downloads, claims, reading and importing."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.hostilefiles import Said, file_name
from trust.hostiletexts import MANY, files, folder_of
from trust.window import watching

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dashboard_server import served  # type: ignore[import-not-found]
from reviews_made import NAME, TEXT, kept, store_at  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from trust.hostiletexts import Texts
    from trust.window import Watched

__all__ = ["dashboard"]

_FOLDER: Final = "![](x.png) [x](javascript:0) _a_ **b** $x$ :red[y] <img src=x onerror=self.__fired.push(0)> `${0}` \u202e'\""
"""The name of the folder of a collection."""


def dashboard(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """Map, downloads, claims, reading and importing, of a collection in a folder of a hostile name."""
    made = folder_of(folder / _FOLDER, texts, max(6, len(texts.texts) // 100))
    many = len(texts.texts) >= MANY
    store = store_at(folder)
    says = " ".join(
        f"About 300 soldiers crossed from Tui into Valença on Saturday, {texts.in_files()} said."
        for _ in range(12)
    )
    reviewed = kept(store, text=f"{TEXT}\n{says}", outlet=texts.in_files()).source_id
    with served(None, made, folder / "log") as address, watching(browser, address) as watched:
        page = watched.page
        page.goto(f"{address}/?event=e1")
        page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
        page.frame_locator("iframe").locator(".bm-claim").first.wait_for(state="attached")
        _rest(page)
        watched.look()
        _downloads(watched)
        _claims(watched)
        for language in ("en", "ar") if many else ("ar",):
            page.goto(f"{address}/read?collection=store:{NAME}&source={reviewed}&lang={language}")
            page.locator(".paper").wait_for()
            for row in page.locator(".row .opens").all()[:8]:
                row.click()
            _rest(page)
            watched.look()
            page.goto(f"{address}/read?collection=store:{NAME}&lang={language}")
            page.locator("textarea").wait_for()
            _rest(page)
            watched.look()
        some = list(files(texts, 4)) if many else list(files(texts, 4))[2:3]
        for number, (name, content, _) in enumerate(some):
            _import(
                watched,
                f"{address}/import?collection=store:{NAME}&lang={('en', 'ar')[number % 2]}",
                f"{file_name(texts.next())}{Path(name).suffix}",
                content,
            )
        if page.locator("[data-testid=stException]").count():
            watched.broken.append("an exception is shown")
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    return [watched, Said(0, log)]


def _rest(page: Page) -> None:
    """Wait until the server has answered all."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def _downloads(watched: Watched) -> None:
    """Choose a format, so that the button names a file, and make it."""
    page = watched.page
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_label("Format").click()
    page.get_by_text("GeoJSON", exact=True).last.click()
    page.locator(".st-key-download_make button").click()
    handed = page.locator("[data-testid=stDownloadButton] button")
    handed.wait_for()
    _rest(page)
    watched.look()
    with page.expect_download() as waiting:
        handed.click()
    name = waiting.value.suggested_filename
    if not re.fullmatch(r"[\w.-]+", name):
        watched.broken.append(f"a download is called {name!r}")


def _claims(watched: Watched) -> None:
    """Look at the table, at what it is narrowed by, and at a cell that is opened."""
    page = watched.page
    page.get_by_role("link", name="Claims").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    _rest(page)
    page.locator("[data-testid=stMultiSelect] input").last.click()
    page.get_by_role("option").first.wait_for()
    watched.look()
    page.get_by_role("option").first.click()
    _rest(page)
    page.keyboard.press("Escape")
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    if box:
        page.mouse.dblclick(box["x"] + 300, box["y"] + 80)
    watched.look()


def _import(watched: Watched, address: str, name: str, content: bytes) -> None:
    """Hand a file in under a hostile name, and check it."""
    page = watched.page
    page.goto(address)
    page.locator("input[type=file]").wait_for(state="attached")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.locator(".st-key-import-file").wait_for()
    _rest(page)
    for opener in page.locator("[data-testid=stExpander] summary").all():
        opener.click()
    if (check := page.locator(".st-key-import_check button")).count():
        check.click()
        _rest(page)
    watched.look()
