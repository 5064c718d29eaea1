"""Hostile texts at the dashboard's desks: a collection that is begun, a report that is handed in and reviewed, files that are imported."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trust.hostilesaid import file_name
from trust.hostiletables import faulty, files

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reviews_made import NAME, TEXT  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from trust.hostiletables import File
    from trust.hostiletexts import Texts
    from trust.window import Watched

__all__ = ["desks", "go", "rest", "write"]

_SENTENCE: Final = "About 300 soldiers crossed from Tui into Valença on Saturday, {said} said."
_SENTENCES: Final = 12
_ROWS: Final = 8
"""Proposals of a report that are opened."""

_LONGEST: Final = 80
"""Letters of what is typed."""

_SOME: Final = ("faulty-acled.csv",)
"""What is imported where few texts are tried."""

_PAPER: Final = ".paper"
_ALERT: Final = "[data-testid=stAlert]"
_CHECKED: Final = ".st-key-import_now, .st-key-import_report_faults, .st-key-import [data-testid=stCode]"
_ROWS_LEFT: Final = "14,20-31"
"""What stands in the field of rows to leave before anything is written there."""


def desks(watched: Watched, address: str, texts: Texts) -> None:
    """Go to each desk of the dashboard of `address`, whose store has the collection `NAME`."""
    _begin(watched, address, texts)
    _hand_in(watched, texts)
    _review(watched, texts)
    _imports(watched, address, texts)


def go(watched: Watched, address: str) -> None:
    """Open a page of the dashboard, and wait until it is there."""
    watched.page.goto(address)
    watched.page.locator(".st-key-controls").wait_for()
    rest(watched.page)


def rest(page: Page) -> None:
    """Wait until the server has answered all."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def _press(watched: Watched, key: str, then: str) -> None:
    """Press a button over which a calendar may lie, and look at what comes of it, by a selector."""
    watched.page.locator(f".st-key-{key} button").press("Enter")
    watched.page.locator(then).first.wait_for()
    rest(watched.page)
    watched.look()


def _begin(watched: Watched, address: str, texts: Texts) -> None:
    """Begin a collection of a hostile title around a hostile place, which is no place."""
    go(watched, f"{address}/read?collection=store:{NAME}")
    watched.page.get_by_role("button", name="New empty collection").click()
    for key, field in (("new_title", "typed.title"), ("new_around", "typed.around")):
        write(watched, key, texts.in_files(field, without="\n\t"))
    for key in ("new_firstDay", "new_lastDay"):
        write(watched, key, "2024-06-01")
    _press(watched, "begin", _ALERT)
    watched.page.keyboard.press("Escape")


def _hand_in(watched: Watched, texts: Texts) -> None:
    """Hand a report in of a hostile outlet, by a hostile reviewer, and then by one whom the store takes."""
    for key, field in (
        ("outlet", "report.outlet"),
        ("headline", "report.title"),
        ("link", "report.url"),
        ("reviewer", "typed.reviewer"),
    ):
        write(watched, key, texts.in_files(field, without="\n\t")[:_LONGEST])
    write(watched, "published", "2024-06-10")
    texts.fields.add("report.published")
    says = " ".join(_SENTENCE.format(said=texts.in_files("report.pasted")) for _ in range(_SENTENCES))
    write(watched, "pasted", f"{TEXT}\n{says}")
    _press(watched, "read_it", f"{_PAPER}, {_ALERT}")
    if not watched.page.locator(_PAPER).count():
        write(watched, "reviewer", "Anna")
        write(watched, "link", "")
        _press(watched, "read_it", _PAPER)


def _review(watched: Watched, texts: Texts) -> None:
    """Look at its review, in both languages where many texts are tried, and at the list of what was read before."""
    page = watched.page
    _open_rows(watched)
    for language in ("ar", "en") if texts.are_many else ():
        go(watched, f"{page.url.partition('&lang')[0]}&lang={language}")
        _open_rows(watched)
    page.locator(".st-key-another button").click()
    page.locator("textarea").wait_for()
    rest(page)
    watched.look()


def _open_rows(watched: Watched) -> None:
    watched.page.locator(_PAPER).wait_for()
    for row in watched.page.locator(".row .opens").all()[:_ROWS]:
        row.click()
    rest(watched.page)
    watched.look()


def write(watched: Watched, key: str, text: str) -> None:
    """Write into a field of the dashboard, and wait for the answer."""
    field = watched.page.locator(f".st-key-{key} :is(input, textarea)").first
    field.fill(text)
    field.press("Tab")
    rest(watched.page)


def _imports(watched: Watched, address: str, texts: Texts) -> None:
    """Hand in files of each format, and files of faults, under hostile names."""
    some = [*files(texts, 4), *faulty(texts)] if texts.are_many else faulty(texts, _SOME)
    for number, file in enumerate(some):
        language = ("ar", "en")[number % 2]
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
        opener.dispatch_event("click")  # it moves for a second, which a hand would wait for
    if (check := page.locator(".st-key-import_check button")).count():
        check.press("Enter")
        page.locator(_CHECKED).first.wait_for()
        rest(page)
    watched.look()
