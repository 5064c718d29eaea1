"""How many sources speak of the days shown, as the page finds it."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import pytest
from pages import browser, exported, page, shared

pytestmark = pytest.mark.browser

# On each day how many sources speak, by the page, and by going through all claims; and how often the page looked at them.
COUNT = """
([mode, known]) => {
  const { data, state } = bordermap.app;
  const { reports, clock } = bordermap;
  const { events } = data;
  let looked = 0;
  const watched = Object.create(data);
  watched.events = new Proxy(events, { get: (columns, name) => (looked++, columns[name]) });
  const daysOf = (claim) => {
    const last = reports.lastDay(events, claim);
    if (events.claim_date_kind[claim] > clock.BY || last === clock.NO_DAY) return null;
    const start = events.claim_start[claim];
    return [events.claim_date_kind[claim] === clock.BY || start === clock.NO_DAY ? last : start, last];
  };
  const counted = (state) => {
    const roots = new Set();
    events.claim_root.forEach((root, claim) => {
      const days = daysOf(claim);
      if (days && events.claim_reported[claim] <= state.knownDay && days[0] <= state.last && days[1] >= state.first) roots.add(root);
    });
    return roots.size;
  };
  const found = [];
  for (let day = state.firstDay; day <= state.lastDay; day++) {
    state.set({ mode, known: known && state.firstDay + known, day });
    found.push([reports.speaking(watched, state), counted(state)]);
  }
  return [found, looked];
}
"""


@pytest.mark.parametrize("known", [None, 33])
@pytest.mark.parametrize("mode", ["day", "window", "sofar"])
def test_who_speaks_of_the_days_is_looked_up(page, mode, known):
    """It is what going through all claims gives, and no claim is looked at for it."""
    found, looked = page.page.evaluate(COUNT, [mode, known])
    assert [speaking for speaking, _ in found] == [counted for _, counted in found]
    assert max(speaking for speaking, _ in found) > 1
    assert looked == 0
