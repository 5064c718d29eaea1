"""Real browsers among the people: from the slider's key to the drawn map, and to the server's answer."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error, Page, async_playwright

from tests.chromium import ARGUMENTS, executable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trust.load.crowd import Crowd
    from trust.load.tally import Tally

__all__ = ["watched_browsers"]

SLIDER: Final = ".st-key-day input[type=range]"
READY_MS: Final = 120_000

_WATCH: Final = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = (window.loadSeen = { pressed: 0, heard: {} });
  addEventListener("keydown", () => { seen.pressed = now(); }, true);
  if (window.top !== window) return;
  const words = new TextDecoder("latin1");
  const Talk = window.WebSocket;
  window.WebSocket = class extends Talk {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", async ({ data }) => {
        const at = now();
        const bytes = data instanceof Blob ? await data.arrayBuffer() : data;
        if (bytes.byteLength > 10000) return;
        const day = /"state": \\{"day": "(\\d{4}-\\d{2}-\\d{2})"/.exec(words.decode(bytes));
        if (day) seen.heard[day[1]] ??= at;
      });
    }
  };
})();
"""
"""Notes when a key was pressed and when a day came over the websocket, in milliseconds since 1970."""

_DRAWN: Final = """
async (limit) => {
  const app = window.bordermap.app;
  const from = app.state.day;
  const until = performance.now() + limit;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  while (app.state.day === from && performance.now() < until) await frame();
  await new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
  return [performance.timeOrigin + performance.now(), window.bordermap.words.iso(app.state.day)];
}
"""
"""Waits until the map stands on another day and that frame is painted; says when, and which day."""


def watched_browsers(address: str, count: int, crowd: Crowd) -> Callable[[Tally], Awaitable[None]]:
    """Give what opens some browsers at a dashboard and moves their sliders, for as long as a crowd is there."""

    async def run(tally: Tally) -> None:
        if not count:
            return
        until = time.monotonic() + crowd.seconds
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
            try:
                people = [_one(browser, address, number, until, crowd, tally) for number in range(count)]
                await asyncio.gather(*people)
            finally:
                await browser.close()

    return run


async def _one(browser: Any, address: str, number: int, until: float, crowd: Crowd, tally: Tally) -> None:
    chance = random.Random(f"{crowd.seed} browser {number}")  # noqa: S311 - nothing secret
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    page.on("pageerror", lambda error: tally.error(f"in Chromium: {error}"))
    await page.add_init_script(_WATCH)
    try:
        await page.goto(address)
        ready = page.frame_locator("iframe").locator("html[data-bordermap=ready]")
        await ready.wait_for(state="attached", timeout=READY_MS)
        await page.locator(SLIDER).wait_for(timeout=READY_MS)
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(crowd.pace.shortest, crowd.pace.longest))
            await _move(page, chance.choice(["ArrowRight", "ArrowLeft"]), tally)
    except Error as error:
        tally.error(f"in Chromium: {error.message[:200]}")
    finally:
        await page.close()


async def _move(page: Page, key: str, tally: Tally) -> None:
    """Move the slider by a key; at an end it stays, which counts for nothing."""
    thumb = page.locator(SLIDER).first
    value, end = await thumb.evaluate(
        "(thumb, right) => [thumb.value, right ? thumb.max : thumb.min]", key == "ArrowRight"
    )
    if value == end:
        return
    frame = page.frames[1]
    await page.evaluate("() => { window.loadSeen.heard = {}; }")
    drawn = asyncio.ensure_future(frame.evaluate(_DRAWN, 10_000))
    await thumb.press(key)
    painted, day = await drawn
    pressed = await page.evaluate("() => window.loadSeen.pressed")
    tally.drawn.append((painted - pressed) / 1000)
    wait = "(day) => new Promise((done) => { const look = () => window.loadSeen.heard[day] ? done(window.loadSeen.heard[day]) : setTimeout(look, 5); look(); setTimeout(() => done(null), 10000); })"
    heard = await page.evaluate(wait, day)
    if heard is None:
        tally.error("in Chromium: no answer within 10 s")
    else:
        tally.heard.append((heard - pressed) / 1000)
