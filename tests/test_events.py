"""The rules by which claims make an event, each with its smallest cases."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from collections_made import claims_frame, collection_of, event_of, events_made, small_gazetteer

from claims.events import events_of, known_by, of_events
from layers.frames import places_frame
from layers.layers import layers_of


def on(start, end=None, **more):
    """Write a claim of one day, or of one day of several, of December 2024."""
    return {"date_start": day(start), "date_end": day(end or start), "date_kind": "on", **more}


def throughout(start, end):
    """Write a claim of all the days."""
    return {"date_start": day(start), "date_end": day(end), "date_kind": "throughout"}


def since(start, reported, **more):
    """Write a claim of a state that began on a day and was reported on another."""
    return {"date_start": day(start), "date_kind": "since", "reported": day(reported), **more}


def by(end, **more):
    """Write a claim of a day on or before one."""
    return {"date_end": day(end), "date_kind": "by", **more}


def day(number):
    """Write a day of December 2024."""
    return f"2024-12-{number:02}"


def people(count=None, low=None, high=None, qualifier="about", unit="people", **more):
    """Write a claim of a number."""
    return {
        "count_text": f"{qualifier} {count}",
        "count": count,
        "count_qualifier": qualifier,
        "count_low": low,
        "count_high": high,
        "count_unit": unit,
        **more,
    }


OTHER = {"root": "Another Test"}
THIRD = {"root": "A Third Test"}
NO = {"status": "denied"}
PLAN = {"status": "planned"}
OPEN = float("inf")
UNSAID = None

# ---- the days

DATES = [
    # the claims, first day, last day, kind, dispute
    ([{}], None, None, "", ""),
    ([on(7)], 7, 7, "on", ""),
    ([on(7), {}], 7, 7, "on", ""),
    ([on(7, 8), on(8)], 7, 8, "on", ""),
    ([on(7), on(8, **OTHER)], 7, 8, "on", "conflicts"),
    ([on(7), on(8)], 7, 8, "on", "conflicts"),
    ([on(4, 5), on(5, 6), on(6, 7)], 4, 7, "on", "conflicts"),
    ([on(7), on(1, 9, **NO)], 7, 7, "on", ""),
    ([on(7), on(1, **PLAN)], 7, 7, "on", ""),
    ([on(7, **NO), on(9, **NO)], 7, 9, "on", "conflicts"),
    ([on(7, **PLAN), on(9, **NO)], 7, 7, "on", ""),
    ([throughout(3, 6)], 3, 6, "throughout", ""),
    ([throughout(3, 6), on(5)], 3, 6, "throughout", ""),
    ([throughout(3, 6), on(7)], 3, 7, "on", "conflicts"),
    ([throughout(3, 9), throughout(4, 9)], 3, 9, "throughout", ""),
    ([throughout(3, 9), throughout(5, 9)], 3, 9, "throughout", "differs"),
    ([since(3, 10)], 3, 10, "since", ""),
    ([since(3, 10), since(4, 12)], 3, 12, "since", ""),
    ([since(3, 10), since(6, 12)], 3, 12, "since", "differs"),
    ([since(3, 10), on(5)], 3, 10, "since", ""),
    ([since(3, 10), on(12)], 3, 12, "since", ""),
    ([since(3, 10), on(1)], 1, 10, "on", "conflicts"),
    ([since(3, 10), on(5, 25)], 3, 25, "on", ""),
    ([throughout(5, 6), on(1)], 1, 6, "on", "conflicts"),
    ([since(3, 10, date_end=day(6))], 3, 6, "since", ""),
    ([by(8)], None, 8, "by", ""),
    ([by(8), by(9)], None, 9, "by", ""),
    ([by(8), on(6)], 6, 6, "on", ""),
    ([by(8), on(9)], 8, 9, "on", "conflicts"),
    ([by(8), throughout(2, 6)], 2, 6, "throughout", ""),
    ([by(8, date_start=day(5)), on(3)], 3, 8, "on", "conflicts"),
]


@pytest.fixture(scope="module")
def dated():
    """Give the events of all those cases, computed together."""
    return events_made(*(claims for claims, *_ in DATES))


@pytest.mark.parametrize("number", range(len(DATES)))
def test_an_events_days_are_the_hull_of_what_its_strongest_claims_say(dated, number):
    """The hull spans the asserting claims and no denial; days that do not meet conflict."""
    event, (_, first, last, kind, dispute) = dated[number], DATES[number]
    days = [None if pd.isna(event[name]) else event[name].day for name in ("date_start", "date_end")]
    assert (*days, event["date_kind"], event["disputed_date"]) == (first, last, kind, dispute)


def test_the_words_for_the_days_are_kept():
    """Each wording stands once, in the order of the claims; a denial's is not among them."""
    words = [on(7, date_text=text) for text in ("on Saturday", "", "on Saturday", "7 December")]
    assert event_of(*words, on(7, date_text="never", **NO))["date_texts"] == "on Saturday / 7 December"


