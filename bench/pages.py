"""Measure our page at several sizes beside folium's Timeline and TimestampedGeoJson on the same claims with the same texts."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from bench import ours, peers
from bench.apart import apart
from bench.browser import Measured, Mode, Opening, Surface, measure
from bench.builds import PEERS, Built, ours_built, peer_built, peer_loaded
from bench.made_up import CALENDAR, MadeUp, made_up
from bench.table import Bound, Row
from claims.model import Mode as ClockMode

SIZES = (100, 10_000, 100_000, 1_000_000)

LARGE = 1_000_000
"""From so many claims on a page is built once and loaded twice, and a peer is only tried whether it loads."""

BOTH_LOOKS = 100_000
"""From so many claims on the peers are measured with their default pins too, not only with quicker circles."""

SOME_DAYS = CALENDAR[20:27]
"""The days that a peer is stepped through from `BOTH_LOOKS` claims on, in a page that is loaded once: it takes minutes."""

TRY_S, TRY_MB = 120, 8000
"""Seconds and megabytes that a peer is given to both build and load its page of a `LARGE` collection."""

BUILD_S = 600

FRAME = 1000 / 60

THEN = "then"
"""The mode in which each day is shown as it was known on that day; it comes last, since it moves the second clock."""

GROWTH_FROM = 10_000
LINEAR = 1.1
"""By how much a figure that does not grow may differ all the same, from one run to the next."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Page:
    """A page that was built and measured."""

    built: Built
    measured: Measured


@dataclass
class Sized:
    """Our page of a size, and each peer's: one for every look, or what became of it."""

    claims: int
    ours: Page
    peers: dict[str, list[Page | str]] = field(default_factory=lambda: {name: [] for name in PEERS})


Figure = Callable[[Page], float | None]


@dataclass(frozen=True)
class Measure:
    """A row of the table for each size; `budget` is held up to `at_most` claims."""

    what: str
    unit: str
    of: Figure
    budget: float | None = None
    at_most: int = LARGE
    with_peers: bool = True

    def row(self, sized: Sized) -> Row:
        """Set our figure of a size beside the peers'."""
        budget = self.budget if sized.claims <= self.at_most else None
        timeline, timestamped = (
            self._figures(sized.peers[name]) if self.with_peers else [] for name in PEERS
        )
        what = f"{self.what}, {sized.claims:,} claims"
        return Row(what, self.unit, budget, self.of(sized.ours), timeline, timestamped)

    def _figures(self, peer: Sequence[Page | str]) -> list[float | str]:
        """Return a peer's figures; what became of one without any is told once, of its marks on screen."""
        told: list[float | str] = [page for page in peer if isinstance(page, str) and self is FIRST_MARKS]
        figures = [self.of(page) for page in peer if isinstance(page, Page)]
        return told + [figure for figure in figures if figure is not None]


def _step(mode: str, name: str) -> Figure:
    """Return what finds a figure of the steps in a mode; None where a page has no such mode."""

    def figure(page: Page) -> float | None:
        steps = page.measured.steps.get(mode)
        found: float | None = None if steps is None else getattr(steps, name)
        return found

    return figure


BUILD = Measure("build the page (processor time)", "s", lambda page: page.built.seconds, 2, 100_000)
SIZE = Measure("file size", "MB", lambda page: page.measured.bytes / 1e6, 6, 100_000)
FIRST_MARKS = Measure(
    "navigation to marks on screen", "ms", lambda page: page.measured.first_marks, 500, 100_000
)
STEP = Measure("step in day mode: frame to frame", "ms", _step(ClockMode.DAY, "frame"), FRAME)
SO_FAR = Measure(
    "step in so-far mode: frame to frame",
    "ms",
    _step(ClockMode.SO_FAR, "frame"),
    FRAME,
    with_peers=False,
)

MEASURES = (
    BUILD,
    Measure("  its memory at the most", "MB", lambda page: page.built.peak_mb),
    SIZE,
    FIRST_MARKS,
    STEP,
    Measure("  its slowest", "ms", _step(ClockMode.DAY, "slowest")),
    Measure("  its script part", "ms", _step(ClockMode.DAY, "script"), 2, 100_000),
    Measure("  marks a day (ours: events, peers: claims)", "", _step(ClockMode.DAY, "marks")),
    SO_FAR,
    Measure("  its slowest", "ms", _step(ClockMode.SO_FAR, "slowest"), with_peers=False),
    Measure("  its script part", "ms", _step(ClockMode.SO_FAR, "script"), with_peers=False),
    Measure("  events a day", "", _step(ClockMode.SO_FAR, "marks"), with_peers=False),
    Measure("step, as known that day: frame to frame", "ms", _step(THEN, "frame"), FRAME, with_peers=False),
    Measure("  its slowest", "ms", _step(THEN, "slowest"), with_peers=False),
    Measure("  its script part", "ms", _step(THEN, "script"), with_peers=False),
    Measure("  events a day", "", _step(THEN, "marks"), with_peers=False),
    Measure(
        "open an event: to its painted claims", "ms", lambda page: page.measured.opened, with_peers=False
    ),
    Measure(
        "  from navigation, opened at once",
        "ms",
        lambda page: page.measured.opened_at_once,
        with_peers=False,
    ),
    Measure("memory: JavaScript heap", "MB", lambda page: page.measured.heap_mb),
    Measure("memory: the page's whole process", "MB", lambda page: page.measured.process_mb),
)


