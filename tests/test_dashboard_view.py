"""The state that the address, the page and the dashboard share."""

import datetime as dt

import pytest

from dashboard.view import Days, View

DAYS = Days(first=dt.date(2024, 11, 1), last=dt.date(2025, 1, 5), opening=dt.date(2024, 12, 7))
OPENING = View(day=DAYS.opening)


@pytest.mark.parametrize(
    ("said", "view"),
    [
        ({}, OPENING),
        ({"day": "2024-12-09"}, View(day=dt.date(2024, 12, 9))),
        ({"day": "2031-01-01"}, View(day=DAYS.last)),
        ({"day": "1999-01-01"}, View(day=DAYS.first)),
        ({"day": "7 December"}, OPENING),
        ({"day": 20241209}, OPENING),
        ({"day": None}, OPENING),
        ({"mode": "window", "window": 3}, View(day=DAYS.opening, mode="window", window=3)),
        ({"mode": "window", "window": "3"}, View(day=DAYS.opening, mode="window", window=3)),
        ({"mode": "yearly"}, OPENING),
        ({"window": "0"}, OPENING),
        ({"window": "many"}, OPENING),
        ({"event": "e1"}, View(day=DAYS.opening, event="e1")),
        ({"event": {"a": 1}}, OPENING),
        ({"event": "x" * 201}, OPENING),
        (
            {"layers": ["crossings", "context"]},
            View(day=DAYS.opening, layers=("crossings", "context")),
        ),
        ({"layers": "crossings,context"}, View(day=DAYS.opening, layers=("crossings", "context"))),
        ({"layers": ""}, View(day=DAYS.opening, layers=())),
        ({"layers": [1, None, "context"]}, View(day=DAYS.opening, layers=("context",))),
        ({"actors": ["a"] * 501}, OPENING),
        ({"status": None}, OPENING),
        ({"<script>": "x"}, OPENING),
    ],
)
def test_a_view_takes_what_can_be_meant_and_leaves_the_rest(said, view):
    """Words of an address or a page are taken over where they can be meant; all else stays as it was."""
    assert OPENING.heard(said, DAYS) == view


def test_what_is_not_said_stays():
    """A page that says a day alone leaves the mode and the event as they were."""
    before = View(day=DAYS.opening, mode="sofar", event="e1")
    assert before.heard({"day": "2024-12-08"}, DAYS) == View(
        day=dt.date(2024, 12, 8), mode="sofar", event="e1"
    )


@pytest.mark.parametrize(
    ("view", "address"),
    [
        (OPENING, {}),
        (View(day=dt.date(2024, 12, 8)), {"day": "2024-12-08"}),
        (View(day=DAYS.opening, mode="sofar", window=3), {"mode": "sofar"}),
        (View(day=DAYS.opening, mode="window", window=3), {"mode": "window", "window": "3"}),
        (View(day=DAYS.opening, event="e1", layers=("a", "b")), {"event": "e1", "layers": "a,b"}),
        (View(day=DAYS.opening, layers=()), {"layers": ""}),
    ],
)
def test_an_address_says_only_what_differs_from_the_opening(view, address):
    """The address holds what differs from the opening state, and brings it back."""
    assert view.address(DAYS) == address
    if "window" in address or view.window == OPENING.window:
        assert OPENING.heard(address, DAYS) == view


def test_the_page_is_told_the_whole_view_as_plain_json():
    """What is told has every key of the view, with null where the page chooses for itself."""
    assert View(day=DAYS.opening, event="e1").told() == {
        "day": "2024-12-07",
        "mode": "day",
        "window": 7,
        "event": "e1",
        "layers": None,
        "actors": None,
        "status": None,
    }
