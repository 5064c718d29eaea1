"""What a reviewer is told of a proposed claim before deciding: a table of cases each, on one known crossing."""

import pytest
from collections_made import ABOUT_2000, CLAIM, FROM_ELVAS, ON_THE_SEVENTH, collection_of, small_gazetteer

from claims.model import Dispute
from claims.review import Contradiction, Join, Review, Told, Why

CROSSED = {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "actors": "walkers"}
KNOWN = {**CROSSED, "quote": "a crowd of walkers went over the bridge into Spain", "root": "The Daily Test"}
PROPOSED = {**CLAIM, **CROSSED, "claim_id": "", "source_id": "s2", "root": "Another", "quote": "they went"}
LATER = {"date_start": "2024-12-20", "date_end": "2024-12-20"}
BACK = {"origin_id": "badajoz", "destination_id": "elvas"}
FEWER = {"count_text": "500", "count": "500", "count_low": "500", "count_high": "500"}
A_THIRD_MORE = {"count_text": "2,600", "count": "2600", "count_low": "1900", "count_high": "2600"}
SAME_WORDS = {"quote": "A crowd of walkers went over the bridge"}


@pytest.fixture
def ask(tmp_path):
    """Ask of a collection of one claim, in one event."""
    gazetteer = small_gazetteer()
    return Review(collection_of(tmp_path / "one", gazetteer, claims=[KNOWN], sources=[{}, {}]), gazetteer)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, None),
        (SAME_WORDS | LATER, Why.WORDS),
        ({"source_id": "s1"}, Why.SOURCE),
        ({"root": "The Daily Test"}, Why.ROOT),
        ({"root": "The Daily Test"} | LATER, None),
        ({"root": "The Daily Test"} | FEWER, None),
        ({"source_id": "s1", "status": "denied"}, None),
        ({"quote": "a crowd"}, None),
        (SAME_WORDS | {"status": "denied"}, None),
    ],
    ids=["another", "words", "source", "root", "later", "fewer", "denied", "too short", "words denied"],
)
def test_a_claim_is_told_already_by_its_words_its_source_or_its_root(ask, said, why):
    """What another witness says is no repetition, nor what contradicts the known claim."""
    assert ask.told_already(PROPOSED | said) == ([Told("c1", why)] if why else [])


@pytest.mark.parametrize(
    ("said", "joins"),
    [
        ({}, True),
        ({"status": "denied"}, True),
        (LATER, False),
        (BACK, False),
        ({"kind": "withdrawal"}, False),
        ({"status": "planned"}, False),
        ({"date_start": "", "date_end": "", "date_kind": ""}, False),
    ],
    ids=["alike", "denied", "later", "back", "another kind", "planned", "undated"],
)
def test_a_claim_joins_an_event_of_its_kind_that_nothing_of_it_is_against(ask, said, joins):
    """Same kind, near places, overlapping days, the same way; a denial joins what it denies."""
    assert [one.event_id for one in ask.joins(PROPOSED | said)] == (["e1"] if joins else [])


def test_an_event_to_join_is_told_with_its_reasons(ask):
    """The reviewer reads how near it is, who is in both, and how many claims it has."""
    assert ask.joins(PROPOSED) == [Join("e1", km=0.0, actors=("walkers",), claims=1)]


def test_the_nearest_event_is_suggested_first(tmp_path):
    """Of two events that a claim could join, the one of its own town comes before that of the gate beyond."""
    gazetteer = small_gazetteer()
    at_the_gate = KNOWN | {"origin_id": "", "destination_id": "", "crossing_id": "caia", "event_id": "e2"}
    two = collection_of(
        tmp_path / "two", gazetteer, claims=[at_the_gate, KNOWN], sources=[{}, {}], events=[{}, {}]
    )
    assert [one.event_id for one in Review(two, gazetteer).joins(PROPOSED)] == ["e1", "e2"]


@pytest.mark.parametrize(
    ("said", "about", "how"),
    [
        ({}, None, None),
        ({"status": "denied"}, "occurrence", Dispute.CONFLICTS),
        (FEWER, "count", Dispute.CONFLICTS),
        (A_THIRD_MORE, "count", Dispute.DIFFERS),
        (LATER, "date", Dispute.CONFLICTS),
        ({"destination_id": "madrid"}, "place", Dispute.CONFLICTS),
    ],
    ids=["none", "denied", "fewer", "more", "later", "elsewhere"],
)
def test_a_contradiction_is_told_as_the_map_would_tell_it(ask, said, about, how):
    """Two claims are apart by the same rules as those of an event that is drawn as disputed."""
    expected = [Contradiction("c1", about, how)] if about else []
    assert ask.contradictions(PROPOSED | said, "e1") == expected


def test_a_denial_may_deny_what_was_said_to_happen(ask):
    """The claims of an event that assert it are offered, by id."""
    assert ask.deniable("e1") == ["c1"]


def test_cells_that_cannot_be_read_are_no_reason_to_stop(ask):
    """While the reviewer still types, a day that is none yet counts as no day."""
    assert ask.joins(PROPOSED | {"date_start": "2024-12-", "date_end": "soon"}) == []
