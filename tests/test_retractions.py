"""What was retracted stays with its event, and bears nothing out."""

import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.events import events_of
from claims.retractions import fallen
from claims.versions import versions_of
from layers.frames import places_frame

SOURCES = ({}, {"state": "retracted"}, {"repeats": "s2"}, {"state": "corrected"}, {"repeats": "s3"})
STANDS = {**ON_THE_SEVENTH, **FROM_ELVAS}
GONE = {
    "source_id": "s2",
    "root": "Gone",
    "date_start": "2024-12-09",
    "date_end": "2024-12-09",
    "date_kind": "on",
}
NO = {"status": "denied"}
CONFIRMED = {"status": "confirmed"}

# The claims of an event; its status, last day, number of independent sources, and whether it rests on a retracted report.
CASES = {
    "beside-a-report-that-stands": ((STANDS, {**GONE, **CONFIRMED}), "reported", 7, 1, False),
    "alone": (({**GONE, **CONFIRMED},), "reported", 9, 0, True),
    "beside-its-repost": ((GONE, {**GONE, "source_id": "s3", "root": "s2"}), "reported", 9, 0, True),
    "beside-one-that-only-names-it-as-its-root": ((GONE, {**STANDS, "root": "s2"}), "reported", 9, 0, True),
    "beside-a-correction": ((GONE, {**STANDS, "source_id": "s4"}), "reported", 7, 1, False),
    "beside-a-plan": ((GONE, {**STANDS, "status": "planned"}), "planned", 7, 1, False),
    "beside-a-denial": ((GONE, {**STANDS, **NO}), "denied", 9, 1, True),
    "denying-what-is-reported": ((STANDS, {**GONE, **NO}), "reported", 7, 1, False),
    "saying-and-denying": ((GONE, {**GONE, **NO}), "reported", 9, 0, True),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory, iberia):
    """Give all those events, and all their versions."""
    claims = [{**claim, "event_id": name} for name, (told, *_) in CASES.items() for claim in told]
    events = [{"event_id": name} for name in CASES]
    made = collection_of(
        tmp_path_factory.mktemp("made"), iberia, sources=SOURCES, claims=claims, events=events
    )
    return made.claims, made.events, places_frame(iberia), made.sources


@pytest.mark.parametrize("name", CASES)
def test_what_was_retracted_bears_nothing_out(made, name):
    """It confirms nothing, is no independent source, and says days only where nothing else that asserts stands."""
    event = events_of(*made).loc[name]
    _, status, day, roots, rests = CASES[name]
    found = (event["status"], event["date_end"].day, event["roots"], event["rests_on_retracted"])
    assert found == (status, day, roots, rests)


def test_what_a_retracted_report_says_is_disputed_by_a_denial_no_more(made):
    """Said and denied is a dispute only where both stand, or where neither does."""
    disputed = events_of(*made)["disputed_occurrence"]
    assert [name for name, word in disputed.items() if word] == ["saying-and-denying"]


def test_versions_follow_the_same_rule(made):
    """The last version of an event whose reports were retracted is that event."""
    versions = versions_of(*made).frame()
    last = versions[versions["last"]].set_index("event_id")
    columns = ["status", "roots", "reposts", "sources_retracted", "rests_on_retracted"]
    assert last[columns].equals(events_of(*made)[columns])


def test_a_number_that_was_retracted_widens_nothing(tmp_path, iberia):
    """Beside a number that stands, one of a retracted report is neither added to the range nor in dispute with it."""
    wild = {**ABOUT_2000, "count": "9000", "count_low": "9000", "count_high": "9000", "source_id": "s2"}
    made = collection_of(tmp_path, iberia, sources=SOURCES, claims=(ABOUT_2000, wild))
    event = events_of(made.claims, made.events, places_frame(iberia), made.sources).loc["e1"]
    assert (event["count_high"], event["disputed_count"], event["sources_retracted"]) == (2200, "", 1)


def test_who_repeats_what_has_fallen_falls_with_it(tmp_path, iberia):
    """However long the chain; a correction stands."""
    sources = collection_of(tmp_path, iberia, sources=SOURCES).sources
    assert fallen(sources).tolist() == [False, True, True, False, True]
