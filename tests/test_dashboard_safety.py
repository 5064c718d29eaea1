"""Text of sources never runs in the dashboard, shown with a detector that is proved to detect."""

import csv

import pytest
from chromium import launch
from dashboard_browser import Dashboard
from dashboard_collection import write_collection
from dashboard_server import served
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser

PAYLOAD = (
    "<img src=x onerror=\"top.fired='img'\"></script><script>top.fired='script'</script>"
    "${top.fired='template'}`<b>**bold**</b> [l](javascript:alert(1)) :material/home: $x^2$"
)
TEXTS = {
    "claims": (
        "actor_text",
        "speakers",
        "via",
        "date_text",
        "count_text",
        "quote",
        "origin",
        "place",
        "note",
    ),
    "events": ("title", "title_ar", "note"),
    "sources": ("outlet", "title", "author", "note"),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a dashboard whose collection is hostile in every text."""
    folder = write_collection(tmp_path_factory.mktemp("hostile") / "tiny", title="TITLE")
    facts = folder / "collection.toml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace('"TITLE"', f"'''{PAYLOAD}'''"), encoding="utf-8"
    )
    for table, columns in TEXTS.items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows = [row | dict.fromkeys(columns, PAYLOAD) for row in rows]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    with served(None, folder, folder.parent / "log") as address:
        yield address


@pytest.fixture(scope="module")
def page():
    """A browser's page."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        yield page
        browser.close()


def fired(page):
    """Whether any of the payload has run, given time for images to fail to load."""
    page.evaluate(
        "() => new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'data:,'; })"
    )
    return page.evaluate("window.fired ?? null")


def test_hostile_text_runs_neither_on_the_map_nor_among_the_claims(page, address):
    """A collection whose every text is an attack is shown as text: nothing of it runs or becomes markup."""
    dashboard = Dashboard(page, address)
    page.goto(f"{address}/?event=e1")
    page.frame_locator("iframe").locator("html[data-bordermap=ready]").wait_for(state="attached")
    page.locator(".st-key-choice input").click()
    page.get_by_role("option").filter(has_text="**bold**").wait_for()  # the collection's title, as written
    assert fired(page) is None
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Claims").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    dashboard.wait_for_server()
    assert fired(page) is None
    assert page.locator("b:text-is('**bold**')").count() == 0


def test_the_detector_sees_the_payload_where_it_does_run(page, address):
    """The same text put into the dashboard's document as markup fires where its policy does not forbid it, so that silence means something."""
    context = page.context.browser.new_context(bypass_csp=True)
    unguarded = context.new_page()
    unguarded.goto(address)
    unguarded.locator("iframe").wait_for()
    unguarded.evaluate("payload => { document.body.insertAdjacentHTML('beforeend', payload) }", PAYLOAD)
    unguarded.wait_for_function("window.fired === 'img'")
    context.close()
