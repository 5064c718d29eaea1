"""A withheld outlet is named nowhere beside its claims: not in their chains, roots, ids or words."""

import datetime as dt

import pytest
from publication_made import withholding

from claims.publication.publishing import published
from claims.tables import read_with_places

COURIER, OTHER = "The Lake Courier", "The Hill Gazette"
SOURCES = (
    {"source_id": "lake-1", "outlet": COURIER, "title": f"Notes of {COURIER}", "author": "A writer"},
    {"source_id": "hill-1", "outlet": OTHER},
)
OWN = {
    "source_id": "lake-1",
    "claim_id": "lake-1-1",
    "root": "the-lake-courier",
    "via": f"{COURIER} > a guard",
}


def edition(tmp_path, claims, section="", sources=SOURCES):
    """Give the published edition of claims."""
    folder = withholding(tmp_path / "c", claims, section, sources=sources)
    return published(*read_with_places(folder), dt.date(2024, 12, 20))[0]


def told(collection):
    """Give all that an edition's tables say."""
    tables = (collection.claims, collection.sources, collection.events)
    return " ".join(str(cell) for table in tables for cell in table.to_numpy().ravel())


@pytest.mark.parametrize(
    ("word", "section"), [("source.outlet", ""), ("", 'withheld = ["sources.outlet"]')], ids=["claim", "all"]
)
def test_a_withheld_outlet_is_in_no_cell_of_its_claims(tmp_path, word, section):
    """Nor of another that goes back to it, by whatever of both, and ids do not spell it; the root counts as one."""
    claims = [
        {**OWN, "withheld": word},
        {"source_id": "hill-1", "root": "the-lake-courier", "via": f"{OTHER} > {COURIER}"},
        {"source_id": "hill-1", "root": "lake-1", "via": f"{OTHER} > {COURIER}"},
    ]
    collection = edition(tmp_path, claims, section)
    said = told(collection)
    assert [one for one in (COURIER, "lake-courier", "lake-1") if one in said] == []
    shared, of_source, own = collection.claims["root"]
    assert own == shared == "[withheld] 1"
    assert of_source == collection.claims["source_id"].iloc[-1] != "lake-1"
    assert collection.edition.parts == 3


def test_where_others_say_a_withheld_outlet_it_stays(tmp_path):
    """In a chain to another root, as the outlet of another report, and in an event's title; the withheld card lacks it all the same."""
    claims = [
        {**OWN, "root": "guards", "quote": f"told {COURIER}", "withheld": "source.outlet"},
        {"source_id": "hill-1", "root": "hill-1", "via": f"{OTHER} > {COURIER} > guards there"},
        {"source_id": "lake-2", "root": "lake-2"},
    ]
    sources = (*SOURCES, {"source_id": "lake-2", "outlet": COURIER})
    collection = edition(tmp_path, claims, sources=sources)
    assert collection.claims["via"].tolist() == [f"{OTHER} > {COURIER} > guards there", "", ""]
    assert collection.claims["quote"].tolist() == ["some crossed", "some crossed", "[withheld]"]
    assert collection.sources["outlet"].tolist() == [OTHER, COURIER, "[withheld]"]
    assert collection.sources["title"].iloc[-1] == ""


def test_another_report_of_that_root_would_tell_the_outlet_too(tmp_path):
    """A source of that outlet whose claims have the same root lacks its outlet as well."""
    claims = [{**OWN, "withheld": "source.outlet"}, {"source_id": "lake-2", "root": COURIER}]
    collection = edition(tmp_path, claims, sources=(*SOURCES, {"source_id": "lake-2", "outlet": COURIER}))
    assert COURIER not in told(collection)
