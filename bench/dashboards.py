"""Measure a day's change in the dashboard, from the slider to the drawn map, beside streamlit-folium doing the same."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Frame, Page, WebSocket

from bench.browser import WINDOW, WrongMarksError
from bench.peers import CdnStandIn
from bench.waiting import free_port, is_up, until

ROOT = Path(__file__).parents[1]
PEER_PACKAGES = ROOT / "build" / "bench-streamlit-folium"
COUNT_PEER = """
() => {
  let marks = 0;
  window.map.eachLayer((layer) => { marks += layer instanceof L.CircleMarker ? 1 : 0; });
  return marks;
}
"""
"""JavaScript that counts the circle marks on streamlit-folium's map."""

PEER = "streamlit-folium==0.27.4"


@dataclass(frozen=True)
class Dashboard:
    """A dashboard to measure.

    `count` is JavaScript in the map's frame that counts the marks drawn; `truth` the marks of each day of the slider,
    in order; `environment` is handed to the script.
    """

    name: str
    script: Path
    environment: dict[str, str]
    count: str
    truth: list[int]
    cdn: CdnStandIn | None = None


@dataclass(frozen=True)
class Changed:
    """What a change of the day took: milliseconds to the drawn map, and bytes on the websocket, both ways; medians."""

    first_map: float
    change: float
    bytes: float


def install_peer() -> None:
    """Install streamlit-folium by name into build/, beside the environment's own Streamlit and folium."""
    if (PEER_PACKAGES / "streamlit_folium").is_dir():
        return
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            str(PEER_PACKAGES),
            PEER,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(PEER_PACKAGES, ignore_errors=True)
        raise RuntimeError(f"pip could not install {PEER}: {done.stderr.strip()[-300:]}")


@contextmanager
def serving(command: list[str], environment: dict[str, str], port: int) -> Iterator[str]:
    """Run a server until the block ends and yield its address once it answers.

    Raises:
        RuntimeError: It ended or gave no answer in time.
    """
    paths = os.pathsep.join([str(ROOT), str(PEER_PACKAGES)])
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: is_up(address), process, every_s=0.02)
        yield address
    finally:
        process.terminate()
        process.wait(20)


_WATCH = """
() => {
  const now = () => performance.timeOrigin + performance.now();
  addEventListener("keydown", () => { window.benchPressed = now(); }, true);
  window.benchPainted = (count, want) => new Promise((done) => {
    const look = () => {
      let marks = -1;
      try { marks = count(); } catch (error) { marks = -1; }
      if (marks === want) {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(now());
        channel.port2.postMessage(0);
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  });
}
"""


def change_days(browser: Browser, dashboard: Dashboard) -> Changed:
    """Serve a dashboard, move its slider by its keys, and wait in the map's frame for each day's true marks.

    Each day is gone to once: Streamlit keeps what it has sent before.

    Raises:
        WrongMarksError: A day's true marks were not drawn within a minute.
    """
    port = free_port()
    options = {
        "port": port,
        "address": "127.0.0.1",
        "headless": "true",
        "fileWatcherType": "none",
    }
    flags = [f"--server.{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(dashboard.script), *flags]
    command.append("--browser.gatherUsageStats=false")
    with serving(command, dashboard.environment, port) as address:
        context = browser.new_context(viewport=WINDOW)
        if dashboard.cdn:
            dashboard.cdn.own = address
            dashboard.cdn.attach(context)
        page = context.new_page()
        sizes: list[int] = []
        page.on("websocket", lambda socket_: _account(socket_, sizes))
        page.add_init_script(f"({_WATCH})()")
        start = time.perf_counter()
        page.goto(address)
        _painted(page, dashboard, dashboard.truth[0], seconds=300)  # the server reads and builds first
        first_map = (time.perf_counter() - start) * 1000
        thumb = page.locator("[role=slider], [data-testid=stSlider] input[type=range]").first
        thumb.focus()
        page.wait_for_timeout(1500)
        times, moved = [], []
        for truth in dashboard.truth[1:]:
            sizes.clear()
            thumb.press("ArrowRight")
            painted = _painted(page, dashboard, truth)
            times.append(painted - page.evaluate("window.benchPressed"))
            page.wait_for_timeout(1500)  # what follows the drawn map still counts as sent
            moved.append(sum(sizes))
        context.close()
    return Changed(first_map, statistics.median(times), statistics.median(moved))


def _account(socket_: WebSocket, sizes: list[int]) -> None:
    for direction in ("framereceived", "framesent"):
        socket_.on(direction, lambda payload: sizes.append(len(payload)))


def _painted(page: Page, dashboard: Dashboard, want: int, *, seconds: float = 60) -> float:
    """Wait until the map's frame has painted so many marks; return when, in milliseconds since 1970."""
    latest = time.monotonic() + seconds
    while time.monotonic() < latest:
        for frame in page.frames[1:]:
            if _ask(frame, f"({dashboard.count})()") is not None:
                limit = "new Promise((done) => setTimeout(() => done(null), 3000))"
                painted = _ask(
                    frame, f"Promise.race([window.benchPainted({dashboard.count}, {want}), {limit}])"
                )
                if painted is not None:
                    return float(painted)
        page.wait_for_timeout(20)
    seen = [_ask(frame, f"({dashboard.count})()") for frame in page.frames[1:]]
    written = page.inner_text("body")[:500]
    raise WrongMarksError(
        f"{dashboard.name}: {want} marks were not drawn; frames hold {seen}; page says {written!r}"
    )


def _ask(frame: Frame, script: str) -> Any:
    """Evaluate a script in a frame; None where the frame is no map, or goes away meanwhile."""
    try:
        return frame.evaluate(script)
    except Error:
        return None
