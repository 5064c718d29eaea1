"""The page carries what was known of each event on each day, how claims bind events, and what a claim says in numbers."""

import numpy as np
import pandas as pd
import pytest
from blobs_read import columns_in, json_in, texts_in
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.clock import days_of
from claims.events import events_of, known_by
from claims.model import CountUnit, Kind, Status
from layers.carried.claims import root_numbers
from layers.carried.codes import MOST, NO_COUNT, OPEN_COUNT, counts
from layers.carried.names import CLAIM_TEXTS
from layers.certainty import CERTAINTIES
from layers.frames import places_frame
from layers.history import history_of
from layers.payload import payload

LATER = {"reported": "2024-12-10", "source_id": "s2", "root": "Another Test"}
EVENTS = (
    {"event_id": "stay", "kind": "deployment", "title": "Some stay"},
    {"event_id": "cross", "kind": "crossing", "title": "Some cross"},
    {"event_id": "whole", "kind": "crossing", "title": "Thousands cross"},
)
CLAIMS = (
    {
        "event_id": "cross",
        **LATER,
        **ON_THE_SEVENTH,
        "status": "denied",
        "date_text": "never",
        "actors": "a2",
    },
    {"event_id": "whole", **ABOUT_2000, **FROM_ELVAS, "statement_id": "both", "actors": "a2;walkers"},
    {
        "event_id": "stay",
        "kind": "deployment",
        "place_id": "elvas",
        "geo_precision": "2",
        "place": "Elvas town",
        "statement_id": "both",
        **ABOUT_2000,
    },
    {
        "event_id": "cross",
        **ON_THE_SEVENTH,
        **FROM_ELVAS,
        "crossing_id": "caia",
        "crossing": "Caia",
        "origin": "Elvas",
        "date_text": "on Saturday",
        "relation": "part_of",
        "relates_to": "c2",
        "statement_id": "both",
        "speakers": "an officer.",
        "via": "The Daily Test > an officer.",
        "actors": "walkers",
    },
    {
        "event_id": "cross",
        **LATER,
        **ON_THE_SEVENTH,
        "date_text": "on the 7th",
        "count_text": "at most 500 of 700",
        "count": "500",
        "count_high": "500",
        "count_qualifier": "at_most",
        "count_unit": "people",
        "via": "Another Test",
        "actors": "a2",
    },
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory, iberia):
    """Give a small collection with a denial and a number that came later."""
    return collection_of(
        tmp_path_factory.mktemp("made"),
        iberia,
        events=EVENTS,
        claims=CLAIMS,
        sources=({"language": "en", "note": "its own"}, {"outlet": "Another Test", "repeats": "s1"}),
        actors=({}, {"name": "Riders", "parent": "walkers"}),
    )


@pytest.fixture(scope="module")
def carried(collection, iberia):
    """Give what the page carries of it, unpacked."""
    blobs = payload(collection, history_of(collection, iberia))
    columns, names = columns_carried(blobs), json_in(blobs["names"])
    texts = texts_in(blobs["texts"], columns)
    claims = texts_in(blobs["claims"], columns, names["source"]["outlet"], texts["place_name"])
    return columns, names, texts, claims


def columns_carried(blobs):
    """Give all columns that blobs of a page hold."""
    return columns_in(blobs["columns"], blobs["claim-columns"])


def day(written):
    """Give a day as the page counts them."""
    return int(np.datetime64(written).astype(int))


def test_earlier_versions_stand_behind_the_events(carried):
    """The last versions are the events; the crossing's earlier one, before its denial, has a row of its own."""
    columns, _, texts, _ = carried
    assert texts["event_id"] == ["cross", "whole", "stay"]
    assert columns["version_of"].tolist() == [0]
    assert columns["known_from"].tolist() == [
        day(at) for at in ("2024-12-10", "2024-12-08", "2024-12-08", "2024-12-08")
    ]
    assert {
        len(columns[name]) for name in ("layer", "kind", "start", "mark", "origin", "actor_size", "certainty")
    } == {4}
    assert columns["n_claims"].tolist() == [3, 1, 1, 1]
    assert columns["n_denying"].tolist() == [1, 0, 0, 0]
    assert columns["count_high"].tolist() == [500, 2200, 2200, NO_COUNT]
    assert texts["date_texts"] == ["on Saturday / on the 7th", "", "", "on Saturday"]
    assert texts["count_texts"] == ["at most 500 of 700", "2,000 or so", "2,000 or so", ""]


