"""Publishing: pictures as PNG and SVG at every size, the printed sheet, links, the code to embed and the citation."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import datetime as dt
import html as entities
import json
import re
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of, small_gazetteer
from pages import browser, collection, events_on, exported, gazetteer, page, reader, reading, shared
from playwright.sync_api import expect

from claims.events import known_by
from layers.page import build_page
from layers.told import SHOWN

pytestmark = pytest.mark.browser

SIZES = {"web": (1200, 675), "column": (600, None), "page": (1800, 2400), "a4": (1240, 1753)}
DAYS = ("2024-12-07", "2024-12-08")
HEADLINE = "Hundreds, or thousands, cross"
CREDIT = "Graphics desk / A. Writer"
SVG = "{http://www.w3.org/2000/svg}"
DATED = "#day=2024-12-07"

MAKE = """
([size, headline, credit]) => {
  const { publish } = bordermap.app.parts;
  publish.written = {};
  if (headline !== null) publish.take("headline", headline);
  if (credit !== null) publish.take("credit", credit);
  const picture = publish.picture(size);
  const canvas = picture.canvas();
  return { svg: picture.svg().written(), width: canvas.width, height: canvas.height, png: canvas.toDataURL("image/png").slice(0, 22) };
}
"""

# Of a picture put into the page: its texts outside the map with their boxes, and its size.
BOXES = """
(size) => {
  const { publish } = bordermap.app.parts;
  const picture = publish.picture(size);
  const svg = picture.svg().element();
  document.body.append(svg);
  const texts = [...svg.querySelectorAll("text")].map((node) => {
    const { x, y, width, height } = node.getBBox();
    return { text: node.textContent, map: Boolean(node.closest("[clip-path]")), x, y, width, height };
  });
  svg.remove();
  return { width: picture.width, height: picture.height, texts };
}
"""

# How far the SVG, opened as an image, is from the canvas: both are looked at from afar.
DISTANCE = """
async (size) => {
  const picture = bordermap.app.parts.publish.picture(size);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg().written())}`;
  await image.decode();
  const [width, height] = [240, Math.round((240 * picture.height) / picture.width)];
  const pixels = (source) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(source, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
  const large = Object.assign(document.createElement("canvas"), { width: 2 * picture.width, height: 2 * picture.height });
  large.getContext("2d").drawImage(image, 0, 0, large.width, large.height);
  const [drawn, opened] = [pixels(picture.canvas(2)), pixels(large)];
  let [sum, far] = [0, 0];
  for (let at = 0; at < drawn.length; at++) {
    const apart = Math.abs(drawn[at] - opened[at]);
    sum += apart;
    if (apart > 60) far++;
  }
  return { mean: sum / drawn.length, far: far / drawn.length };
}
"""


def made(opened, size, headline=HEADLINE, credit=CREDIT):
    """Make a picture in both forms; its SVG as read back, and the canvas's size."""
    return opened.page.evaluate(MAKE, [size, headline, credit])


def said(svg):
    """All texts of an SVG in their order, by a space."""
    return " ".join("".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314 - our own


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_is_made_at_every_size(page, size):
    """PNG and SVG have the size that was asked for, the PNG twice as many pixels; the column is as high as it must be."""
    picture = made(page, size)
    width, height = SIZES[size]
    root = ET.fromstring(picture["svg"])  # noqa: S314 - our own
    assert picture["png"] == "data:image/png;base64,"
    assert picture["width"] == 2 * width
    assert float(root.get("width")) == pytest.approx(width, abs=1)
    assert picture["height"] == pytest.approx(2 * float(root.get("height")), abs=2)
    if height:
        assert float(root.get("height")) == pytest.approx(height, abs=1)
    else:
        assert 600 < float(root.get("height")) < 1200


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_tells_what_it_shows_and_whence(page, size):
    """The SVG holds day, headline, credit, numbers, scale, sources, citation, version, hash and boundary note as text."""
    words = said(made(page, size)["svg"])
    facts = collection().facts
    for part in (
        HEADLINE,
        CREDIT,
        "7 December 2024",
        "of 102 events shown",
        "1 disputed",
        "km",
        "mi",
        "The New Arab",
        facts.version,
        "content " + collection().digest[:12],
        "Natural Earth, public domain",
        "say nothing of status",
        "2,000 or so",
    ):
        assert part in words, part


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_has_a_group_for_each_of_its_layers(page, size):
    """Who opens the SVG in a drawing program finds ground, marks, names, legend and the furniture by name."""
    root = ET.fromstring(made(page, size)["svg"])  # noqa: S314 - our own
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    assert {
        "title",
        "about",
        "ground",
        "marks",
        "names",
        "legend",
        "scale",
        "locator",
        "headline",
        "notes",
    } <= ids
    assert root.find(f"{SVG}title").text == HEADLINE


def test_the_legend_explains_only_the_marks_in_the_picture(page):
    """A mark that the day has stands in the legend, one that it has not does not; a counted one comes with it."""
    words = said(made(page, "web")["svg"])
    assert "Sources contradict each other" in words
    assert "So many events" not in words
    assert "Closure" not in words
    page.to_day("2024-12-20", mode="sofar", layers=[True, True, True, True])
    words = said(made(page, "web")["svg"])
    assert "So many events" in words
    assert "Closure" in words
    assert "and all days since 21 November 2024" in words


def test_a_picture_says_what_filters_hide_and_what_was_known(page):
    """What filters hide, what has no place and by when it was known is said in words in the picture."""
    page.to_day("2024-12-07", atLeast=2)
    page.page.evaluate("bordermap.app.state.set({ known: bordermap.words.dayOf('2024-12-12') })")
    words = said(made(page, "web")["svg"])
    assert "Not drawn: 11 changes of control, closures, contacts or other happenings" in words
    assert "left out by choice" in words
    assert "as known on 12 December 2024" in words


def offered(opened):
    """The headline that the dialog offers."""
    return opened.page.evaluate("bordermap.app.parts.publish.offered().headline")


def test_the_offered_headline_tells_of_the_days(page):
    """It counts what is reported to have happened on the days shown, no part beside its whole, or says that nothing is."""
    assert offered(page) == "7 December 2024: reports of 2 crossings, 6 withdrawals, 8 deployments"
    page.to_day("2024-11-21")
    assert offered(page) == "21 November 2024: no event on the map"
    assert "hidden" not in said(made(page, "web", "", "")["svg"])


def test_the_offered_headline_is_that_of_the_event_or_the_step(reader):
    """A chosen event gives its title, a step of the story its headline."""
    opened = reader("#day=2024-12-07&event=soldiers-cross-at-al-qaim")
    assert offered(opened) == "Syrian soldiers cross into Iraq at al-Qaim"
    opened.to_day("2024-12-29")
    assert offered(opened).startswith("29 December 2024: reports of")
    opened = reader("#story=8")
    assert offered(opened) == opened.page.locator("#bm-story h2").inner_text()


def test_a_written_headline_holds_for_the_day_it_was_written_of(page):
    """What the reader wrote is not put over another day."""
    page.page.evaluate("bordermap.app.parts.publish.take('headline', 'My own')")
    words = "bordermap.app.parts.publish.words().headline"
    assert page.page.evaluate(words) == "My own"
    page.to_day("2024-12-08")
    assert page.page.evaluate(words).startswith("8 December 2024: reports of")


def test_a_picture_of_a_day_without_reports_says_so(page):
    """Where no source speaks of the day the picture says that this is no report of nothing."""
    page.to_day("2025-01-12")
    words = said(made(page, "column")["svg"])
    assert "That is not a report that nothing moved" in words
    assert "Not drawn" not in words


def test_a_sheet_says_how_many_events_it_does_not_list(page):
    """So far, with more events than a sheet holds, it says how many are left and where they are."""
    page.to_day("2024-12-29", mode="sofar", layers=[True, True, True, True])
    words = said(made(page, "a4")["svg"])
    assert re.search(
        r"\d+ further events are not listed here for want of room\. They are in the map's page", words
    )


def test_a_picture_marks_sources_that_were_corrected_or_retracted(reader):
    """An outlet whose report was retracted is named with that."""
    opened = reader(DATED)
    opened.page.evaluate("bordermap.app.data.sources.state.fill('retracted')")
    assert "The New Arab (retracted)" in said(made(opened, "web")["svg"])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("day", DAYS)
def test_no_text_runs_over_the_edge_or_another_text(page, size, day):
    """Every text lies within the picture, and outside the map none lies on another."""
    page.to_day(day)
    found = page.page.evaluate(BOXES, size)
    inside(found)


def test_a_crowded_picture_keeps_its_texts_apart(page):
    """So far, with all layers and a headline that has no end, nothing runs over an edge or another text."""
    page.to_day("2025-01-13", mode="sofar", layers=[True, True, True, True])
    page.page.evaluate(
        "bordermap.app.parts.publish.take('headline', 'Word and '.repeat(22) + 'x'.repeat(120))"
    )
    for size in SIZES:
        inside(page.page.evaluate(BOXES, size))
    page.page.evaluate("bordermap.app.parts.publish.written = {}")


def inside(found):
    """Hold a picture's texts to its edges and to each other."""
    for box in found["texts"]:
        assert box["x"] >= -0.5, box
        assert box["y"] >= -0.5, box
        assert box["x"] + box["width"] <= found["width"] + 0.5, box
        assert box["y"] + box["height"] <= found["height"] + 0.5, box
    beside = [box for box in found["texts"] if not box["map"]]
    for at, one in enumerate(beside):
        for other in beside[at + 1 :]:
            across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
            # A line's box is higher than its letters.
            low = min(one["y"] + 0.8 * one["height"], other["y"] + 0.8 * other["height"])
            down = low - max(one["y"] + 0.2 * one["height"], other["y"] + 0.2 * other["height"])
            assert across <= 1 or down <= 1, (one, other)


@pytest.mark.parametrize("size", SIZES)
def test_the_svg_looks_like_the_canvas(page, size):
    """Opened as an image and seen from afar, the SVG is the picture that the canvas has."""
    distance = page.page.evaluate(DISTANCE, size)
    assert distance["mean"] < 2
    assert distance["far"] < 0.01


def test_the_same_picture_twice_is_the_same_bytes(page):
    """Made again, and after the page has shown another day in dark colours, the SVG has the same bytes."""
    first = made(page, "web")["svg"]
    page.to_day("2024-12-20", theme="dark")
    page.to_day("2024-12-07")
    assert made(page, "web")["svg"] == first


def test_a_picture_is_of_what_the_reader_looks_at(page):
    """Another view of the map is another view in the picture, at its own scale."""
    near = "bordermap.app.map.setView([34.4, 41], 9, { animate: false })"
    whole = said(made(page, "web")["svg"])
    page.page.evaluate(near)
    assert "100 km" in whole
    assert "100 km" not in said(made(page, "web")["svg"])


# The names of places with marks in a picture's map, and all words of its map.
NAMED = """
(size) => {
  const { publish, scene, state } = bordermap.app.parts;
  const picture = publish.picture(size);
  const svg = picture.svg().element();
  const marked = scene.names.ranked(picture.layout.map.view, picture.layout.map.marks, state).filter(({ marked }) => marked);
  const words = [...svg.querySelectorAll("#names text")].map((node) => node.textContent);
  return { marked: marked.map(({ label }) => bordermap.labels.textOf(label)), words };
}
"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("day", DAYS)
def test_places_with_marks_are_named_at_every_size(page, size, day):
    """However narrow the picture, no place that carries a mark is without its name."""
    page.to_day(day)
    found = page.page.evaluate(NAMED, size)
    assert len(found["marked"]) > 5
    assert set(found["marked"]) <= set(found["words"])


ATTACK = "]]><script>__fired.push(1)</script>\"'&amp;`${__fired.push(2)}\u202e--><svg onload=__fired.push(3)>"


