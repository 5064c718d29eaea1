"""Which events a view shows: told in Python, held to the page in a real browser."""

import datetime as dt
from urllib.parse import parse_qsl

import pytest
from address_cases import CASES
from pages import browser, collection, exported, gazetteer, page, shared  # noqa: F401  # fixtures

from dashboard.shown import chosen, known_day
from dashboard.view import Days, View
from layers.shown import cut_to

pytestmark = pytest.mark.browser

# Bring the page to an address, and tell what it then shows: events, days, and until when reports count.
SHOWN = """
(said) => {
  const { state, data } = bordermap.app;
  state.set(bordermap.address.read(said, state));
  return {
    events: Array.from(state.shown.subarray(0, state.shownCount), (row) => data.eventId(data.eventOf(row))).sort(),
    days: [state.first, state.last].map(bordermap.words.iso),
    known: state.known === null ? null : bordermap.words.iso(state.knownDay),
  };
}
"""


def said_of(case):
    """The words of a case, with the side and the actor of most claims put in."""
    named = collection().claims["actors"].str.split(";").explode().value_counts()
    sides = collection().actors.set_index("actor")["side"]
    actor = next(name for name in named.index if name in sides.index)
    return dict(parse_qsl(case.format(side=sides[actor], actor=actor), keep_blank_values=True))


@pytest.mark.parametrize("case", CASES)
def test_python_shows_what_the_page_shows(page, case):  # noqa: F811  # the fixture
    """By any of the filters and at any known day, the events, the days and the known day are the page's."""
    said = said_of(case)
    told = page.page.evaluate(SHOWN, said)
    facts = collection().facts
    view = View.said(said, Days(facts.first_day, facts.last_day, facts.opening_day))
    known = known_day(collection(), view)
    cut = cut_to(collection(), gazetteer(), chosen(collection(), view))
    assert sorted(cut.events["event_id"]) == told["events"]
    assert [day.isoformat() for day in cut.days] == told["days"]
    assert (known and known.isoformat()) == told["known"]


def test_what_is_shown_holds_no_claim_that_came_later():
    """Cut to what is known on a day, the collection has the claims by then of the events shown, and no others."""
    facts = collection().facts
    days = Days(facts.first_day, facts.last_day, facts.opening_day)
    view = View.said({"day": "2024-12-20", "mode": "sofar", "known": "2024-12-06"}, days)
    cut = cut_to(collection(), gazetteer(), chosen(collection(), view))
    assert 0 < len(cut.claims) < len(collection().claims)
    assert cut.claims["reported"].max().date().isoformat() <= "2024-12-06"
    assert (cut.days, cut.known) == ((facts.first_day, dt.date(2024, 12, 20)), known_day(collection(), view))
    assert set(cut.claims["event_id"]) == set(cut.events["event_id"])
