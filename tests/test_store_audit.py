"""The audit shows what was changed past it, and tells in plain words what was changed by it."""

import pytest
from sqlalchemy import text
from stores_made import CLAIM, proposal

from claims.store import StoreError, Verdict
from claims.store.told import told


@pytest.fixture
def store(store):
    """Give a store in which Anna has taken in a collection and mended a claim of it."""
    store.mend("tiny", "c1", 1, {"note": "checked"}, "Anna")
    return store


def tamper(store, *statements):
    """Change the database as somebody would who may do anything with it."""
    with store.database.writing() as connection:
        if store.database.is_sqlite:
            connection.execute(text("drop trigger audit_no_update"))
            connection.execute(text("drop trigger audit_no_delete"))
        else:
            connection.execute(text("alter table audit disable trigger user"))
        for statement in statements:
            connection.execute(text(statement))


def test_an_audit_that_nobody_touched_holds(store):
    """Verifying what was only written through the store finds nothing."""
    assert store.verified().problems == ()


@pytest.mark.parametrize("statement", ["update audit set who = 'x' where seq = 2", "delete from audit"])
def test_the_database_itself_refuses_to_change_the_audit(store, statement):
    """A statement that would change or remove rows of it fails, and the audit holds."""
    with pytest.raises(StoreError, match="audit only grows"), store.database.writing() as connection:
        connection.execute(text(statement))
    assert store.verified().problems == ()


def test_a_changed_row_is_found(store):
    """Another name in a row is told with the row's number."""
    tamper(store, "update audit set who = 'Ben' where seq = 3")
    (problem,) = store.verified().problems
    assert problem.startswith("row 3 of the audit was changed after it was written (imported ")


def test_a_changed_row_whose_hash_was_made_anew_is_found(store):
    """The row after it does not follow any more."""
    tamper(store, f"update audit set hash = '{'0' * 64}' where seq = 3")
    problems = store.verified().problems
    assert "row 4 of the audit does not follow from the row before it" in problems


def test_a_row_taken_from_the_middle_is_found(store):
    """The gap is told."""
    tamper(store, "delete from audit where seq = 3")
    assert store.verified().problems[0] == "row 3 is missing from the audit"


def test_rows_cut_off_the_end_are_found(store):
    """The head still says how many there were; the claim that they told of is found as well."""
    number, _ = store.verified().last
    tamper(store, f"delete from audit where seq > {number - 2}")
    problems = store.verified().problems
    assert problems[0] == f"rows {number - 1} to {number} are missing from the end of the audit"
    assert "claims c1 of tiny was changed, and the audit does not say by whom" in problems


def test_rows_cut_off_with_the_head_are_found_by_what_was_noted(store):
    """A chain whose end was made to fit holds by itself, and not against a row that was noted outside."""
    number, digest = store.verified().last
    end = f"(select hash from audit where seq = {number - 1})"
    cut = f"delete from audit where seq = {number}"
    tamper(store, f"update head set seq = {number - 1}, hash = {end}", cut)
    noted = f"row {number} of the audit is not the one that was noted: the audit was written anew"
    assert noted not in store.verified().problems
    assert noted in store.verified((number, digest)).problems


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("update claims set quote = 'all crossed' where claim_id = 'c2'", "claims c2 of tiny was changed"),
        ("update claims set version = 7 where claim_id = 'c2'", "claims c2 of tiny was changed"),
        ("delete from claims where claim_id = 'c2'", "claims c2 of tiny is gone"),
        ("update collections set facts = ''", "collections tiny of tiny was changed"),
        (
            "insert into events select collection, 'e9', version, position, more, title, title_ar, kind, note from events",
            "events e9 of tiny is there, and the audit does not say who wrote it",
        ),
    ],
)
def test_a_table_that_was_changed_past_the_audit_is_found(store, statement, found):
    """Each row must be what the audit last said of it."""
    tamper(store, statement)
    (problem,) = store.verified().problems
    assert problem.startswith(found)