# ---- the number

COUNTS = [
    # the claims, low, high, dispute
    ([{}], UNSAID, UNSAID, ""),
    ([people(2000, 1800, 2200)], 1800, 2200, ""),
    ([people(11, 11, 11, "exact"), {}], 11, 11, ""),
    ([people(1000, 1000, qualifier="at_least")], 1000, OPEN, ""),
    ([people(1000, qualifier="at_least")], 1000, OPEN, ""),
    ([people(500, qualifier="at_most")], UNSAID, 500, ""),
    ([people(None, None, 500, "at_most"), people(400, 380, 420)], UNSAID, 500, ""),
    ([people(500, qualifier="at_most"), people(700, 650, 750)], UNSAID, 750, "conflicts"),
    ([people(None, 20000, 99999, "vague")], 20000, 99999, ""),
    ([people(2000, 1800, 2200), people(1000, 1000, qualifier="at_least", **OTHER)], 1000, OPEN, "differs"),
    ([people(2000, 1800, 2200), people(1600, 1400, 1900, **OTHER)], 1400, 2200, ""),
    ([people(2001, 1800, 2200), people(1600, 1400, 1900, **OTHER)], 1400, 2200, "differs"),
    ([people(200, 180, 220), people(300, 270, 330, **OTHER)], 180, 330, "conflicts"),
    ([people(200, 180, 220), people(300, 270, 330)], 180, 330, "conflicts"),
    ([people(500, 450, 550), people(None, 200, 999, "vague", **OTHER)], 200, 999, ""),
    ([people(2000, 1800, 2200), people(None, 24, 99, "vague", **OTHER)], 24, 2200, "conflicts"),
    ([people(0, 0, 0, "exact"), people(5, 5, 5, "exact", **OTHER)], 0, 5, "conflicts"),
    ([people(2000, 1800, 2200), people(9, 9, 9, **NO)], 1800, 2200, ""),
    ([people(2000, 1800, 2200), people(9, 9, 9, **PLAN)], 1800, 2200, ""),
    ([people(9, 9, 9, **NO)], 9, 9, ""),
    ([people(7, 7, 7), people(8, 8, 8), people(900, 900, 900, unit="vehicles")], 7, 8, "conflicts"),
    ([people(7, 7, 7, unit="vehicles"), people(900, 900, 900)], 7, 7, ""),
]


@pytest.fixture(scope="module")
def counted():
    """Give the events of all those cases, computed together."""
    return events_made(*(claims for claims, *_ in COUNTS))


@pytest.mark.parametrize("number", range(len(COUNTS)))
def test_an_events_number_spans_what_was_said_and_nothing_else(counted, number):
    """The range is the lowest low to the highest high, open if one is; no end of it is nobody's number."""
    event, (_, low, high, dispute) = counted[number], COUNTS[number]
    found = [None if pd.isna(event[name]) else event[name] for name in ("count_low", "count_high")]
    assert (*found, event["disputed_count"]) == (low, high, dispute)


def test_one_unit_is_counted_and_the_words_go_with_it():
    """Of two units the commoner is the event's, of two as common the first said; the words are of that unit."""
    event = event_of(people(7, 7, 7, unit="vehicles"), people(900, 900, 900))
    assert (event["count_unit"], event["count_texts"]) == ("vehicles", "about 7")
    event = event_of(people(7, 7, 7, unit="vehicles"), people(900, 900, 900), people(800, 800, 800))
    assert (event["count_unit"], event["count_texts"]) == ("people", "about 900 / about 800")
    assert event_of({})["count_unit"] == ""


