"""A page that holds one day only."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import datetime as dt

import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH
from pages import browser, made
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SEVENTH = dt.date(2024, 12, 7)


def test_a_page_of_one_day_has_no_timeline(made):
    """Where there is one day there are no days to go through, nothing to play, and still what was known when."""
    opened = made(days=(SEVENTH, SEVENTH), claims=({**FROM_ELVAS, **ON_THE_SEVENTH},))
    assert opened.rows() == ["Some cross"]
    for part in ("modes", "play", "days", "slider"):
        expect(opened.by(part)).to_be_hidden()
    expect(opened.by("knowing")).to_be_visible()
    opened.page.keyboard.press(" ")
    assert opened.day == "2024-12-07"
    assert opened.complaints == []


def test_a_page_that_is_cut_says_to_which_days(made):
    """What the page says of itself names the only day of which it holds anything."""
    opened = made(days=(SEVENTH, SEVENTH), claims=({**FROM_ELVAS, **ON_THE_SEVENTH},))
    expect(opened.by("about")).to_contain_text("Holds only what is of 7 December 2024.")
