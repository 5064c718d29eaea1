"""Build the pages that the browser tests open, and open them as a reader does: from disk, without a network."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from chromium import launch
from collections_made import collection_of, small_gazetteer
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004  # Playwright's own

from claims.clock import days_of, strength
from claims.model import Mode
from claims.tables import read_collection
from geo.gazetteer import Gazetteer
from layers.exports.days import within_days
from layers.layers import layers_of
from layers.page import build_page
from layers.told import SHOWN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    import geopandas as gpd
    from playwright.sync_api import Browser, Locator, Page

    from claims.model import Collection

FOLDER = Path(__file__).parents[1] / "data" / "collections" / "iraq-syria-2024"

DESK = {"width": 1360, "height": 860}
PHONE = {"width": 390, "height": 844}

# Of a part's controls, but the skip to the list, which is seen while it has the focus, those that, scrolled to, are cut off by the window or lie under something else; and how many.
OUT_OF_REACH = """
(part) => {
  const controls = [...part.querySelectorAll("button:not(.bm-skip), input, summary, a")].filter((control) => control.checkVisibility());
  const lost = controls.filter((control) => {
    control.scrollIntoView({ block: "center", inline: "nearest" });
    const { left, top, right, bottom } = control.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return true;
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return !(hit && control.contains(hit));
  });
  return [controls.length, lost.map((control) => control.outerHTML)];
}
"""

# Where an event's mark stands in the window: of an arrow the points along it, of any other its centre.
MARK_POINTS = """
(id) => {
  const { marks, map, data } = bordermap.app;
  const mark = marks.markOf(data.eventNamed(id));
  if (!mark) return [];
  const { left, top } = map.getContainer().getBoundingClientRect();
  const steps = mark.type === bordermap.layout.ARROW ? [0.5, 0.6, 0.7, 0.4, 0.8, 0.9, 1, 0.3] : [0.5];
  return steps.map((step) => {
    const { x, y } = mark.type === bordermap.layout.ARROW ? bordermap.curves.along(mark, step) : mark;
    const point = map.layerPointToContainerPoint(L.point(x, y).add(marks.view.origin));
    return { x: point.x + left, y: point.y + top, own: marks.at(x, y)?.row === mark.row };
  });
}
"""

RESET = """
() => {
  const { state, map, data, parts } = bordermap.app;
  parts.list.limit = bordermap.list.PAGE;
  parts.list.write();
  state.set(state.defaults);
  const { west, south, east, north } = data.facts.view;
  map.fitBounds([[south, west], [north, east]], { animate: false });
  for (const part of document.querySelectorAll("details")) part.open = false;
  for (const part of document.querySelectorAll(".bm-scroll, .bm-bar")) part.scrollTop = 0;
  document.activeElement?.blur();
}
"""


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer.read()


@cache
def collection() -> Collection:
    """The shipped collection."""
    return read_collection(FOLDER, gazetteer())


@cache
def layers() -> dict[str, gpd.GeoDataFrame]:
    """The shipped collection's layers by name."""
    return layers_of(collection(), gazetteer())


@cache
def html() -> str:
    """The shipped collection's page."""
    return build_page(collection(), gazetteer())


def events_on(day: str | dt.date, mode: Mode = Mode.DAY, window: int = 7) -> dict[str, gpd.GeoDataFrame]:
    """By the rule in Python: the events of each layer that a day shows, whether switched on or not."""
    number, opens = (int(np.datetime64(at, "D").astype(int)) for at in (day, collection().facts.first_day))
    found = {}
    for name, frame in layers().items():
        start, end = days_of(frame["date_start"]), days_of(frame["date_end"])
        shown = strength(start, end, frame["date_kind"].to_numpy(dtype=object), number, mode, window, opens)
        found[name] = frame[shown > 0]
    return found


def drawn_on(day: str | dt.date, mode: Mode = Mode.DAY, window: int = 7) -> list[int]:
    """By the rule in Python: how many events of each layer have a mark on the map as it opens."""
    return [
        int(SHOWN[name]) * int((~(frame.geometry.isna() | frame.geometry.is_empty)).sum())
        for name, frame in events_on(day, mode, window).items()
    ]


