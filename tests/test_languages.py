"""The page's languages are tables of strings, and in Arabic it is read from right to left."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import json
import re
import shutil

import pytest
from pages import PHONE, browser, collection, exported, gazetteer, html, page, reader, reading, shared
from playwright.sync_api import expect

import layers.page
import layers.parts
from layers.page import build_page
from layers.parts import ENGINE, LANGUAGES

TABLES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in LANGUAGES.glob("*.json")}
PLURALS = {"en": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}
ARABIC = "#lang=ar"
LATIN = re.compile(r"[A-Za-z]{2,}")
OWN_NAMES = {"Natural", "Earth", "GeoNames", "CC", "BY"}

# All that is written in the page, and of each text whether its direction is its own: source text and names.
WRITTEN = """
() => {
  const walker = document.createTreeWalker(document.getElementById("bm"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    found.push([walker.currentNode.data, Boolean(node.closest("[dir=auto], bdi, button[lang]"))]);
  }
  for (const node of document.querySelectorAll("[aria-label], [title]")) {
    found.push([node.getAttribute("aria-label") ?? node.title, false]);
  }
  return found;
}
"""


def plural(entry):
    """Whether a string of a table has plural forms."""
    return isinstance(entry, dict) and "other" in entry


def strings(entry):
    """All strings of an entry."""
    return [entry] if isinstance(entry, str) else list(entry.values() if isinstance(entry, dict) else entry)


def placeholders(entry):
    """The names of the values that an entry is put together with; a plural form may do without its number."""
    return {name for text in strings(entry) for name in re.findall(r"\{(\w+)\}", text)}


# The tables


@pytest.mark.parametrize("language", sorted(set(TABLES) - {"en"}))
def test_the_tables_are_alike(language):
    """Each table has the English one's keys, their placeholders, and lists of their length."""
    english, other = TABLES["en"], TABLES[language]
    assert set(other) == set(english)
    for key, entry in english.items():
        assert placeholders(other[key]) == placeholders(entry), key
        assert isinstance(other[key], dict) or not isinstance(entry, dict), key
        if isinstance(entry, list):
            assert len(other[key]) == len(entry), key
        if isinstance(entry, dict) and not plural(entry):
            assert set(other[key]) == set(entry), key


@pytest.mark.parametrize("language", sorted(TABLES))
def test_a_string_with_a_number_has_every_form_of_its_language(language):
    """What is said with plural forms has each of the language's."""
    forms = {key: set(entry) for key, entry in TABLES[language].items() if plural(entry)}
    assert forms
    for key, categories in forms.items():
        assert categories == PLURALS[language], key


def test_what_the_modules_say_is_in_the_table():
    """Each string that a module or the skeleton names is in the table."""
    sources = [path.read_text(encoding="utf-8") for path in ENGINE.glob("*.js")]
    named = {
        key
        for source in sources
        for key in re.findall(r"\b(?:say|told|pieces|list)\(\"(\w+)\"", source)
        if key != "td"
    }
    named |= set(
        re.findall(r'data-say(?:-label)?="(\w+)"', (ENGINE / "page.html").read_text(encoding="utf-8"))
    )
    assert named - set(TABLES["en"]) == set()


# The page in Arabic


@pytest.fixture(scope="module")
def arabic(browser, exported):
    """The shipped collection's page in Arabic, on a desk."""
    with reading(browser) as reader:
        yield reader.open(exported, ARABIC)
        assert reader.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("day", ["2024-12-02", "2024-12-07", "2024-12-08", "2024-12-29", "2025-01-10"])
def test_nothing_of_the_page_s_own_is_english(arabic, day):
    """In Arabic no Latin letters are left but those of sources, of names without Arabic, and of the makers' names."""
    arabic.to_day(day)
    arabic.page.locator("#bm-filters summary").click()
    if arabic.page.locator("#bm-list .bm-row:visible").count():
        arabic.page.locator("#bm-list .bm-row:visible").first.click()
    english = {
        text
        for entry in TABLES["en"].values()
        for text in strings(entry)
        if re.search(r"\w \w", text) and "{" not in text
    }
    for text, own in arabic.page.evaluate(WRITTEN):
        assert text.strip() not in english
        if not own:
            assert not [said for said in english if said in text], text
            assert set(LATIN.findall(text)) <= OWN_NAMES, text
    arabic.page.keyboard.press("Escape")
    arabic.page.keyboard.press("Escape")


@pytest.mark.browser
def test_the_arabic_page_mirrors(arabic):
    """The side column is at the left of the map, the bar begins and the days begin at the right, and the zoom is at the left."""
    root = arabic.page.locator("html")
    expect(root).to_have_attribute("dir", "rtl")
    expect(root).to_have_attribute("lang", "ar")
    boxes = arabic.page.evaluate(
        """Object.fromEntries(["map", "side", "layers", "tools", "play", "days"].map((name) => {
          const { left, right } = (document.querySelector(`.bm-${name}`)).getBoundingClientRect();
          return [name, { left, right }];
        }))"""
    )
    assert boxes["side"]["right"] <= boxes["map"]["left"]
    assert (
        boxes["tools"]["left"] - boxes["map"]["left"] < 30 > boxes["map"]["right"] - boxes["layers"]["right"]
    )
    assert boxes["play"]["left"] > boxes["days"]["right"]
    first, last = arabic.page.evaluate(
        "(({ xOf, days }) => [xOf(0), xOf(days - 1)])(bordermap.app.parts.timeline.histogram)"
    )
    assert first > last == 0
    assert arabic.page.locator(".leaflet-top.leaflet-left .leaflet-control-zoom").is_visible()
    assert arabic.page.locator(".leaflet-bottom.leaflet-right .leaflet-control-scale").is_visible()
    assert arabic.by("slider").evaluate("(slider) => getComputedStyle(slider).direction") == "rtl"


@pytest.mark.browser
def test_a_click_at_the_histogram_s_right_goes_to_the_first_day(arabic):
    """In Arabic the days run from right to left, under the pointer as in the picture."""
    box = arabic.by("days").bounding_box()
    arabic.page.mouse.click(box["x"] + box["width"] - 2, box["y"] + 20)
    assert arabic.day == str(collection().facts.first_day)


@pytest.mark.browser
def test_the_left_arrow_key_goes_on_in_arabic(arabic):
    """The arrow key that points along the days goes to the next one."""
    arabic.to_day("2024-12-07")
    arabic.page.evaluate("document.activeElement.blur()")
    arabic.page.keyboard.press("ArrowLeft")
    assert arabic.day == "2024-12-08"
    arabic.page.keyboard.press("ArrowRight")
    arabic.page.keyboard.press("ArrowRight")
    assert arabic.day == "2024-12-06"


@pytest.mark.browser
def test_names_are_in_both_languages(arabic):
    """An event opens under its Arabic title with the English one below it, and its places are named in Arabic."""
    arabic.to_day("2024-12-07")
    events = collection().events.set_index("event_id")
    title = events.loc["soldiers-cross-at-al-qaim"]
    row = arabic.row(title["title_ar"])
    expect(row.locator("small").first).to_have_text(re.compile(f"^{gazetteer()['syria'].name_ar} ← "))
    row.click()
    expect(arabic.by("panel").locator("h2").first).to_have_text(title["title_ar"])
    expect(arabic.by("panel")).to_contain_text(title["title"])
    arabic.page.keyboard.press("Escape")


@pytest.mark.browser
def test_quotes_and_names_keep_their_own_direction(arabic):
    """A Latin quote in the Arabic page runs from left to right, and each name of a way is apart from the line's direction."""
    arabic.to_day("2024-12-07")
    title = collection().events.set_index("event_id").loc["soldiers-cross-at-al-qaim", "title_ar"]
    assert arabic.row(title).locator("small").first.locator("bdi").count() == 3
    arabic.row(title).click()
    quote = arabic.by("panel").locator("blockquote").first
    assert quote.evaluate("(quote) => getComputedStyle(quote).direction") == "ltr"
    arabic.page.keyboard.press("Escape")


@pytest.mark.browser
def test_days_are_written_as_the_collection_s_locale_has_them(arabic):
    """Months have the names that the collection's readers use, and digits are those of the page's words."""
    arabic.to_day("2024-12-07")
    expect(arabic.by("day")).to_contain_text("7 كانون الأول 2024")


@pytest.mark.browser
def test_numbers_take_their_arabic_forms(arabic):
    """One, two, a few, many and a hundred are each said in the form that Arabic has for them."""
    said = arabic.page.evaluate("[0, 1, 2, 3, 11, 100].map((n) => bordermap.words.say('eventCount', { n }))")
    assert said == ["لا أحداث", "حدث واحد", "حدثان", "3 أحداث", "11 حدثا", "100 حدث"]


OPEN = -2
COUNTED = [
    ((1, 1), "شخص واحد"),
    ((2, 2), "شخصان"),
    ((3, 3), "3 أشخاص"),
    ((11, 11), "11 شخصا"),
    ((2000, 2000), "2,000 شخص"),
    ((1, OPEN), "شخص واحد أو أكثر"),
    ((2, OPEN), "شخصان أو أكثر"),
    ((5, OPEN), "5 أشخاص أو أكثر"),
    ((1000, OPEN), "1,000 شخص أو أكثر"),
    ((-1, 1), "شخص واحد على الأكثر"),
    ((-1, 60), "60 شخصا على الأكثر"),
    ((1, 2), "1 على الأقل، وشخصان على الأكثر"),
    ((3, 7), "3 إلى 7 أشخاص"),
    ((1800, 2200), "1,800 إلى 2,200 شخص"),
]
UNITS = {
    1: ["مركبة واحدة", "مركبتان", "4 مركبات", "40 مركبة أو أكثر"],
    2: ["فصيل واحد", "فصيلان", "4 فصائل", "40 فصيلا أو أكثر"],
    3: ["عائلة واحدة", "عائلتان", "4 عائلات", "40 عائلة أو أكثر"],
}


@pytest.mark.browser
def test_what_is_counted_stands_where_arabic_has_it(arabic):
    """The noun follows its number in its form, with what opens the range behind it; one and two are said by the noun alone."""
    count = "([low, high, unit]) => bordermap.ranges.counted(low, high, unit)"
    assert [(ends, arabic.page.evaluate(count, [*ends, 0])) for ends, _ in COUNTED] == COUNTED
    ends = [(1, 1), (2, 2), (4, 4), (40, OPEN)]
    for unit, said in UNITS.items():
        assert [arabic.page.evaluate(count, [*pair, unit]) for pair in ends] == said


@pytest.mark.browser
def test_a_badge_writes_its_count_as_the_language_does(arabic):
    """Thousands are shortened by the language's own word, in the digits of the rest of the page."""
    said = arabic.page.evaluate("[7, 1234].map(bordermap.words.shortNumber)")
    assert [text.replace("\u00a0", " ") for text in said] == ["7", "1.2 ألف"]


@pytest.mark.browser
def test_a_collection_says_what_it_is_in_arabic(arabic):
    """What it is about, its licence and its citation are in Arabic where it has them."""
    facts = collection().facts
    expect(arabic.by("about")).to_contain_text(facts.about_ar)
    expect(arabic.by("about")).to_contain_text(facts.licence_ar)
    assert arabic.page.evaluate("bordermap.heading.cited(bordermap.app.data.facts)").startswith(
        facts.citation_ar
    )


@pytest.mark.browser
def test_what_the_collection_says_of_itself_begins_in_arabic(arabic):
    """Each of its lines runs from right to left: one that began with a Latin name would run the other way."""
    lines = arabic.page.evaluate(
        """["about", "licence", "citation"].map((name) => {
          const text = bordermap.heading.factOf(bordermap.app.data.facts, name);
          return bordermap.dom.directionOf(text);
        })"""
    )
    assert lines == ["rtl"] * 3


@pytest.mark.browser
def test_days_below_the_strips_are_written_from_right_to_left(arabic):
    """The number of a day stands before its month, as Arabic has it, also in a drawing."""
    arabic.to_day("2024-12-07")
    arabic.page.locator("#bm-list .bm-row:visible").first.click()
    labels = arabic.by("panel").locator(".bm-axis text")
    labels.first.wait_for()
    directions = labels.evaluate_all("(labels) => labels.map((label) => getComputedStyle(label).direction)")
    assert set(directions) == {"rtl"}
    arabic.page.keyboard.press("Escape")


@pytest.mark.browser
def test_sides_have_their_names(arabic):
    """The filter by side lists names in Arabic, and no ids."""
    arabic.page.locator("#bm-filters summary").click()
    names = arabic.by("sides").locator("label span:first-of-type").all_inner_texts()
    assert set(names) <= set(collection().sides["name_ar"])
    assert names
    arabic.page.keyboard.press("Escape")


@pytest.mark.browser
def test_the_canvas_letters_each_text_in_its_own_direction(arabic):
    """A number as said in Latin letters is lettered from left to right, a name in Arabic from right to left."""
    directions = arabic.page.evaluate(
        "['2,000 or so', 'القائم', '12', '2 نيسان'].map(bordermap.dom.directionOf)"
    )
    assert directions == ["ltr", "rtl", "ltr", "rtl"]


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [PHONE, {"width": 640, "height": 400}])
def test_the_narrow_arabic_page_does_not_run_over_its_edge(reader, viewport):
    """On a phone and at 200 % nothing of the Arabic page lies beyond the window's sides."""
    narrow = reader(ARABIC, viewport=viewport)
    assert narrow.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    over = narrow.page.evaluate(
        """() => [...document.querySelectorAll(".bm button, .bm summary, .bm p, .bm h1")].filter((node) => {
          const { left, right, width } = node.getBoundingClientRect();
          return node.checkVisibility() && !node.closest(".bm-clocks") && width > 1 && (left < -1 || right > innerWidth + 1);
        }).map((node) => node.outerHTML)"""
    )
    assert over == []


