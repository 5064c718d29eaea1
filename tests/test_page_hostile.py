"""Text that would run, hide or request, in every field of a collection: the page shows it as text and does nothing else."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import dataclasses
import re
from pathlib import Path

import pytest
from collections_made import (
    ABOUT_2000,
    ACTOR,
    FROM_ELVAS,
    ON_THE_SEVENTH,
    SOURCE,
    collection_of,
    small_gazetteer,
)
from pages import browser, reading
from playwright.sync_api import expect

from claims.model import OPTIONAL_TABLES, TABLES
from geo.gazetteer import Gazetteer
from layers.page import build_page
from layers.policy import with_policy

pytestmark = pytest.mark.browser

ATTACKS = {
    "handler of an image": "<img src=x onerror=__fired.push(1)>",
    "end of a script": "</script><script>__fired.push(2)</script>",
    "template literal": "${__fired.push(3)}",
    "backtick": "`+__fired.push(4)+`",
    "address": "javascript:__fired.push(5)",
    "escaped letter": "\\u003cimg src=x onerror=__fired.push(7)\\u003e",
    "entity": "&#60img src=x onerror=__fired.push(8)&#62",
    "end of a string": "\"+__fired.push(9)+\"'+__fired.push(9)+'",
    "style": "<style>*{display:none!important}</style>",
    "frame": "<iframe/srcdoc='<script>parent.__fired.push(10)</script>'></iframe>",
    "template": "{{7*7}}{%if%}{#",
    "handler of a drawing": "<svg/onload=__fired.push(6)>",
    "open comment": "<!--<script>",
}
UNSEEN = {
    letter: f"⟨U+{ord(letter):04X}⟩"
    for letter in ("\u061c", "\u202e", "\u2066", "\u200b", "\x00", "\u2028", "\u00ad", "\U000e0041")
}
SPACED = "two  spaces and a joined \u0645\u06cc\u200c\u062e"
HOSTILE = "".join([SPACED, *UNSEEN, *ATTACKS.values()])
SEEN = "".join([SPACED, *UNSEEN.values(), *ATTACKS.values()])

LISTEN = "globalThis.__fired ??= [];"

ADDRESSES = (
    'https://example.org/"><img/src="x"onerror=__fired.push(1)>',
    "javascript:__fired.push(5)",
    "JaVaScRiPt:__fired.push(5)",
    "data:text/html,<script>__fired.push(5)</script>",
    "http://example.org/fine",
    " https://example.org/led",
    "//example.org/none",
)

ALL_TABLES = TABLES | OPTIONAL_TABLES
MANY = {**ABOUT_2000, "count": "9000", "count_low": "9000", "count_high": "9000"}
STAYING = {
    "kind": "deployment",
    "place_id": "alentejo",
    "geo_precision": "3",
    "date_start": "2024-12-01",
    "date_end": "2024-12-20",
    "date_kind": "throughout",
}


def hostile_collection(folder):
    """Make a collection and its gazetteer, and put the attacks into every id and every text of both."""
    calm = collection_of(
        folder / "calm",
        small_gazetteer(),
        sources=({}, {}, *({} for _ in ADDRESSES[2:])),
        actors=({}, {"name": "Riders"}),
        sides=({"side": "none", "name": "Nobody's"},),
        events=(
            {},
            {"title": "Some stay", "kind": "deployment"},
            {"title": "Some once left", "kind": "withdrawal"},
        ),
        claims=(
            {
                **ON_THE_SEVENTH,
                **FROM_ELVAS,
                **ABOUT_2000,
                "crossing_id": "caia",
                "actors": "walkers",
                "root": "one",
            },
            {
                **ON_THE_SEVENTH,
                **FROM_ELVAS,
                **MANY,
                "source_id": "s2",
                "actors": "walkers;a2",
                "root": "two",
            },
            {**ON_THE_SEVENTH, **FROM_ELVAS, "status": "denied", "root": "three", "denies": "c1;c2"},
            *({**STAYING, "event_id": "e2", "source_id": f"s{at}"} for at in range(1, len(ADDRESSES) + 1)),
            {"event_id": "e3", "kind": "withdrawal", "origin_id": "madrid", "geo_precision": "1"},
        ),
    )
    tables = {name: poisoned(getattr(calm, name), name) for name in ALL_TABLES}
    tables["sources"]["url"] = ADDRESSES
    tables["sides"]["side"] = tables["actors"]["side"].iloc[0]
    # A speaker is shown where nothing says the chain.
    tables["claims"].loc[1, "via"] = ""
    facts = dataclasses.replace(
        calm.facts,
        **{
            name: f"[{name}]{HOSTILE}"
            for name in (
                *("title", "title_ar", "about", "about_ar", "timezone"),
                *("licence", "licence_ar", "citation", "citation_ar", "version"),
            )
        },
    )
    collection = dataclasses.replace(calm, folder=Path(HOSTILE), facts=facts, **tables)
    places = (
        dataclasses.replace(
            place,
            place_id=place.place_id + HOSTILE,
            **{
                name: f"[places.{name}]{HOSTILE}"
                for name in ("name", "name_ar", "source", "note", "geonames_id")
            },
            aliases=(f"[places.aliases]{HOSTILE}",),
        )
        for place in small_gazetteer()
    )
    return collection, Gazetteer({place.place_id: place for place in places})


def poisoned(table, name):
    """Put the attacks into every id and every text of a table; its numbers, days and words of lists stay."""
    table = table.copy()
    for column in ALL_TABLES[name]:
        cells = table[column.name]
        if column.cell == "text":
            table[column.name] = f"[{name}.{column.name}]{HOSTILE}"
        elif column.cell in {"id", "ids"}:
            table[column.name] = [
                ";".join(part + HOSTILE for part in cell.split(";") if part) for cell in cells
            ]
    return table


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The page of a hostile collection."""
    return build_page(*hostile_collection(tmp_path_factory.mktemp("hostile")))


