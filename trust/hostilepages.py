"""Hostile texts on the page: of one file, of a large set, in a notebook's cell, and in the pictures and code that it makes."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layers.built.opened import BuiltSet
from layers.built.page import build_large_page
from layers.notebook import Border
from layers.page import build_page
from trust.hostilecollections import PER_EVENT, collection_in_memory
from trust.hostiletexts import Texts
from trust.window import Noted, Tried, unsafe_window, window

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from built_made import build  # type: ignore[import-not-found]
from large_host import Host  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

    from layers.cell import Map
    from trust.window import Watched

__all__ = ["large", "notebook", "open_unsafely", "page", "read", "read_through"]

_AT_ONCE: Final = 150
"""Events of a page; more are on another."""

_READ_THROUGH: Final = """
async () => {
  const { state, data, parts } = bordermap.app;
  const rest = () => new Promise((rested) => requestAnimationFrame(() => requestAnimationFrame(rested)));
  const kept = []; // what each part said is looked at together
  const keep = (id) => kept.push(document.getElementById(id).cloneNode(true));
  state.set({ layers: [true, true, true, true], mode: "sofar" });
  for (const part of document.querySelectorAll("details")) part.open = true;
  await rest();
  parts.list.limit = 10000;
  parts.list.write();
  await rest();
  for (let event = 0; event < data.count; event += 1) {
    state.set({ event });
    await rest();
    keep("bm-panel");
  }
  for (let step = 0; step < (data.facts.story?.steps.length ?? 0); step += 1) {
    parts.story.step(step);
    await rest();
    keep("bm-story");
  }
  if (data.facts.story) parts.story.close();
  parts.publish.open();
  await rest();
  keep("bm-publish");
  parts.publish.node.close();
  const { language } = state;
  state.set({ language: "ar" });
  await rest();
  keep("bm-list");
  keep("bm-panel");
  keep("bm-title");
  state.set({ language });
  await rest();
  const shelf = document.createElement("div");
  shelf.hidden = true;
  shelf.append(...kept);
  document.body.append(shelf);
  return kept.filter((part) => part.querySelector(".bm-claim")).length;
}
"""

_PICTURE: Final = """
() => {
  const { publish } = bordermap.app.parts;
  const picture = publish.picture("a4");
  picture.canvas();
  return [picture.svg().written(), bordermap.links.embed(bordermap.app.state)];
}
"""

_ROW: Final = ".bm-row"
_SETTLED: Final = "new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'data:,'; })"


def page(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """The one-file page of collections whose every text and id is a payload: as many as hold all of them."""
    done = Tried()
    while texts.left or not done.seen:
        events = min(_AT_ONCE, texts.left // PER_EVENT + 1)
        collection, places = collection_in_memory(folder / f"calm{len(done.seen)}", texts, events)
        file = folder / f"map{len(done.seen)}.html"
        file.write_text(build_page(collection, places), encoding="utf-8")
        done.seen.append(read(browser, file))
    done.control.append(open_unsafely(browser, _small(folder)))
    return done


def _small(folder: Path) -> Path:
    """Write the page of a few texts that would run, ask, break and hide."""
    collection, places = collection_in_memory(folder / "few", Texts.of_control(), 1)
    file = folder / "few.html"
    file.write_text(build_page(collection, places), encoding="utf-8")
    return file


def read(browser: Browser, file: Path) -> Watched:
    """Open a page from disk, do all that a reader does, and look at what is there."""
    with window(browser, file.as_uri()) as watched:
        watched.page.goto(file.as_uri())
        watched.page.wait_for_selector("html[data-bordermap=ready]")
        read_through(watched, watched.page)
        for zoom in (5, 8, 11):
            watched.page.evaluate(
                "(zoom) => bordermap.app.map.setView([38.88, -7.06], zoom, { animate: false })", zoom
            )
        watched.look()
        svg, embedded = watched.page.evaluate(_PICTURE)
        if not watched.page.locator("#bm-day").is_visible():
            watched.broken.append("the day is not seen")
    with window(browser, file.as_uri()) as drawn:
        picture = file.with_suffix(".svg")
        picture.write_text(svg, encoding="utf-8")
        drawn.own = (picture.as_uri(),)
        drawn.page.goto(picture.as_uri())
        drawn.look()
        drawn.page.goto("about:blank")
        drawn.page.set_content(re.sub(r'src="[^"]*"', 'src="about:blank"', embedded))
        drawn.look()
    watched.add(drawn)
    return watched


def read_through(watched: Watched, within: Page | Frame) -> None:
    """Let a page that is up show all that it has to say, each event's claims among it."""
    if not within.evaluate(_READ_THROUGH):
        watched.broken.append("no event opens")


