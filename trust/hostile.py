"""Hostile texts on every surface, in Chromium: what of them runs, asks the network, breaks a page or stays hidden; and that each would be seen."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from playwright.sync_api import sync_playwright

from trust.hostiledashboard import dashboard
from trust.hostilefields import FIELDS
from trust.hostilefiles import exports, imports
from trust.hostilepages import large, notebook, page
from trust.hostilesite import site
from trust.hostileterminal import terminal
from trust.hostiletexts import Texts
from trust.payloads import payloads
from trust.table import Line, at_least, at_most
from trust.window import KINDS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chromium import launch  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playwright.sync_api import Browser

    from trust.window import Noted, Tried

__all__ = ["KINDS", "SURFACES", "Hostile", "Surface", "hostile", "lines_of", "tried", "untried"]

SURFACES: Final[dict[str, Callable[[Browser, Texts, Path], Tried]]] = {
    "page": page,
    "large page": large,
    "notebook": notebook,
    "imports": imports,
    "exports": exports,
    "terminal": terminal,
    "dashboard": dashboard,
    "site": site,
}
"""Where texts come to be seen, and what tries them there."""

_ON_A_TERMINAL: Final = ("broken", "hidden")
"""What a terminal can show of `KINDS`: it runs nothing, and asks nobody."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What came of hostile texts on one surface.

    Attributes:
        name: The surface's.
        tried: How many there were.
        placed: How many were put there.
        shown: How many of these were seen there letter by letter.
        spoofed: How many of these hide or turn something, and show it by its number.
        texts: How many texts were looked at in documents, or lines on a terminal.
        links: How many links lead to the web alone, without a way back.
        executed: The numbers of the payloads that ran.
        requests: Addresses that were asked for.
        broken: What broke.
        hidden: Texts that hide or turn something.
        silent: Of `KINDS`, what was not seen where the surface was made unsafe on purpose: then it counts for nothing.
        fields: In which texts were put, by the names of `trust.hostilefields.FIELDS`.
        took_s: Seconds.
    """

    name: str
    tried: int
    placed: int
    shown: int
    spoofed: int
    texts: int
    links: int
    executed: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    took_s: float = 0.0

    @property
    def fired(self) -> bool:
        """Whether its control fired, and spoofed text was seen as what it is."""
        return not self.silent and self.spoofed > 0

    @property
    def faults(self) -> tuple[str, ...]:
        """All that should not be, a line for each."""
        found = [f"{self.name}: {kind}: {one!r}" for kind in KINDS for one in getattr(self, kind)]
        silent = [f"{self.name}: its control is silent: {kind}" for kind in self.silent]
        return (*found, *silent, *([] if self.spoofed else [f"{self.name}: no spoofed text was seen"]))

    def told(self) -> str:
        """Give its figures in a line."""
        found = ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in KINDS)
        return (
            f"{self.name}: {self.tried:,} tried, {self.placed:,} placed, {self.shown:,} shown, {self.spoofed:,} of them spoofed, "
            f"{self.links:,} links; {found}; control {'fired' if self.fired else 'SILENT'}; {self.took_s:.0f} s"
        )


@dataclass(frozen=True, slots=True)
class Hostile:
    """What came of a run.

    Attributes:
        inputs: Texts that were tried, no two alike.
        surfaces: What came of them on each.
    """

    inputs: int
    surfaces: tuple[Surface, ...]

    @property
    def untried(self) -> tuple[str, ...]:
        """The fields that are in no surface."""
        return untried(self.surfaces)

    @property
    def fired(self) -> bool:
        """Whether all controls fired; where one did not, the run counts for nothing."""
        return all(one.fired for one in self.surfaces)

    def count(self, kind: str) -> int:
        """Say how many are `executed`, `requests`, `broken` or `hidden` on all surfaces; or `placed`, `texts`, `links` and the like."""
        found = [getattr(surface, kind) for surface in self.surfaces]
        return sum(one if isinstance(one, int) else len(one) for one in found)


def untried(surfaces: Iterable[Surface]) -> tuple[str, ...]:
    """Give the fields of `FIELDS` into which no surface puts a text."""
    return tuple(sorted(FIELDS.difference(*(one.fields for one in surfaces))))


def lines_of(run: Hostile, wanted: int) -> list[Line]:
    """Give the lines of the table: what was tried where, that the controls fired, and what came of it, which is to be nothing."""
    part = "hostile text"
    fired = sum(one.fired for one in run.surfaces)
    return [
        at_least(part, "inputs tried", run.inputs, wanted),
        *(at_least(part, f"placed: {one.name}", one.placed, one.tried) for one in run.surfaces),
        Line(part, "seen letter by letter", f"{run.count('shown'):,}"),
        Line(part, "of them spoofed, and shown as what they are", f"{run.count('spoofed'):,}"),
        Line(part, "links to the web alone, with noopener", f"{run.count('links'):,}"),
        at_most(part, "fields that are on no surface", len(run.untried), 0),
        at_least(part, "surfaces whose control fired", fired, len(run.surfaces)),
        *(at_most(part, kind, run.count(kind), 0) for kind in KINDS),
    ]


def hostile(
    inputs: int, strings: Sequence[str] = (), tell: Callable[[str], None] = lambda _: None
) -> Hostile:
    """Try texts on every surface.

    Args:
        inputs: How many, no two alike.
        strings: Texts that are tried first.
        tell: Is told which surface is done.
    """
    given = [text for text in dict.fromkeys(strings) if text.strip()]
    texts = [*given, *(text for *_, text in payloads(max(0, inputs - len(given))))][:inputs]
    done = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        for name in SURFACES:
            done.append(tried(name, browser, texts, Path(folder) / name.replace(" ", "-")))
            tell(done[-1].told())
        browser.close()
    return Hostile(len(texts), tuple(done))


def tried(name: str, browser: Browser, texts: Sequence[str], folder: Path) -> Surface:
    """Try texts on one of `SURFACES`, in a folder that is made.

    Raises:
        RuntimeError: A text was put into a field that is not listed.
    """
    folder.mkdir(parents=True)
    given, begun = Texts(texts), time.monotonic()
    surroundings = {
        "XDG_DATA_HOME": str(folder / "data"),
        "BORDERMAP_DATABASE_URL": f"sqlite:///{folder / 'store.sqlite'}",
        "BORDERMAP_REVIEWER": "Anna",
    }
    with patch.dict(os.environ, surroundings):
        noted = SURFACES[name](browser, given, folder)
    if unlisted := given.fields - FIELDS:
        raise RuntimeError(f"{', '.join(sorted(unlisted))}: list it in trust/hostilefields.py")
    shown, spoofed = given.shown(set().union(*(one.said for one in noted.seen)))
    return Surface(
        name=name,
        tried=len(given.texts),
        placed=given.placed,
        shown=shown,
        spoofed=spoofed,
        texts=sum(one.texts for one in noted.seen),
        links=sum(one.links for one in noted.seen),
        **{kind: _each(noted.seen, kind) for kind in KINDS},
        silent=tuple(kind for kind in _to_be_seen(name) if not _each(noted.control, kind)),
        fields=tuple(sorted(given.fields)),
        took_s=time.monotonic() - begun,
    )


def _to_be_seen(name: str) -> tuple[str, ...]:
    return _ON_A_TERMINAL if name == "terminal" else KINDS


def _each(noted: Iterable[Noted], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for one in noted for found in getattr(one, kind)))
