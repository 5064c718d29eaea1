"""Stepped day by day, the page knows what it knows when it is opened on that day, and no more."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import pytest
from pages import browser, exported, page, shared
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# All that a state shows, of a state that has come a long way and of a new one that is asked for the same day.
BOTH = """
([mode, known]) => {
  const { data, state, parts } = bordermap.app;
  const shows = (state, histogram) => ({
    shown: Array.from(state.shown.subarray(0, state.shownCount)).sort((a, b) => a - b),
    counts: [state.met, state.unknown, state.shownDisputed, ...state.tallied],
    figures: state.figures(),
    rows: Array.from(state.rows),
    sums: histogram.sums.map((sum) => Array.from(sum, (count) => Math.round(count * 1e6))),
    reports: [Array.from(histogram.reports.speak), Array.from(histogram.reports.came)],
  });
  const differing = [];
  const days = Array.from({ length: state.lastDay - state.firstDay + 1 }, (_, at) => state.firstDay + at);
  for (const day of [...days, ...days.slice().reverse(), days.at(-1), days[3], days[9]]) {
    state.set({ mode, known, day });
    const fresh = new bordermap.state.State(data);
    fresh.set({ mode, known: known === "day" ? day : known, day });
    const histogram = Object.create(parts.timeline.histogram);
    const unread = Object.assign(Object.create(data), { reports: null });
    Object.assign(histogram, { state: fresh, filtered: undefined, data: unread });
    histogram.count();
    const [one, other] = [shows(state, parts.timeline.histogram), shows(fresh, histogram)].map((shown) => JSON.stringify(shown));
    if (one !== other) differing.push([day, one, other]);
  }
  return differing;
}
"""


@pytest.mark.parametrize("known", ["day", None])
@pytest.mark.parametrize("mode", ["day", "window", "sofar"])
def test_what_is_stepped_to_is_what_is_opened(page, mode, known):
    """Forwards, backwards and in leaps, all that is shown and counted is as in a page that knows that day alone."""
    assert page.page.evaluate(BOTH, [mode, known]) == []


def test_what_is_beside_the_map_follows_the_second_clock(page):
    """The rows beside the map are those of what is known: none before the first report, and all of them again."""
    besides = "bordermap.app.parts.list.besides.length"
    every = page.page.evaluate(besides)
    assert every > 0
    page.page.evaluate("bordermap.app.state.set({ known: bordermap.app.state.firstDay })")
    assert page.page.evaluate(besides) < every
    page.page.evaluate("bordermap.app.state.set({ known: null })")
    assert page.page.evaluate(besides) == every


def test_the_day_that_is_shown_may_be_kept_as_the_day_that_is_known(page):
    """Going from what was known on each day to what was known on this one shows the same, and takes it up anew."""
    shown = page.page.evaluate(
        """() => {
          const { state } = bordermap.app;
          return ["day", state.day].map((known) => {
            state.set({ mode: "sofar", known });
            return [state.shownCount, state.arrivals === null];
          });
        }"""
    )
    (then, walked), (fixed, kept) = shown
    assert then == fixed > 0
    assert (walked, kept) == (True, False)
