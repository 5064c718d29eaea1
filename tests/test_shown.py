"""What a choice shows, whoever makes it; the page's own filters are held to it in test_dashboard_page_shown.py."""

import datetime as dt

import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.model import Mode
from layers.shown import Shown, cut_to

EVENTS = tuple({"kind": kind} for kind in ("crossing", "deployment", "closure"))
ACTORS = ({"side": "east"}, {"actor": "riders", "side": "west"})
CLAIMS = (
    {**ON_THE_SEVENTH, **FROM_ELVAS, "actors": "walkers"},
    {"event_id": "e1", "status": "denied", "root": "another", "reported": "2024-12-20"},
    {"event_id": "e2", "kind": "deployment", "place_id": "elvas", "geo_precision": "1", "actors": "walkers;riders", "status": "planned"},
    {"event_id": "e3", "kind": "closure", "place_id": "spain", "geo_precision": "3"},
    {"event_id": ""},
)  # fmt: skip


@pytest.fixture(scope="module")
def collection(tmp_path_factory, iberia):
    """A crossing that is denied later, a planned deployment without a day, a closure nowhere, and a claim of none."""
    folder = tmp_path_factory.mktemp("shown")
    return collection_of(folder, iberia, events=EVENTS, claims=CLAIMS, actors=ACTORS)


def of(**words):
    """Choose lists of words."""
    return Shown(**{name: frozenset(said.split()) for name, said in words.items()})


@pytest.mark.parametrize(
    ("shown", "events"),
    [
        (Shown(), "e1 e2 e3"),
        (of(layers="context"), "e3"),
        (of(layers=""), ""),
        (of(kinds="crossing closure"), "e1 e3"),
        (of(status="planned"), "e2"),
        (of(status="denied"), "e1"),
        (of(certainty="unplaced"), "e3"),
        (of(disputed="occurrence"), "e1"),
        (of(disputed="undisputed"), "e2 e3"),
        (of(actors="riders"), "e2"),
        (of(sides="east"), "e1 e2"),
        (of(sides="east", actors="riders"), "e2"),
        (of(actors="nobody"), ""),
        (Shown(sources=2), "e1"),
        (Shown(day=dt.date(2024, 12, 7)), "e1"),
        (Shown(day=dt.date(2024, 12, 9), mode=Mode.WINDOW, window=3), "e1"),
        (Shown(day=dt.date(2024, 12, 6)), ""),
        (Shown(known=dt.date(2024, 12, 8), sources=2), ""),
    ],
)
def test_events_are_shown_that_every_filter_lets_pass(collection, iberia, shown, events):
    """Each list narrows, an empty one lets nothing pass, and one that is not given lets everything; so do days and known day."""
    cut = cut_to(collection, iberia, shown)
    assert set(cut.events["event_id"]) == set(events.split())
    assert set(cut.claims["event_id"]) == set(events.split())


def test_a_cut_says_to_which_days_and_by_when(collection, iberia):
    """The days and the known day go with what is cut by them, and not with what is not."""
    day = dt.date(2024, 12, 9)
    cut = cut_to(collection, iberia, Shown(day=day, mode=Mode.WINDOW, window=3, known=day))
    assert (cut.days, cut.known) == ((dt.date(2024, 12, 7), day), day)
    assert cut.claims["claim_id"].tolist() == ["c1"]
    plain = cut_to(collection, iberia, of(kinds="crossing"))
    assert (plain.days, plain.known) == (None, None)


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (Shown(day=dt.date(2024, 12, 7)), ""),
        (of(kinds="crossing closure"), "kinds: closure, crossing"),
        (of(kinds=""), "kinds: none"),
        (
            Shown(status=frozenset({"denied"}), sources=2),
            "status: denied; independent sources: at least 2",
        ),
    ],
)
def test_filters_are_told_in_words(shown, told):
    """What narrows is said with its words in the alphabet's order; days and known day are told elsewhere."""
    assert shown.told() == told