@pytest.fixture
def hostile(browser, tmp_path):
    """A page whose titles, sources and places would run or hide, and a reader before it."""
    attack = json.dumps(ATTACK)
    facts = dict.fromkeys(("title", "title_ar", "licence", "citation"), attack)
    collected = collection_of(
        tmp_path / "hostile",
        small_gazetteer(),
        facts=facts,
        sources=({"outlet": ATTACK},),
        events=({"title": ATTACK},),
        claims=({**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "count_text": ATTACK},),
    )
    file = tmp_path / "map.html"
    file.write_text(build_page(collected, small_gazetteer()), encoding="utf-8")
    with reading(browser) as opened:
        opened.page.add_init_script("globalThis.__fired = [];")
        yield opened.open(file, "#event=e1")
        assert opened.page.evaluate("__fired") == []
        assert opened.requests == [file.as_uri()]
        assert opened.complaints == []


@pytest.mark.parametrize("size", ["web", "a4"])
def test_hostile_titles_stay_text(hostile, size):
    """Markup, ends of sections, quotes and controls in titles are letters of the SVG, and controls are shown."""
    svg = hostile.page.evaluate(MAKE, [size, ATTACK, ATTACK])["svg"]
    names = {node.tag.removeprefix(SVG) for node in ET.fromstring(svg).iter()}  # noqa: S314 - what is tested
    assert names <= {"svg", "title", "desc", "g", "rect", "path", "text", "clipPath"}
    assert "<script" not in svg
    assert "\u202e" not in svg
    spaced = "".join(said(svg).split())
    assert "]]><script>__fired.push(1)</script>" in spaced
    assert "⟨U+202E⟩" in spaced


