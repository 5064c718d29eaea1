"""The page's own clock against the one rule."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import json
from pathlib import Path

import numpy as np
import pytest
from pages import browser, reading

from claims.clock import NO_DAY, strength
from claims.model import DateKind, Mode

pytestmark = pytest.mark.browser

CLOCK = Path(__file__).parents[1] / "layers" / "engine" / "clock.js"
CASES = json.loads((Path(__file__).parent / "clock_cases.json").read_text(encoding="utf-8"))["cases"]
FIRST_DAY, LAST_DAY = 18_000, 18_119
WINDOWS = (1, 2, 7, 60)


@pytest.fixture(scope="module")
def clock(browser):
    """A page with nothing but the engine's clock."""
    with reading(browser) as reader:
        reader.page.add_script_tag(content=CLOCK.read_text(encoding="utf-8"))
        yield reader.page


@pytest.fixture(scope="module")
def measured(clock):
    """What the page's clock says to every case, in their order."""
    return clock.evaluate(
        """(cases) => {
          const { span, strength, NO_DAY } = bordermap.clock;
          const day = (written) => (written ? Date.parse(`${written}T00:00:00Z`) / 86400000 : NO_DAY);
          const kinds = ["on", "throughout", "since", "by"];
          return cases.map((one) => {
            const kind = kinds.includes(one.kind) ? kinds.indexOf(one.kind) : 255;
            const [first, last] = span(day(one.day), one.mode, one.window ?? 7, one.opens ? day(one.opens) : undefined);
            return strength(day(one.start), day(one.end), kind, first, last);
          });
        }""",
        CASES,
    )


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["says"])
def test_the_page_keeps_the_clocks_rule(measured, number):
    """An event is as strong in the page as the rule says."""
    assert measured[number] == pytest.approx(CASES[number]["strength"])


def made_events(count, seed=7):
    """Make events of every kind, some without days, some long, some before, across and after the range."""
    random = np.random.default_rng(seed)
    start = random.integers(FIRST_DAY - 90, LAST_DAY + 30, count)
    length = np.where(
        random.random(count) < 0.8, random.integers(0, 9, count), random.integers(30, 90, count)
    )
    end = start + length
    start = np.where(random.random(count) < 0.1, NO_DAY, start)
    kind = random.integers(0, len(DateKind), count)
    undated = random.random(count) < 0.05
    return np.where(undated, NO_DAY, start), np.where(undated, NO_DAY, end), np.where(undated, 255, kind)


@pytest.mark.parametrize("mode", Mode)
def test_the_index_of_days_finds_what_the_rule_shows(clock, mode):
    """On every day and in every window the page's index of days shows the very events that the rule shows."""
    start, end, kind = made_events(400)
    days = list(range(FIRST_DAY, LAST_DAY + 1))
    windows = WINDOWS if mode is Mode.WINDOW else (7,)
    found = clock.evaluate(
        """({ start, end, kind, firstDay, lastDay, mode, windows }) => {
          const { DayIndex, extent, span, strength } = bordermap.clock;
          const rows = Int32Array.from(start, (_, row) => row);
          const days = extent(Int32Array.from(start), Int32Array.from(end), Uint8Array.from(kind));
          const index = new DayIndex(days, rows, firstDay, lastDay);
          const found = [];
          for (const window of windows) {
            for (let day = firstDay; day <= lastDay; day++) {
              const [first, last] = span(day, mode, window, firstDay);
              const met = Array.from(index.found.subarray(0, index.meeting(first, last)));
              found.push(met.map((event) => [event, strength(start[event], end[event], kind[event], first, last)]));
            }
          }
          return found;
        }""",
        {
            "start": start.tolist(),
            "end": end.tolist(),
            "kind": kind.tolist(),
            "firstDay": FIRST_DAY,
            "lastDay": LAST_DAY,
            "mode": mode.value,
            "windows": list(windows),
        },
    )
    names = np.array([*DateKind, ""], dtype=object)[np.minimum(kind, len(DateKind))]
    for (window, day), met in zip(((w, d) for w in windows for d in days), found, strict=True):
        rule = strength(start, end, names, day, mode, window, FIRST_DAY)
        events = [event for event, _ in met]
        assert events == sorted(set(events))
        assert set(np.flatnonzero(rule)) == {event for event, strong in met if strong > 0}
        assert [strong for _, strong in met] == pytest.approx(rule[events])


def test_arrivals_are_what_so_far_shows(clock):
    """So far takes up on each day the very rows that the rule shows and that pass, and tallies them."""
    start, end, kind = made_events(400)
    passing = np.random.default_rng(5).random(400) < 0.7
    found = clock.evaluate(
        """({ start, end, kind, passing, firstDay, lastDay }) => {
          const { Arrivals, extent } = bordermap.clock;
          const rows = Int32Array.from(start, (_, row) => row);
          const days = extent(Int32Array.from(start), Int32Array.from(end), Uint8Array.from(kind));
          const odd = { column: Uint8Array.from(rows, (row) => row % 2), size: 2 };
          const arrivals = new Arrivals(days, rows, passing, firstDay, lastDay, { odd });
          const found = [];
          for (let day = firstDay; day <= lastDay; day++) {
            found.push([Array.from(arrivals.rows.subarray(0, arrivals.count(day))), Array.from(arrivals.tally("odd", day))]);
          }
          return found;
        }""",
        {
            "start": start.tolist(),
            "end": end.tolist(),
            "kind": kind.tolist(),
            "passing": passing.tolist(),
            "firstDay": FIRST_DAY,
            "lastDay": LAST_DAY,
        },
    )
    names = np.array([*DateKind, ""], dtype=object)[np.minimum(kind, len(DateKind))]
    for day, (rows, odd) in zip(range(FIRST_DAY, LAST_DAY + 1), found, strict=True):
        rule = (strength(start, end, names, day, Mode.SO_FAR, 7, FIRST_DAY) > 0) & passing
        assert sorted(rows) == np.flatnonzero(rule).tolist()
        assert odd == [sum(row % 2 == 0 for row in rows), sum(row % 2 for row in rows)]
