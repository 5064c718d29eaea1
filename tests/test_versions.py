"""Every version of an event says what the claims say that were known by its day."""

import pandas as pd
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.events import events_of, known_by
from claims.versions import versions_of
from layers.frames import places_frame

SAME_DAY = {"reported": "2024-12-08"}
LATER = {"reported": "2024-12-09", "source_id": "s2", "root": "Another Test"}
LAST = {"reported": "2024-12-12", "source_id": "s2", "root": "Another Test"}

EVENTS = (
    {"event_id": "once", "kind": "deployment"},
    {"event_id": "denied", "kind": "crossing"},
    {"event_id": "never-told", "kind": "crossing"},
    {"event_id": "from-a-plan", "kind": "withdrawal"},
    {"event_id": "twice", "kind": "crossing"},
    {"event_id": "moved", "kind": "deployment"},
)
CLAIMS = (
    {"event_id": "denied", **LAST, "status": "confirmed", "date_text": "then", "actors": "a2"},
    {"event_id": "once", "kind": "deployment", "place_id": "elvas", "geo_precision": "1"},
    {"event_id": "", "quote": "of no event"},
    {"event_id": "denied", **ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "actors": "walkers"},
    {"event_id": "denied", **LATER, **ON_THE_SEVENTH, "status": "denied", "date_text": "never"},
    {"event_id": "from-a-plan", "kind": "withdrawal", "status": "planned", "date_end": "2024-12-20", "date_kind": "by"},
    {"event_id": "from-a-plan", "kind": "withdrawal", **LATER, **FROM_ELVAS, "date_start": "2024-12-01", "date_kind": "since"},
    {"event_id": "from-a-plan", "kind": "withdrawal", **LAST, **FROM_ELVAS, "date_start": "2024-12-02", "date_kind": "since"},
    {"event_id": "twice", **FROM_ELVAS, **ABOUT_2000},
    {"event_id": "twice", **SAME_DAY, "crossing_id": "caia", "geo_precision": "1", "count_text": "at most 100", "count_high": "100",
        "count_qualifier": "at_most",
        "count_unit": "people"},
    {"event_id": "moved", "kind": "deployment", **LAST, "place_id": "alentejo", "geo_precision": "3"},
    {"event_id": "moved", "kind": "deployment", **LATER, "place_id": "madrid", "geo_precision": "2"},
    {"event_id": "moved", "kind": "deployment", "place_id": "elvas", "geo_precision": "2"},
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory, iberia):
    """Give a small collection whose events come to be known piece by piece, and its places."""
    collection = collection_of(
        tmp_path_factory.mktemp("made"),
        iberia,
        events=EVENTS,
        claims=CLAIMS,
        sources=({}, {"outlet": "Another Test"}),
        actors=({}, {"name": "Riders"}),
    )
    return collection, places_frame(iberia)


@pytest.fixture(scope="module", params=["made", "real"])
def told(request, made):
    """Give a collection with its places and all its versions."""
    if request.param == "made":
        collection, places = made
    else:
        collection = request.getfixturevalue("real")
        places = places_frame(request.getfixturevalue("gazetteer"))
    return collection, places, versions_of(collection.claims, collection.events, places).frame()


def known(versions, day):
    """Give of each event the version that is what is known on a day."""
    until = versions[versions["known_from"] <= day].sort_values("known_from", kind="stable")
    return until.drop_duplicates("event_id", keep="last").set_index("event_id")


def test_a_version_says_what_was_known_by_its_day(told):
    """On every day of a report the versions that hold are the events of the claims known by then, to the last column."""
    collection, places, versions = told
    days = sorted(collection.claims["reported"].unique())
    assert len(days) > 2
    for day in [*days, days[-1] + pd.Timedelta(days=1)]:
        before = known_by(collection, day.date())
        expected = events_of(before.claims, before.events, places)
        found = known(versions, day).loc[expected.index]
        assert len(known(versions, day)) == len(expected)
        pd.testing.assert_frame_equal(found[list(expected.columns)], expected)


def test_nothing_is_known_before_the_first_report(told):
    """On the day before the first report no version holds."""
    collection, _, versions = told
    assert known(versions, collection.claims["reported"].min() - pd.Timedelta(days=1)).empty


def test_the_last_versions_come_first_and_are_the_events(told):
    """The first rows are the events of all claims, one each in the order of the events; the earlier versions follow."""
    collection, places, versions = told
    last = versions[versions["last"]]
    expected = events_of(collection.claims, collection.events, places)
    assert versions["last"].tolist() == [True] * len(expected) + [False] * (len(versions) - len(expected))
    pd.testing.assert_frame_equal(last.set_index("event_id")[list(expected.columns)], expected)
    earlier = versions[~versions["last"]]
    order = pd.Index(last["event_id"]).get_indexer(earlier["event_id"])
    assert list(zip(order, earlier["known_from"], strict=True)) == sorted(
        zip(order, earlier["known_from"], strict=True)
    )


def test_an_event_has_a_version_for_each_day_of_its_reports(made):
    """Reports of one day make one version, those of a later day another; an event without claims has none."""
    collection, places = made
    versions = versions_of(collection.claims, collection.events, places).frame()
    days = (
        versions.sort_values("known_from")
        .groupby("event_id")["known_from"]
        .agg(lambda each: [day.day for day in each])
    )
    assert days.to_dict() == {
        "once": [8],
        "denied": [8, 9, 12],
        "from-a-plan": [8, 9, 12],
        "twice": [8],
        "moved": [8, 9, 12],
    }


def test_a_collection_without_claims_has_no_versions(made):
    """No claims are no versions, with the same columns."""
    collection, places = made
    none = versions_of(collection.claims.iloc[:0], collection.events, places).frame()
    assert none.empty
    assert list(none) == list(versions_of(collection.claims, collection.events, places).frame())
