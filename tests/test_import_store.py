"""Rows of another data set put into a collection of the store, with an audit of each."""

import pytest
from collections_made import make
from hypothesis import given, settings
from hypothesis import strategies as st
from imports_made import made, remade, row
from stores_made import ticking

from claims.imports.merging.merge import merge
from claims.store import StoreError, open_store
from claims.store.merging import into_store
from claims.store.told import told
from geo.errors import FaultsError


@pytest.fixture
def store(tmp_path):
    """Open a store of the test's own."""
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite", now=ticking())
    yield opened
    opened.database.close()


def put(store, *chunks, name="c", **more):
    """Merge chunks into a collection, in Anna's name, and give the numbers of the fates by their names."""
    with into_store(store, name, "Anna") as target:
        tally = merge(target, chunks, [], file="rows.csv", remade=remade, gazetteer=frozenset(), **more)
    return {fate.name: number for fate, number in tally.fates.items()}


def audit(store):
    """Give what the audit tells, in short."""
    return [(change.what, change.table, change.row_id) for change in store.changes("c")]


def test_a_collection_that_is_not_there_is_begun(store):
    """Rows into a new name make a collection that can be read, and whose audit holds."""
    assert put(store, made(row(1)), made(row(2, lon="-7.1", lat="38.9"), line=3)) == {"NEW": 2}
    collection, gazetteer = store.read_with_places("c")
    assert collection.claims["claim_id"].tolist() == ["t-1", "t-2"]
    assert collection.imports["line"].tolist() == [2, 3]
    assert gazetteer.get("t--7.1-38.9").lat == 38.9
    assert store.verified().problems == ()


def test_a_collection_that_is_begun_has_the_title_that_is_said(store):
    """Whoever begins a collection by an import may say what it is called."""
    with into_store(store, "c", "Anna", 'Rows of "all"') as target:
        merge(target, [made(row(1))], [], file="rows.csv", remade=remade, gazetteer=frozenset())
    assert store.read("c").facts.title == 'Rows of "all"'


def test_rows_join_a_collection_that_is_there(store, tmp_path):
    """Rows come after those that are there, in one moment, which the audit tells in a line."""
    store.import_folder(make(tmp_path / "folder"), "c", "Ben")
    put(store, made(row(1)))
    assert store.read("c").claims["claim_id"].tolist() == ["c1", "t-1"]
    assert list(told(store.changes("c")))[-1] == (
        "Anna imported c on 3 December 2024 14:03 UTC: 1 source, 1 claim, 1 event"
    )


def test_the_same_rows_again_write_nothing(store):
    """Importing again, or only looking what an import would do, adds no row to the audit."""
    put(store, made(row(1)))
    before = store.verified().last
    assert put(store, made(row(1))) == {"UNCHANGED": 1}
    assert put(store, made(row(1, count="30"), row(2)), check=True) == {"REVISED": 1, "NEW": 1}
    assert store.verified().last == before


def test_a_revision_is_a_row_of_the_audit(store):
    """A newer version changes the claim's cells; what they were stays in the audit."""
    put(store, made(row(1)))
    assert put(store, made(row(1, count="30"))) == {"REVISED": 1}
    changes = store.history("c", "t-1")
    assert [change.what for change in changes] == ["imported", "revised"]
    assert (changes[1].before["count"], changes[1].after["count"]) == ("20", "30")
    assert list(told(store.changes("c")))[-1].startswith("Anna revised t-1 on 3 December 2024")
    assert store.verified().problems == ()


def test_what_a_person_mended_stays(store):
    """A cell that was mended in the store is kept over what a newer version says."""
    put(store, made(row(1)))
    store.mend("c", "t-1", 1, {"quote": "some walked"}, "Ben")
    put(store, made(row(1, words="some ran", count="30")))
    claim = store.claim("c", "t-1").cells
    assert (claim["quote"], claim["count"]) == ("some walked", "30")


def test_a_claim_that_was_withdrawn_stays_away(store):
    """Whoever withdraws an imported claim is not overruled by the next import."""
    put(store, made(row(1), row(2)))
    store.withdraw("c", "t-1", 1, "Ben")
    assert put(store, made(row(1, count="30"), row(2))) == {"WITHDRAWN": 1, "UNCHANGED": 1}
    assert store.read("c").claims["claim_id"].tolist() == ["t-2"]
    assert store.read("c").imports["claim_id"].tolist() == ["t-2"]
    assert store.verified().problems == ()


def test_with_faults_nothing_is_written(store):
    """A fault undoes all that was begun, the collection too."""
    with pytest.raises(FaultsError, match="nothing was imported"):
        put(store, made(row(1)), made(row(1, count="5"), line=3))
    assert store.names() == []


def test_a_name_that_is_none_is_refused(store):
    """A collection's name is letters, digits, - and _."""
    with pytest.raises(StoreError, match="is no name of a collection"):
        put(store, made(row(1)), name="a/b")


ROWS = st.dictionaries(
    st.integers(1, 5), st.fixed_dictionaries({"count": st.sampled_from(["", "5"])}), max_size=4
)


@settings(max_examples=8, deadline=None)
@given(rows=ROWS, later=ROWS)
def test_any_edition_adds_and_revises_what_differs(tmp_path_factory, rows, later):
    """A later edition writes an audit row for each claim that it adds or revises, and the audit holds."""
    folder = tmp_path_factory.mktemp("any")
    store = open_store(f"sqlite:///{folder}/store.sqlite", now=ticking())
    for edition in (rows, later):
        before = len(store.changes("c"))
        fates = put(store, made(*(row(number, **cells) for number, cells in edition.items())))
        written = [change for change in store.changes("c")[before:] if change.table == "claims"]
        assert len(written) == fates.get("NEW", 0) + fates.get("REVISED", 0)
    assert store.verified().problems == ()
    store.database.close()
