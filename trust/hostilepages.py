"""Hostile texts on the page: of one file, of a large set, in a notebook's cell, and in the picture that it makes."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layers.built.opened import BuiltSet
from layers.built.page import build_large_page
from layers.cell import Map
from layers.page import build_page
from trust.hostiletexts import MANY, collection_in_memory
from trust.window import KINDS, watching

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from built_made import build  # type: ignore[import-not-found]
from large_host import Host  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from trust.hostiletexts import Texts
    from trust.window import Watched

__all__ = ["large", "notebook", "page", "read"]

_EACH_EVENT: Final = """
async () => {
  const { state, data } = bordermap.app;
  const rest = () => new Promise((rested) => requestAnimationFrame(() => requestAnimationFrame(rested)));
  state.set({ layers: [true, true, true, true], mode: "sofar" });
  for (const part of document.querySelectorAll("details")) part.open = true;
  await rest();
  bordermap.app.parts.list.limit = 1000;
  bordermap.app.parts.list.write();
  await rest();
  const said = [];
  for (let event = 0; event < EVENTS; event += 1) {
    state.set({ event });
    await rest();
    said.push(document.getElementById("bm-panel").cloneNode(true));
  }
  const shelf = document.createElement("div");
  shelf.hidden = true;
  shelf.append(...said);
  document.body.append(shelf); // what each panel said is looked at together
  return said.filter((panel) => panel.querySelector(".bm-claim")).length;
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


def page(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """The one-file page of collections whose every text and id is a payload: as many as hold all of them."""
    done = []
    while texts.used < len(texts.texts) or not done:
        events = min(150, 4 + (len(texts.texts) - texts.used) // 30)
        collection, places = collection_in_memory(folder / f"calm{len(done)}", texts, events)
        done.append(
            read(
                browser,
                folder / f"map{len(done)}.html",
                build_page(collection, places),
                len(collection.events),
            )
        )
    return done


def read(browser: Browser, file: Path, html: str, events: int) -> Watched:
    """Open a page from disk, do all that a reader does, and look at what is there."""
    file.write_text(html, encoding="utf-8")
    with watching(browser, file.as_uri()) as watched:
        watched.page.goto(file.as_uri())
        watched.page.wait_for_selector("html[data-bordermap=ready]")
        opened = watched.page.evaluate(_EACH_EVENT.replace("EVENTS", str(events)))
        if not opened:
            watched.broken.append("no event opens")
        for zoom in (5, 8, 11):
            watched.page.evaluate(
                "(zoom) => bordermap.app.map.setView([38.88, -7.06], zoom, { animate: false })", zoom
            )
        watched.look()
        svg, embedded = watched.page.evaluate(_PICTURE)
        if not watched.page.locator("#bm-day").is_visible():
            watched.broken.append("the day is not seen")
    with watching(browser, file.as_uri()) as drawn:
        picture = file.with_suffix(".svg")
        picture.write_text(svg, encoding="utf-8")
        drawn.own = (picture.as_uri(),)
        drawn.page.goto(picture.as_uri())
        drawn.look()
        drawn.page.goto("about:blank")
        drawn.page.set_content(re.sub(r'src="[^"]*"', 'src="about:blank"', embedded))
        drawn.look()
    _add(watched, drawn)
    return watched


def _add(watched: Watched, other: Watched) -> None:
    """Add what another window has noted."""
    for kind in KINDS:
        getattr(watched, kind).extend(getattr(other, kind))
    watched.texts += other.texts
    watched.links += other.links


def large(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """The page of a built folder, whose host answers; each event of its list is opened."""
    collection, places = collection_in_memory(
        folder / "calm", texts, 12 if len(texts.texts) >= MANY else 3, ids=False
    )
    built = BuiltSet.open(build(folder / "built", collection, places))
    with watching(browser, "about:") as watched:
        host = Host(watched.page, built, build_large_page(built), _days(built))
        host.answer_all()
        rows = host.within("#bm-list .bm-row")
        for at in range(min(8, rows.count())):
            rows.nth(at).click()
            host.answer_all()
            watched.look_at(host.frame)
        watched.look_at(host.frame)
        if not rows.count():
            watched.broken.append("the large set lists no event")
    return [watched]


def _days(built: BuiltSet) -> Any:
    from dashboard.view import Days  # noqa: PLC0415 - Streamlit is loaded where the dashboard is looked at

    facts = built.facts
    return Days(first=facts.first_day, last=facts.last_day, opening=facts.opening_day)


def notebook(browser: Browser, texts: Texts, folder: Path) -> list[Any]:
    """A map as the cell of a notebook holds it, under a hostile title."""
    collection, places = collection_in_memory(folder / "calm", texts, 6, ids=False)
    cell = Map(build_page(collection, places), collection.facts.title, collection.facts.opening_day)
    with watching(browser, "about:") as watched:
        watched.page.goto("about:blank")
        watched.page.set_content(f"<!doctype html><title>notebook</title><body>{cell._repr_html_()}</body>")
        watched.page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
        watched.look()
    return [watched]