def test_a_text_that_was_changed_is_found(store):
    """A whole text is told in the audit by its hash, which it must still have."""
    source = store.keep_source("tiny", {"outlet": "A", "published": "2024-12-09"}, "Some crossed.", "Anna")
    tamper(store, "update texts set content = 'All crossed.'")
    (problem,) = store.verified().problems
    assert problem.startswith(f"the content of texts {source.source_id} of tiny was changed")


def test_what_changed_is_told_in_plain_words(store):
    """Who, what, when and from what to what; numbers with their thousands apart."""
    counted = {"count_text": "2,000 or so", "count_qualifier": "about", "count_unit": "people"}
    store.mend("tiny", "c1", 2, {**counted, "count": "2000"}, "Ben")
    store.mend("tiny", "c1", 3, {"count": "2500"}, "Ben")
    store.accept("tiny", proposal(), CLAIM, "Chloé", event_title="They go")
    store.reject("tiny", proposal(which=1), "Chloé", "a plan")
    store.withdraw("tiny", "s1-01", 1, "Anna", "told twice")
    lines = list(told(store.changes("tiny")))
    assert lines[:2] == [
        "Anna imported tiny on 3 December 2024 14:02 UTC: 1 source, 2 claims, 1 event, 1 actor",
        "Anna mended c1 on 3 December 2024 14:03 UTC: note (empty) -> checked",
    ]
    assert lines[3:] == [
        "Ben mended c1 on 3 December 2024 14:05 UTC: count 2,000 -> 2,500",
        "Chloé added the event they-go on 3 December 2024 14:06 UTC: They go",
        "Chloé accepted s1-01 on 3 December 2024 14:06 UTC: 'some crossed'",
        "Chloé rejected a proposed crossing at characters 4 to 16 of text abababababab on 3 December 2024 14:07 UTC: a plan",
        "Anna withdrew s1-01 on 3 December 2024 14:08 UTC: 'some crossed' (told twice)",
    ]


def test_a_mended_source_is_told(store):
    """From what to what, as of a claim."""
    store.mend_source("tiny", "s1", 1, {"title": "They go"}, "Ben")
    assert list(told(store.changes("tiny")))[-1].startswith(
        "Ben mended the source s1 on 3 December 2024 14:04 UTC: title "
    )


def test_a_rejection_taken_back_is_told(store):
    """It has a verdict and a line of its own: no claim was withdrawn."""
    seen = store.reject("tiny", proposal(), "Chloé", "a plan").decision_id
    taken_back = store.reconsider("tiny", proposal(), "Ben", seen=seen)
    assert (taken_back.verdict, taken_back.claim_id) == (Verdict.REOPENED, "")
    assert list(told(store.changes("tiny")))[-1] == (
        "Ben took back the rejection of a proposed crossing at characters 4 to 16 of text abababababab "
        "on 3 December 2024 14:05 UTC"
    )


def test_the_new_event_of_a_mended_proposal_is_told_as_added(store):
    """The proposal was mended, and the event was not there before."""
    store.accept("tiny", proposal(), CLAIM, "Ben", event_title="They go", mended=True)
    assert list(told(store.changes("tiny")))[-2:] == [
        "Ben added the event they-go on 3 December 2024 14:04 UTC: They go",
        "Ben mended s1-01 on 3 December 2024 14:04 UTC: 'some crossed'",
    ]


def test_what_differs_of_a_long_cell_is_told_and_a_column_by_its_name(store):
    """A long cell is told from shortly before what differs; a collection whose table has a new column, by that column."""
    long = "all that it says at first " * 10
    store.mend("tiny", "c1", 2, {"note": f"{long}of Monday"}, "Ben")
    store.mend("tiny", "c1", 3, {"note": f"{long}of Tuesday"}, "Ben")
    store.mend("tiny", "c1", 4, {"withheld": "quote"}, "Ben")
    lines = [line.partition(" UTC: ")[2] for line in told(store.changes("tiny"))][-3:]
    before = f"…{f'{long}of '[-30:]}"
    assert lines == [
        f"note {before}Monday -> {before}Tuesday",
        "claims.csv has the column withheld",
        "withheld (empty) -> quote",
    ]