def test_the_code_to_embed_escapes_the_title(hostile):
    """The iframe has the fragment and the title as attributes, whatever letters the title has."""
    code = hostile.page.evaluate("bordermap.links.embed(bordermap.app.state)")
    found = re.fullmatch(
        r'<iframe src="([^"<>]*)" title="([^"<>]*)" width="100%" height="640" sandbox="([a-z -]*)"[^<>]*></iframe>',
        code,
    )
    assert found
    address, title, sandbox = map(entities.unescape, found.groups())
    assert address.startswith("map.html#day=2024-12-07")
    assert "event=e1" in address
    assert title == ATTACK.replace("\u202e", "⟨U+202E⟩")
    assert "allow-same-origin" not in sandbox


def test_what_is_printed_is_one_sheet(reader):
    """On paper there is the map, its day, legend, events with their numbers and sources, and no control."""
    opened = reader(DATED).page
    opened.evaluate("globalThis.dispatchEvent(new Event('beforeprint'))")
    opened.emulate_media(media="print")
    sheet = opened.locator(".bm-print")
    expect(sheet).to_be_visible()
    expect(opened.locator("#bm")).to_be_hidden()
    words = " ".join(sheet.locator("text").all_text_contents())
    for part in (
        "7 December 2024",
        "Legend",
        "2,000 or so",
        "The New Arab",
        "say nothing of status",
        "content ",
    ):
        assert part in words, part
    listed = sheet.locator("#events text").all_text_contents()
    shown = sum(len(frame) for name, frame in events_on("2024-12-07").items() if SHOWN[name])
    assert sum(bool(re.search(r"· \d+ report|^\d+ report", line)) for line in listed) <= shown
    assert "further event" not in words
    assert sheet.locator("#ground path").count() > 5
    assert sheet.locator("button, input").count() == 0
    printed = opened.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    opened.emulate_media(media="screen")
    opened.evaluate("globalThis.dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


def test_a_print_lists_every_event(reader):
    """So far, the print goes on over further sheets until each event that is shown is listed once."""
    opened = reader("#day=2024-12-29&mode=sofar&layers=crossings,withdrawals,deployments,context").page
    opened.evaluate("globalThis.dispatchEvent(new Event('beforeprint'))")
    opened.emulate_media(media="print")
    sheets = opened.locator(".bm-print svg")
    count = sheets.count()
    assert count > 1
    expect(sheets.first).to_contain_text("further events are listed on the sheets that follow")
    words = "".join(" ".join(sheets.locator("#events text").all_text_contents()).split())
    titles = opened.evaluate(
        "(() => { const { data, state } = bordermap.app; return Array.from(state.shown.subarray(0, state.shownCount), (row) => data.title(row)); })()"
    )
    assert len(titles) > 80
    assert [title for title in titles if "".join(title.split()) not in words] == []
    printed = opened.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == count


def test_files_are_saved_under_safe_names(page):
    """PNG and SVG are saved from the dialog, named by collection and day."""
    open_dialog(page)
    for button, ending, head in (("png", "png", b"\x89PNG"), ("svg", "svg", b"<?xml")):
        with page.page.expect_download() as waiting:
            page.by(button).click()
        assert waiting.value.suggested_filename == f"iraq-syria-2024-2024-12-07-web.{ending}"
        assert waiting.value.path().read_bytes().startswith(head)
    expect(page.page.locator("#bm-publish [role=status]")).to_contain_text("Saved")
    page.page.keyboard.press("Escape")


def open_dialog(opened):
    """Open the dialog by its button."""
    opened.page.get_by_role("button", name="Publish").click()
    expect(opened.by("publish")).to_be_visible()


def test_the_dialog_is_worked_by_keyboard(page):
    """It opens by its button, takes a headline that the preview shows, and gives the focus back when Escape closes it."""
    keys = page.page.keyboard
    button = page.page.get_by_role("button", name="Publish")
    button.focus()
    keys.press("Enter")
    expect(page.by("publish")).to_be_visible()
    keys.press("Tab")
    keys.press("Tab")
    expect(page.by("headline")).to_be_focused()
    keys.press("ControlOrMeta+a")
    keys.type("A headline of mine")
    expect(page.page.locator(".bm-preview")).to_have_attribute("aria-label", re.compile("7 December 2024"))
    reached = []
    for _ in range(16):
        keys.press("Tab")
        reached.append(page.page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    assert {
        "bm-credit",
        "bm-size",
        "bm-png",
        "bm-svg",
        "bm-print",
        "bm-linkOfPicture",
        "bm-embedCode",
        "bm-citationText",
        "Copy",
    } <= set(reached)
    assert page.page.evaluate("bordermap.app.parts.publish.picture().headline") == "A headline of mine"
    keys.press("Escape")
    expect(page.by("publish")).to_be_hidden()
    expect(button).to_be_focused()
    page.page.evaluate("bordermap.app.parts.publish.written = {}")


def test_a_text_is_copied_and_said_so(page):
    """A copy button copies its field, by a selection where the clipboard is shut, and tells of it."""
    open_dialog(page)
    page.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })"
    )
    page.page.evaluate(
        "document.addEventListener('copy', () => (globalThis.copiedText = getSelection().toString() || document.activeElement.value))"
    )
    page.page.get_by_role("button", name="Copy: Citation").click()
    expect(page.by("spoken")).to_have_text("Copied: Citation.")
    assert collection().facts.version in page.page.evaluate("globalThis.copiedText")
    page.page.evaluate("delete navigator.clipboard")
    page.page.keyboard.press("Escape")


