"""The page and the dashboard, gone through in a Chromium that keeps a log of its own and is made to ask at the end."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from claims.userdata import DATABASE
from trust.netlog import asked_in, switches
from trust.surfaces import visits
from trust.surfaces.borrowed import RULES, launch, served
from trust.surfaces.walk import setting
from trust.surfaces.watch import CONTROL, CONTROL_AT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from trust.surfaces.walk import Walk

__all__ = ["DASHBOARD", "PAGE", "dashboard", "logged", "page"]

PAGE: Final = "page: from its file"
DASHBOARD: Final = ("dashboard: map", "dashboard: claims", "dashboard: read", "dashboard: import")

_LINKS: Final = 5
"""So many addresses of sources the page of a shipped collection shows at least, one event opened after the other."""


def page(walk: Walk) -> None:
    """Open the page from its file, all its events, and what is near its links."""
    file = walk.out(".html")
    walk.run("export html", "export", "html", "--collection", walk.lured, "-o", file)
    with logged(walk) as (browser, told):
        with walk.watch.visit(PAGE):
            links = visits.look_at_page(browser.new_page(), file)
        if links < _LINKS:
            walk.watch.silent.append(f"{PAGE}: shows only {links} links")
    walk.watch.asked["chromium's log of the page"] = told


def dashboard(walk: Walk) -> None:
    """Open all pages of the dashboard, hand in a report and a table, and look into a report that is kept."""
    with (
        setting({DATABASE: f"sqlite:///{walk.out('.sqlite')}"}),
        logged(walk) as (browser, told),
        served(None, walk.lured, walk.out(".log")) as address,
    ):
        files = (walk.reports[1], walk.kml)
        looks = visits.pages(browser.new_page(), address, files, walk.held())
        for name, look in zip(DASHBOARD, looks, strict=True):
            with walk.watch.visit(name):
                look()
    walk.watch.asked["chromium's log of the dashboard"] = told


@contextmanager
def logged(walk: Walk, *more: str) -> Iterator[tuple[Browser, list[str]]]:
    """Give a Chromium, and a list that holds afterwards whom it asked, as "chromium: WHOM".

    Other than the tests' own it finds every host. At the end it asks on purpose: that is seen both in the packets and in its
    own log, or neither counts.

    Args:
        walk: What is gone through.
        more: Switches of Chromium.
    """
    log = walk.out(".json")
    told: list[str] = []
    with sync_playwright() as playwright:
        browser = launch(playwright, args=[RULES, *switches(log), *more])
        yield browser, told
        with walk.watch.visit("asked on purpose"):
            visits.ask(browser.new_page(), (f"http://{CONTROL}/", f"http://{CONTROL_AT}/"))
        browser.close()
    packets, seen = walk.watch.asked.pop("asked on purpose"), asked_in(log)
    here = (f"lookup {CONTROL}", f"tcp {CONTROL_AT}:80")
    silent = [f"packet: {one} by the browser" for one in here if f"packet: {one}" not in packets]
    silent += [f"chromium: {one}" for one in (f"request http://{CONTROL}", *here) if one not in seen]
    walk.watch.silent += silent
    known = {f"request http://{CONTROL}", f"request http://{CONTROL_AT}", *here}
    told += [f"chromium: {one}" for one in seen if one not in known]
