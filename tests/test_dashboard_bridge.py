"""The bridge between dashboard and page in a real browser, with a page that only talks."""

import json
import re
from pathlib import Path

import pytest
from dashboard_browser import SLIDER, Dashboard
from dashboard_collection import write_collection
from dashboard_server import served
from playwright.sync_api import expect

from dashboard.view import CHOICES

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("dashboard_app.py")
FIGURES = "[data-figure=events]"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a served dashboard around the stub page."""
    folder = tmp_path_factory.mktemp("dashboard")
    with served(APP, write_collection(folder / "tiny"), folder / "log") as address:
        yield address


@pytest.fixture
def dashboard(browser, address):
    """A dashboard in a window of its own, not opened yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    yield Dashboard(page, address)
    context.close()


def test_a_page_that_comes_up_is_told_the_whole_state(dashboard):
    """The page hears that it is embedded, where and in which colours, then the address's state, and nothing else."""
    choices = {"mode": "window", "window": "3", "event": "e1", "layers": "crossings,context"}
    dashboard.open("?day=2024-12-10&mode=window&window=3&event=e1&layers=crossings,context")
    state = {"day": "2024-12-10", **dict.fromkeys(CHOICES), **choices}
    embed = {"bordermap": "embed", "address": f"{dashboard.address}/", "theme": "light"}
    assert dashboard.told() == [embed, {"bordermap": "set", "state": state}]


def test_the_slider_moves_the_page_without_reloading_it(dashboard):
    """A key on the slider tells the page one new day; its document stays, and under 4 kB come from the server."""
    dashboard.open()
    dashboard.wait_for_server()
    born = dashboard.frame.evaluate("born")
    dashboard.received = 0
    dashboard.slide(SLIDER, "2024-12-08")
    assert dashboard.frame.evaluate("born") == born
    assert dashboard.told()[2:] == [{"bordermap": "set", "state": {"day": "2024-12-08"}}]
    assert 0 < dashboard.received < 4000


def test_the_page_follows_the_hand_that_drags(dashboard):
    """While the thumb is dragged the page is told each day, and stands where it is let go."""
    dashboard.open()
    dashboard.wait_for_server()
    box = dashboard.page.locator(".st-key-day [role=group]").bounding_box()
    mouse, middle = dashboard.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] * 0.3, middle)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.8, middle, steps=8)
    dashboard.page.wait_for_function("document.querySelector('.st-key-day [data-dragging]')")
    dashboard.frame.wait_for_function("log.length > 5")
    mouse.up()
    dashboard.page.wait_for_function(
        "slider => new Date(document.querySelector(slider).value / 1000).toISOString().slice(0, 10)"
        " === new URLSearchParams(location.search).get('day')",
        arg=SLIDER,
    )
    dashboard.wait_for_day(dashboard.query["day"])
    assert dashboard.told()[-1] == {"bordermap": "set", "state": {"day": dashboard.query["day"]}}


def test_the_page_moves_slider_and_address_and_hears_no_echo(dashboard):
    """What the page says moves the slider and the address, days as no steps of the history, and is not said back to it."""
    dashboard.open()
    entries = dashboard.page.evaluate("history.length")
    for day in ("2024-12-20", "2024-12-21", "2024-12-22"):
        dashboard.say({"day": day, "mode": "sofar", "lang": "ar"})
    dashboard.wait_for_day("2024-12-22")
    dashboard.wait_for_server()
    assert dashboard.query == {"day": "2024-12-22", "mode": "sofar", "lang": "ar"}
    assert dashboard.page.evaluate("history.length") == entries
    assert len(dashboard.told()) == 2


