"""The exported file, opened from disk with the network off: it shows all, does all and asks for nothing."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import datetime as dt

import pytest
from pages import browser, collection, drawn_on, events_on, exported, page, reader, reading, shared
from playwright.sync_api import expect

from claims.model import Mode
from layers.told import SHOWN

pytestmark = pytest.mark.browser

AL_QAIM = "soldiers-cross-at-al-qaim"
DAYS = ("2024-11-21", "2024-12-01", "2024-12-07", "2024-12-08", "2024-12-20", "2025-01-13")
LAND, WATER = (247, 244, 236), (217, 230, 234)
DEPLOYMENT, NAME_INK = (0, 158, 115), (59, 54, 44)


def test_the_basemap_is_seen(page):
    """The ground shows land, water and the lines between in several colours."""
    colours = page.page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas.bordermap-surface");
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          const found = new Map();
          for (let at = 0; at < data.length; at += 4) {
            const key = `${data[at]},${data[at + 1]},${data[at + 2]}`;
            found.set(key, (found.get(key) ?? 0) + 1);
          }
          return [...found].filter(([, count]) => count > 200).map(([key]) => key.split(",").map(Number));
        }"""
    )
    assert {LAND, WATER} <= {tuple(colour) for colour in colours}
    assert len(colours) > 8


def test_names_and_marks_are_painted(page):
    """Marks leave pixels of their layers' colours on the picture, names of their ink."""
    painted = page.page.evaluate(
        """(colours) => {
          const canvas = document.querySelector("canvas.bordermap-surface");
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          return colours.map(([red, green, blue]) => {
            let found = 0;
            for (let at = 0; at < data.length; at += 4) {
              const apart = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue);
              if (apart < 30) found++;
            }
            return found;
          });
        }""",
        [DEPLOYMENT, NAME_INK],
    )
    assert all(found > 50 for found in painted), painted


def test_every_day_draws_what_the_rule_shows(page):
    """In each mode the marks on the map are as many, layer by layer, as the rule in Python counts."""
    page.see_everything()
    for mode in Mode:
        for day in DAYS:
            page.to_day(day, mode=mode.value, window=7)
            assert page.drawn() == drawn_on(day, mode), (day, mode)
            shown = [
                id_ for name, frame in events_on(day, mode).items() if SHOWN[name] for id_ in frame.index
            ]
            assert page.shown() == sorted(shown), (day, mode)


def test_the_slider_steps(page):
    """Keys on the slider, and a click on it, move the day."""
    slider = page.by("slider")
    slider.press("ArrowRight")
    assert page.day == "2024-12-08"
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    expect(page.by("day")).to_contain_text("6 December 2024")
    slider.press("Home")
    assert page.day == collection().facts.first_day.isoformat()
    box = slider.bounding_box()
    slider.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    assert abs(dt.date.fromisoformat(page.day) - dt.date(2024, 12, 17)) <= dt.timedelta(days=1)


def test_keys_step_from_anywhere(page):
    """With the focus on no control the arrow keys step the day."""
    page.page.locator("body").press("ArrowRight")
    page.page.locator("body").press("ArrowRight")
    assert page.day == "2024-12-09"


def test_the_histogram_is_dragged(page):
    """A press on a bar shows its day, and a drag follows the hand."""
    first, last = collection().facts.first_day, collection().facts.last_day
    box = page.by("days").bounding_box()

    def middle_of(day):
        bar = box["width"] / ((last - first).days + 1)
        return box["x"] + bar * ((day - first).days + 0.5), box["y"] + box["height"] / 3

    mouse = page.page.mouse
    mouse.move(*middle_of(dt.date(2024, 12, 1)))
    mouse.down()
    assert page.day == "2024-12-01"
    for day in (4, 12, 26):
        mouse.move(*middle_of(dt.date(2024, 12, day)))
        assert page.day == f"2024-12-{day:02}"
    mouse.up()
    mouse.move(*middle_of(dt.date(2024, 12, 3)))
    assert page.day == "2024-12-26"