def test_links_open_the_picture_and_the_event(page, exported, reader):
    """The link to the picture carries all that was chosen, the one to an event its day and itself, and it opens."""
    page.to_day("2024-12-08", mode="sofar")
    page.page.evaluate("bordermap.app.state.set({ event: bordermap.app.state.shown[0] })")
    whole, event = page.page.evaluate(
        "[bordermap.links.ofPicture(bordermap.app.state), bordermap.links.ofEvent(bordermap.app.state)]"
    )
    assert whole.startswith(exported.as_uri() + "#")
    assert dict(parse_qsl(urlsplit(whole).fragment))["mode"] == "sofar"
    keys = dict(parse_qsl(urlsplit(event).fragment))
    assert set(keys) == {"day", "event"}
    opened = reader("#" + urlsplit(event).fragment)
    assert opened.page.evaluate("bordermap.app.data.eventId(bordermap.app.state.event)") == keys["event"]


def test_links_go_to_where_the_host_says_the_page_is(reader):
    """In a frame the host's address is the link's, with the keys in its query; without one there is no link."""
    opened = reader(DATED).page
    opened.evaluate("bordermap.bridge.embedded = () => true; delete bordermap.app.data.facts.url")
    ask = "bordermap.links.ofPicture(bordermap.app.state)"
    assert opened.evaluate(ask) == ""
    opened.evaluate("bordermap.bridge.address = 'http://127.0.0.1:8501/map?day=2024-12-01'")
    assert opened.evaluate(ask) == "http://127.0.0.1:8501/map?day=2024-12-07"


