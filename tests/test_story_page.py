"""The story over the map: played by hand and by key, kept in the address, and left again."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import re

import pytest
from axe import faults_of
from collections_made import collection_of, small_gazetteer
from pages import PHONE, browser, collection, exported, html, page, reader, reading, shared
from playwright.sync_api import expect

from layers.page import build_page

pytestmark = pytest.mark.browser

STILL = {"reduced_motion": "reduce"}

# What the page shows of a step: where it is, the day, the event, what was known, and the map's view.
SHOWN = """
() => {
  const { state, map, data } = bordermap.app;
  const bounds = map.getBounds();
  return {
    step: state.story, day: bordermap.words.iso(state.day), event: state.event < 0 ? "" : data.eventId(state.event),
    known: typeof state.known === "number" ? bordermap.words.iso(state.known) : state.known,
    layers: state.layers, view: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
  };
}
"""

AT_REST = """
() => new Promise((done) => {
  const { scene } = bordermap.app.parts;
  const look = () => (scene.going || scene.again ? requestAnimationFrame(look) : done());
  look();
})
"""

# Where an event's mark stands in the window.
MARK = """
(id) => {
  const { data, map, parts: { scene } } = bordermap.app;
  const [x, y] = data.middle(data.eventNamed(id));
  const { scale, left, top, origin } = scene.view;
  const at = map.layerPointToContainerPoint(L.point(x * scale - left, y * scale - top).add(origin));
  return at.y + map.getContainer().getBoundingClientRect().top;
}
"""


def steps():
    """The shipped collection's steps."""
    return collection().story.steps


def assert_shows(reader, at):
    """Hold a page to a step: its words, day, event, known day and view."""
    step, shown = steps()[at], reader.page.evaluate(SHOWN)
    expect(reader.by("story").locator("h2")).to_have_text(step.headline)
    expect(reader.by("story")).to_contain_text(step.text)
    expect(reader.by("story")).to_contain_text(f"Step {at + 1} of {len(steps())}")
    assert (shown["step"], shown["day"], shown["event"]) == (at, step.day.isoformat(), step.event or "")
    assert shown["known"] == (None if step.known is None else str(step.known))
    if step.view:
        west, south, east, north = shown["view"]
        assert west <= step.view[0] + 0.01
        assert south <= step.view[1] + 0.01
        assert east >= step.view[2] - 0.01
        assert north >= step.view[3] - 0.01
    if step.event:
        expect(reader.by("panel")).to_be_visible()


@pytest.fixture
def told(reader):
    """A reader who has opened the story, and wants no motion."""
    opened = reader(**STILL)
    opened.page.get_by_role("button", name="Story", exact=True).click()
    return opened


def test_the_story_plays_forward_and_back_by_its_buttons(told):
    """Next shows each step's words with its day, view and event, to the last; Back goes back; the focus stays on them."""
    onward = told.by("story").get_by_role("button", name="Next")
    expect(onward).to_be_focused()
    assert_shows(told, 0)
    for at in range(1, len(steps())):
        onward.click()
        assert_shows(told, at)
    expect(onward).to_have_attribute("aria-disabled", "true")
    onward.press("Enter")
    assert_shows(told, len(steps()) - 1)
    expect(onward).to_be_focused()
    told.by("story").get_by_role("button", name="Back").click()
    assert_shows(told, len(steps()) - 2)


def test_the_story_plays_by_keyboard(told):
    """The arrow keys step the story, Home and End go to its ends, and Escape leaves it with the focus on its button."""
    for key, at in [
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", len(steps()) - 1),
        ("Home", 0),
    ]:
        told.page.keyboard.press(key)
        assert_shows(told, at)
        expect(told.by("story").get_by_role("button", name="Next")).to_be_focused()
    told.page.keyboard.press("Escape")
    expect(told.by("story")).to_be_hidden()
    expect(told.page.get_by_role("button", name="Story", exact=True)).to_be_focused()


def test_arrow_keys_in_a_field_are_the_field_s(told):
    """On the day's slider the arrow keys go from day to day, and the story stays where it is."""
    told.by("slider").focus()
    told.page.keyboard.press("ArrowRight")
    assert told.day == "2024-11-28"
    assert told.page.evaluate("bordermap.app.state.story") == 0


def test_the_arrow_keys_are_mirrored_in_arabic(reader):
    """In Arabic the left arrow goes on in the story, and its words are Arabic."""
    arabic = reader("#lang=ar&story=2", **STILL)
    arabic.page.keyboard.press("ArrowLeft")
    expect(arabic.by("story").locator("h2")).to_have_text(steps()[2].headline_ar)
    expect(arabic.by("story")).to_contain_text(steps()[2].text_ar)
    arabic.page.keyboard.press("ArrowRight")
    expect(arabic.by("story").locator("h2")).to_have_text(steps()[1].headline_ar)


def test_the_dots_go_to_their_step(told):
    """Each step has a dot that goes to it and is named by its headline; that of the open step says so."""
    dots = told.by("story").locator(".bm-dot")
    expect(dots).to_have_count(len(steps()))
    dot = told.by("story").get_by_role("button", name=f"Step 5: {steps()[4].headline}")
    dot.click()
    assert_shows(told, 4)
    expect(dot).to_have_attribute("aria-current", "step")
    expect(told.by("story").locator("[aria-current]")).to_have_count(1)


def test_steps_are_announced(told):
    """The step's number, headline and words stand in one region that is read out when they change."""
    spoken = told.by("story").locator("[aria-live=polite][aria-atomic=true]")
    expect(spoken).to_contain_text(steps()[0].headline)
    expect(spoken).to_contain_text(steps()[0].text)