# ---- whether it was

STATUSES = [
    # statuses of the claims, the event's, dispute on occurrence
    (("reported",), "reported", ""),
    (("confirmed", "reported"), "confirmed", ""),
    (("denied",), "denied", ""),
    (("denied", "denied"), "denied", ""),
    (("reported", "denied"), "reported", "conflicts"),
    (("denied", "confirmed"), "confirmed", "conflicts"),
    (("planned", "reported"), "reported", ""),
    (("planned",), "planned", ""),
    (("requested",), "requested", ""),
    (("rejected",), "rejected", ""),
    (("requested", "rejected"), "rejected", ""),
    (("planned", "requested"), "planned", ""),
    (("planned", "denied"), "planned", "conflicts"),
    (("requested", "rejected", "reported", "denied"), "reported", "conflicts"),
]


@pytest.fixture(scope="module")
def told():
    """Give the events of all those cases, computed together."""
    return events_made(*([{"status": said} for said in statuses] for statuses, *_ in STATUSES))


@pytest.mark.parametrize("number", range(len(STATUSES)))
def test_an_events_status_is_its_strongest_claims(told, number):
    """Denied if only denied, planned and the like if nothing is stronger, confirmed if a party confirms."""
    event, (_, status, dispute) = told[number], STATUSES[number]
    assert (event["status"], event["disputed_occurrence"]) == (status, dispute)


# ---- where


def at(place_id, precision=1, **more):
    """Write a claim of something standing at a place."""
    return {"kind": "deployment", "place_id": place_id, "geo_precision": precision, **more}


PLACES = [
    # the claims, the event's place, its precision, dispute
    ([{"kind": "deployment"}], "", None, ""),
    ([at("elvas")], "elvas", 1, ""),
    ([at("elvas", 2)], "elvas", 2, ""),
    ([at("elvas", 2), at("elvas", 1)], "elvas", 1, ""),
    ([at("alentejo", 3), at("elvas", 1)], "elvas", 1, ""),
    ([at("portugal", 3), at("alentejo", 3)], "alentejo", 3, ""),
    ([at("elvas"), at("evora", **OTHER)], "elvas", 1, "conflicts"),
    ([at("elvas", 2), at("badajoz", 2, **OTHER)], "elvas", 2, ""),
    ([at("elvas"), at("badajoz")], "elvas", 1, "conflicts"),
    ([at("elvas"), at("evora", **OTHER), at("alentejo", 3, **THIRD)], "alentejo", 3, "conflicts"),
    ([at("elvas"), at("evora", **NO), at("evora", **PLAN)], "elvas", 1, ""),
    ([at("galicia", 3), at("extremadura", 3, **OTHER)], "galicia", 3, "conflicts"),
    # Far from the middle of a long country, and yet in it.
    ([at("spain", 3), at("badajoz", **OTHER)], "badajoz", 1, ""),
    ([at("portugal", 3), at("evora", **OTHER)], "evora", 1, ""),
    # Within the circle of Spain's size, and yet not in Spain; where all are contested the most precise is kept.
    ([at("spain", 3), at("evora", **OTHER)], "evora", 1, "conflicts"),
    ([at("portugal", 3), at("n4", 2, **OTHER)], "n4", 2, ""),
]


@pytest.fixture(scope="module")
def placed():
    """Give the events of all those cases, computed together."""
    return events_made(*(claims for claims, *_ in PLACES))


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_an_events_place_is_the_most_precise_that_none_contests(placed, number):
    """Outlines and circles that do not meet conflict; the precision is that of the claims of the place."""
    event, (_, place, precision, dispute) = placed[number], PLACES[number]
    found = None if pd.isna(event["geo_precision"]) else event["geo_precision"]
    assert (event["place_id"], found, event["disputed_place"]) == (place, precision, dispute)