def test_it_plays_and_pauses(browser, exported):
    """Play goes on day by day until pause, after which the day stands; at the end it stops by itself."""
    with reading(browser) as page:
        page.page.clock.install()
        page.open(exported)
        page.by("play").click()
        expect(page.by("play")).to_have_attribute("aria-pressed", "true")
        page.page.clock.run_for(1800)
        expect(page.by("day")).not_to_contain_text("7 December 2024")
        page.by("play").click()
        expect(page.by("play")).to_have_attribute("aria-pressed", "false")
        paused = page.day
        page.page.clock.run_for(10_000)
        assert page.day == paused > "2024-12-07"
        page.to_day("2025-01-12")
        page.by("play").click()
        page.page.clock.run_for(10_000)
        assert page.day == collection().facts.last_day.isoformat()
        expect(page.by("play")).to_have_attribute("aria-pressed", "false")


def test_the_list_opens_an_event(page):
    """A click on a row opens the event's claims; another closes them."""
    row = page.row("Syrian soldiers cross into Iraq at al-Qaim")
    row.click()
    expect(page.by("panel").locator("h2")).to_have_text("Syrian soldiers cross into Iraq at al-Qaim")
    expect(page.by("panel").locator("blockquote").first).to_be_visible()
    row.click()
    expect(page.by("panel")).to_be_hidden()


def test_a_mark_opens_its_event(page):
    """A click on the mark on the map opens the event's claims."""
    point = next(point for point in page.mark_points(AL_QAIM) if point["own"])
    page.page.mouse.move(point["x"], point["y"])
    expect(page.by("tip")).to_contain_text("2,000 or so")
    page.page.mouse.click(point["x"], point["y"])
    expect(page.by("panel").locator("h2")).to_have_text("Syrian soldiers cross into Iraq at al-Qaim")


def test_the_map_is_moved_and_zoomed(page):
    """Dragging and the zoom buttons move the map, and the marks go along."""
    before = page.mark_points(AL_QAIM)[0]
    size = page.page.locator(".folium-map").bounding_box()
    mouse = page.page.mouse
    # How far a map glides on after the hand depends on the machine's speed, and is Leaflet's own.
    page.page.evaluate("bordermap.app.map.options.inertia = false")
    mouse.move(size["width"] * 0.6, size["height"] * 0.8)
    mouse.down()
    mouse.move(size["width"] * 0.6 + 60, size["height"] * 0.8 - 40, steps=4)
    mouse.up()
    after = page.mark_points(AL_QAIM)[0]
    assert after["x"] - before["x"] == pytest.approx(60, abs=8)
    assert after["y"] - before["y"] == pytest.approx(-40, abs=8)
    zoom = page.page.evaluate(
        "(globalThis.__zoomed = new Promise((done) => bordermap.app.map.once('zoomend', done)), bordermap.app.map.getZoom())"
    )
    page.page.locator(".leaflet-control-zoom-in").click()
    page.page.evaluate("globalThis.__zoomed.then(() => true)")
    assert page.page.evaluate("bordermap.app.map.getZoom()") > zoom


def test_the_policy_forbids_all_else(reader):
    """The page's own policy refuses a script that is not the page's, and any request."""
    opened = reader().page
    policy = opened.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    # Nor are the hosts of links looked up before anybody follows one.
    assert opened.locator("meta[http-equiv=x-dns-prefetch-control]").get_attribute("content") == "off"
    refused = opened.evaluate(
        """async () => {
          const told = (act) => new Promise((tell) => {
            document.addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective), { once: true });
            act();
          });
          const script = await told(() => {
            const node = document.createElement("script");
            node.textContent = "globalThis.ran = true";
            document.body.append(node);
          });
          const request = await told(() => fetch("http://example.invalid/").catch(() => {}));
          const image = await told(() => { new Image().src = "http://example.invalid/x.png"; });
          const handler = await told(() => {
            const node = document.createElement("button");
            node.setAttribute("onclick", "globalThis.ran = true");
            document.body.append(node);
            node.click();
          });
          return { script, request, image, handler, ran: globalThis.ran ?? false };
        }"""
    )
    assert refused == {
        "script": "script-src-elem",
        "request": "connect-src",
        "image": "img-src",
        "handler": "script-src-attr",
        "ran": False,
    }