def test_the_address_of_a_published_collection_is_embedded(reader):
    """Where the collection says where its map is published, code and links go there."""
    opened = reader(DATED).page
    opened.evaluate("bordermap.app.data.facts.url = 'https://maps.example/border.html'")
    assert (
        opened.evaluate("bordermap.links.ofPicture(bordermap.app.state)")
        == "https://maps.example/border.html#day=2024-12-07"
    )
    assert 'src="https://maps.example/border.html#day=2024-12-07"' in opened.evaluate(
        "bordermap.links.embed(bordermap.app.state)"
    )


def test_the_arabic_picture_is_mirrored(reader):
    """In Arabic the words are Arabic and begin at the right, the day beside the map stands left of it, and nothing runs over."""
    opened = reader(DATED + "&lang=ar")
    found = opened.page.evaluate(BOXES, "web")
    inside(found)
    root = ET.fromstring(made(opened, "web", None)["svg"])  # noqa: S314 - our own
    assert root.get("direction") == "rtl"
    (frame,) = [
        node for node in root.iter(f"{SVG}rect") if node.get("id") is None and node.get("x") == "360"
    ][:1]
    day = next(node for node in root.iter(f"{SVG}g") if node.get("id") == "day")
    assert all(float(text.get("x")) < float(frame.get("x")) for text in day.iter(f"{SVG}text"))
    for size in SIZES:
        inside(opened.page.evaluate(BOXES, size))


