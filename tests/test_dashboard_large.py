"""A built folder on the dashboard in a real browser: counted, seen by single events, opened, and never loaded."""

import itertools

import pages
import pytest
from axe import faults_of
from built_made import build
from collections_made import FROM_ELVAS, collection_of, small_gazetteer
from dashboard_browser import SLIDER
from dashboard_large_browser import LargeDashboard, Line
from dashboard_server import served
from playwright.sync_api import expect

from claims.model import Mode
from claims.tables import read_with_places
from layers.built.answers import MOST_SINGLE
from layers.page import build_page

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.struck=1>"
MANY = MOST_SINGLE + 1
AT_MERIDA = {"place_id": "merida", "geo_precision": "1", "kind": "deployment"}
SEVENTH = {"date_start": "2024-12-07", "date_end": "2024-12-07", "date_kind": "on"}
EIGHTH = {"date_start": "2024-12-08", "date_end": "2024-12-08", "date_kind": "on"}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a dashboard that shows a folder of a crowded place, a quiet road and one event of no place."""
    folder = tmp_path_factory.mktemp("large")
    crowd = [{**AT_MERIDA, **SEVENTH, "event_id": f"m{number}", "quote": HOSTILE} for number in range(MANY)]
    quiet = [
        {**FROM_ELVAS, **SEVENTH, "event_id": "road", "quote": f"{HOSTILE} they went"},
        {**AT_MERIDA, **EIGHTH, "event_id": "late"},
        {**AT_MERIDA, "event_id": "ever", "quote": "they were always there"},
        {"place_id": "spain", "geo_precision": "3", **SEVENTH, "event_id": "nowhere"},
    ]
    claims = [
        {"kind": "crossing", **claim, "claim_id": f"c{at}"} for at, claim in enumerate([*crowd, *quiet])
    ]
    events = [{"event_id": of["event_id"], "kind": of["kind"], "title": HOSTILE} for of in claims]
    collection = collection_of(folder / "one", small_gazetteer(), claims=claims, events=events)
    built = build(folder / "built", collection, small_gazetteer())
    with served(None, built, folder / "log") as address:
        yield address


@pytest.fixture
def dashboard(browser, address):
    """An opened dashboard whose page has had its first answer."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    dashboard = LargeDashboard(context.new_page(), address)
    dashboard.open()
    yield dashboard
    assert dashboard.complaints == []
    assert not dashboard.frame.evaluate("() => window.struck ?? false")
    context.close()


def test_a_crowded_day_is_counted_and_the_next_is_not(dashboard):
    """On the 7th circles count all that have a place; on the 8th the one event that is left has its mark."""
    circles, events, marks = dashboard.draw()
    assert (events, marks) == (MANY + 1, 0)
    assert circles
    expect(dashboard.page.locator("[data-figure=events]")).to_have_text(f"{MANY + 2:,}")
    dashboard.wait_for_server()
    dashboard.page.locator(SLIDER).press("ArrowRight")
    expect(dashboard.page.locator("[data-figure=events]")).to_have_text("1")
    dashboard.answered()
    assert dashboard.draw() == [0, 0, 1]


def test_a_quiet_part_of_the_map_shows_its_events_and_they_their_claims(dashboard):
    """Zoomed in to the road from Elvas, its arrow is drawn, and opens the claim as its source told it."""
    dashboard.frame.evaluate("() => bordermap.app.map.setView([38.88, -7.06], 12, { animate: false })")
    dashboard.within("#bm-list .bm-row", has_text="Elvas").wait_for()
    dashboard.answered()
    assert dashboard.draw() == [0, 0, 1]
    dashboard.within("#bm-list .bm-row", has_text="Elvas").click()
    expect(dashboard.within("#bm-panel")).to_contain_text(f"{HOSTILE} they went")
    dashboard.wait_for_address(event="road")


def test_a_place_that_is_opened_lists_its_first_events_and_leads_back(dashboard):
    """Of a crowd the first are listed, one of them opens its claims while the circles stay, and all places come back."""
    dashboard.within(".bm-place").first.click()
    expect(dashboard.within("#bm-large")).to_contain_text(f"The first 200 of {MANY + 1:,} events")
    dashboard.within("#bm-list .bm-row").first.click()
    expect(dashboard.within("#bm-panel")).to_contain_text(HOSTILE)
    dashboard.answered()
    assert dashboard.draw()[0]
    dashboard.within("#bm-panel .bm-close").click()
    dashboard.within("#bm-large .bm-more").first.click()
    expect(dashboard.within(".bm-place").first).to_be_visible()