def without_policy(html):
    """The page before its policy was put into it."""
    bare, times = re.subn(
        r'<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv=[^>]*>', "<html>\n<head>", html
    )
    assert times == 1
    return bare


def writing_html(html):
    """The page with its one safe line made unsafe: text is written as HTML."""
    safe = "node.textContent = visible(text);"
    assert html.count(safe) == 1
    return html.replace(safe, "node.innerHTML = text;")


def read_all(opened):
    """Do all that a reader does; give what each part of the page said meanwhile."""
    page = opened.page
    said = {"document": [page.title()], "row": [], "panel": []}
    for name in ("title", "about", "layers", "signs"):
        said[name] = [opened.by(name).text_content()]
    page.evaluate("bordermap.app.state.set({ layers: [true, true, true, true] })")
    for zoom in (5, 7, 9, 11):
        page.evaluate("(zoom) => bordermap.app.map.setView([38.88, -7.06], zoom, { animate: false })", zoom)
    opened.by("filters").locator("summary").click()
    opened.by("actors").locator("button").first.wait_for()  # it is filled when it is opened
    for name in ("actors", "sides"):
        said[name] = [opened.by(name).text_content()]
    opened.by("filters").locator("summary").click()
    opened.by("beside-count").click()
    rows = page.locator(".bm-row:visible")
    for number in range(rows.count()):
        row = rows.nth(number)
        said["row"].append(row.text_content())
        row.click()
        opened.by("panel").locator(".bm-claim").first.wait_for()
        said["panel"].append(opened.by("panel").text_content())
        page.keyboard.press("Escape")
    point = page.evaluate(
        """() => {
          const { marks, map } = bordermap.app;
          map.setView([38.88, -7.06], 9, { animate: false });
          const { x, y } = bordermap.paint.centre(marks.drawn.arrows[0]);
          const point = map.layerPointToContainerPoint(L.point(x, y).add(marks.view.origin));
          const { left, top } = map.getContainer().getBoundingClientRect();
          return [point.x + left, point.y + top];
        }"""
    )
    page.mouse.move(*point)
    expect(opened.by("tip")).to_be_visible()
    said["tip"] = [opened.by("tip").text_content()]
    opened.by("slider").press("ArrowRight")
    return {part: "\n".join(texts) for part, texts in said.items()}


@pytest.fixture(scope="module")
def done(browser, hostile, tmp_path_factory):
    """A reader who has opened the hostile page and done everything in it, with what its parts said."""
    file = tmp_path_factory.mktemp("hostile-page") / "map.html"
    file.write_text(hostile, encoding="utf-8")
    with reading(browser) as opened:
        opened.page.add_init_script(LISTEN)
        opened.open(file)
        yield opened, read_all(opened), file


def test_nothing_runs(done):
    """No script of any field runs, no dialog opens, nothing is asked for, and the console stays silent."""
    opened, _, file = done
    assert opened.page.evaluate("__fired") == []
    assert opened.dialogs == []
    assert opened.complaints == []
    assert opened.requests == [file.as_uri()]


def test_no_field_becomes_an_element(done):
    """No attack makes an element, an attribute or a style; the page is seen."""
    opened, _, _ = done
    made = opened.page.locator("main").evaluate(
        "(main) => main.querySelectorAll('img, iframe, script, style, [onload], [onerror], [srcdoc]').length"
    )
    assert made == 0
    expect(opened.by("day")).to_be_visible()