def test_a_page_that_plays_is_not_sent_back(dashboard):
    """A slider that follows the page is not taken for the hand's, though a hand was on it and the pointer moves."""
    dashboard.open()
    dashboard.wait_for_server()
    dashboard.slide(SLIDER, "2024-12-08")
    told = dashboard.told()
    for day in ("2024-12-20", "2024-12-21", "2024-12-22"):
        dashboard.say({"day": day})
        dashboard.wait_for_day(day)
        dashboard.page.mouse.move(200, 20)
        dashboard.page.mouse.move(600, 30, steps=3)
    dashboard.wait_for_server()
    assert dashboard.told() == told


def test_a_page_that_goes_on_before_the_server_answers_the_hand_is_not_sent_back(dashboard):
    """What the server still answers to the hand does not undo what the page has said since."""
    dashboard.open()
    dashboard.wait_for_server()
    dashboard.page.locator(SLIDER).press("ArrowRight")
    dashboard.frame.wait_for_function("state.day === '2024-12-08'")
    dashboard.say({"day": "2024-12-20"})
    dashboard.wait_for_day("2024-12-20")
    dashboard.wait_for_server()
    assert dashboard.told()[2:] == [{"bordermap": "set", "state": {"day": "2024-12-08"}}]


def test_the_figures_are_those_that_the_page_says(dashboard):
    """Events, claims, sources, events that did not happen and disputed ones appear as the page counts them."""
    dashboard.open()
    expect(dashboard.page.locator("dl")).to_have_text(re.compile(r"Events\s*1 of 3\s"))
    dashboard.say({"day": "2024-12-20"})
    expect(dashboard.page.locator("dl")).to_have_text(
        re.compile(r"Events\s*2 of 3\s*Claims\s*4\s*Sources\s*1\s*Planned or denied\s*1\s*Disputed\s*1")
    )


def test_a_state_that_the_server_knows_is_not_sent_to_it(dashboard):
    """A page that says where the slider has put it costs no rerun."""
    dashboard.open()
    dashboard.wait_for_server()
    dashboard.received = 0
    dashboard.say({})
    expect(dashboard.page.locator(FIGURES)).to_have_text("2")
    dashboard.page.wait_for_load_state("networkidle")
    assert dashboard.received == 0


def test_another_window_cannot_speak_for_the_page(dashboard):
    """A message that does not come from the iframe's own window is not heard."""
    dashboard.open()
    dashboard.page.evaluate(
        """postMessage({bordermap: "state", state: {day: "2024-12-25"}, shown: {events: 99, of: 99}}, "*")"""
    )
    dashboard.say({"day": "2024-12-20"})
    dashboard.wait_for_day("2024-12-20")
    expect(dashboard.page.locator(FIGURES)).to_have_text("2")


def test_a_reload_comes_back_to_the_same_day_and_event(dashboard):
    """The address brings day and event back after a reload of the browser."""
    dashboard.open()
    dashboard.say({"day": "2024-12-20", "event": "e2"})
    dashboard.wait_for_day("2024-12-20")
    dashboard.wait_for_server()
    dashboard.page.reload()
    dashboard.wait_for_page()
    dashboard.wait_for_day("2024-12-20")
    assert dashboard.told()[1]["state"]["event"] == "e2"


def test_the_claims_page_and_back_keeps_the_state(dashboard):
    """A look at the claims leaves the map where it was, and the page's bytes are not sent again."""
    dashboard.open()
    dashboard.say({"day": "2024-12-20", "event": "e2"})
    dashboard.wait_for_day("2024-12-20")
    dashboard.page.get_by_role("link", name="Claims").click()
    dashboard.page.locator("[data-testid=stDataFrame]").wait_for()
    dashboard.page.get_by_role("link", name="Map").click()
    dashboard.wait_for_page()
    dashboard.wait_for_day("2024-12-20")
    assert dashboard.told()[1]["state"]["event"] == "e2"


def test_a_slider_that_moves_adds_no_steps_to_go_back_through(dashboard):
    """Days that the slider goes through stand in the address and not in the browser's history."""
    dashboard.open()
    dashboard.wait_for_server()
    entries = dashboard.page.evaluate("history.length")
    for day in ("2024-12-08", "2024-12-09", "2024-12-10"):
        dashboard.slide(SLIDER, day)
    assert dashboard.page.evaluate("history.length") == entries