def test_what_has_no_place_is_told_with_its_number_and_can_be_opened(dashboard):
    """The crossing of which only a country is known is no circle, and stands in the list when it is asked for."""
    expect(dashboard.within("#bm-summary")).to_contain_text("1 with no place below a country")
    dashboard.within("#bm-large .bm-more").first.click()
    expect(dashboard.within("#bm-list .bm-row:visible")).to_have_count(1)


def test_what_has_no_day_can_be_opened_with_its_claims(dashboard):
    """The event of which no day is told is listed when it is asked for, and opens its claim."""
    dashboard.within("#bm-large .bm-more", has_text="1 event without a day").click()
    dashboard.within("#bm-beside-list .bm-row").click()
    expect(dashboard.within("#bm-panel")).to_contain_text("they were always there")


def test_an_ask_that_crosses_a_new_day_does_not_send_the_page_back(browser, address):
    """What the page asks before its slider has heard of the day that the page has said leaves the page on that day."""
    with browser.new_context(viewport={"width": 1280, "height": 860}) as context:
        page = context.new_page()
        line = Line(page)
        dashboard = LargeDashboard(page, address).open()
        dashboard.wait_for_server()
        line.waits = True
        dashboard.frame.evaluate("() => bordermap.app.setDay('2024-12-08')")
        line.until(lambda: line.said)
        dashboard.answered()
        line.holds, before = True, line.asked
        line.server.send(line.said)
        dashboard.frame.evaluate("() => bordermap.app.map.panBy([40, 0], { animate: false })")
        line.until(lambda: line.asked > before)
        line.until(lambda: line.kept)
        line.let_through()
        dashboard.answered()
        dashboard.wait_for_server()
        expect(dashboard.within("#bm-day")).to_contain_text("8 December 2024")


def test_a_filter_counts_again(dashboard):
    """Without deployments the one crossing on the map has its mark."""
    dashboard.within(".bm-layer").nth(2).click()
    expect(dashboard.page.locator("[data-figure=events]")).to_have_text("2")
    dashboard.answered()
    assert dashboard.draw() == [0, 0, 1]


def test_an_address_opens_an_event_that_the_page_does_not_hold(dashboard):
    """A link to an event of the crowd opens its claims beside the circles."""
    dashboard.open("?event=m7")
    expect(dashboard.within("#bm-panel h2")).to_have_text(HOSTILE)
    assert dashboard.draw()[0]


CHOOSE = "([day, mode]) => bordermap.app.state.set({ day: bordermap.words.dayOf(day), mode, layers: [true, true, true, true] })"
SHOWN = """() => {
  const { state, data } = bordermap.app;
  const rows = Array.from(state.shown.subarray(0, state.shownCount));
  return rows.map((row) => [data.eventId(data.eventOf(row)), data.events.mark[row], state.strength(row), data.events.disputed[row]].join()).sort();
}"""


def test_a_set_of_few_events_is_drawn_as_a_collection_is(browser, tmp_path):
    """In every mode, the shipped collection that was built shows the events that its page shows, as strong and as disputed."""
    shipped = read_with_places(pages.FOLDER)
    built = build(tmp_path / "built", *shipped)
    (tmp_path / "page.html").write_text(build_page(*shipped), encoding="utf-8")
    with served(None, built, tmp_path / "log") as address, pages.reading(browser) as reader:
        reader.page.goto((tmp_path / "page.html").as_uri())
        reader.page.locator("html[data-bordermap=ready]").wait_for(state="attached")
        dashboard = LargeDashboard(browser.new_page(), address).open()
        dashboard.frame.evaluate("() => bordermap.app.map.setView([33, 43], 3, { animate: false })")
        for choice in itertools.product(("2024-12-02", "2024-12-07"), map(str, Mode)):
            reader.page.evaluate(CHOOSE, choice)
            dashboard.frame.evaluate(CHOOSE, choice)
            wanted = reader.page.evaluate(SHOWN)
            assert wanted
            # An answer may still be of what was asked before: the right one comes.
            dashboard.frame.wait_for_function(f"want => String(({SHOWN})()) === String(want)", arg=wanted)
        dashboard.page.close()


def test_axe_finds_nothing(dashboard):
    """With circles, with a place that is opened and with the legend folded out: no fault."""
    assert faults_of(dashboard.frame) == []
    dashboard.within(".bm-place").first.click()
    dashboard.within("#bm-large h2").wait_for()
    dashboard.within("summary[data-say=meaning]").click()
    assert faults_of(dashboard.frame) == []


def test_what_was_known_when_is_not_offered(dashboard):
    """The second clock is not shown, and the page says why."""
    expect(dashboard.within("#bm-knowing")).to_be_hidden()
    expect(dashboard.within("#bm-about")).to_contain_text(
        "What was known on an earlier day cannot be told of counts"
    )