def rows(browser: Browser, sizes: Sequence[int], out: Path, say: Say, *, try_peers: bool) -> Iterator[Row]:
    """Measure each size and yield the rows, those of one measure together.

    Args:
        browser: Started with `browser.UNLIMITED`.
        sizes: Numbers of claims.
        out: The folder for the pages and for what is kept of the made-up claims.
        say: Told how far this is.
        try_peers: Whether the peers are given `TRY_S` seconds each to load a `LARGE` page.

    Raises:
        RuntimeError: A size could not be measured; after the rows of the others.
    """
    peers.install()
    found, failed = [], []
    for claims in sorted(sizes):
        started = time.perf_counter()
        try:
            found.append(_measured(browser, claims, out, say, try_peers=try_peers))
        except (RuntimeError, PlaywrightError) as error:
            failed.append(f"{claims:,} claims: {error}")
        say(f"  {claims:,} claims took {time.perf_counter() - started:.0f} s")
    for one in MEASURES:
        yield from (one.row(sized) for sized in found)
    yield from growth(found)
    if failed:
        raise RuntimeError("; ".join(failed))


def _measured(browser: Browser, claims: int, out: Path, say: Say, *, try_peers: bool) -> Sized:
    """Measure one size."""
    told = made_up(claims, out)
    say(f"  {claims:,} claims: ours")
    sized = Sized(claims, _ours(browser, told, out / f"ours-{claims}.html", large=claims >= LARGE))
    for name in PEERS:
        for circles in (True,) if claims < BOTH_LOOKS or claims >= LARGE else (False, True):
            target = out / f"{name}-{claims}-{'circles' if circles else 'pins'}.html"
            say(f"  {claims:,} claims: {target.stem}")
            if claims >= LARGE:
                sized.peers[name].append(_tried(told, target, name) if try_peers else "not tried")
            else:
                sized.peers[name].append(
                    _peer(browser, told, target, name, circles=circles, briefly=claims >= BOTH_LOOKS)
                )
    return sized


def _ours(browser: Browser, told: MadeUp, target: Path, *, large: bool) -> Page:
    """Build and measure our page."""
    built = apart(ours_built, told, target, 1 if large else 3, seconds=BUILD_S)
    surface = own_surface(target, told)
    return Page(built, measure(browser, surface, CALENDAR, loads=2 if large else 3))


def own_surface(target: Path, told: MadeUp) -> Surface:
    """Say how our page of some made-up claims is spoken to, and what is true of it."""
    return Surface(
        "ours",
        target,
        ours.COUNT,
        ours.SET_DAY,
        [
            Mode(ClockMode.DAY, ours.enter(ClockMode.DAY), told.truth.on),
            Mode(ClockMode.SO_FAR, ours.enter(ClockMode.SO_FAR), told.truth.so_far),
            Mode(THEN, ours.ENTER_THEN, told.known_on.__getitem__, told=False),
        ],
        first=ours.FIRST,
        prepare=ours.PREPARE,
        ink=ours.INK,
        opening=Opening(ours.OPEN, ours.CLOSE, ours.OPENED, told.fault_in),
    )


def _peer(browser: Browser, told: MadeUp, target: Path, name: str, *, circles: bool, briefly: bool) -> Page:
    """Build and measure a peer's page."""
    built = apart(peer_built, told, target, name, circles, seconds=BUILD_S)
    points = peers.points(told.collection(), told.places)
    cdn = peers.CdnStandIn()
    mode = Mode(ClockMode.DAY, "() => null", points.on)
    surface = Surface(target.stem, target, peers.COUNT, built.set_day, [mode], route=cdn.attach)
    # On a day before its first or after its last claim a peer's clock stays on those.
    days = [day for day in (SOME_DAYS if briefly else CALENDAR) if points.on(day)]
    measured = measure(browser, surface, days, loads=1 if briefly else 3)
    cdn.check(target.read_text())
    return Page(built, measured)


def _tried(told: MadeUp, target: Path, name: str) -> str:
    """Say whether a peer's page can be built and loaded within `TRY_S` and `TRY_MB`."""
    until = time.monotonic() + TRY_S
    doing, circles = "build", True
    try:
        built = apart(peer_built, told, target, name, circles, seconds=TRY_S, megabytes=TRY_MB)
        doing = "load"
        left = until - time.monotonic()
        first_marks = apart(peer_loaded, target, built.set_day, seconds=left, megabytes=TRY_MB)
    except RuntimeError as error:
        size = f" of {target.stat().st_size / 1e6:.0f} MB" if doing == "load" else ""
        return f"does not {doing}{size}: {str(error).splitlines()[0][:60]}"
    finally:
        target.unlink(missing_ok=True)
    return f"loads in {first_marks / 1000:.0f} s"


def growth(found: Sequence[Sized]) -> Iterator[Row]:
    """Yield by how much our figures grow to the largest size: per claim of build and file, and of a step as it is."""
    grown = [sized for sized in found if sized.claims >= GROWTH_FROM]
    for smaller in grown[:-1]:
        larger = grown[-1]
        between = f"{smaller.claims:,} to {larger.claims:,} claims"
        for one in (BUILD, SIZE):
            small, large = ((one.of(sized.ours) or 0) / sized.claims for sized in (smaller, larger))
            yield _grown(f"growth per claim, {between}: {one.what}", small, large)
        for one in (STEP, SO_FAR):
            small, large = (one.of(sized.ours) or 0 for sized in (smaller, larger))
            yield _grown(f"growth, {between}: {one.what}", small, large)


def _grown(what: str, small: float, large: float) -> Row:
    return Row(what, "", LINEAR, large / small if small else None, bound=Bound.AT_MOST)
