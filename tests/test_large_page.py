"""The page of a large set in a browser: what it asks, and how it takes answers that come late, wrong or not at all."""

import datetime as dt

import pytest
from built_made import build
from collections_made import FROM_ELVAS, collection_of, small_gazetteer
from large_host import Host
from playwright.sync_api import expect

import layers.built.answers
from dashboard.view import Days
from layers.built.opened import BuiltSet
from layers.built.page import build_large_page

pytestmark = pytest.mark.browser

DAYS = Days(dt.date(2024, 12, 1), dt.date(2024, 12, 31), dt.date(2024, 12, 7))
AT_MERIDA = {"place_id": "merida", "geo_precision": "1", "kind": "deployment"}
SEVENTH = {"date_start": "2024-12-07", "date_end": "2024-12-07", "date_kind": "on"}
EIGHTH = {"date_start": "2024-12-08", "date_end": "2024-12-08", "date_kind": "on"}
CLAIMS = (
    {**AT_MERIDA, **SEVENTH, "event_id": "m1"},
    {**AT_MERIDA, **SEVENTH, "event_id": "m2"},
    {**FROM_ELVAS, **SEVENTH, "kind": "crossing", "event_id": "road"},
    {**AT_MERIDA, **EIGHTH, "event_id": "late"},
    {**AT_MERIDA, "event_id": "ever"},
)
FOCUSED = "document.activeElement.textContent"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder of three events on the 7th, one on the 8th and one without a day, with its page."""
    folder = tmp_path_factory.mktemp("large")
    events = [{"event_id": claim["event_id"], "kind": claim["kind"]} for claim in CLAIMS]
    collection = collection_of(folder / "one", small_gazetteer(), claims=[*CLAIMS], events=events)
    built = BuiltSet.open(build(folder / "built", collection, small_gazetteer()))
    return built, build_large_page(built)


@pytest.fixture
def host(browser, built, monkeypatch):
    """The page with its first answer; one event is shown by itself, and more are counted."""
    monkeypatch.setattr(layers.built.answers, "MOST_SINGLE", 1)
    page = browser.new_page(viewport={"width": 1240, "height": 840})
    host = Host(page, *built, DAYS)
    yield host.answer_all()
    page.close()
    assert host.complaints == []


def pan(host):
    """Move the map, and give what is then asked."""
    host.frame.evaluate("() => bordermap.app.map.panBy([30, 0], { animate: false })")
    return host.ask


def test_back_to_all_places_while_an_ask_is_under_way_leads_back(host):
    """The answer to what was opened when it was asked is shown, and the next is of all places."""
    host.within(".bm-more", has_text="1 event without a day").click()
    host.answer_all()
    assert pan(host)["ask"]["opened"] == {"undated": True}
    host.within(".bm-more", has_text="Back").click()
    host.answer()
    assert host.ask["ask"]["opened"] is None
    host.answer_all()
    expect(host.within(".bm-place").first).to_be_visible()


def test_a_place_that_is_opened_while_an_ask_is_under_way_is_asked_for(host):
    """The answer to what was asked before does not close it."""
    pan(host)
    host.within(".bm-place", has_text="Mérida").click()
    host.answer()
    assert host.ask["ask"]["opened"]
    host.answer_all()
    expect(host.within("#bm-large h2")).to_contain_text("Mérida")


def test_a_view_that_the_host_sets_is_asked_for_as_it_is_then_seen(host):
    """So it is where the reader goes back in the browser: the box and the zoom are of the view that was set."""
    host.set(view="-7,38.9,12")
    host.answer_all()
    ask = host.ask["ask"]
    west, south, east, north = ask["seen"]
    assert ask["zoom"] == 12
    assert -7.5 < west < -7 < east < -6.5
    assert 38.5 < south < 38.9 < north < 39.5
    assert ask["box"][0] < west
    assert ask["box"][2] > east


@pytest.mark.parametrize(
    ("wrong", "said", "loud"),
    [
        ({"error": "it is damaged"}, "it is damaged", 0),
        ({"blobs": {"columns": "!"}}, "could not be shown", 1),
    ],
)
def test_an_answer_that_cannot_be_shown_says_so_and_the_next_is(host, wrong, said, loud):
    """No old number stands under the new day, and what went wrong in the page is not hushed up."""
    host.set(day="2024-12-09")
    host.answer(**wrong)
    expect(host.within("#bm-large [role=alert]:visible")).to_contain_text(said)
    expect(host.within("#bm-summary")).to_have_text("")
    assert host.told("said.bordermap === 'figures'")["shown"]["events"] is None
    host.set(day="2024-12-07")
    host.answer_all()
    expect(host.within("#bm-summary")).to_contain_text("3 of 5 events")
    assert len(host.complaints) == loud
    host.complaints.clear()


def test_what_cannot_be_opened_is_not_asked_for_again(host):
    """Where what is opened has no answer, the next ask is of the counts, since there is no way back from nothing."""
    host.within("#bm-large .bm-more", has_text="without a day").click()
    host.told("said.bordermap === 'ask' && said.ask.opened?.undated")
    host.answer(error="it is damaged")
    host.set(day="2024-12-09")
    again = host.told("said.bordermap === 'ask' && said.ask.state.day === '2024-12-09'")
    assert again["ask"]["opened"] is None


def test_while_a_day_is_asked_for_no_number_of_another_stands_there(host):
    """Summary, layers and figures wait, and so does who reads the map aloud; a view alone leaves them."""
    pan(host)
    expect(host.within("#bm-summary")).to_contain_text("3 of 5 events")
    host.answer_all().set(day="2024-12-08")
    expect(host.within("#bm-summary")).to_have_text("Counting…")
    assert "…" in host.within("#bm-layers").inner_text()
    expect(host.within(".leaflet-container")).to_have_attribute("aria-busy", "true")
    assert host.told("said.bordermap === 'shown'")["shown"]["events"] is None
    host.answer_all()
    expect(host.within("#bm-summary")).to_contain_text("1 of 5 events")
    expect(host.within(".leaflet-container")).to_have_attribute("aria-busy", "false")


def test_a_day_is_said_aloud_with_its_number_once_it_is_answered(host):
    """From counts to an event and back nothing is said to be new or gone, of which the page cannot know."""
    for day, events in (("2024-12-08", "1 event"), ("2024-12-07", "3 events")):
        host.set(day=day)
        said = f"{day_in_words(day)}. {events}."
        for _ in range(500):  # a page that has not asked yet has nothing to be answered
            host.answer_all()
            if " ".join(host.within("#bm-spoken").text_content().split()) == said:
                break
            host.page.wait_for_timeout(20)
        expect(host.within("#bm-spoken")).to_have_text(said)


def day_in_words(day):
    """Write a day as the page says it aloud."""
    said = dt.date.fromisoformat(day)
    return f"{said:%A} {said.day} {said:%B %Y}"


def test_the_focus_goes_to_what_is_opened_and_back_to_where_it_was(host):
    """By keys a place is opened, read on from its name, and left for its own button."""
    host.within(".bm-place", has_text="Mérida").press("Enter")
    host.answer_all()
    assert "Mérida" in host.frame.evaluate(FOCUSED)
    assert host.frame.evaluate("document.activeElement.tagName") == "H2"
    host.within("[data-key=back]").press("Enter")
    host.answer_all()
    assert host.frame.evaluate("document.activeElement.className") == "bm-place"
    pan(host)
    host.answer_all()
    assert host.frame.evaluate("document.activeElement.className") == "bm-place"


def test_all_circles_can_be_listed(host):
    """Of fifteen the first twelve are listed, and the others when they are asked for."""
    host.set(day="2024-12-08")
    host.answer()
    count = 15
    ones = list(range(count))
    cells = {
        "x": ones,
        "y": ones,
        "n": [[1] * count, *[[0] * count] * 3],
        "disputed": [0] * count,
        "denied": [0] * count,
    }
    named = {"place_id": list(map(str, ones)), "name": list(map(str, ones)), "name_ar": [""] * count}
    pan(host)
    host.answer(kind="counts", cells={**cells, **named}, blobs=None)
    expect(host.within(".bm-place")).to_have_count(12)
    host.within(".bm-more", has_text="12 of 15").click()
    expect(host.within(".bm-place")).to_have_count(count)


def test_an_empty_part_of_the_map_counts_what_is_elsewhere_on_it(host):
    """What has no place is nowhere else, and where nothing is left that is said."""
    host.set(day="2024-12-08", view="20,0,8")
    host.answer_all()
    expect(host.within(".bm-empty:visible")).to_contain_text("1 elsewhere on these days")
    pan(host)
    host.answer(unplaced=1)
    expect(host.within(".bm-empty:visible")).to_have_text(
        "No event of these days that the filters let pass is on the map."
    )


def test_an_event_that_is_not_found_is_not_on_the_page(host):
    """Whether it is in the set is not said: not all of it was looked through."""
    host.set(event="no-such-event")
    host.answer_all()
    expect(host.within("#bm-panel")).to_contain_text("not on this page")


def test_actors_that_are_not_offered_are_no_filter(host):
    """Where they are too many, those that came with an answer are others in the next."""
    host.frame.evaluate(
        "() => { bordermap.app.data.facts.large.actors = false; bordermap.app.state.set({ actors: [0], sides: [0] }); }"
    )
    assert host.frame.evaluate("[bordermap.app.state.actors, bordermap.app.state.sides]") == [None, None]
