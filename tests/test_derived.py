"""What collection.toml leaves out and the claims say: days and view."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import datetime as dt
import json

import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of, make
from pages import browser, made

from claims.facts import LONGEST_DAYS
from claims.tables import read_collection
from geo.errors import FaultsError
from geo.views import WORLD
from layers.exports.geojson import events_geojson
from layers.page import build_page

UNSAID = dict.fromkeys(("first_day", "last_day", "opening_day", "view"))
NOTHING = {"claims": (), "events": (), "actors": ()}


def on(day, last=None, **more):
    """Give a claim of a day, or of one day within a span."""
    return {"date_start": day, "date_end": last or day, "date_kind": "on", **more}


def days_of(facts):
    """List the three days as they would be written."""
    return [day.isoformat() for day in (facts.first_day, facts.opening_day, facts.last_day)]


def test_what_is_written_stands(tmp_path, iberia):
    """Claims of other days and places move nothing that collection.toml says."""
    facts = collection_of(tmp_path, iberia, claims=(on("2023-01-01", **FROM_ELVAS),)).facts
    assert days_of(facts) == ["2024-12-01", "2024-12-07", "2024-12-31"]
    assert facts.view == (-9.0, 37.0, -5.0, 41.0)


CASES = [
    ("the days stated", (on("2024-12-03"), on("2024-12-09")), ["2024-12-03", "2024-12-03", "2024-12-09"]),
    ("the day reported, where none is", ({},), ["2024-12-08"] * 3),
    (
        "not the day reported, where one is",
        ({**ON_THE_SEVENTH, "reported": "2024-12-20"},),
        ["2024-12-07"] * 3,
    ),
    ("only the last", ({"date_end": "2024-12-05", "date_kind": "by"},), ["2024-12-05"] * 3),
    (
        "only the first",
        ({"date_start": "2024-12-05", "date_kind": "since"},),
        ["2024-12-05", "2024-12-05", "2024-12-05"],
    ),
]


@pytest.mark.parametrize(("claims", "days"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_days_follow_the_claims(tmp_path, iberia, claims, days):
    """The slider goes from the first to the last day that claims state."""
    events = [{}] * len(claims)
    of_events = [{"event_id": f"e{number}", **claim} for number, claim in enumerate(claims, start=1)]
    assert (
        days_of(collection_of(tmp_path, iberia, claims=of_events, events=events, facts=UNSAID).facts) == days
    )


BUSY = [
    ("most events", (on("2024-12-03"), on("2024-12-05", event_id="e2"), on("2024-12-05", event_id="")), 5),
    ("not most claims", (on("2024-12-03"), *(on("2024-12-05", event_id="e2"),) * 2), 3),
    ("a share of each possible day", (on("2024-12-02", "2024-12-03"), on("2024-12-05", event_id="e2")), 5),
    ("what the map shows", (*(on("2024-12-03", event_id="", kind="contact"),) * 2, on("2024-12-05")), 5),
    ("context alone", (on("2024-12-03", event_id="", kind="contact"),), 3),
]


@pytest.mark.parametrize(("claims", "day"), [case[1:] for case in BUSY], ids=[case[0] for case in BUSY])
def test_the_map_opens_on_the_busiest_day(tmp_path, iberia, claims, day):
    """It is the first of those on which most events are shown."""
    facts = collection_of(tmp_path, iberia, claims=claims, events=({}, {}), facts=UNSAID).facts
    assert facts.opening_day == dt.date(2024, 12, day)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ({"first_day": "2024-12-04"}, ["2024-12-04", "2024-12-09", "2024-12-09"]),
        ({"last_day": "2024-12-04"}, ["2024-12-03", "2024-12-03", "2024-12-04"]),
        ({"last_day": "2024-11-30"}, ["2024-11-30"] * 3),
        ({"first_day": "2025-01-01"}, ["2025-01-01"] * 3),
        ({"opening_day": "2025-01-01"}, ["2024-12-03", "2025-01-01", "2025-01-01"]),
    ],
)
def test_days_in_part_written_stay_in_order(tmp_path, iberia, written, days):
    """What is derived makes room for what is written, never the other way round."""
    claims = (on("2024-12-03"), on("2024-12-09", event_id="e2"))
    facts = {**UNSAID, **written}
    assert days_of(collection_of(tmp_path, iberia, claims=claims, events=({}, {}), facts=facts).facts) == days


def test_days_that_are_too_far_apart_are_a_fault(tmp_path, iberia):
    """A slip in a year does not make a slider of centuries."""
    folder = make(tmp_path, claims=(on("1024-12-07"), on("2024-12-07")), facts=UNSAID)
    with pytest.raises(FaultsError, match=f"first_day is not written.*over {LONGEST_DAYS} days") as raised:
        read_collection(folder, iberia)
    assert len(raised.value.faults) == 1


def test_other_faults_are_told_where_days_cannot_be_derived(tmp_path, iberia):
    """Tables with faults say what is wrong with them, and nothing of days and view."""
    folder = make(tmp_path, claims=({"modality": "loud"},), facts=UNSAID)
    with pytest.raises(FaultsError) as raised:
        read_collection(folder, iberia)
    assert [(fault.file, fault.column) for fault in raised.value.faults] == [("claims.csv", "modality")]


@pytest.mark.parametrize(
    ("facts", "key", "why"),
    [
        ({"first_day": "2024-12-09", "last_day": "2024-12-01"}, "last_day", "is before first_day"),
        ({"first_day": "2024-12-09", "opening_day": "2024-12-01"}, "opening_day", "is not within"),
    ],
)
def test_days_that_are_written_out_of_order_are_a_fault(tmp_path, iberia, facts, key, why):
    """Two days are held to their order, too, and the fault names one that is there."""
    with pytest.raises(FaultsError, match=why) as raised:
        read_collection(make(tmp_path, facts={**UNSAID, **facts}), iberia)
    assert [fault.column for fault in raised.value.faults] == [key]


def test_the_view_follows_the_places_that_claims_name(tmp_path, iberia):
    """It lies around the places of what the map shows, not of its context."""
    far = {"kind": "contact", "event_id": "", "place_id": "madrid", "geo_precision": "1"}
    claims = (FROM_ELVAS, far)
    west, south, east, north = collection_of(tmp_path, iberia, claims=claims, facts=UNSAID).facts.view
    assert west < -7.163 < -6.970 < east < -5
    assert south < 38.881 < north < 40


@pytest.mark.parametrize(
    ("published", "day"), [("2024-12-08", dt.date(2024, 12, 8)), (None, None)], ids=["sources", "nothing"]
)
def test_a_collection_without_claims_is_read_and_shown(tmp_path, iberia, published, day):
    """Its one day is that of its last source, else today, and its view is the world; page and export are made."""
    sources = ({"published": published}, {"published": "2024-12-01"}) if published else ()
    before = dt.datetime.now(dt.UTC).date()
    facts = {**UNSAID, "timezone": '"UTC"'}
    collection = collection_of(tmp_path, iberia, **NOTHING, sources=sources, facts=facts)
    after = dt.datetime.now(dt.UTC).date()
    first, last = (day, day) if day else (before, after)
    assert (
        first
        <= collection.facts.first_day
        == collection.facts.opening_day
        == collection.facts.last_day
        <= last
    )
    assert collection.facts.view == WORLD
    assert "bordermap-columns" in build_page(collection, iberia)
    assert json.loads(events_geojson(collection, iberia))["features"] == []


@pytest.mark.browser
def test_a_page_without_claims_comes_up(made):
    """It shows the world, its one day and an empty list, and nothing complains."""
    opened = made(**NOTHING, sources=({"published": "2024-12-08"},), facts=UNSAID)
    assert (opened.day, opened.rows(), opened.complaints) == ("2024-12-08", [], [])
