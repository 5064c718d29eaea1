"""Hostile texts on every surface, in Chromium: what of them runs, asks the network, breaks a page or stays hidden; and that each would be seen."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from playwright.sync_api import sync_playwright

from layers.page import build_page
from trust.hostiledashboard import dashboard
from trust.hostilefiles import Said, exports, imports, terminal
from trust.hostilepages import large, notebook, page
from trust.hostiletexts import Texts, collection_in_memory
from trust.payloads import HOST, payloads
from trust.table import Line, at_least, at_most
from trust.window import KINDS, watching

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chromium import launch  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Browser

    from trust.window import Watched

__all__ = ["KINDS", "SURFACES", "Hostile", "Surface", "controls", "hostile", "lines_of", "tried"]

_SAFE_LINE: Final = "node.textContent = visible(text);"
_SAFE_MARK: Final = "ANY.test(said) ?"


@dataclass(frozen=True, slots=True)
class Surface:
    """What came of hostile texts on one surface.

    Attributes:
        name: The surface's.
        placed: How many texts were put there.
        texts: How many texts were looked at in documents, or lines on a terminal.
        links: How many links lead to the web alone, without a way back.
        executed: The numbers of the payloads that ran.
        requests: Addresses that were asked for.
        broken: What broke.
        hidden: Texts that hide or turn something.
    """

    name: str
    placed: int
    texts: int
    links: int
    executed: tuple[str, ...]
    requests: tuple[str, ...]
    broken: tuple[str, ...]
    hidden: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """All that should not be, a line for each."""
        return tuple(f"{self.name}: {kind}: {one!r}" for kind in KINDS for one in getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Hostile:
    """What came of a run.

    Attributes:
        inputs: Texts that were tried, no two alike.
        surfaces: What came of them on each.
        controls: Whether each observer saw what was made unsafe on purpose; where one did not, the run counts for nothing.
    """

    inputs: int
    surfaces: tuple[Surface, ...]
    controls: dict[str, bool]

    @property
    def fired(self) -> bool:
        """Whether all controls fired."""
        return all(self.controls.values())

    def count(self, kind: str) -> int:
        """Say how many are `executed`, `requests`, `broken` or `hidden` on all surfaces; or `placed`, `texts`, `links`."""
        found = [getattr(surface, kind) for surface in self.surfaces]
        return sum(one if isinstance(one, int) else len(one) for one in found)


def lines_of(run: Hostile, wanted: int) -> list[Line]:
    """Give the lines of the table: what was tried, that the controls fired, and what came of it, which is to be nothing."""
    part = "hostile text"
    fired = sum(run.controls.values())
    return [
        at_least(part, "inputs tried", run.inputs, wanted),
        Line(part, f"placed, on {len(run.surfaces)} surfaces", f"{run.count('placed'):,}"),
        Line(part, "links to the web alone, with noopener", f"{run.count('links'):,}"),
        at_least(part, "controls that fired", fired, len(run.controls)),
        *(at_most(part, kind, run.count(kind), 0) for kind in KINDS),
    ]


def hostile(
    inputs: int, strings: Sequence[str] = (), tell: Callable[[str], None] = lambda _: None
) -> Hostile:
    """Try texts on every surface.

    Args:
        inputs: How many, no two alike; more than the surfaces hold at once are tried one set after the other.
        strings: Texts that are tried first.
        tell: Is told which surface is done.
    """
    given = [text for text in dict.fromkeys(strings) if text.strip()]
    texts = [*given, *(text for *_, text in payloads(max(0, inputs - len(given))))][:inputs]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        fired = controls(browser, Path(folder) / "controls")
        done = []
        for name in SURFACES:
            done.append(tried(name, browser, texts, Path(folder) / name.replace(" ", "-")))
            tell(f"{name}: {done[-1].placed} texts, {len(done[-1].faults)} faults")
        browser.close()
    return Hostile(len(texts), tuple(done), fired)


def tried(name: str, browser: Browser, texts: Sequence[str], folder: Path) -> Surface:
    """Try texts on one of `SURFACES`, in a folder that is made."""
    folder.mkdir(parents=True)
    given = Texts(texts)
    surroundings = {
        "XDG_DATA_HOME": str(folder / "data"),
        "BORDERMAP_DATABASE_URL": f"sqlite:///{folder / 'store.sqlite'}",
        "BORDERMAP_REVIEWER": "Anna",
    }
    with patch.dict(os.environ, surroundings):
        watched = SURFACES[name](browser, given, folder)
    return Surface(
        name=name,
        placed=given.used,
        texts=sum(one.texts for one in watched),
        links=sum(one.links for one in watched),
        **{
            kind: tuple(dict.fromkeys(found for one in watched for found in getattr(one, kind)))
            for kind in KINDS
        },
    )


SURFACES: Final[dict[str, Callable[[Browser, Texts, Path], list[Any]]]] = {
    "page": page,
    "large page": large,
    "notebook": notebook,
    "imports": imports,
    "exports": exports,
    "terminal": terminal,
    "dashboard": dashboard,
}
"""Where texts come to be seen, and what tries them there."""


def controls(browser: Browser, folder: Path) -> dict[str, bool]:
    """Make pages and a dashboard's document unsafe on purpose, and say of each observer whether it saw that."""
    texts = Texts(text for *_, text in payloads(400))
    collection, places = collection_in_memory(folder / "calm", texts, 4)
    whole = build_page(collection, places)
    bare, times = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", whole)
    if times != 1 or bare.count(_SAFE_LINE) != 1 or bare.count(_SAFE_MARK) != 1:
        raise RuntimeError("the page is written in another way; the controls do not make it unsafe")
    unsafe = _broken(browser, folder / "unsafe.html", bare.replace(_SAFE_LINE, "node.innerHTML = text;"))
    unmarked = _broken(browser, folder / "unmarked.html", bare.replace(_SAFE_MARK, "false ?"))
    said = Said(0, "a\x1b[31mb\nc\u202ed\n")
    return {
        "a payload ran": bool(unsafe.executed),
        "a request was seen": any(HOST in address for address in unsafe.requests),
        "a broken page was seen": any(one.startswith("made") for one in unsafe.broken),
        "hidden text was seen": bool(unmarked.hidden),
        "a steered terminal was seen": len(said.hidden) == 2,
        "a page that stays whole is whole": not (unmarked.executed or unmarked.requests or unmarked.broken),
    }


def _broken(browser: Browser, file: Path, html: str) -> Watched:
    """Open a page that may never come up, and look at it when its lists have been written."""
    file.write_text(html, encoding="utf-8")
    with watching(browser, file.as_uri()) as watched:
        watched.page.goto(file.as_uri())
        watched.page.locator(".bm-row").first.wait_for(state="attached")
        with contextlib.suppress(Exception):  # what it is full of may have broken it
            watched.page.evaluate("bordermap.app.state.set({ event: 0 })")
        watched.page.evaluate(
            "new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'data:,'; })"
        )
        watched.look()
    return watched
