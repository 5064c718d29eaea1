"""Which events the page shows, told in Python."""

import datetime as dt

import pytest
from dashboard_collection import write_collection

from claims.tables import read_collection
from dashboard.shown import chosen
from dashboard.view import View
from geo.gazetteer import Gazetteer
from layers.shown import cut_to


@pytest.fixture(scope="module")
def gazetteer():
    """The shipped gazetteer; the small collection names no place of it."""
    return Gazetteer.read()


@pytest.mark.parametrize(
    ("day", "choices", "shown"),
    [
        (7, {}, {"e1"}),
        (6, {}, {"e2"}),
        (7, {"mode": "window", "window": "2"}, {"e1", "e2"}),
        (7, {"mode": "window"}, {"e1", "e2", "e3"}),
        (7, {"mode": "window", "window": "none"}, {"e1", "e2", "e3"}),
        (6, {"mode": "sofar"}, {"e2", "e3"}),
        (7, {"mode": "yearly"}, {"e1"}),
        (7, {"mode": "sofar", "layers": "withdrawals,deployments"}, {"e2", "e3"}),
        (7, {"mode": "sofar", "layers": "none"}, set()),
        (7, {"mode": "sofar", "status": "denied"}, set()),
        (7, {"mode": "sofar", "kinds": "none"}, set()),
        (7, {"mode": "sofar", "status": "denied,reported"}, {"e1", "e2", "e3"}),
        (7, {"mode": "sofar", "actors": "nobody"}, {"e1", "e2", "e3"}),
    ],
)
def test_the_events_shown_are_the_pages(tmp_path, gazetteer, day, choices, shown):
    """Day, mode, window, layers, status and actors choose as in the page; what means nothing is passed over."""
    collection = read_collection(write_collection(tmp_path / "tiny"), gazetteer)
    cut = cut_to(collection, gazetteer, chosen(collection, View(dt.date(2024, 12, day), choices)))
    assert set(cut.events["event_id"]) == shown
