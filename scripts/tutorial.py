"""Do what docs/tutorial.md tells on the dashboard itself, in a browser, and take its pictures on the way."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, expect

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "tutorial"
STEPS: Final = tomllib.loads((FOLDER / "steps.toml").read_text(encoding="utf-8"))
COMMAND: Final = re.compile(r"^bordermap .*$", re.MULTILINE)
WINDOW: Final = {"width": 1280, "height": 860}
FORM_HIGH: Final = 690
"""Pixels of the form of a report; below it the page is empty."""

SLOW: Final = 180_000
"""Milliseconds within which the dashboard answers, on a machine that is busy."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on one proposal.

    Attributes:
        begins: The first words of its quote.
        title: Of the new event that it begins; "" where it joins the one that is suggested.
        cells: What is mended.
        reject: Why it is rejected; "" where it is accepted.
    """

    begins: str
    title: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    reject: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report, and what is decided on its proposals, in their order."""

    text: str
    outlet: str
    published: str
    headline: str
    decisions: tuple[Decision, ...]


def reports() -> list[Report]:
    """Give the tutorial's reports in the order in which they are read."""
    return [
        Report(
            text=(FOLDER / told["file"]).read_text(encoding="utf-8").strip(),
            outlet=told["outlet"],
            published=told["published"],
            headline=told["headline"],
            decisions=tuple(Decision(**decision) for decision in told["decision"]),
        )
        for told in STEPS["report"]
    ]


def commands(document: Path) -> list[str]:
    """List the commands that the tutorial shows, in their order."""
    return COMMAND.findall(document.read_text(encoding="utf-8"))


@dataclass
class Tutorial:
    """The tutorial as it is played in a browser.

    Attributes:
        browser: What it is played in.
        address: Where the dashboard is served.
        take: Takes the picture of a page under a name.
    """

    browser: Browser
    address: str
    take: Callable[[str, Page], None]

    def play(self) -> None:
        """Read both reports, and look at the map that they make."""
        page = self.browser.new_page(viewport=WINDOW)
        page.set_default_timeout(SLOW)
        first, second = reports()
        self._hand_in(page, first, "read-form")
        self._decide(page, first, "read-first")
        self._hand_in(page, second)
        self._decide(page, second, "read-conflict")
        self._map(page)
        page.close()

    def _hand_in(self, page: Page, report: Report, picture: str = "") -> None:
        page.goto(f"{self.address}/read?collection=store:{STEPS['collection']}")
        said = {
            "reviewer": STEPS["reviewer"],
            "outlet": report.outlet,
            "published": report.published,
            "headline": report.headline,
        }
        for key, words in said.items():
            page.locator(f".st-key-{key} input").fill(words)
            page.locator(f".st-key-{key} input").press("Tab")
        page.locator(".st-key-pasted textarea").fill(report.text)
        page.locator(".st-key-pasted textarea").blur()
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        if picture:
            page.set_viewport_size(WINDOW | {"height": FORM_HIGH})
            self.take(picture, page)
            page.set_viewport_size(WINDOW)
        page.locator(".st-key-read_it button").click()
        page.locator(".card:not([aria-busy])").wait_for()

    def _decide(self, page: Page, report: Report, picture: str) -> None:
        for at, decision in enumerate(report.decisions):
            page.locator(".card:not([aria-busy])").wait_for()
            expect(page.locator(".card .quote")).to_contain_text(decision.begins)
            self._fill(page, decision)
            if at == 0:
                self.take(picture, page)
            if decision.reject:
                page.keyboard.press("r")
                page.keyboard.type(decision.reject)
                page.keyboard.press("Enter")
            else:
                page.keyboard.press("a")
            expect(page.locator(".row").nth(at)).not_to_have_attribute("data-verdict", "", timeout=SLOW)

    @staticmethod
    def _fill(page: Page, decision: Decision) -> None:
        for column, said in decision.cells.items():
            page.locator(f"[data-column={column}] select").select_option(said)
            page.locator(".card:not([aria-busy])").wait_for()
        if decision.title:
            title = page.locator(".joins input[type=text]")
            title.fill(decision.title)
            title.press("Escape")

    def _map(self, page: Page) -> None:
        query = f"collection=store:{STEPS['collection']}&day={STEPS['day']}"
        page.goto(f"{self.address}/?{query}")
        frame = page.frame_locator("iframe").first
        frame.locator("html[data-bordermap=ready]").wait_for(state="attached")
        frame.locator("#bm-list button").first.click()
        frame.locator(".bm-claim").first.wait_for()
        page.wait_for_timeout(500)  # Streamlit fades its page in
        self.take("map", page)
        page.goto(f"{page.url}&known={reports()[0].published}")
        frame.locator(".bm-claim").first.wait_for()
        page.wait_for_timeout(500)  # as above
        self.take("known", page)


def typed(lines: list[str], folder: Path, env: dict[str, str]) -> None:
    """Run commands of the tutorial in a folder, as they stand, but for those that serve."""
    for line in lines:
        words = line.split(" # ")[0]
        if not words.startswith("bordermap serve"):
            subprocess.run(
                ["bash", "-c", f'bordermap() {{ "{sys.executable}" -m bordermap "$@"; }}; {words}'],
                cwd=folder,
                env=env | {"PYTHONPATH": str(ROOT)},
                check=True,
            )


def environment(folder: Path) -> dict[str, Any]:
    """Give the environment of somebody who has nothing yet, with a store in a folder."""
    return os.environ | {
        "BORDERMAP_DATABASE_URL": f"sqlite:///{folder}/store.sqlite",
        "BORDERMAP_REVIEWER": "",
    }