def test_a_link_to_a_file_says_that_it_works_only_here(page):
    """Beside the links of a page that is read from disk stands that they open on this computer alone."""
    open_dialog(page)
    expect(page.by("linkOfPicture-note")).to_contain_text("only on this computer")
    expect(page.by("linkOfPicture")).to_have_attribute("aria-describedby", "bm-linkOfPicture-note")
    page.page.keyboard.press("Escape")


def test_a_link_to_the_web_has_no_such_note(reader):
    """Where the collection says where it is published nothing warns of the link."""
    opened = reader(DATED)
    opened.page.evaluate("bordermap.app.data.facts.url = 'https://maps.example/border.html'")
    open_dialog(opened)
    expect(opened.by("linkOfPicture")).to_have_value(re.compile("^https://maps.example/"))
    expect(opened.by("linkOfPicture-note")).to_have_count(0)


def test_a_page_of_what_was_known_cites_the_day(browser, tmp_path):
    """Cut to what was known by a day, the page's clock, its citation and its pictures say by which."""
    file = tmp_path / "map.html"
    file.write_text(build_page(known_by(collection(), dt.date(2024, 12, 6)), gazetteer()), encoding="utf-8")
    with reading(browser) as opened:
        opened.open(file, "#day=2024-12-05")
        expect(opened.by("knowing").get_by_role("button").first).to_have_text("As known on 6 Dec 2024")
        cited = opened.page.evaluate("bordermap.app.parts.publish.citation()")
        assert cited.endswith("as known on 6 December 2024")
        for size in SIZES:
            words = said(made(opened, size)["svg"])
            assert words.count("as known on 6 December 2024") == 2
