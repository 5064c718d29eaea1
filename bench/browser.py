"""Measure a page in Chromium: when its first marks are on screen, what a step of its clock costs, what it draws."""

import statistics
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chromium import launch  # type: ignore[import-not-found]  # tests/chromium.py is the one place that knows how to start it

__all__ = ["Measured", "Surface", "WrongMarksError", "launch", "measure"]

UNLIMITED = ("--disable-frame-rate-limit", "--disable-gpu-vsync")
"""Arguments that let frames follow each other at once: else each step is rounded up to the screen's beat of 16.7 ms."""

LONGEST_LOAD = 60_000

WINDOW: ViewportSize = {"width": 1280, "height": 800}


class WrongMarksError(RuntimeError):
    """A page drew other marks than the truth asks for, so its times mean nothing."""


@dataclass(frozen=True)
class Surface:
    """A page to measure: its file, and the JavaScript that speaks to it.

    `count` is a function that counts the marks drawn now, `set_day` one that takes an ISO day and draws it, `prepare`
    one that is awaited before the first step, `truth` says how many marks a day must have, `route` answers what the
    page asks of others. Where marks are no elements that can be counted, `ink` counts the pixels that they cover.
    """

    name: str
    file: Path
    count: str
    set_day: str
    truth: Callable[[date], int]
    prepare: str = "() => null"
    ink: str = ""
    route: Callable[[BrowserContext], None] | None = None


@dataclass(frozen=True)
class Measured:
    """What was measured of a page; times in milliseconds.

    `first_marks` is from navigation to the end of the frame that paints the first marks; `step` from frame to frame
    with the next day set in each, so it holds script, layout and painting; `script` the setting alone; all three are
    medians, `slowest` is the slowest step. `marks` is the mean number of marks on the days stepped to.
    """

    bytes: int
    first_marks: float
    step: float
    slowest: float
    script: float
    marks: float


_WATCH = """
(count) => {
  window.benchFirst = new Promise((done) => {
    const look = () => {
      let marks = 0;
      try { marks = count(); } catch (error) { marks = 0; }
      if (!marks) {
        requestAnimationFrame(look);
        return;
      }
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  });
}
"""

_STEPS = """
async ([days, count, set]) => {
  console.log = () => {};  // one peer logs each step
  const frame = () => new Promise((done) => requestAnimationFrame(() => done(performance.now())));
  const marks = [], frames = [], scripts = [];
  for (const day of days) {
    await frame();
    set(day);
    await frame();
    marks.push(count());
  }
  frames.push(await frame());
  for (const day of days) {
    const start = performance.now();
    set(day);
    scripts.push(performance.now() - start);
    frames.push(await frame());
  }
  return {marks, scripts, steps: frames.slice(1).map((end, i) => end - frames[i])};
}
"""


_INKED = """
async ([days, ink, set]) => {
  const found = [];
  for (const day of days) {
    set(day);
    await new Promise((done) => requestAnimationFrame(done));
    found.push(ink());
  }
  return found;
}
"""

LEAST_INK = 10
"""Pixels on which the marks of a day must differ from no marks at all, for each mark: they may lie on each other."""


def measure(browser: Browser, surface: Surface, days: Iterable[date], *, loads: int = 3) -> Measured:
    """Open the page a few times for its first marks, then step it through the days.

    Args:
        browser: Started with `UNLIMITED`.
        surface: What to measure.
        days: To step to, in this order; each is stepped to twice.
        loads: How often the page is opened.

    Raises:
        WrongMarksError: A day's drawn marks are not as many as the truth.
    """
    days = list(days)
    first = []
    for load in range(loads):
        context = browser.new_context(viewport=WINDOW)
        if surface.route:
            surface.route(context)
        page, errors, marks_after = _open(context, surface)
        first.append(marks_after)
        if load == loads - 1:
            page.evaluate(surface.prepare)
            figures = page.evaluate(
                f"(days) => ({_STEPS})([days, {surface.count}, {surface.set_day}])",
                [day.isoformat() for day in days],
            )
            if surface.ink:
                _check_ink(page, surface, [days[0], days[len(days) // 2], days[-1]])
        context.close()
        if errors:
            raise WrongMarksError(f"{surface.name}: the page has errors: {errors[:3]}")
    _check(surface, days, figures["marks"])
    return Measured(
        bytes=surface.file.stat().st_size,
        first_marks=statistics.median(first),
        step=statistics.median(figures["steps"]),
        slowest=max(figures["steps"]),
        script=statistics.median(figures["scripts"]),
        marks=statistics.mean(figures["marks"]),
    )


def _open(context: BrowserContext, surface: Surface) -> tuple[Page, list[str], float]:
    """Open the page from disk; return it, its errors to come, and milliseconds to its first painted marks."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(f"({_WATCH})({surface.count})")
    page.goto(surface.file.resolve().as_uri(), wait_until="commit", timeout=120_000)
    limit = f"new Promise((done) => setTimeout(() => done(null), {LONGEST_LOAD}))"
    first_marks = page.evaluate(f"Promise.race([window.benchFirst, {limit}])")
    if first_marks is None:
        raise WrongMarksError(f"{surface.name}: no marks within {LONGEST_LOAD} ms; errors: {errors[:3]}")
    return page, errors, float(first_marks)


def _check_ink(page: Page, surface: Surface, days: list[date]) -> None:
    """Hold the pixels covered on some days against their marks; the page's own count alone could be wrong."""
    isodays = [day.isoformat() for day in days]
    inks = page.evaluate(f"(days) => ({_INKED})([days, {surface.ink}, {surface.set_day}])", isodays)
    for day, ink in zip(days, inks, strict=True):
        if ink < LEAST_INK * surface.truth(day):
            raise WrongMarksError(f"{surface.name}: {ink} pixels for {surface.truth(day)} marks on {day}")
    if len(set(inks)) == 1:
        raise WrongMarksError(f"{surface.name}: the same pixels on {', '.join(isodays)}")


def _check(surface: Surface, days: list[date], marks: list[int]) -> None:
    """Hold the marks drawn on each day against the truth."""
    wrong = [
        f"{day}: {drawn} drawn, {surface.truth(day)} true"
        for day, drawn in zip(days, marks, strict=True)
        if drawn != surface.truth(day)
    ]
    if wrong:
        raise WrongMarksError(f"{surface.name}: wrong marks on {len(wrong)} of {len(days)} days, {wrong[:3]}")
