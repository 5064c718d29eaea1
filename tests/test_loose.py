"""Claims that are in no event: listed beside the map once they were reported, and heard by the strip of sources."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import datetime as dt

import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of
from pages import browser, made
from playwright.sync_api import expect

from layers.exports.days import within_days

SEEN = {**FROM_ELVAS, **ON_THE_SEVENTH}
ON_THE_TENTH = {"date_start": "2024-12-10", "date_end": "2024-12-10", "date_kind": "on"}
LOOSE = {
    **ON_THE_TENTH,
    "source_id": "s2",
    "root": "Another",
    "event_id": "",
    "reported": "2024-12-12",
    "origin": "Elvas",
    "count_text": "some 40 of them",
    "count": "40",
    "count_qualifier": "about",
    "count_unit": "people",
    "quote": "some 40 of them left",
}
PARTS = {"sources": ({}, {"outlet": "Another"}), "claims": (SEEN, LOOSE)}
"""Some cross on the seventh, as reported on the eighth; a claim of the tenth, reported on the twelfth, is in no event."""

PICTURE = (
    "() => { const made = bordermap.app.parts.publish.picture('web'); return [made.about(), made.empty]; }"
)
STRIP = """
() => {
  const { reports } = bordermap.app.parts.timeline.histogram;
  return [reports.speak, reports.came].map((counts) => Array.from(counts).flatMap((count, day) => (count ? [day + 1] : [])));
}
"""


@pytest.mark.browser
def test_a_claim_of_no_event_is_told_once_it_was_reported(made):
    """As known before its report it is neither counted nor listed; afterwards it stands in its source's words."""
    opened = made("#known=2024-12-11", **PARTS)
    expect(opened.by("beside")).to_be_hidden()
    opened.to_day("2024-12-07", known=None)
    expect(opened.by("beside-count")).to_contain_text("1 claim in no event")
    opened.by("beside").locator("summary").click()
    card = opened.by("beside-list").locator(".bm-claim")
    expect(card).to_contain_text("“some 40 of them left”")
    for words in ("some 40 of them", "Another", "As written: “Elvas”", "Meant: 10 Dec"):
        expect(card).to_contain_text(words)


@pytest.mark.browser
def test_the_strip_hears_claims_of_no_event(made):
    """The days of which they speak, and on which they came out, count as far as their reports were known."""
    opened = made(**PARTS)
    assert opened.page.evaluate(STRIP) == [[7, 10], [8, 12]]
    opened.to_day("2024-12-07", known=opened.page.evaluate("bordermap.words.dayOf('2024-12-11')"))
    assert opened.page.evaluate(STRIP) == [[7], [8]]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "told", "silent"),
    [
        ("en", "1 claim that speaks of them is in no event", "No report in this collection speaks"),
        ("ar", "وقول واحد يتحدث عنها خارج أي حدث", "لا تقرير في هذه المجموعة يتحدث عن هذه الأيام"),
    ],
)
def test_a_day_of_which_only_such_a_claim_speaks_is_not_without_a_report(made, language, told, silent):
    """The list says so, and the picture too; as known before the report nobody speaks of the day."""
    opened = made(f"#day=2024-12-10&lang={language}", **PARTS)
    expect(opened.page.locator(".bm-empty")).to_contain_text(told)
    assert told in opened.page.evaluate(PICTURE)[1]
    opened.page.evaluate("bordermap.app.state.set({ known: bordermap.words.dayOf('2024-12-11') })")
    expect(opened.page.locator(".bm-empty")).to_contain_text(silent)
    assert silent in opened.page.evaluate(PICTURE)[1]


@pytest.mark.browser
def test_a_picture_says_which_claims_of_its_days_are_in_no_event(made):
    """Of the days that it shows, as far as they were reported."""
    opened = made("#day=2024-12-10&mode=sofar", **PARTS)
    assert "1 claim in no event" in opened.page.evaluate(PICTURE)[0]
    opened.to_day("2024-12-09")
    assert "in no event" not in opened.page.evaluate(PICTURE)[0]
    opened.to_day("2024-12-10", known="day")
    assert "in no event" not in opened.page.evaluate(PICTURE)[0]


@pytest.mark.browser
def test_a_collection_of_no_event_yet_makes_a_page(made):
    """Claims may be taken up before any event is made of them."""
    opened = made(events=(), claims=({**LOOSE, "source_id": "s1"},))
    expect(opened.by("beside-count")).to_contain_text("1 claim in no event")
    assert opened.page.evaluate(STRIP) == [[10], [12]]
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("first", "last", "kept"), [(7, 9, ["c1"]), (10, 10, ["c2"]), (14, 15, ["c3"]), (16, 31, [])]
)
def test_a_cut_keeps_the_claims_of_no_event_that_its_days_hold(tmp_path, iberia, first, last, kept):
    """What was seen since a day was last seen when it was reported; what has no day is counted."""
    since = {"event_id": "", "date_start": "2024-12-14", "date_kind": "since", "reported": "2024-12-15"}
    undated = {"event_id": "", "reported": "2024-12-15"}
    collection = collection_of(tmp_path, iberia, **{**PARTS, "claims": (SEEN, LOOSE, since, undated)})
    cut, left = within_days(collection, iberia, dt.date(2024, 12, first), dt.date(2024, 12, last))
    assert cut.claims["claim_id"].tolist() == kept
    assert left == 1
