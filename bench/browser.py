"""Measure a page in Chromium: when its first marks are on screen, what a step of its clock costs, what it draws and holds."""

import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from bench.timing import resident_mb

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chromium import launch  # type: ignore[import-not-found]  # tests/chromium.py is the one place that knows how to start it

__all__ = ["Measured", "Mode", "Opening", "Steps", "Surface", "WrongMarksError", "launch", "load", "measure"]

UNLIMITED = ("--disable-frame-rate-limit", "--disable-gpu-vsync")
"""Arguments that let frames follow each other at once: else each step is rounded up to the screen's beat of 16.7 ms."""

LONGEST_LOAD = 60_000
LONGEST_OPENING = 30_000

WINDOW: ViewportSize = {"width": 1280, "height": 800}


class WrongMarksError(RuntimeError):
    """A page drew or told something else than the truth asks for, so its times mean nothing."""


@dataclass(frozen=True)
class Mode:
    """A mode of the clock: JavaScript that goes to it, and how many marks a day must have in it.

    `told` says that an open event keeps its claims: it has none yet on some days where each is shown as it was known.
    """

    name: str
    enter: str
    truth: Callable[[date], int]
    told: bool = True


@dataclass(frozen=True)
class Opening:
    """How an event is opened, as JavaScript.

    `open` takes an ISO day, or null for the day that the page is on, and opens an event that it shows; `close` closes
    it; `shown` returns the elements of the claims that are shown of it. `fault` says what is wrong with their texts.
    """

    open: str
    close: str
    shown: str
    fault: Callable[[list[str]], str]


@dataclass(frozen=True)
class Surface:
    """A page to measure: its file, and the JavaScript that speaks to it.

    `count` is a function that counts the marks drawn now, `first` one that tells whether there are any, `set_day` one
    that takes an ISO day and draws it, `prepare` one that is awaited before the first step, `route` answers what the
    page asks of others. Where marks are no elements that can be counted, `ink` counts the pixels that they cover.
    """

    name: str
    file: Path
    count: str
    set_day: str
    modes: Sequence[Mode]
    first: str = ""
    prepare: str = "() => null"
    ink: str = ""
    opening: Opening | None = None
    route: Callable[[BrowserContext], None] | None = None


@dataclass(frozen=True)
class Steps:
    """What steps of the clock took, in milliseconds.

    `frame` is from frame to frame with the next day set in each, so it holds script, layout and painting; `script` the
    setting alone; both are medians, `slowest` is the slowest step. `marks` is the mean number of marks on a day.
    """

    frame: float
    slowest: float
    script: float
    marks: float


@dataclass(frozen=True)
class Measured:
    """What was measured of a page; times are milliseconds.

    `first_marks` is from navigation to the end of the frame that paints the first marks; `opened_at_once` to that which
    paints the claims of an event that is opened as soon as it can be; `opened` from opening an event when all is
    unpacked. They are medians. `heap_mb` is what scripts hold after their garbage is collected, without what their
    arrays of numbers hold; `process_mb` all that the page's process holds.
    """

    bytes: int
    first_marks: float
    heap_mb: float
    process_mb: float
    steps: dict[str, Steps] = field(default_factory=dict)
    opened: float | None = None
    opened_at_once: float | None = None


_PAINTED = """
const painted = () => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(0);
});
const frame = () => new Promise((done) => requestAnimationFrame(() => done(performance.now())));
"""
"""Awaited in a frame, `painted` ends after that frame is painted."""

_WATCH = """
(first) => {
  %s
  window.benchFirst = (async () => {
    for (;;) {
      await frame();
      let marks = false;
      try { marks = first(); } catch (error) { marks = false; }
      if (marks) return painted();
    }
  })();
}
"""

_STEPS = """
async ([days, count, set]) => {
  %s
  console.log = () => {};  // one peer logs each step
  const marks = [], frames = [], scripts = [];
  for (const day of days) {
    await frame();
    set(day);
    await frame();
    marks.push(count());
  }
  set(days[0]);
  await frame();
  frames.push(await frame());
  for (const day of days.slice(1)) {
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

_OPENED = """
async ([day, open, shown, longest]) => {
  %s
  const start = performance.now();
  await open(day);
  do {
    if (performance.now() - start > longest) return null;
    await frame();
  } while (!shown().length);
  const end = await painted();
  return { opened: end - start, since: end, texts: shown().map((claim) => claim.innerText) };
}
"""

LEAST_INK = 10
"""Pixels on which the marks of a day must differ from no marks at all, for each mark: they may lie on each other."""

ENOUGH_INK = 20_000
"""Pixels that are enough for any number of marks: what falls on one place is drawn once, and says how many."""

OPENED = 9
"""How many events are opened, on days spread over those stepped to."""


def measure(browser: Browser, surface: Surface, days: Sequence[date], *, loads: int = 3) -> Measured:
    """Open the page a few times for its first marks, then step it through the days in each mode, and open events.

    Args:
        browser: Started with `UNLIMITED`, and without other pages.
        surface: What to measure.
        days: To step to, in this order; each is stepped to twice in each mode.
        loads: How often the page is opened.

    Raises:
        WrongMarksError: A day's drawn marks are not as many as the truth, or an event's claims not those it has.
    """
    first: list[float] = []
    at_once: list[float] = []
    for number in range(loads):
        context = browser.new_context(viewport=WINDOW)
        if surface.route:
            surface.route(context)
        page, errors, marks_after = load(context, surface)
        first.append(marks_after)
        if surface.opening and number < loads - 1:
            at_once.append(_opened(page, surface, surface.opening, None)["since"])
        if number == loads - 1:
            page.evaluate(surface.prepare)
            figures = _figures(browser, page, surface, days)
        context.close()
        if errors:
            raise WrongMarksError(f"{surface.name}: the page has errors: {errors[:3]}")
    return Measured(
        bytes=surface.file.stat().st_size,
        first_marks=statistics.median(first),
        opened_at_once=statistics.median(at_once) if at_once else None,
        **figures,
    )


def _figures(browser: Browser, page: Page, surface: Surface, days: Sequence[date]) -> dict[str, Any]:
    """Measure the steps and openings of a loaded page, with the panel open while it steps, and its memory."""
    opening = surface.opening
    opened = _open_some(page, surface, opening, days) if opening else None
    return {
        "opened": opened,
        "steps": {mode.name: _step(page, surface, mode, days) for mode in surface.modes},
        **_memory(browser, page),
    }


def load(context: BrowserContext, surface: Surface) -> tuple[Page, list[str], float]:
    """Load the page from disk; return it, its errors to come, and milliseconds to its first painted marks."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    first = surface.first or f"() => ({surface.count})() > 0"
    page.add_init_script(f"({_WATCH % _PAINTED})({first})")
    page.goto(surface.file.resolve().as_uri(), wait_until="commit", timeout=120_000)
    limit = f"new Promise((done) => setTimeout(() => done(null), {LONGEST_LOAD}))"
    first_marks = page.evaluate(f"Promise.race([window.benchFirst, {limit}])")
    if first_marks is None:
        raise WrongMarksError(f"{surface.name}: no marks within {LONGEST_LOAD} ms; errors: {errors[:3]}")
    if surface.ink and page.evaluate(surface.ink) < LEAST_INK:
        raise WrongMarksError(f"{surface.name}: the first marks cover no pixels")
    return page, errors, float(first_marks)


