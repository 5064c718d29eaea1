"""The whole dashboard in a real browser: the shipped collection, the real page, Streamlit around it."""

import json
import re
from pathlib import Path

import pytest
from dashboard_browser import SLIDER, Dashboard
from dashboard_server import served
from playwright.sync_api import expect

from claims.tables import read_collection
from dashboard.shown import chosen
from dashboard.view import Days, View
from geo.gazetteer import Gazetteer
from layers.shown import cut_to

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "data" / "collections" / "iraq-syria-2024"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the served dashboard."""
    with served(None, SHIPPED, tmp_path_factory.mktemp("whole") / "log") as address:
        yield address


@pytest.fixture
def dashboard(browser, address):
    """A dashboard in a window of its own, not opened yet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield RealDashboard(context.new_page(), address)
    context.close()


@pytest.fixture(scope="module")
def collection():
    """The shipped collection."""
    return read_collection(SHIPPED, Gazetteer.read())


class RealDashboard(Dashboard):
    """A dashboard around the real page."""

    def wait_for_page(self):
        """Wait until basemap and claims are there."""
        self.page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
        return self

    def figure(self, name):
        """Return the element that holds one of the figures."""
        return self.page.locator(f"[data-figure={name}]")


def test_the_page_is_the_dashboards_map(dashboard):
    """The real page comes up on the opening day, leaves its slider to the dashboard's, and draws the next day."""
    dashboard.open()
    page = dashboard.page.frame_locator("iframe")
    expect(page.locator("body")).to_contain_text("7 December 2024")
    expect(page.locator("input[type=range]:visible")).to_have_count(0)
    dashboard.page.locator(SLIDER).press("ArrowRight")
    expect(page.locator("body")).to_contain_text("8 December 2024")
    expect(page.locator("body")).not_to_contain_text("7 December 2024\n")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?day=2024-12-02",
        "?day=2024-12-08&mode=window",
        "?day=2024-12-08&mode=window&window=3",
        "?day=2024-12-08&mode=sofar&layers=crossings,context",
        "?day=2024-12-02&mode=sofar&status=denied",
        "?day=2024-12-07&layers=none",
    ],
)
def test_the_download_of_what_is_shown_holds_what_the_page_counts(dashboard, collection, query):
    """The events that Python says are shown are as many as the page counts, by day, mode, layers and status."""
    dashboard.open(query)
    facts = collection.facts
    days = Days(facts.first_day, facts.last_day, facts.opening_day)
    shown = chosen(collection, View.said(dashboard.query, days))
    cut = cut_to(collection, Gazetteer.read(), shown)
    expect(dashboard.figure("events")).to_have_text(str(len(cut.events)))


def test_an_actor_narrows_page_and_download_alike(dashboard, collection):
    """An actor in the address leaves the same events in the page and in Python."""
    actor = collection.claims["actors"].str.split(";").explode().value_counts().index[0]
    dashboard.open(f"?mode=sofar&day=2024-12-20&actors={actor}")
    view = View(collection.facts.opening_day.replace(day=20), {"mode": "sofar", "actors": actor})
    cut = cut_to(collection, Gazetteer.read(), chosen(collection, view))
    assert len(cut.events)
    expect(dashboard.figure("events")).to_have_text(str(len(cut.events)))


