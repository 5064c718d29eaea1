"""What the page counts: what happened apart from what did not, and what each filter would leave of the days shown."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH
from pages import browser, made
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SEEN = {**FROM_ELVAS, **ON_THE_SEVENTH}
ON_THE_NINTH = {"date_start": "2024-12-09", "date_end": "2024-12-09", "date_kind": "on"}
SHUT = {"kind": "closure", "place_id": "caia", "geo_precision": "1"}
PARTS = {
    "sources": ({}, {"outlet": "Another"}),
    "events": (
        {},
        {"title": "Asked"},
        {"title": "Refused"},
        {"title": "Later"},
        {"kind": "closure", "title": "Shut"},
    ),
    "claims": (
        SEEN,
        {**SEEN, "source_id": "s2", "root": "Another"},
        {**SEEN, "event_id": "e2", "status": "requested"},
        {**SEEN, "event_id": "e3", "status": "rejected"},
        {**FROM_ELVAS, **ON_THE_NINTH, "event_id": "e4"},
        {**SHUT, **ON_THE_SEVENTH, "event_id": "e5"},
    ),
}
"""On the seventh one crossing is told of by two sources, one asked for, one refused, and a gate shut; one is later."""


def count(opened, layer):
    """The count on a layer's switch, by the layer's number."""
    return opened.by("layers").locator("button > span:last-child").nth(layer)


@pytest.mark.parametrize("mode", ["day", "window", "sofar"])
def test_what_did_not_happen_is_counted_apart(made, mode):
    """Switch and heading tell what was asked for or refused from what is told to have happened, in every mode."""
    opened = made(f"#mode={mode}", **PARTS)
    expect(count(opened, 0)).to_have_text("1 · 2 requested or rejected")
    expect(opened.by("summary")).to_contain_text("3 of 5 events shown · 2 requested or rejected")
    expect(count(opened, 1)).to_have_text("0")


def test_what_did_not_happen_is_counted_apart_in_arabic(made):
    """The same in Arabic, in its words."""
    expect(count(made("#lang=ar", **PARTS), 0)).to_have_text("1 · 2 مطلوب أو مرفوض")


@pytest.mark.parametrize("mode", ["day", "sofar"])
def test_a_layer_that_is_off_says_what_it_holds(made, mode):
    """Of a layer that is off the switch says how many events it would show."""
    opened = made(f"#mode={mode}", **PARTS)
    expect(count(opened, 3)).to_have_text("off (1)")
    opened.page.get_by_role("button", name="Context").click()
    expect(count(opened, 3)).to_have_text("1")


def counts(opened, group):
    """The counts of a group of filters that are not nought, by their words."""
    told = dict(text.split("\n") for text in opened.by(group).locator("label").all_inner_texts())
    return {word: number for word, number in told.items() if number not in {"0", "off (0)"}}


def test_filters_count_the_days_shown(made):
    """A filter's counts follow the day, the mode and the other filters, and are what would be shown."""
    opened = made(**PARTS)
    opened.by("filters").locator("summary").click()
    opened.by("status").get_by_label("requested").wait_for()
    assert counts(opened, "status") == {"reported": "1", "requested": "1", "rejected": "1"}
    opened.by("status").get_by_label("requested").uncheck()
    assert counts(opened, "status") == {"reported": "1", "requested": "1", "rejected": "1"}
    assert counts(opened, "kinds") == {"crossing": "2", "closure": "off (1)"}
    opened.to_day("2024-12-09")
    assert counts(opened, "status") == {"reported": "1"}
    opened.to_day("2024-12-09", mode="sofar")
    assert counts(opened, "kinds") == {"crossing": "3", "closure": "off (1)"}


def test_as_many_sources_are_offered_as_there_are(made):
    """The filter by sources offers what the collection holds and what a link asks for, with what each would leave."""
    opened = made("#sources=7", **PARTS)
    opened.by("filters").locator("summary").click()
    field = opened.page.get_by_label("Independent sources")
    expect(field).to_have_value("7")
    assert field.locator("option").all_text_contents() == ["1 or more: 3", "2 or more: 1", "7 or more: 0"]