# The reader's choice


@pytest.mark.browser
def test_language_and_colours_are_chosen_by_keyboard_and_kept_in_the_address(reader):
    """The menu names each language in itself; what is chosen there is in the address, and the focus stays."""
    settled = reader()
    menu = settled.by("settings").locator("summary")
    expect(menu).to_contain_text("EN / ع")
    menu.focus()
    menu.press("Enter")
    chosen = settled.by("choices").locator("button[lang=ar]")
    chosen.focus()
    chosen.press("Enter")
    expect(settled.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    settled.by("choices").get_by_role("button", name="داكنة").press("Enter")
    expect(settled.page.locator("html")).to_have_attribute("data-theme", "dark")
    settled.page.wait_for_url(re.compile(r"[#&]lang=ar&theme=dark"))
    settled.page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    again = reader(settled.page.evaluate("location.hash"))
    expect(again.page.locator("html")).to_have_attribute("lang", "ar")
    expect(again.page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.browser
def test_a_third_language_is_a_file_more(browser, tmp_path, monkeypatch):
    """A file more is a language more: on the menu, in its direction, with English for what it or the collection lacks."""
    made_up = {
        "language": "x-up",
        "name": "Upside",
        "direction": "rtl",
        "locale": "en-GB",
        "names": "_up",
        "meaning": "sʞɹɐw",
        "eventCount": {"one": "{n} ʇuǝʌǝ", "other": "{n} sʇuǝʌǝ"},
    }
    shutil.copytree(LANGUAGES, tmp_path / "languages")
    (tmp_path / "languages" / "x-up.json").write_text(json.dumps(made_up), encoding="utf-8")
    monkeypatch.setattr(layers.parts, "LANGUAGES", tmp_path / "languages")
    monkeypatch.setattr(layers.page, "languages", layers.parts.languages.__wrapped__)
    file = tmp_path / "map.html"
    file.write_text(build_page(collection(), gazetteer()), encoding="utf-8")
    with reading(browser) as third:
        third.open(file, "#lang=x-up")
        expect(third.page.locator("html")).to_have_attribute("dir", "rtl")
        expect(third.page.locator(".bm-tools")).to_contain_text("sʞɹɐw")
        expect(third.page.locator(".bm-tools")).to_contain_text(TABLES["en"]["filter"])
        expect(third.by("choices").locator("[lang]")).to_have_text(["English", "العربية", "Upside"])
        expect(third.by("title")).to_have_text(collection().facts.title)
        event = collection().events.set_index("event_id").loc["soldiers-cross-at-al-qaim"]
        third.row(event["title"]).click()
        expect(third.by("panel")).to_contain_text(event["title_ar"])
        assert third.complaints == []


# Colours


def luminance(colour):
    """WCAG 2.2's relative luminance of a colour written in hexadecimal."""
    digits = colour.strip().lstrip("#")
    pairs = [digits[at] * 2 for at in range(3)] if len(digits) == len("fff") else re.findall("..", digits)
    low, knee = 12.92, 0.04045
    parts = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (part / low if part <= knee else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2's contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXT, MARK = 4.5, 3.0


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_stand_out_from_their_grounds(page, theme):
    """Text has a contrast of 4.5 at least with each ground it is on, and marks have 3 (WCAG 2.2 AA), light and dark."""
    page.page.evaluate("(theme) => bordermap.app.state.set({ theme })", theme)
    names = ["ink", "soft", "link", "paper", "card", "claim", "against", "hover", "badge"]
    names += ["crossings", "withdrawals", "deployments", "context", "land"]
    css = page.page.evaluate(
        """(names) => {
          const style = getComputedStyle(document.documentElement);
          return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`)]));
        }""",
        names,
    )
    now = page.page.evaluate("bordermap.theme.now")
    grounds = [css[name] for name in ("paper", "card", "claim", "against", "hover")]
    land = now["ground"]["land"]
    text = [(css[ink], ground) for ink in ("ink", "soft", "link") for ground in grounds]
    text += [(colour, land) for colour in (*now["names"].values(), *now["letters"], now["ink"])]
    text += [(now["badge"], colour) for colour in now["letters"]]
    text += [(now["soft"], now["paper"]), (css["badge"], css["context"]), (css["paper"], css["ink"])]
    marks = [(colour, ground) for colour in now["layers"] for ground in (land, now["paper"])]
    marks += [(now["ground"][name], land) for name in ("boundary", "contested")]
    marks += [(css["withdrawals"], css["paper"])]
    assert [pair for pair in text if contrast(*pair) < TEXT] == []
    assert [pair for pair in marks if contrast(*pair) < MARK] == []