def downloaded(dashboard, file, *choices):
    """Choose by the words of the downloads, and give what the file of that name holds."""
    page = dashboard.page
    page.get_by_role("button", name="Download", exact=True).click()
    for choice in choices:
        if choice == "GeoJSON":
            page.get_by_label("Format").click()
        page.get_by_text(choice, exact=True).last.click()
    if choices:
        page.get_by_role("button", name=f"Make {file}", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Download {file}", exact=True).click()
    assert waiting.value.suggested_filename == file
    return waiting.value.path().read_text(encoding="utf-8")


def test_the_page_is_downloaded_as_one_file(dashboard):
    """The first choice is the whole page."""
    dashboard.open("?day=2024-12-08")
    text = downloaded(dashboard, "iraq-syria-2024.html")
    assert text.startswith("<!DOCTYPE html>")


def test_what_the_map_shows_is_downloaded_in_a_format(dashboard):
    """GeoJSON of what is shown has as many features as the page counts, and says what it is cut to."""
    dashboard.open("?day=2024-12-08")
    shown = int(dashboard.figure("events").inner_text())
    file = "iraq-syria-2024-events-shown.geojson"
    document = json.loads(downloaded(dashboard, file, "GeoJSON", "What the map shows"))
    assert len(document["features"]) == shown
    assert document["days"] == ["2024-12-08", "2024-12-08"]
    assert document["filters"] == "layers: crossings, deployments, withdrawals"


def test_an_event_opened_in_the_page_stands_in_the_address(dashboard):
    """A click on an event in the page's list puts it into the dashboard's address, and a reload opens it again."""
    dashboard.open()
    page = dashboard.page.frame_locator("iframe")
    page.get_by_text("Syrian soldiers cross into Iraq at al-Qaim").first.click()
    dashboard.page.wait_for_url(re.compile(r"[?&]event="))
    dashboard.wait_for_server()
    dashboard.page.reload()
    dashboard.wait_for_page()
    expect(page.locator("body")).to_contain_text("2,000 or so")
    expect(page.locator("body")).to_contain_text("More than 1,000")


def test_a_claim_leads_to_its_event_on_the_map(dashboard):
    """A claim chosen in the table opens its event on the map, on its day."""
    dashboard.open()
    dashboard.page.get_by_role("link", name="Claims").click()
    search = dashboard.page.get_by_role("textbox", name="Search")
    search.fill("2,000 or so")
    search.press("Enter")
    dashboard.page.get_by_text(re.compile(r"^1 of \d+ claims")).wait_for()
    dashboard.wait_for_server()
    table = dashboard.page.locator("[data-testid=stDataFrame]")
    expect(table).to_have_count(1)
    box = table.bounding_box()
    dashboard.page.mouse.click(box["x"] + 18, box["y"] + 54)  # the box at the left of the first row
    dashboard.page.get_by_role("button", name="Show on the map").click()
    dashboard.page.wait_for_url(re.compile(r"[?&]event="))
    dashboard.wait_for_page()
    expect(dashboard.page.frame_locator("iframe").locator("body")).to_contain_text("2,000 or so")


LATIN = re.compile(r"[A-Za-z]{2,}")
ICON = {"expand", "more"}  # the letters of which a font makes the arrow of a menu
ARABIC = {"lang": "ar", "dir": "rtl"}


def spoken(dashboard):
    """Say in which language and direction the dashboard tells browsers that it is."""
    return dashboard.page.evaluate("(({ lang, dir }) => ({ lang, dir }))(document.documentElement)")


def choose_language(dashboard, language):
    """Choose a language in the page's own menu, and wait until the dashboard has it too."""
    page = dashboard.page.frame_locator("iframe")
    page.locator("#bm-settings summary").click()
    page.locator(f"#bm-choices button[lang={language}]").click()
    expect(dashboard.page.locator("html")).to_have_attribute("lang", language)
    page.locator("#bm-settings summary").press("Escape")


def test_the_dashboard_speaks_the_language_that_is_chosen_in_the_page(dashboard):
    """All around the map turns to Arabic and back; the address and the claims keep it."""
    dashboard.open()
    choose_language(dashboard, "ar")
    assert spoken(dashboard) == ARABIC
    expect(dashboard.page.locator(".st-key-links a")).to_have_text(
        ["الخريطة", "الأقوال", "القراءة", "الاستيراد"]
    )
    expect(dashboard.page.get_by_role("button", name="تنزيل")).to_be_visible()
    assert dashboard.page.locator(".st-key-figures dl").inner_text().split("\n")[0] == "الأحداث"
    dashboard.wait_for_address(lang="ar")
    dashboard.wait_for_server()
    assert set(LATIN.findall(dashboard.page.locator("[data-testid=stMain]").inner_text())) <= ICON
    dashboard.page.get_by_role("link", name="الأقوال").click()
    dashboard.page.locator("[data-testid=stDataFrame]").wait_for()
    dashboard.wait_for_server()
    assert spoken(dashboard) == ARABIC
    assert dashboard.query == {"lang": "ar"}
    expect(dashboard.page.get_by_role("textbox", name="بحث")).to_be_visible()
    dashboard.page.get_by_role("link", name="الخريطة").click()
    dashboard.wait_for_page()
    expect(dashboard.page.frame_locator("iframe").locator("html")).to_have_attribute("lang", "ar")
    choose_language(dashboard, "en")
    expect(dashboard.page.locator(".st-key-links a")).to_have_text(["Map", "Claims", "Read", "Import"])
    assert spoken(dashboard) == {"lang": "en", "dir": "ltr"}


def test_another_language_brings_no_other_page(dashboard):
    """The page in the iframe stays the one that it was when its reader chooses a language."""
    dashboard.open()
    dashboard.frame.evaluate("globalThis.same = true")
    choose_language(dashboard, "ar")
    dashboard.wait_for_server()
    assert dashboard.frame.evaluate("globalThis.same")
    assert dashboard.complaints == []


def test_in_arabic_the_slider_runs_from_the_right(dashboard):
    """The days of the slider run as those of the histogram below it, under the left arrow key and filled to the thumb."""
    dashboard.open("?lang=ar")
    slider = dashboard.page.locator(SLIDER)
    slider.press("ArrowLeft")
    expect(dashboard.page.frame_locator("iframe").locator("#bm-day")).to_contain_text("8 كانون الأول")
    thumb, track = (
        dashboard.page.locator(f".st-key-day {part}").bounding_box()
        for part in ("[data-testid=stSliderThumbValue]", "[data-testid=stSlider]")
    )
    assert thumb["x"] > track["x"] + track["width"] / 2


def test_the_map_fills_the_window_at_every_width(dashboard):
    """Nothing is wider than the window, and the page gets at least three quarters of its height."""
    dashboard.open()
    dashboard.wait_for_server()
    frame = dashboard.page.locator("iframe").element_handle()
    for width in (1440, 1024, 390):
        dashboard.page.set_viewport_size({"width": width, "height": 844})
        dashboard.page.wait_for_function(FILLED, arg=frame)


FILLED = """(frame) => {
  const { left, right, bottom, height } = frame.getBoundingClientRect();
  const isWide = document.documentElement.scrollWidth > innerWidth;
  return !isWide && left >= 0 && right <= innerWidth && height > innerHeight * 0.75 && bottom <= innerHeight;
}"""
"""Whether the page in its frame fills the window and is not cut by it."""


LINES = """() => {
  const boxes = [...document.querySelector(".st-key-controls").children].map((child) => child.getBoundingClientRect());
  const seen = boxes.filter((box) => box.width > 4 && box.height > 4).sort((one, other) => one.top - other.top);
  const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  let lines = 0, bottom = 0;
  for (const box of seen) {
    if (box.top >= bottom - 1) lines += 1;
    bottom = Math.max(bottom, box.bottom);
  }
  const apart = seen.every((one, at) => !seen.slice(at + 1).some((other) => meet(one, other)));
  return { lines, whole: apart && seen.every((box) => box.left >= 0 && box.right <= innerWidth) };
}"""
"""In how many lines the controls stand, and whether each is seen whole and none lies on another."""

STEADY = f"""([lines, width]) => {{
  const seen = ({LINES})();
  const holds = innerWidth === width && seen.lines === lines && seen.whole;
  window.steady = holds ? (window.steady ?? 0) + 1 : 0;
  if (window.steady < 10) return false;
  window.steady = 0;
  return true;
}}"""
"""Whether they have stood so, all seen whole, for ten frames in a window of this width: Streamlit lays them out in steps."""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("", {1440: 1, 1024: 1, 820: 2, 390: 2}),
        ("claims", {1440: 1, 1024: 1, 820: 2, 390: 3}),
        ("read", {1440: 1, 1024: 1, 820: 1, 390: 2}),
        ("import", {1440: 1, 1024: 1, 820: 1, 390: 2}),
    ],
)
def test_the_controls_take_few_lines_and_are_seen_whole(dashboard, path, lines, language):
    """One line on a desk, two on a tablet, and on a phone two, or three where there is much to filter by."""
    dashboard.page.goto(f"{dashboard.address}/{path}?lang={language}")
    dashboard.page.locator(MARKS[path]).first.wait_for()
    dashboard.wait_for_server()
    dashboard.page.wait_for_function(f"document.documentElement.lang === '{language}'")
    for width, wanted in lines.items():
        dashboard.page.set_viewport_size({"width": width, "height": 844})
        dashboard.page.wait_for_function(STEADY, arg=[wanted, width])


MARKS = {
    "": "iframe",
    "claims": "[data-testid=stDataFrame]",
    "read": ".st-key-copy",
    "import": "[data-testid=stFileUploader]",
}
"""What comes after the controls, by the page's path."""


def test_the_whole_asks_nothing_outside_its_own_address(dashboard):
    """Opening the map, an event and the claims asks only the dashboard's own address, without complaints."""
    dashboard.open()
    dashboard.page.locator(SLIDER).press("ArrowRight")
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