def test_each_end_of_a_movement_is_found_by_itself():
    """One claim may say where from and another where to."""
    event = event_of(
        {"origin_id": "portugal", "destination_id": "badajoz", "geo_precision": 1},
        {"origin_id": "elvas", "crossing_id": "caia", "geo_precision": 1, **OTHER},
    )
    ids = [event[f"{role}_id"] for role in ("origin", "crossing", "destination", "place", "route")]
    assert ids == ["elvas", "caia", "badajoz", "", ""]


# ---- who says it


def test_a_story_retold_from_one_root_counts_once():
    """Publications are counted, and beside them the roots that they go back to."""
    event = event_of(
        {"source_id": "s1", "root": "a radio"},
        {"source_id": "s2", "root": "a radio"},
        {"source_id": "s2", "root": "a mayor"},
        {"source_id": "s3", "root": "a minister", **NO},
        {"source_id": "s4", "root": "a minister", **NO},
    )
    assert [event[name] for name in ("claims", "sources", "roots", "roots_denying")] == [5, 4, 3, 1]


def test_the_actors_are_those_of_the_claims_that_tell_it():
    """Each actor once, in the order of the claims; who is only denied to have moved is not among them."""
    event = event_of({"actors": "b;a"}, {"actors": "a;c"}, {"actors": "d", **NO})
    assert event["actors"] == "b;a;c"


def test_events_keep_their_order_and_those_without_claims_are_left_out():
    """The frame goes by the events' own order; claims of no event make none."""
    claims = claims_frame({"event_id": "e3"}, {"event_id": "e1"}, {"event_id": ""})
    rows = [(name, "", "", "crossing", "") for name in ("e1", "e2", "e3")]
    heads = pd.DataFrame(rows, columns=["event_id", "title", "title_ar", "kind", "note"])
    assert list(events_of(claims, heads, places_frame(small_gazetteer())).index) == ["e1", "e3"]


# ---- as known on a day

TOLD_LATER = (
    {**on(7), **people(2000, 1800, 2200), "reported": day(8)},
    {**on(7), **people(1000, 1000, qualifier="at_least"), "reported": day(9), **OTHER},
    {**NO, "reported": day(10), **THIRD},
)


@pytest.mark.parametrize(
    ("known", "high", "roots", "disputes"),
    [(8, 2200, 1, ("", "")), (9, OPEN, 2, ("differs", "")), (10, OPEN, 3, ("differs", "conflicts"))],
)
def test_an_event_is_computed_from_what_was_reported_by_the_day(
    tmp_path, iberia, known, high, roots, disputes
):
    """A claim counts from the day it was reported on, that day included."""
    collection = known_by(collection_of(tmp_path, iberia, claims=TOLD_LATER), dt.date(2024, 12, known))
    event = events_of(collection.claims, collection.events, places_frame(iberia)).loc["e1"]
    assert (event["count_high"], event["roots"]) == (high, roots)
    assert (event["disputed_count"], event["disputed_occurrence"]) == disputes


def test_before_the_first_report_nothing_is_known(tmp_path, iberia):
    """No claims make no events, and layers without rows."""
    collection = known_by(collection_of(tmp_path, iberia, claims=TOLD_LATER), dt.date(2024, 12, 1))
    assert len(collection.claims) == 0
    layers = layers_of(collection, iberia)
    assert [len(layer) for layer in layers.values()] == [0, 0, 0, 0]
    assert {str(layer.crs) for layer in layers.values()} == {"EPSG:4326"}


def test_a_part_of_a_collection_is_its_events_with_their_claims(tmp_path, iberia):
    """Events that are not asked for go, and their claims with them."""
    events, claims = ({}, {}), ({}, {"event_id": "e2"}, {"event_id": ""})
    part = of_events(collection_of(tmp_path, iberia, events=events, claims=claims), {"e2"})
    assert list(part.events["event_id"]) == ["e2"]
    assert list(part.claims["claim_id"]) == ["c2"]


def test_the_numbers_of_columns_are_numbers(real_layers):
    """Over the shipped collection lows are at most highs, and counts of sources are at most those of claims."""
    for layer in real_layers.values():
        assert not (layer["count_low"] > layer["count_high"]).any()
        assert (layer["roots"] <= layer["claims"]).all()
        assert (layer["sources"] <= layer["claims"]).all()
        assert not np.isinf(layer["count_low"]).any()