def _opened(page: Page, surface: Surface, opening: Opening, day: date | None) -> dict[str, float]:
    """Open an event, and hold what is shown of its claims against the truth."""
    script = f"([day, longest]) => ({_OPENED % _PAINTED})([day, {opening.open}, {opening.shown}, longest])"
    found = page.evaluate(script, [day and day.isoformat(), LONGEST_OPENING])
    if found is None:
        raise WrongMarksError(f"{surface.name}: no claims of an opened event within {LONGEST_OPENING} ms")
    fault = opening.fault(found["texts"])
    if fault:
        raise WrongMarksError(f"{surface.name}: {fault}")
    return {"opened": found["opened"], "since": found["since"]}


def _open_some(page: Page, surface: Surface, opening: Opening, days: Sequence[date]) -> float:
    """Return the median time in which an event opens; the last one is left open."""
    shown = [day for day in days if surface.modes[0].truth(day)]
    times = []
    for day in shown[:: max(1, len(shown) // OPENED)][:OPENED]:
        page.evaluate(opening.close)
        page.evaluate(surface.set_day, day.isoformat())
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        if page.evaluate(f"({opening.shown})().length"):
            raise WrongMarksError(f"{surface.name}: a closed event's claims are still shown")
        times.append(_opened(page, surface, opening, day)["opened"])
    return statistics.median(times)


def _step(page: Page, surface: Surface, mode: Mode, days: Sequence[date]) -> Steps:
    """Step through the days in a mode, count what is drawn on each, and time it."""
    isodays = [day.isoformat() for day in days]
    page.evaluate(mode.enter)
    figures = page.evaluate(
        f"(days) => ({_STEPS % _PAINTED})([days, {surface.count}, {surface.set_day}])", isodays
    )
    _check(surface, mode, days, figures["marks"])
    if surface.ink:
        rising = sorted(days, key=mode.truth)
        _check_ink(page, surface, mode, [rising[0], rising[len(days) // 2], rising[-1]])
    if surface.opening and mode.told and not page.evaluate(f"({surface.opening.shown})().length"):
        raise WrongMarksError(f"{surface.name}: the panel closed while the clock was stepped")
    return Steps(
        frame=statistics.median(figures["steps"]),
        slowest=max(figures["steps"]),
        script=statistics.median(figures["scripts"]),
        marks=statistics.mean(figures["marks"]),
    )


def _check_ink(page: Page, surface: Surface, mode: Mode, days: Sequence[date]) -> None:
    """Hold the pixels covered on some days against their marks; the page's own count alone could be wrong."""
    isodays = [day.isoformat() for day in days]
    inks = page.evaluate(f"(days) => ({_INKED})([days, {surface.ink}, {surface.set_day}])", isodays)
    for day, ink in zip(days, inks, strict=True):
        if ink < min(LEAST_INK * mode.truth(day), ENOUGH_INK):
            raise WrongMarksError(
                f"{surface.name}: {ink} pixels for {mode.truth(day)} marks on {day} ({mode.name})"
            )
    if len(set(inks)) == 1 and len(set(map(mode.truth, days))) > 1:
        raise WrongMarksError(f"{surface.name}: the same pixels on {', '.join(isodays)} ({mode.name})")


def _check(surface: Surface, mode: Mode, days: Sequence[date], marks: list[int]) -> None:
    """Hold the marks drawn on each day against the truth."""
    wrong = [
        f"{day}: {drawn} drawn, {mode.truth(day)} true"
        for day, drawn in zip(days, marks, strict=True)
        if drawn != mode.truth(day)
    ]
    if wrong:
        raise WrongMarksError(
            f"{surface.name}: wrong marks on {len(wrong)} of {len(days)} days ({mode.name}), {wrong[:3]}"
        )


def _memory(browser: Browser, page: Page) -> dict[str, float]:
    """Return what the page's scripts hold after their garbage is collected, and what its whole process holds."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [one["id"] for one in processes if one["type"] == "renderer"]
    return {
        "heap_mb": metrics["JSHeapUsedSize"] / 1e6,
        "process_mb": max(resident_mb("RssAnon", process) for process in renderers),
    }
