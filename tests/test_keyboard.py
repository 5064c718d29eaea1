"""The whole page by keyboard and by ear: every control is reached and worked, focus is seen, kept and returned."""

import pytest
from pages import browser, exported, page, reader, shared  # noqa: F401  # fixtures
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CONTROLS = "button, input, select, textarea, summary, a[href], [tabindex='0']"

# Number the controls that a reader can see; give what each is.
COLLECT = """
(controls) => {
  const seen = [...document.querySelectorAll(controls)].filter((node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0);
  seen.forEach((node, at) => (node.dataset.control = at));
  document.activeElement.blur();
  return seen.map((node) => node.outerHTML.slice(0, 120));
}
"""

# The focused control's number, and whether its focus is seen.
FOCUSED = """
() => {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  return { control: Number(node.dataset.control ?? -1), seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, end: node === document.body };
}
"""

UNFOLD = "for (const part of document.querySelectorAll('details:not([hidden])')) part.open = true"

# The visible controls smaller than 24 pixels or beyond the window's sides; a checkbox is as large as its label.
SMALL = """
(controls) => [...document.querySelectorAll(controls)].filter((node) => node.checkVisibility() && !node.classList.contains("bm-skip")).flatMap((node) => {
  node.scrollIntoView({ block: "center", inline: "nearest" });
  const { width, height, left, right } = (node.type === "checkbox" ? node.closest("label") : node).getBoundingClientRect();
  const fits = width >= 24 && height >= 24 && left >= 0 && right <= innerWidth + 0.5;
  return fits ? [] : [`${node.outerHTML.slice(0, 90)} ${[width, height, left, right].map(Math.round)}`];
})
"""


def press(page, *keys):  # noqa: F811  # not the fixture
    """Press keys one after the other."""
    for key in keys:
        page.page.keyboard.press(key)


def focused(page):  # noqa: F811  # not the fixture
    """The element that has the focus."""
    return page.page.locator(":focus")


@pytest.mark.parametrize(
    "fragment",
    [
        "#day=2024-12-07",
        "#day=2024-12-07&mode=window&known=2024-12-07",
        "#day=2024-12-07&lang=ar",
    ],
)
def test_tab_reaches_every_control_and_none_traps(reader, fragment):  # noqa: F811  # the fixture
    """From the top Tab goes through all that can be worked, once each, with a focus that is seen, and out at the end."""
    opened = reader(fragment)
    page = opened.page  # noqa: F811  # not the fixture
    page.locator("#bm-list .bm-row").first.focus()
    press(opened, "Enter")
    opened.by("panel").locator("h2").wait_for()
    page.evaluate(UNFOLD)
    controls = page.evaluate(COLLECT, CONTROLS)
    page.evaluate("document.getElementById('bm-skip').focus()")
    reached = [page.evaluate(FOCUSED)]
    while len(reached) < len(controls) + 20:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["end"] or stop["control"] == reached[0]["control"]:
            break
        reached.append(stop)
    numbers = [stop["control"] for stop in reached if stop["control"] >= 0]
    assert [controls[at] for at in sorted(set(range(len(controls))) - set(numbers))] == []
    assert len(numbers) == len(set(numbers))
    assert [controls[stop["control"]] for stop in reached if not stop["seen"]] == []


def test_the_first_tab_skips_to_the_list(reader):  # noqa: F811  # the fixture
    """The first stop leads to the day's first event, past bar and map."""
    opened = reader("#day=2024-12-07")
    press(opened, "Tab", "Enter")
    expect(opened.page.locator("#bm-list .bm-row").first).to_be_focused()


def test_an_empty_list_takes_the_focus_with_what_it_says(reader):  # noqa: F811  # the fixture
    """Where no event is shown, the skip leads to the words that say why."""
    opened = reader("#day=2024-12-07&status=none")
    press(opened, "Tab", "Enter")
    expect(opened.page.locator(".bm-empty")).to_be_focused()