def test_actors_of_earlier_versions_are_their_own(carried):
    """Of the crossing only the walkers were known before the riders were reported."""
    columns, names, *_ = carried
    of = np.split(columns["actor"], np.cumsum(columns["actor_size"])[:-1])
    assert [[names["actor"]["actor"][number] for number in row] for row in of] == [
        ["walkers", "a2"],
        ["a2", "walkers"],
        [],
        ["walkers"],
    ]
    assert names["actor"]["parent"] == ["", "walkers"]


def test_statuses_hold_the_denial_beside_the_status(carried):
    """An event that a claim denies is found under denied, too, from the day of the denial on."""
    reported, denied = (1 << list(Status).index(status) for status in (Status.REPORTED, Status.DENIED))
    assert carried[0]["statuses"].tolist() == [reported | denied, reported, reported, reported]


def test_certainties_are_places_in_their_list(carried):
    """The gate, the two towns, and what is near a town are told apart."""
    assert [CERTAINTIES[step] for step in carried[0]["certainty"]] == ["gate", "place", "near", "gate"]


def test_events_are_bound_by_their_claims(carried):
    """A claim that is part of another makes its event part of that one's; one number of one statement is one group."""
    columns = carried[0]
    assert (columns["part_child"].tolist(), columns["part_parent"].tolist()) == ([0], [1])
    assert (columns["share_event"].tolist(), columns["share_group"].tolist()) == ([1, 2], [0, 0])


def test_claims_say_their_numbers(carried):
    """A claim has its number, the range meant, its unit and precision; "at most" has no lowest number."""
    columns = carried[0]
    assert columns["claim_count"].tolist() == [NO_COUNT, NO_COUNT, 500, 2000, 2000]
    assert columns["claim_low"].tolist() == [NO_COUNT, NO_COUNT, NO_COUNT, 1800, 1800]
    assert columns["claim_high"].tolist() == [NO_COUNT, NO_COUNT, 500, 2200, 2200]
    people = list(CountUnit).index(CountUnit.PEOPLE)
    assert columns["claim_unit"].tolist() == [255, 255, people, people, people]
    assert columns["claim_precision"].tolist() == [0, 1, 0, 1, 2]
    assert columns["claim_root"].tolist() == [1, 0, 1, 0, 0]


def test_claims_texts_come_back_word_for_word(carried, collection):
    """What is told by the outlet, by who speaks, by a place's name or by a number is written as it was."""
    claims = carried[3]
    order = [0, 3, 4, 1, 2]
    for name in CLAIM_TEXTS:
        assert claims[name] == collection.claims[name].iloc[order].tolist(), name


def test_sources_are_told_with_all_that_bears_on_trust(carried):
    """Language, note and what a source repeats are in the page."""
    source = carried[1]["source"]
    assert (source["source_id"], source["language"]) == (["s1", "s2"], ["en", ""])
    assert (source["note"], source["repeats"]) == (["its own", ""], ["", "s1"])
    assert source["published_earliest"] == ["", ""]


def test_each_root_has_a_number_of_its_own():
    """A root has the number of the source that names it first, a second one of that source a number behind them all."""
    roots, source = np.array([0, 1, 0, 2, 3]), np.array([4, 4, 2, 2, -1])
    assert root_numbers(roots, source, 6).tolist() == [4, 7, 4, 2, 9]


def test_numbers_have_bounds():
    """Unsaid and open numbers have their signs, and what is larger than can travel is the largest."""
    said = counts(np.array([np.nan, np.inf, 0.0, 1e12]))
    assert said.tolist() == [NO_COUNT, OPEN_COUNT, 0, MOST]