class Reader:
    """A reader with a page before them, and all that the page did meanwhile."""

    def __init__(self, page: Page) -> None:
        """Listen to a new page; nothing is opened yet."""
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        page.context.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def open(self, file: Path, fragment: str = "") -> Reader:
        """Open a page from disk and wait until claims and basemap are unpacked."""
        self.page.goto(file.as_uri() + fragment)
        try:
            self.page.wait_for_selector("html[data-bordermap=ready]")
        except TimeoutError as error:
            raise AssertionError(f"the page does not come up: {self.complaints}") from error
        return self

    def reset(self) -> None:
        """Bring an opened page back to how it opened."""
        self.page.evaluate(RESET)
        self.page.mouse.move(5, 400)

    def by(self, name: str) -> Locator:
        """Find a part of the page by the name its skeleton gives it."""
        return self.page.locator(f"#bm-{name}")

    @property
    def day(self) -> str:
        """The ISO day that the page stands on."""
        day: str = self.page.evaluate("bordermap.words.iso(bordermap.app.state.day)")
        return day

    def to_day(self, day: str, **choice: object) -> None:
        """Put the page on a day, with a mode and a window where given."""
        self.page.evaluate(
            "([day, choice]) => bordermap.app.state.set({ ...choice, day: bordermap.words.dayOf(day) })",
            [day, choice],
        )

    def drawn(self) -> list[int]:
        """How many events of each layer have a mark on the map."""
        counts: list[int] = self.page.evaluate("bordermap.app.drawn()")
        return counts

    def shown(self) -> list[str]:
        """The ids of the events that are shown, sorted."""
        ids: list[str] = self.page.evaluate(
            "Array.from(bordermap.app.state.shown.subarray(0, bordermap.app.state.shownCount),"
            " (row) => bordermap.app.data.eventId(bordermap.app.data.eventOf(row)))"
        )
        return sorted(ids)

    def state(self) -> dict[str, Any]:
        """All that the reader has chosen, and what that shows in map, list and counts."""
        state: dict[str, Any] = self.page.evaluate(
            """() => {
              const { day, mode, window, layers, status, actors, event } = bordermap.app.state;
              const list = Array.from(document.querySelectorAll("#bm-list > li:not([hidden])"), (row) => row.textContent).join(" | ");
              const counts = document.getElementById("bm-layers").innerText;
              return { day, mode, window, layers, status, actors, event, list, counts, drawn: bordermap.app.drawn() };
            }"""
        )
        return state

    def rows(self) -> list[str]:
        """The titles in the day's list, top to bottom, those of further events included."""
        while self.page.locator(".bm-more:visible").count():
            self.page.locator(".bm-more").click()
        return self.page.locator("#bm-list > li:visible b").all_text_contents()

    def row(self, title: str) -> Locator:
        """Find the list's row of a title."""
        return self.page.locator("#bm-list .bm-row:visible").filter(has_text=title)

    def see_everything(self) -> None:
        """Zoom out until no mark is beyond the map's edge."""
        self.page.evaluate("bordermap.app.map.setZoom(3, { animate: false })")

    def mark_points(self, event_id: str) -> list[dict[str, Any]]:
        """Find points in the window on an event's mark, and of each whether the mark is what a click there meets."""
        points: list[dict[str, Any]] = self.page.evaluate(MARK_POINTS, event_id)
        return points


@contextmanager
def reading(browser: Browser, **options: Any) -> Iterator[Reader]:
    """Give a reader a window of their own without a network; options are Playwright's for a context."""
    context = browser.new_context(offline=True, **{"viewport": DESK, "locale": "en-GB", **options})
    # A part that cannot be reached fails soon.
    context.set_default_timeout(10_000)
    try:
        yield Reader(context.new_page())
    finally:
        context.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A started Chromium."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped collection's page as a file on disk, alone in its folder."""
    file = tmp_path_factory.mktemp("page") / "map.html"
    file.write_text(html(), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def shared(browser: Browser, exported: Path) -> Iterator[Reader]:
    """One opened page of the shipped collection for a whole module: opening takes most of a test's time."""
    with reading(browser) as reader:
        yield reader.open(exported)


@pytest.fixture
def page(shared: Reader, exported: Path) -> Iterator[Reader]:
    """The opened page as it opens; afterwards nothing beyond its file was asked for, and nothing complained."""
    shared.reset()
    yield shared
    assert shared.requests == [exported.as_uri()]
    assert shared.complaints == []
    assert shared.dialogs == []


@pytest.fixture
def made(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Reader]]:
    """Open the page of a made-up collection.

    Called with a fragment, with a context's options, with days to which the collection is cut, and with its parts.
    """
    opened: list[AbstractContextManager[Reader]] = []

    def open_(
        fragment: str = "",
        options: dict[str, Any] | None = None,
        days: tuple[dt.date, dt.date] | None = None,
        **parts: Any,
    ) -> Reader:
        places = small_gazetteer()
        whole = collection_of(tmp_path / f"made{len(opened)}", places, **parts)
        cut = within_days(whole, places, *days)[0] if days else whole
        file = tmp_path / f"map{len(opened)}.html"
        file.write_text(build_page(cut, places), encoding="utf-8")
        opened.append(reading(browser, **(options or {})))
        return opened[-1].__enter__().open(file, fragment)

    yield open_
    for manager in opened:
        manager.__exit__(None, None, None)


@pytest.fixture
def reader(browser: Browser, exported: Path) -> Iterator[Callable[..., Reader]]:
    """Open the shipped collection's page; called with a fragment, and with a context's options."""
    opened = []

    def open_(fragment: str = "", **options: Any) -> Reader:
        manager = reading(browser, **options)
        opened.append(manager)
        return manager.__enter__().open(exported, fragment)

    yield open_
    for manager in opened:
        manager.__exit__(None, None, None)