def test_the_layer_switches_work_by_key(page):  # noqa: F811  # the fixture
    """Space switches a layer off and on, and the focus stays."""
    switch = page.by("layers").locator("button").first
    switch.focus()
    press(page, "Space")
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(switch).to_be_focused()
    press(page, "Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("part", ["signs", "fields"])
def test_what_is_folded_out_closes_by_escape(page, part):  # noqa: F811  # the fixture
    """Legend and filters open by key, and Escape closes them and gives the focus back."""
    summary = page.page.locator(f".bm-drop:has(#bm-{part}) summary")
    summary.focus()
    press(page, "Enter")
    expect(page.by(part)).to_be_visible()
    press(page, "Tab", "Escape")
    expect(page.by(part)).not_to_be_visible()
    expect(summary).to_be_focused()


def test_a_filter_is_set_by_key(page):  # noqa: F811  # the fixture
    """Tab goes from the filters' button into them, and Space sets one."""
    page.page.locator("#bm-filters summary").focus()
    press(page, "Enter")
    page.page.locator("#bm-kinds input").first.wait_for()
    press(page, "Tab")
    box = focused(page)
    expect(box).to_have_attribute("type", "checkbox")
    press(page, "Space")
    expect(box).not_to_be_checked()
    assert page.page.evaluate("bordermap.app.state.kinds[0]") is False


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_the_focus_returns_to_the_row_of_a_closed_event(page, way):  # noqa: F811  # the fixture
    """An event opened by key closes by Escape or its button, and its row has the focus again."""
    row = page.page.locator("#bm-list .bm-row").nth(2)
    row.focus()
    press(page, "Enter")
    close = page.by("panel").locator(".bm-close")
    expect(close).to_be_visible()
    if way == "button":
        close.focus()
        press(page, "Enter")
    else:
        press(page, "Escape")
    expect(page.by("panel")).not_to_be_visible()
    expect(row).to_be_focused()


def test_arrow_keys_go_through_the_rows(page):  # noqa: F811  # the fixture
    """Down, up, Home and End go from row to row, and behind the last to the further events."""
    # Of a day of more than a few events only the first are listed at once.
    page.to_day("2024-12-29", mode="sofar", layers=[True, True, True, True])
    rows = page.page.locator("#bm-list .bm-row:visible")
    rows.first.focus()
    press(page, "ArrowDown", "ArrowDown", "ArrowUp")
    expect(rows.nth(1)).to_be_focused()
    press(page, "End")
    expect(rows.last).to_be_focused()
    press(page, "ArrowDown")
    expect(page.page.locator(".bm-more")).to_be_focused()
    rows.last.focus()
    press(page, "Home")
    expect(rows.first).to_be_focused()


def test_play_slider_modes_and_the_known_day_work_by_key(page):  # noqa: F811  # the fixture
    """Each of the clocks is worked by key and keeps the focus."""
    page.by("play").focus()
    press(page, "Space")
    expect(page.by("play")).to_have_attribute("aria-pressed", "true")
    press(page, "Space")
    expect(page.by("play")).to_have_attribute("aria-pressed", "false")
    expect(page.by("play")).to_be_focused()
    page.to_day("2024-12-07")
    page.by("slider").focus()
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft")
    assert page.day == "2024-12-08"
    mode = page.by("modes").locator("button").nth(2)
    mode.focus()
    press(page, "Enter")
    assert page.page.evaluate("bordermap.app.state.mode") == "sofar"
    expect(mode).to_be_focused()
    page.by("knowing").locator("button").nth(1).focus()
    press(page, "Enter")
    slider = page.page.locator(".bm-known-slider")
    slider.focus()
    press(page, "ArrowLeft", "ArrowLeft")
    assert page.page.evaluate("bordermap.words.iso(bordermap.app.state.known)") == "2024-12-06"
    expect(slider).to_be_focused()


def test_the_map_moves_and_zooms_by_key(page):  # noqa: F811  # the fixture
    """With the focus on it, the map moves by arrow keys and zooms by plus and minus, and says so."""
    container = page.page.locator(".leaflet-container")
    expect(container).to_have_accessible_name("Map: arrow keys move it, plus and minus zoom")
    container.focus()
    centre, zoom = page.page.evaluate("[bordermap.app.map.getCenter().lng, bordermap.app.map.getZoom()]")
    day = page.day
    press(page, "ArrowRight")
    page.page.wait_for_function("lng => bordermap.app.map.getCenter().lng > lng", arg=centre)
    press(page, "+")
    page.page.wait_for_function("zoom => bordermap.app.map.getZoom() > zoom", arg=zoom)
    assert page.day == day


def test_a_row_and_its_mark_are_shown_together(page):  # noqa: F811  # the fixture
    """A focused or pointed row lights its mark, and a pointed mark lights its row."""
    hovered = (
        "bordermap.app.marks.hovered === null ? null : bordermap.app.data.title(bordermap.app.marks.hovered)"
    )
    row = page.page.locator("#bm-list .bm-row").first
    title = row.locator("b").inner_text()
    row.focus()
    assert page.page.evaluate(hovered) == title
    page.page.evaluate("document.activeElement.blur()")
    assert page.page.evaluate(hovered) is None
    second = page.page.locator("#bm-list .bm-row").nth(1)
    second.hover()
    assert page.page.evaluate(hovered) == second.locator("b").inner_text()
    event = page.page.evaluate(
        "bordermap.app.data.eventId(bordermap.app.data.eventOf(bordermap.app.state.shown[0]))"
    )
    point = next(
        at
        for at in page.mark_points(event)
        if page.page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('.leaflet-container') !== null",
            [at["x"], at["y"]],
        )
    )
    page.page.mouse.move(point["x"], point["y"])
    expect(page.page.locator("#bm-list .bm-row.bm-under").first).to_be_visible()
    page.page.mouse.move(5, 5)
    expect(page.page.locator("#bm-list .bm-row.bm-under")).to_have_count(0)