def test_the_shipped_collection_is_carried_as_it_was_known(real, gazetteer):
    """On each day of a report the page's rows are the events of the claims known then: days, numbers, words and status."""
    blobs = payload(real, history_of(real, gazetteer))
    columns = columns_carried(blobs)
    texts = texts_in(blobs["texts"], columns)
    events = len(columns["layer"]) - len(columns["version_of"])
    of = np.append(np.arange(events), columns["version_of"])
    rows = pd.DataFrame(
        {
            "event_id": np.array(texts["event_id"])[of],
            "known_from": columns["known_from"],
            "kind": np.array(list(Kind))[columns["kind"]],
            "status": np.array(list(Status))[columns["status"]],
            "end": columns["end"],
            "count_low": columns["count_low"],
            "claims": columns["n_claims"],
            "date_texts": texts["date_texts"],
            "count_texts": texts["count_texts"],
        }
    )
    for when in sorted(real.claims["reported"].unique()):
        known = known_by(real, when.date())
        expected = events_of(known.claims, known.events, places_frame(gazetteer))
        found = (
            rows[rows["known_from"] <= day(when.date())]
            .sort_values("known_from")
            .drop_duplicates("event_id", keep="last")
        )
        found = found.set_index("event_id").loc[expected.index]
        for name in ("kind", "status", "claims", "date_texts", "count_texts"):
            assert found[name].tolist() == expected[name].tolist(), name
        assert found["end"].tolist() == days_of(expected["date_end"]).clip(-(2**31)).tolist()
        assert found["count_low"].tolist() == counts(expected["count_low"].to_numpy()).tolist()


# Claims of two events, and from which day on the page knows that they are bound.
BOUND = {
    "related by the later claim": (
        ({"event_id": "e1"}, {"event_id": "e2", **LATER, "relation": "part_of", "relates_to": "c1"}), "part_known", ["2024-12-10"]),
    "related to a later claim": (
        ({"event_id": "e1", "relation": "follows", "relates_to": "c2"}, {"event_id": "e2", **LATER}), "follow_known", ["2024-12-10"]),
    "related twice, once early": (
        ({"event_id": "e1"}, {"event_id": "e2", "relation": "return_of", "relates_to": "c1"},
         {"event_id": "e2", **LATER, "relation": "return_of", "relates_to": "c1"}), "return_known", ["2024-12-08"]),
    "one number of one statement": (
        ({"event_id": "e1", **ABOUT_2000, "statement_id": "s"}, {"event_id": "e2", **LATER, **ABOUT_2000, "statement_id": "s"}),
        "share_known", ["2024-12-08", "2024-12-10"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BOUND)
def test_what_binds_events_is_known_from_a_day_on(tmp_path, iberia, name):
    """A relation is known when both its claims had been reported, a shared number when the event's own claim had."""
    claims, column, days = BOUND[name]
    made = collection_of(tmp_path, iberia, claims=claims, events=({}, {}), sources=({}, {}))
    columns = columns_carried(payload(made, history_of(made, iberia)))
    assert columns[column].tolist() == [day(at) for at in days]


def test_places_are_apart_for_the_version_that_knows_both(tmp_path, iberia):
    """Each version has the claims whose places do not meet among those it knows: two at first, then two others."""
    stands = {"kind": "deployment", "geo_precision": "1"}
    claims = (
        {**stands, "place_id": "madrid", "status": "planned"},
        {**stands, "place_id": "elvas", "status": "planned"},
        {**stands, "place_id": "evora", **LATER},
        {**stands, "place_id": "merida", **LATER},
    )
    made = collection_of(tmp_path, iberia, claims=claims, events=({"kind": "deployment"},), sources=({}, {}))
    columns = columns_carried(payload(made, history_of(made, iberia)))
    assert list(zip(columns["apart_version"].tolist(), columns["apart_claim"].tolist(), strict=True)) == [
        (0, 2),
        (0, 3),
        (1, 0),
        (1, 1),
    ]