def test_what_the_reader_changes_is_theirs_until_the_next_step(told):
    """Day, layers and view are the reader's while a step is open; the next step sets all of them again."""
    told.to_day("2024-12-20", layers=[False] * 4)
    told.page.evaluate("bordermap.app.map.setView([36, 44], 9, { animate: false })")
    assert told.day == "2024-12-20"
    expect(told.by("story")).to_be_visible()
    told.by("story").get_by_role("button", name="Next").click()
    assert_shows(told, 1)
    assert told.page.evaluate("bordermap.app.state.layers") == [True] * 4


def test_the_address_opens_a_step(reader):
    """A step's number in the address opens it with all that it sets."""
    for at in (2, 6):
        assert_shows(reader(f"#story={at + 1}", **STILL), at)


def test_what_the_address_says_besides_wins(reader):
    """A day, what is known, an event and a view in the address go before those of the step."""
    shown = reader("#story=7&day=2024-12-03&known=all&view=43,35,8", **STILL).page.evaluate(SHOWN)
    assert (shown["step"], shown["day"], shown["known"]) == (6, "2024-12-03", None)
    west, south, east, north = shown["view"]
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((43, 35), abs=0.03)
    assert reader("#story=8&event=none", **STILL).page.evaluate(SHOWN)["event"] == ""


def test_a_copied_address_restores_the_step_and_the_reader_s_changes(told, reader):
    """The address of a step in which the reader has changed something opens the same."""
    told.by("story").locator(".bm-dot").nth(6).click()
    told.page.evaluate("bordermap.app.state.set({ known: null, mode: 'window', window: 3 })")
    told.page.wait_for_url(re.compile("mode=window"))
    address = told.page.evaluate("location.hash")
    again = reader(address, **STILL)
    here, there = told.page.evaluate(SHOWN), again.page.evaluate(SHOWN)
    assert there.pop("view") == pytest.approx(here.pop("view"), abs=0.03)
    assert there == here
    assert again.page.evaluate("bordermap.app.state.window") == 3


def test_an_address_means_the_same_without_its_story(told, reader):
    """What a step sets stands in the address besides the step, for a reader that knows no story."""
    told.by("story").locator(".bm-dot").nth(5).click()
    told.page.wait_for_url(re.compile("story=6"))
    bare = told.page.evaluate("location.hash.replace(/&?story=6/, '')")
    shown = reader(bare, **STILL).page.evaluate(SHOWN)
    here = told.page.evaluate(SHOWN)
    assert [shown[name] for name in ("day", "event", "known", "layers")] == [
        here[name] for name in ("day", "event", "known", "layers")
    ]


def test_the_browser_s_back_is_a_step_back(told):
    """A step forward is one in the browser's history, with the view it had."""
    for at in (1, 2):
        told.page.keyboard.press("ArrowRight")
        told.page.wait_for_url(re.compile(f"story={at + 1}"))
    told.page.go_back()
    told.page.wait_for_url(re.compile("story=2"))
    assert_shows(told, 1)


def test_leaving_keeps_the_view(told):
    """Closed, the story leaves map and day where they are, and the address names no step."""
    told.by("story").locator(".bm-dot").nth(7).click()
    before = told.page.evaluate(SHOWN)
    told.by("story").get_by_role("button", name="Close the story").click()
    after = told.page.evaluate(SHOWN)
    assert after["view"] == pytest.approx(before["view"], abs=0.02)
    assert (after["day"], after["event"], after["step"]) == (before["day"], before["event"], -1)
    told.page.wait_for_url(lambda url: "story" not in url and "view" in url)


def test_steps_in_motion_come_to_rest_at_the_last(reader):
    """Where motion is not unwanted the map moves to a step's view; of steps in quick succession the last one holds."""
    moving = reader("#story=1")
    for _ in range(7):
        moving.page.keyboard.press("ArrowRight")
    moving.page.evaluate(AT_REST)
    assert_shows(moving, 7)
    assert moving.page.evaluate("bordermap.app.state.view") is None


def test_on_a_phone_the_card_leaves_the_map_in_sight(reader):
    """On a phone the card lies under the map's view of the step, and all its buttons can be reached."""
    phone = reader("#story=8", viewport=PHONE, **STILL)
    card = phone.by("story").bounding_box()
    assert card["y"] + card["height"] <= PHONE["height"] + 1
    assert card["width"] == PHONE["width"]
    assert phone.page.evaluate(MARK, "soldiers-cross-at-al-qaim") < card["y"]
    phone.by("story").get_by_role("button", name="Next").click()
    assert_shows(phone, 8)


def test_a_collection_without_a_story_has_no_button(browser, tmp_path):
    """Where nothing is told there is no button for it, and an address with a step opens as if it had none."""
    made = collection_of(tmp_path, small_gazetteer())
    file = tmp_path / "map.html"
    file.write_text(build_page(made, small_gazetteer()), encoding="utf-8")
    with reading(browser) as bare:
        bare.open(file, "#story=2")
        expect(bare.by("story")).to_be_hidden()
        expect(bare.page.get_by_role("button", name="Story", exact=True)).to_have_count(0)
        assert bare.complaints == []


@pytest.mark.parametrize("fragment", ["#story=8", "#story=8&lang=ar&theme=dark"])
def test_axe_finds_nothing_in_the_story(reader, fragment):
    """With the story's card open axe-core finds no fault, light and dark, in both directions."""
    assert faults_of(reader(fragment, **STILL).page) == []