SHOWN = [
    ("title", "title"),
    ("document", "title"),
    ("about", "about"),
    ("about", "licence"),
    ("about", "citation"),
    ("about", "version"),
    ("row", "events.title"),
    ("row", "claims.count_text"),
    ("row", "places.name"),
    ("tip", "events.title"),
    ("tip", "claims.count_text"),
    ("actors", "actors.name"),
    ("sides", "sides.name"),
    *(("panel", f"events.{name}") for name in ("title", "title_ar")),
    *(
        ("panel", f"claims.{name}")
        for name in ("quote", "count_text", "date_text", "via", "speakers", "actor_text")
    ),
    *(("panel", f"claims.{name}") for name in ("origin", "crossing", "destination", "place", "route")),
    ("panel", "sources.outlet"),
]


@pytest.mark.parametrize(("part", "field"), SHOWN)
def test_a_field_is_shown_letter_by_letter(done, part, field):
    """What a field says is shown as it is, and letters that would hide or turn the text by their numbers."""
    _, said, _ = done
    seen = SEEN
    if part == "document":  # a window's title has no runs of spaces
        seen = SEEN.replace("  ", " ")
    assert f"[{field}]{seen}" in said[part]


def test_nothing_stands_in_the_document_as_it_was_written(hostile):
    """No attack stands unescaped anywhere in the file."""
    assert "<img src" not in hostile
    assert "${__fired" not in re.sub(
        r'<script type="application/json".*?</script>', "", hostile, flags=re.DOTALL
    )


def test_links_lead_to_the_web_alone(done):
    """Only http and https addresses are links; they open elsewhere, without a way back to the page."""
    opened, _, _ = done
    opened.row("[events.title]").click()
    links = opened.by("panel").locator("a")
    links.first.wait_for()
    found = links.evaluate_all(
        "(links) => links.map((link) => [link.getAttribute('href'), link.target, link.rel])"
    )
    assert {target for _, target, _ in found} == {"_blank"}
    assert {rel for *_, rel in found} == {"noopener noreferrer"}
    assert sorted(href for href, *_ in found) == [
        "http://example.org/fine",
        "https://example.org/%22%3E%3Cimg/src=%22x%22onerror=__fired.push(1)%3E",
        "https://example.org/led",
    ]


# The detector itself


UNSAFE = {
    "handler of an image": "<div>{}</div>",
    "end of a script": "<script>const made = '{}';</script>",
    "template literal": "<script>const made = `{}`;</script>",
    "backtick": "<script>const made = `{}`;</script>",
    "address": '<a href="{}">go</a>',
    "handler of a drawing": "<div>{}</div>",
    "escaped letter": '<script>document.write("{}")</script>',
    "entity": "<p>{}</p><script>document.write(document.querySelector('p').textContent)</script>",
    "end of a string": '<script>const made = "{}";</script>',
    "frame": "<div>{}</div>",
}


def test_the_detector_sees_every_attack_that_runs(browser):
    """Each attack does run where text is put into a page without care, and is then detected."""
    with reading(browser) as opened:
        opened.page.add_init_script(LISTEN)
        for number, (attack, careless) in enumerate(UNSAFE.items(), start=1):
            opened.page.goto("about:blank")
            opened.page.set_content(f"<!doctype html><body>{careless.replace('{}', ATTACKS[attack])}</body>")
            opened.page.evaluate("document.querySelector('a')?.click()")
            opened.page.wait_for_function(f"__fired.includes({number})")


def test_the_same_page_made_unsafe_runs_them(browser, hostile, tmp_path):
    """The hostile page runs its fields once its policy is taken out and one line writes text as HTML."""
    file = tmp_path / "unsafe.html"
    file.write_text(writing_html(without_policy(hostile)), encoding="utf-8")
    with reading(browser) as opened:
        opened.page.add_init_script(LISTEN)
        opened.page.goto(file.as_uri())
        opened.page.wait_for_function("[1, 10].every((one) => __fired.includes(one))")
        assert len(opened.requests) > 1
        assert opened.page.evaluate("getComputedStyle(document.body).display") == "none"


def test_the_policy_holds_where_the_engine_would_not(browser, hostile, tmp_path):
    """With that line unsafe but the policy in place still nothing runs and nothing is asked for; the console tells."""
    file = tmp_path / "policed.html"
    file.write_text(with_policy(writing_html(without_policy(hostile))), encoding="utf-8")
    with reading(browser) as opened:
        refused = []
        opened.page.on("requestfailed", lambda request: refused.append(request.failure))
        opened.page.add_init_script(LISTEN)
        opened.open(file)
        opened.page.locator(".bm-row:visible").first.click()
        expect(opened.by("panel").locator(".bm-claim").first).to_be_visible()
        assert opened.page.locator("main img").count() > 0
        assert opened.page.evaluate("__fired") == []
        assert opened.dialogs == []
        assert set(refused) == {"csp"}
        assert len(refused) == len(opened.requests) - 1
        assert any("Content Security Policy" in complaint for complaint in opened.complaints)