def test_going_back_closes_what_was_opened(dashboard):
    """Each event and story step is a step of the browser's history: Back and Forward go through them, and stay there."""
    dashboard.open()
    dashboard.wait_for_server()
    entries = dashboard.page.evaluate("history.length")
    steps = ({"event": "e1"}, {"event": "e2", "day": "2024-12-20"}, {"story": "1", "event": "e1"})
    for step in steps:
        dashboard.say(step)
        dashboard.page.wait_for_url(lambda url, step=step: step.items() <= dashboard.query_of(url).items())
        dashboard.wait_for_server()
    dashboard.say({"day": "2024-12-21", "mode": "sofar"})
    dashboard.wait_for_day("2024-12-21")
    assert dashboard.page.evaluate("history.length") == entries + len(steps)

    def stands_at(address):
        dashboard.page.wait_for_url(lambda url: dashboard.query_of(url) == address)
        dashboard.wait_for_server()
        told = {"day": "2024-12-07", **address}
        dashboard.frame.wait_for_function(
            "told => JSON.stringify(state) === told", arg=json.dumps(told, separators=(",", ":"))
        )

    dashboard.page.go_back()
    stands_at({"day": "2024-12-20", "event": "e2"})
    dashboard.page.go_back()
    stands_at({"event": "e1"})
    dashboard.page.go_back()
    stands_at({})
    dashboard.page.go_forward()
    stands_at({"event": "e1"})
    assert dashboard.page.evaluate("history.length") == entries + len(steps)


def test_going_back_at_once_is_not_taken_for_an_echo(dashboard):
    """What the page has just said may be where the reader goes back to."""
    dashboard.open()
    dashboard.wait_for_server()
    for step in ({"event": "e1"}, {"event": None}, {"event": "e2"}):
        dashboard.say(step)
        dashboard.page.wait_for_url(
            lambda url, step=step: dashboard.query_of(url).get("event") == step["event"]
        )
    dashboard.page.go_back()
    dashboard.frame.wait_for_function("!('event' in state)")
    dashboard.wait_for_server()
    assert dashboard.query == {}
    assert dashboard.frame.evaluate("state.event ?? null") is None


def test_the_page_is_told_when_the_dashboards_colours_change(dashboard):
    """Where the reader's system turns dark, the dashboard does, and tells the page."""
    dashboard.open()
    dashboard.page.emulate_media(color_scheme="dark")
    dashboard.frame.wait_for_function("log.at(-1).theme === 'dark'")
    assert dashboard.told()[-1] == {"bordermap": "theme", "theme": "dark"}
    background = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert dashboard.page.evaluate(background) == "rgb(27, 26, 24)"


def test_the_page_is_shut_in(dashboard):
    """The iframe is sandboxed without the dashboard's origin, and the page cannot reach the dashboard."""
    dashboard.open()
    sandbox = dashboard.page.locator("iframe").get_attribute("sandbox")
    assert sandbox == "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
    assert dashboard.frame.evaluate("origin") == "null"
    assert (
        dashboard.frame.evaluate("(() => { try { return parent.document.title } catch { return 'shut' } })()")
        == "shut"
    )


def test_nothing_is_asked_outside_the_dashboards_own_address(dashboard):
    """Opening, moving and changing pages asks only the dashboard's own address, without complaints."""
    dashboard.open()
    dashboard.page.locator(SLIDER).press("ArrowRight")
    dashboard.wait_for_day("2024-12-08")
    dashboard.page.get_by_role("link", name="Claims").click()
    dashboard.page.locator("[data-testid=stDataFrame]").wait_for()
    dashboard.wait_for_server()
    outside = [
        url
        for url in dashboard.requests
        if not url.startswith((dashboard.address, "blob:", "data:", "about:"))
    ]
    assert outside == []
    assert dashboard.complaints == []