def test_a_row_says_what_its_mark_shows(page):  # noqa: F811  # the fixture
    """Kind, number, way, status, certainty and dispute of an event stand in its row in words."""
    page.to_day("2024-12-07")
    row = page.page.locator("#bm-list .bm-row").first
    expect(row).to_contain_text("crossing: ")
    for words in ("2,000 or so", "→", "confirmed", "a known gate", "count (differs)", "date (conflicts)"):
        expect(row).to_contain_text(words)


def test_the_day_and_what_changed_are_announced_at_rest(page):  # noqa: F811  # the fixture
    """Several quick steps are told once, with the day, how many events, which are new and how many are gone."""
    page.to_day("2024-12-05")
    expect(page.by("spoken")).to_contain_text("Thursday 5 December 2024")
    page.page.evaluate(
        "globalThis.spoken = []; new MutationObserver(() => spoken.push(document.getElementById('bm-spoken').textContent))"
        ".observe(document.getElementById('bm-spoken'), { childList: true })"
    )
    page.page.locator("#bm-list .bm-row").first.focus()
    page.page.evaluate("document.activeElement.blur()")
    press(page, "ArrowRight", "ArrowRight")
    expect(page.by("spoken")).to_contain_text("Saturday 7 December 2024. 19 events. New: ")
    expect(page.by("spoken")).to_contain_text("No longer: ")
    assert len(page.page.evaluate("spoken")) == 1


def test_what_plays_is_announced_when_it_stops(page):  # noqa: F811  # the fixture
    """While the days play nothing is announced; then the day on which they stand."""
    page.to_day("2024-12-05")
    expect(page.by("spoken")).to_contain_text("5 December 2024")
    page.by("play").click()
    page.page.wait_for_function("() => bordermap.words.iso(bordermap.app.state.day) >= '2024-12-08'")
    expect(page.by("spoken")).to_contain_text("5 December 2024")
    page.by("play").click()
    expect(page.by("spoken")).not_to_contain_text("Thursday 5 December 2024")


def test_without_motion_the_map_jumps_and_the_days_still_play(reader):  # noqa: F811  # the fixture
    """For readers whose system asks for less motion the map moves at once, and play goes from day to day."""
    still = reader("#day=2024-12-07", reduced_motion="reduce")
    moved = still.page.evaluate(
        """() => {
          const { map } = bordermap.app;
          const before = map.getCenter().lng;
          map.panBy([100, 0]);
          return map.getCenter().lng > before && !map.options.zoomAnimation;
        }"""
    )
    assert moved
    still.by("play").click()
    still.page.wait_for_function("() => bordermap.words.iso(bordermap.app.state.day) === '2024-12-08'")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (720, 450), (390, 844), (320, 640)])
def test_nothing_is_cut_and_every_target_is_large_enough(reader, width, height):  # noqa: F811  # the fixture
    """On desk, phone and small phone, and at 200 %, nothing is wider than the window and no target under 24 pixels."""
    opened = reader(
        "#day=2024-12-07&mode=window&known=2024-12-07", viewport={"width": width, "height": height}
    )
    opened.page.locator("#bm-list .bm-row").first.click()
    opened.by("panel").locator("h2").wait_for()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate(SMALL, CONTROLS) == []
    for part in ("signs", "fields"):
        opened.page.evaluate(
            "id => (document.getElementById(id).closest('details').open = true)", f"bm-{part}"
        )
        assert opened.page.evaluate(SMALL, f"#bm-{part} input, #bm-{part} button, #bm-{part} select") == []
        opened.page.keyboard.press("Escape")
