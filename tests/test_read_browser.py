"""The Read page in a real browser: the report, its highlights, the decisions by keyboard, and the map they change."""

import pytest
from axe import faults_of
from dashboard_browser import Dashboard
from dashboard_collection import write_collection
from dashboard_server import served
from playwright.sync_api import expect
from reviews_made import ARABIC, NAME, TEXT, kept, store_at

from claims.model import Kind, Status
from dashboard.review.opening import desk_of

pytestmark = pytest.mark.browser

expect.set_options(
    timeout=30_000
)  # the store checks a whole collection before it says that something is saved

PAYLOAD = (
    "<img src=x onerror=\"top.fired='img'\"></script><script>top.fired='script'</script>"
    "${top.fired='template'}`<b>**bold**</b> [l](javascript:alert(1)) :material/home: $x^2$"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a store that the environment names while this module's tests run."""
    folder = tmp_path_factory.mktemp("read")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{folder / 'store.sqlite'}")
        patched.setenv("BORDERMAP_REVIEWER", "Anna")
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


@pytest.fixture
def review(browser, address):
    """A review in a window of its own, not opened yet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Reviewing(context.new_page(), address)
    context.close()


class Reviewing(Dashboard):
    """An open review, and what a test asks of it."""

    def begin(self, source, language="en"):
        """Open the review of a source's text, and wait until its first proposal is looked at."""
        self.page.goto(f"{self.address}/read?collection=store:{NAME}&source={source}&lang={language}")
        return self.wait_for_look()

    def wait_for_look(self):
        """Wait until the server has answered on the open proposal."""
        self.page.locator(".card:not([aria-busy])").wait_for()
        return self

    def press(self, *keys):
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def row(self, at):
        """A proposal's row."""
        return self.page.locator(".row").nth(at)

    def expect_verdict(self, at, verdict):
        """Wait until a row says how it was decided: the store has acknowledged it."""
        expect(self.row(at)).to_have_attribute("data-verdict", verdict)


def fresh(store, note, **report):
    """Keep a report of which no other test knows; its proposals are those of the usual one."""
    text = report.pop("text", TEXT)
    return kept(store, text=f"{text}\n\n({note})", **report).source_id


def test_each_proposal_is_highlighted_at_its_words(review, store):
    """The words of each quote are marked in the text, by kind and by how it is put, and the text is all there."""
    review.begin(fresh(store, "marked"))
    marks = review.page.locator("mark").evaluate_all(
        "all => all.map((one) => [one.textContent, one.dataset.kind, one.dataset.status])"
    )
    assert [
        "Police withdrew 40 officers from Salamanca to Zamora on Friday.",
        "withdrawal",
        "reported",
    ] in marks
    assert ["denied that any troops had crossed into Portugal.", "crossing", "denied"] in marks
    assert review.page.locator(".paper").inner_text().startswith(TEXT[:200])
    # Streamlit looks for its server under each part of a page's path first.
    assert [one for one in review.complaints if "404" not in one] == []


def test_all_is_decided_by_keyboard(review, store):
    """Accepted, rejected with a reason, mended and withdrawn without a mouse: each is in the store once its row says so."""
    source = fresh(store, "keyboard")
    review.begin(source)
    review.press("a")
    review.expect_verdict(0, "accepted")
    review.wait_for_look().press("r")
    review.page.keyboard.type("a drill")
    review.press("Enter")
    review.expect_verdict(1, "rejected")
    expect(review.row(1)).to_contain_text("a drill")
    review.wait_for_look().press("e", "ControlOrMeta+a")
    review.page.keyboard.type("foreign troops")
    review.press("Enter")
    review.expect_verdict(2, "mended")
    review.wait_for_look().press("k", "k", "k")
    review.wait_for_look().press("u", "Enter")
    review.expect_verdict(0, "withdrawn")
    expect(review.page.locator("[data-part=progress]")).to_have_text("2 of 4 decided")
    claims = [claim.cells for claim in store.claims(NAME) if claim.cells["source_id"] == source]
    assert [claim["actor_text"] for claim in claims] == ["foreign troops"]
    review.press("?")
    expect(review.page.get_by_role("dialog")).to_be_visible()
    review.press("Escape")
    expect(review.page.get_by_role("dialog")).to_be_hidden()


def test_a_claim_is_withheld_by_keyboard(review, store):
    """One key withholds all of it, a tick a part of a kept claim; each holds once the row says so, and is seen by who comes later."""
    source = fresh(store, "withheld")
    review.begin(source).press("w", "a")
    review.expect_verdict(0, "accepted")
    expect(review.row(0)).to_contain_text("not for publication")
    review.wait_for_look().press("k")
    review.wait_for_look().press("w")
    expect(review.row(0)).not_to_contain_text("not for publication")
    review.page.locator(".withheld summary").press("Enter")
    review.page.locator(".withheld").get_by_label("Quote", exact=True).press("Space")
    review.press("Escape", "a")
    review.expect_verdict(0, "mended")
    expect(review.row(0)).to_contain_text("parts not for publication")
    withheld = store.read(NAME).withheld
    assert [words for claim, words in withheld.items() if claim.startswith(source)] == [("quote",)]
    assert faults_of(review.page.main_frame, ".st-key-review") == []
    review.begin(source, "ar").page.locator(".opens").first.click()
    expect(review.row(0)).to_contain_text("أجزاء منه ليست للنشر")
    expect(review.page.locator(".withheld").get_by_label("المقتطف")).to_be_checked()


def test_what_is_withheld_and_not_saved_says_so(review, store):
    """Row, form and head say it until the store has it, though the reviewer goes on and leaves, which is asked first."""
    source = fresh(store, "unsaved")
    review.begin(source).press("a")
    review.expect_verdict(0, "accepted")
    review.wait_for_look().press("k")
    review.wait_for_look()
    expect(review.page.locator(".unsaved:visible")).to_have_count(0)
    review.press("w")
    expect(review.page.locator(".act .unsaved")).to_contain_text("Changes not saved yet")
    review.page.set_viewport_size({"width": 1440, "height": 1700})  # nothing lies under the bar of buttons
    assert faults_of(review.page.main_frame, ".st-key-review") == []
    review.press("j")
    expect(review.row(0).locator(".first")).to_contain_text("not for publication · not saved yet")
    expect(review.row(0).locator(".standing")).to_contain_text("Changes not saved yet")
    review.page.locator(".st-key-links a").filter(has_text="Claims").click()
    asked = review.page.get_by_role("dialog")
    expect(asked).to_contain_text("Not saved yet: 1")
    asked.get_by_role("button", name="Stay").click()
    review.page.locator(".st-key-links a").filter(has_text="Claims").click()
    asked.get_by_role("button", name="Leave").click()
    review.page.wait_for_url("**/claims?**")
    review.wait_for_server()
    review.page.locator(".st-key-links a").filter(has_text="Read").click()
    expect(review.page.locator("[data-part=unsaved]")).to_have_text("1 not saved yet")
    assert [words for claim, words in store.read(NAME).withheld.items() if claim.startswith(source)] == []
    review.wait_for_look().press("k")
    review.wait_for_look().press("a")
    review.expect_verdict(0, "mended")
    expect(review.page.locator(".unsaved:visible")).to_have_count(0)
    assert [words for claim, words in store.read(NAME).withheld.items() if claim.startswith(source)] == [
        ("claim",)
    ]


def test_keys_work_where_the_focus_is_in_a_tick(review, store):
    """After a click on a tick the next key goes on or saves, and what is discarded is as it was."""
    source = fresh(store, "ticks")
    review.begin(source)
    review.page.locator(".withheld summary").click()
    review.page.locator(".withheld").get_by_label("Outlet").click()
    review.press("j")
    expect(review.row(1)).to_have_attribute("data-open", "")
    review.wait_for_look().press("k")
    review.wait_for_look()
    review.page.locator(".withheld").get_by_label("Quote", exact=True).click()
    review.press("a")
    review.expect_verdict(0, "accepted")
    review.wait_for_look()
    review.page.locator(".withheld").get_by_label("The whole claim").click()
    review.page.get_by_role("button", name="Discard").click()
    expect(review.page.locator(".unsaved:visible")).to_have_count(0)
    withheld = [words for claim, words in store.read(NAME).withheld.items() if claim.startswith(source)]
    assert withheld == [("source.outlet", "quote")]


def test_a_name_is_kept_in_the_reviewers_own_browser(browser, review, store):
    """Nothing is decided, nor asked, without a name; the one that is written is there after a reload, and in no other browser."""
    source = fresh(store, "name")
    field = review.begin(source).page.locator(".st-key-reviewer input")
    for name in ("", "Ben"):
        field.fill(name)
        field.press("Enter")
        field.blur()
        if not name:
            expect(review.page.locator("[data-part=nameless]")).to_be_visible()
            review.press("r")
            expect(review.page.locator(".card .note.conflict")).to_contain_text("no reviewer is named")
            expect(review.page.locator(".reason")).to_be_hidden()
    expect(review.page.locator(".nameless")).to_be_hidden()
    expect(review.page.locator(".card .note.conflict")).to_have_count(0)
    review.begin(source)
    expect(field).to_have_value("Ben")
    review.press("a")
    expect(review.row(0).locator(".standing")).to_contain_text("accepted by Ben")
    context = browser.new_context()
    other = Reviewing(context.new_page(), review.address).begin(source)
    expect(other.page.locator(".st-key-reviewer input")).to_have_value("Anna")
    context.close()


def test_a_hand_that_has_gone_on_is_not_pulled_back(review, store):
    """A decision that is not saved is told in its row while a reason is typed for the next, and why where it is opened."""
    source = fresh(store, "hand")
    review.begin(source)
    text = next(one for one in store.texts(NAME) if one.source_id == source)
    desk = desk_of(store, NAME, text)
    desk.answer({"do": "reject", "key": desk.laid_out()[0]["key"], "n": 1}, "Ben")
    review.page.evaluate(
        "() => ['a', 'r'].forEach((key) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, composed: true})))"
    )
    review.page.keyboard.type("here")
    expect(review.row(0).locator(".standing")).to_contain_text("Not saved: open it to see why")
    review.page.keyboard.type(" and there")
    review.press("Enter")
    review.expect_verdict(1, "rejected")
    expect(review.row(1)).to_contain_text("here and there")
    review.row(0).locator(".opens").click()
    expect(review.page.locator(".conflict")).to_contain_text("Ben has rejected this meanwhile")


def test_what_speaks_against_a_claim_is_seen_before_it_is_saved(review, store):
    """A hand that accepts before the server has answered is held back where a known claim tells the same or contradicts it."""
    text = "About 300 soldiers crossed from Chaves into Verín on Saturday, officials said."
    review.begin(fresh(store, "first", text=text)).press("a")
    review.expect_verdict(0, "accepted")
    other = "Police withdrew 40 officers from Elvas to Badajoz on Friday. " + text.replace("300", "500")
    review.begin(fresh(store, "second", text=other, outlet="The Herald")).press("j", "a")
    expect(review.page.locator("[data-part=spoken]")).to_contain_text("Not saved yet")
    expect(review.page.locator(".card .note.conflict").first).to_contain_text("Not saved yet")
    expect(review.page.locator(".against")).to_contain_text("About 500 here, About 300 there")
    expect(review.page.locator(".told")).to_contain_text("Seems to be told already")
    review.expect_verdict(1, "")
    review.press("a")
    review.expect_verdict(1, "accepted")


def test_the_form_offers_what_a_claim_may_be(review, store):
    """Kinds and statuses are chosen among those of claims, in their order, and a number is typed."""
    review.begin(fresh(store, "form"))
    for column, known in (("kind", Kind), ("status", Status)):
        options = review.page.locator(f"[data-column={column}] option").evaluate_all(
            "all => all.map((one) => one.value)"
        )
        assert options == list(known)
    review.page.locator("[data-column=count] input").fill("301")


def test_letters_typed_into_a_field_decide_nothing(review, store):
    """While a field is filled in the keys are letters, and Escape leaves it with nothing decided."""
    review.begin(fresh(store, "letters"))
    review.press("e")
    review.page.keyboard.type("arukjn?")
    review.press("Escape", "j", "k")
    expect(review.page.locator("[data-part=progress]")).to_have_text("0 of 4 decided")
    expect(review.page.locator("[data-column=actor_text] input")).to_have_value("About 300 soldiersarukjn?")


def test_a_fault_stands_at_its_field(review, store):
    """A day that is none is said under its field, which is told to readers who hear the page, and nothing is saved."""
    review.begin(fresh(store, "fault"))
    review.page.locator("[data-column=date_start] input").fill("yesterday")
    review.page.locator("[data-column=date_start] input").press("Enter")
    field = review.page.locator("[data-column=date_start]")
    expect(field.locator(".fault")).to_contain_text("is not a day")
    expect(field.locator("input")).to_have_attribute("aria-invalid", "true")
    review.expect_verdict(0, "")


def test_other_words_of_the_text_become_the_quote(review, store):
    """Words that are selected in the text are taken as the quote, whole words of them."""
    review.begin(fresh(store, "quote"))
    review.page.locator("mark").first.evaluate(
        "(mark) => { const words = mark.firstChild; getSelection().setBaseAndExtent(words, 8, words, 16); }"
    )
    review.page.locator(".paper").dispatch_event("mouseup")
    review.page.get_by_role("button", name="Take these words").click()
    expect(review.page.locator(".quote")).to_have_text("300 soldiers")


def test_the_map_shows_what_was_accepted(review, store):
    """The link of an accepted claim leads to the collection's map, on its day, with its event open."""
    review.begin(fresh(store, "map"))
    review.press("j")
    review.wait_for_look().press("a")
    review.expect_verdict(1, "accepted")
    review.row(1).get_by_role("link", name="Show on the map").click()
    page = review.page.frame_locator("iframe")
    page.locator("html[data-bordermap=ready]").wait_for(state="attached")
    expect(page.locator("body")).to_contain_text("Police withdrew 40 officers")
    expect(page.get_by_role("heading", name="7 June 2024")).to_be_visible()
    review.wait_for_address(collection=f"store:{NAME}", event="police-withdrawal-salamanca-zamora")


def test_a_second_reviewer_sees_the_firsts_change(browser, review, store):
    """Of two windows on one claim the second is told who mended it meanwhile, sees both, and overwrites nothing."""
    source = fresh(store, "two")
    review.begin(source).press("a")
    review.expect_verdict(0, "accepted")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = Reviewing(context.new_page(), review.address).begin(source)
    for one, words in ((other, "Ben's soldiers"), (review, "Anna's soldiers")):
        one.row(0).locator(".opens").click()
        one.wait_for_look()
        one.page.locator("[data-column=actor_text] input").fill(words)
    other.page.locator("[data-column=actor_text] input").press("Enter")
    other.expect_verdict(0, "mended")
    review.page.locator("[data-column=actor_text] input").press("Enter")
    conflict = review.page.locator(".conflict")
    expect(conflict).to_contain_text("Ben's soldiers")
    expect(conflict).to_contain_text("Anna's soldiers")
    assert faults_of(review.page.main_frame, ".st-key-review") == []
    claims = [claim.cells["actor_text"] for claim in store.claims(NAME) if claim.cells["source_id"] == source]
    assert claims == ["Ben's soldiers"]
    conflict.get_by_role("button", name="Keep mine").click()
    review.wait_for_look().press("a")
    expect(review.row(0)).to_contain_text("Anna's soldiers")
    context.close()


def test_hostile_words_are_only_words(review, store):
    """A report whose text, outlet and headline are attacks is shown as it is written, and nothing of it runs."""
    source = kept(
        store, text=f"{TEXT}\n{PAYLOAD} crossed from Tui into Vigo on Saturday, it said.", outlet=PAYLOAD
    ).source_id
    review.begin(source)
    expect(review.page.locator(".paper")).to_contain_text("<b>**bold**</b>")
    review.press("a")
    review.expect_verdict(0, "accepted")
    review.page.goto(f"{review.address}/read?collection=store:{NAME}")
    review.page.get_by_text("<b>**bold**</b>").first.wait_for()
    review.wait_for_server()
    assert review.page.evaluate("window.fired ?? null") is None


def test_an_arabic_report_runs_from_the_right(review, store):
    """The page, the report and its fields run from right to left in Arabic, and no word of the page is English."""
    review.begin(fresh(store, "عربي", text=ARABIC, language="ar"), "ar")
    assert review.page.locator(".paper").evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    text, rows = (review.page.locator(part).bounding_box() for part in (".text", ".side"))
    assert text["x"] > rows["x"]
    expect(review.page.locator(".opens").first).to_contain_text("عبور")


@pytest.mark.parametrize("width", [390, 820, 1280, 1920])
def test_nothing_is_wider_than_the_window(review, store, width):
    """At each width the review is within the window; on a phone rows stand below the text."""
    review.page.set_viewport_size({"width": width, "height": 900})
    review.begin(fresh(store, "widths"))
    assert review.page.evaluate("document.documentElement.scrollWidth") <= width
    text, rows = (review.page.locator(part).bounding_box() for part in (".text", ".side"))
    assert (rows["y"] >= text["y"] + text["height"]) == (width <= 800)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(browser, address, store, language, scheme):
    """Axe-core finds nothing on the review that would keep readers out, in both languages and both themes."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    review = Reviewing(context.new_page(), address).begin(fresh(store, "axe"), language)
    assert faults_of(review.page.main_frame, ".st-key-review") == []
    context.close()