def open_unsafely(browser: Browser, file: Path) -> Watched:
    """Open a page in a window in which its texts are HTML; what that does is to be seen."""
    with unsafe_window(browser, file.as_uri()) as watched:
        watched.page.goto(file.as_uri())
        break_down(watched, watched.page)
    return watched


def break_down(watched: Watched, within: Page | Frame) -> None:
    """Wait for a page of an unsafe window that may never come up, and look at it when its list has been written."""
    with contextlib.suppress(Exception):  # what it is full of may have broken it
        within.locator(_ROW).first.wait_for(state="attached")
        within.evaluate(_READ_THROUGH)
    within.evaluate(_SETTLED)
    watched.look()


# ---- a large set


def large(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """The page of a built folder, whose host answers; each of its events is opened."""
    collection, places = collection_in_memory(
        folder / "calm", texts, len(texts.texts) // PER_EVENT + 1, ids=False
    )
    built = BuiltSet.open(build(folder / "built", collection, places))
    with window(browser, "about:") as watched:
        host = _hosted(watched, built)
        for event in collection.events["event_id"]:
            host.set(event=event)
            host.answer_all()
            host.frame.evaluate(_KEEP_PANEL)
        opened = host.frame.evaluate(_SHELVE)
        watched.look_at(host.frame)
        if opened < len(collection.events):
            watched.broken.append(f"of {len(collection.events)} events of the large set {opened} open")
    with unsafe_window(browser, "about:") as control:
        with contextlib.suppress(Exception):  # as in break_down
            _hosted(control, built).set(event="e1")
        with contextlib.suppress(Exception):
            control.look()
    return Tried([watched], [control])


_KEEP_PANEL: Final = (
    "() => void (globalThis.kept ??= []).push(document.getElementById('bm-panel').cloneNode(true))"
)
_SHELVE: Final = """
() => {
  const shelf = document.createElement("div");
  shelf.hidden = true;
  shelf.append(...kept);
  document.body.append(shelf);
  return kept.filter((part) => part.querySelector(".bm-claim")).length;
}
"""


def _hosted(watched: Watched, built: BuiltSet) -> Any:
    host = Host(watched.page, built, build_large_page(built), _days(built))
    host.answer_all()
    return host


def _days(built: BuiltSet) -> Any:
    from dashboard.view import Days  # noqa: PLC0415 - Streamlit is loaded where the dashboard is looked at

    facts = built.facts
    return Days(first=facts.first_day, last=facts.last_day, opening=facts.opening_day)


# ---- a notebook


def notebook(browser: Browser, texts: Texts, folder: Path) -> Tried:
    """A map as the cell of a notebook holds it, under a hostile title; what a border and a map say of themselves is read as text."""
    events = len(texts.texts) // PER_EVENT + 1
    border = Border(*collection_in_memory(folder / "calm", texts, events, ids=False))
    cell = border.map()
    with window(browser, "about:") as watched:
        within = _in_a_cell(watched, cell)
        within.wait_for_selector("html[data-bordermap=ready]")
        read_through(watched, within)
        watched.look()
    few = Texts.of_control()
    with unsafe_window(browser, "about:") as control:
        break_down(control, _in_a_cell(control, Border(*collection_in_memory(folder / "few", few, 1)).map()))
    return Tried([watched, Noted.of_text(f"{border!r}\n{cell!r}\n")], [control])


def _in_a_cell(watched: Watched, cell: Map) -> Frame:
    watched.page.goto("about:blank")
    watched.page.set_content(f"<!doctype html><title>notebook</title><body>{cell._repr_html_()}</body>")
    return watched.page.frames[1]
