"""axe-core finds nothing, in the page and in the dashboard."""

import pytest
from axe import faults_of
from dashboard_browser import Dashboard
from dashboard_server import served
from pages import FOLDER, PHONE, browser, exported, page, reader, shared  # noqa: F401  # fixtures

pytestmark = pytest.mark.browser


def opened_event(opened):
    """Open the first event of the list."""
    opened.page.locator("#bm-list .bm-row").first.click()
    opened.by("panel").locator("h2").wait_for()


def opened_drop(name):
    """Fold out a part of the bar by the element within it."""

    def open_(opened):
        opened.page.evaluate("name => (document.getElementById(name).closest('details').open = true)", name)

    return open_


def opened_tool(name):
    """Press the bar's button of a name."""
    return lambda opened: opened.page.get_by_role("button", name=name, exact=True).click()


def looks(_):
    """Leave the page as it is."""


STATES = {
    "as it opens": looks,
    "with an event opened": opened_event,
    "with the filters folded out": opened_drop("bm-fields"),
    "with the legend folded out": opened_drop("bm-signs"),
    "with language and colours folded out": opened_drop("bm-choices"),
    "with the table of flows folded out": opened_drop("bm-flows-body"),
    "with the story told": opened_tool("Story"),
    "with the picture to publish": opened_tool("Publish"),
    "with what is not on the map folded out": opened_drop("bm-beside-list"),
}


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_page(page, theme, name):  # noqa: F811  # the fixture
    """Opened, with an event, the filters, the legend or the rest folded out, light and dark: no fault."""
    page.page.evaluate("theme => bordermap.app.state.set({ theme })", theme)
    STATES[name](page)
    faults = faults_of(page.page)
    page.page.keyboard.press("Escape")
    assert faults == []


@pytest.mark.parametrize(
    "fragment",
    [
        "#day=2024-12-02&mode=window&known=2024-12-06",
        "#day=2024-11-05&status=none",
        "#mode=sofar&day=2024-12-29",
    ],
)
def test_axe_finds_nothing_on_other_days(reader, fragment):  # noqa: F811  # the fixture
    """With a window as known on a day, with nothing to show, and with all days at once: no fault."""
    assert faults_of(reader(fragment).page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_a_phone(reader, language):  # noqa: F811  # the fixture
    """On a phone, also in Arabic, with an event opened: no fault."""
    phone = reader(f"#lang={language}", viewport=PHONE, has_touch=True)
    opened_event(phone)
    assert faults_of(phone.page) == []


def test_axe_finds_nothing_in_arabic(reader):  # noqa: F811  # the fixture
    """In Arabic, with an event opened: no fault."""
    arabic = reader("#lang=ar")
    opened_event(arabic)
    assert faults_of(arabic.page) == []


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the served dashboard."""
    with served(None, FOLDER, tmp_path_factory.mktemp("axe") / "log") as address:
        yield address


@pytest.fixture
def open_dashboard(browser, address):  # noqa: F811  # the fixture
    """Open the dashboard in a window of its own; called with a query and a context's options."""
    contexts = []

    def open_(query="", **options):
        contexts.append(browser.new_context(**options))
        dashboard = Dashboard(contexts[-1].new_page(), address)
        dashboard.page.goto(f"{address}/{query}")
        html = dashboard.page.frame_locator("iframe").locator("html[data-bordermap=ready]")
        html.wait_for(state="attached")
        dashboard.wait_for_server()
        return dashboard

    yield open_
    for context in contexts:
        context.close()


OWN = {"exclude": [["iframe"]]}
"""The dashboard's own document, without the page, which is another."""


def faults_beyond(dashboard, download, offered, claims):
    """What is wrong around the map with the downloads folded out, and on the page of the claims; parts by their names."""
    page = dashboard.page  # noqa: F811  # not the fixture
    page.get_by_role("button", name=download).click()
    page.get_by_role("button", name=offered).wait_for()
    faults = faults_of(page, OWN)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=claims).click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    dashboard.wait_for_server()
    return faults + faults_of(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_dashboard(open_dashboard, scheme):
    """Around the map, with the downloads folded out, in the page shown there, and on the claims' page: no fault."""
    dashboard = open_dashboard(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = dashboard.page  # noqa: F811  # not the fixture
    assert faults_of(page, OWN) == []
    assert dashboard.frame.evaluate("document.documentElement.dataset.theme") == scheme
    assert faults_of(dashboard.frame) == []
    assert faults_beyond(dashboard, "Download", ".html", "Claims") == []


def test_axe_finds_nothing_in_the_dashboard_on_a_phone(open_dashboard):
    """At a phone's width: no fault around the map."""
    assert faults_of(open_dashboard(viewport=PHONE).page, OWN) == []


def test_axe_finds_nothing_in_the_dashboard_in_arabic(open_dashboard):
    """In Arabic, around the map with the downloads folded out and on the claims' page: no fault."""
    assert faults_beyond(open_dashboard("?lang=ar"), "تنزيل", ".html", "الأقوال") == []
