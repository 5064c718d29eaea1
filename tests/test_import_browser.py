"""The Import page in a real browser: a table is handed in, mapped, checked, taken in, and seen on the map."""

import pytest
from axe import faults_of
from dashboard_browser import Dashboard
from dashboard_collection import write_collection
from dashboard_server import served
from playwright.sync_api import expect
from reviews_made import NAME, store_at

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)

PAYLOAD = "<img src=x onerror=\"top.fired='img'\"> **bold** [l](javascript:alert(1)) :material/home: $x^2$"
TABLE = f"""id,when,town,people,{PAYLOAD},outlet,published
a,2024-06-07,Badajoz,300,Some 300 walked over the bridge.,The Courier,2024-06-08
b,2024-06-08,Elvas,12,{PAYLOAD},The Courier,2024-06-09
c,the other day,Elvas,7,Seven came back.,The Courier,2024-06-09
"""
# What Streamlit's own place to drop files into says of itself is not ours to mend.
LOOKED_AT = {"exclude": [["[data-testid=stFileUploaderDropzone]"]]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a store and of remembered mappings, which the environment names while this module's tests run."""
    folder = tmp_path_factory.mktemp("import")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{folder / 'store.sqlite'}")
        patched.setenv("BORDERMAP_REVIEWER", "Anna")
        patched.setenv("XDG_DATA_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def store(folder):
    """The store, with one empty collection."""
    return store_at(folder)


@pytest.fixture(scope="module")
def address(folder, store):
    """The address of the served dashboard, whose store is there."""
    assert NAME in store.names()
    with served(None, write_collection(folder / "tiny"), folder / "log") as address:
        yield address


class Importing(Dashboard):
    """An open Import page, and what a test asks of it."""

    def begin(self, language="en"):
        """Open the page, and hand the table in under a hostile name."""
        self.page.goto(f"{self.address}/import?collection=store:{NAME}&lang={language}")
        file = {"name": f"{PAYLOAD}.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
        self.page.locator("input[type=file]").set_input_files(file)
        self.page.locator("h2").nth(3).wait_for()
        self.wait_for_server()
        return self

    def choose(self, name, option):
        """Choose an option of a field by the end of its key, and wait until the server has taken it in."""
        field = self.page.locator(f"[class*='-{name}']").last
        # A list closes when the page scrolls: the field is brought into sight before it is clicked, as a reader does.
        field.get_by_role("combobox").hover()
        self.page.evaluate(
            "new Promise((rested) => requestAnimationFrame(() => requestAnimationFrame(rested)))"
        )
        field.get_by_role("combobox").click()
        self.page.get_by_role("option", name=option, exact=True).click()
        expect(field.get_by_role("combobox")).to_have_value(option)
        self.wait_for_server()


@pytest.fixture
def importing(browser, address):
    """The page in a window of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Importing(context.new_page(), address).begin()
    context.close()


def test_a_table_is_taken_into_a_new_collection_and_seen_on_its_map(importing, store):
    """One column is mapped by hand, the kind is said, the faulty row is left, and the map opens on an event that is new."""
    page = importing.page
    importing.choose("ours-kind", "— every row: crossing")
    importing.choose("ours-quote", PAYLOAD)
    importing.choose("into-where", "a new collection")
    page.get_by_label("Title of a new collection").fill("Over the bridge")
    page.get_by_label("Title of a new collection").press("Enter")
    importing.wait_for_server()
    page.get_by_role("button", name="Check what would happen").click()
    page.get_by_role("button", name="Leave all rows that have a fault: 1").click()
    expect(page.get_by_text("new: 2")).to_be_visible()
    assert "over-the-bridge" not in store.names()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("button", name="Show on the map").click()
    shown = page.frame_locator("iframe")
    shown.locator("html[data-bordermap=ready]").wait_for(state="attached")
    expect(shown.locator("body")).to_contain_text("Some 300 walked over the bridge.")
    assert importing.query["collection"] == "store:over-the-bridge"
    taken = store.read("over-the-bridge")
    assert importing.query["event"] == taken.events["event_id"][0]
    assert taken.facts.title == "Over the bridge"
    assert page.evaluate("window.fired ?? null") is None


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 390), ("ar", "dark", 1280)])
def test_nobody_is_kept_out(browser, address, language, scheme, width):
    """Axe-core finds nothing, nothing is wider than the window, and no hostile word runs: in both languages and themes."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = Importing(context.new_page(), address).begin(language)
    opened.page.locator(".st-key-import_check button").click()
    opened.page.locator(".st-key-import_report_faults").wait_for()
    opened.wait_for_server()
    assert faults_of(opened.page.main_frame, LOOKED_AT) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate("window.fired ?? null") is None
    # Streamlit looks for its server under each part of a page's path first.
    assert [one for one in opened.complaints if "404" not in one] == []
    context.close()
