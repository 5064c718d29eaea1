"""The state that the address, the page and the dashboard share."""

import datetime as dt
import re
from pathlib import Path

import pytest

from dashboard.session import Reading
from dashboard.view import CHOICES, Days, View

DAYS = Days(first=dt.date(2024, 11, 1), last=dt.date(2025, 1, 5), opening=dt.date(2024, 12, 7))
OPENING = View(DAYS.opening)


@pytest.mark.parametrize(
    ("words", "view"),
    [
        ({}, OPENING),
        ({"day": "2024-12-09"}, View(dt.date(2024, 12, 9))),
        ({"day": "2031-01-01"}, View(DAYS.last)),
        ({"day": "1999-01-01"}, View(DAYS.first)),
        ({"day": "7 December"}, OPENING),
        ({"day": 20241209}, OPENING),
        ({"day": None}, OPENING),
        ({"mode": "window", "window": "3"}, View(DAYS.opening, {"mode": "window", "window": "3"})),
        ({"event": "e1"}, View(DAYS.opening, {"event": "e1"})),
        ({"event": {"a": 1}}, OPENING),
        ({"event": None}, OPENING),
        ({"event": ""}, OPENING),
        ({"event": "x" * 4001}, OPENING),
        ({"actors": "x," * 9000}, View(DAYS.opening, {"actors": "x," * 9000})),
        ({"actors": "x," * 90_000}, OPENING),
        ({"layers": "crossings,context"}, View(DAYS.opening, {"layers": "crossings,context"})),
        ({"layers": ["crossings"]}, OPENING),
        ({"<script>": "x", "collection": "other"}, OPENING),
    ],
)
def test_a_view_takes_what_can_be_meant_and_leaves_the_rest(words, view):
    """Words of an address or a page are taken where they can be meant; all else is as at the opening."""
    assert View.said(words, DAYS) == view


@pytest.mark.parametrize(
    ("view", "address"),
    [
        (OPENING, {}),
        (View(dt.date(2024, 12, 8)), {"day": "2024-12-08"}),
        (View(DAYS.opening, {"mode": "sofar"}), {"mode": "sofar"}),
        (View(dt.date(2024, 12, 8), {"event": "e1"}), {"day": "2024-12-08", "event": "e1"}),
    ],
)
def test_an_address_says_only_what_differs_from_the_opening(view, address):
    """The address holds what differs from the opening state, and brings it back."""
    assert view.address(DAYS) == address
    assert View.said(address, DAYS) == view


def test_the_page_is_told_the_whole_view():
    """What is told has every key of the view, with None for what is as at the opening."""
    told = View(DAYS.opening, {"event": "e1"}).told()
    assert told == {"day": "2024-12-07", **dict.fromkeys(CHOICES), "event": "e1"}


def test_the_view_has_every_key_of_the_pages_address():
    """What the page writes into its address beside the day is known here by the same keys."""
    engine = (Path(__file__).parents[1] / "layers" / "engine" / "address.js").read_text(encoding="utf-8")
    switches = re.search(r"SWITCHES = \{([^}]*)\}", engine)[1]
    written = {*re.findall(r"written\.(\w+) =", engine), *re.findall(r"(\w+):", switches)}
    assert set(CHOICES) == written


def test_a_claim_of_no_event_leads_to_its_day():
    """Who goes from such a claim to the map finds its day, with nothing opened."""
    reading = Reading(DAYS, View(DAYS.opening, {"event": "e1", "mode": "sofar"}))
    reading.open_event("", dt.date(2024, 12, 9))
    assert reading.view == View(dt.date(2024, 12, 9), {"mode": "sofar"})
