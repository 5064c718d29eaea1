"""What leads to what is withheld: ids of texts and statements, roots, rows of other data sets, the order of rows, and views."""

import datetime as dt
import hashlib

import pytest
from collections_made import ON_THE_SEVENTH, write_table
from publication_made import withholding

from claims.events import events_of
from claims.publication.publishing import published
from claims.tables import read_with_places
from layers.frames import places_frame

DAY = dt.date(2024, 12, 30)
DIGEST = hashlib.sha256(b"Nothing here.").hexdigest()


def edition(folder):
    """Give the published edition of a folder."""
    return published(*read_with_places(folder), DAY)[0]


def _is_neutral(ids):
    return ids.str.startswith("unnamed-").tolist()


def test_ids_of_a_reading_tell_neither_the_text_nor_the_sentence(tmp_path):
    """Where something of its text is withheld; those of another text, and of claims that a person named, stay."""
    read = {"claim_id": f"{DIGEST[:8]}-1", "statement_id": f"{DIGEST[:8]}-s2"}
    claims = [
        {**read, "withheld": "quote", "quote": "zz qq"},
        {"statement_id": read["statement_id"]},
        {"claim_id": "0123abcd-1", "source_id": "s2"},
        {"claim_id": f"x-{DIGEST[:8]}", "source_id": "s2"},
    ]
    made = edition(withholding(tmp_path / "c", claims, sources=({"text_sha256": DIGEST}, {})))
    assert DIGEST[:8] not in made.claims.to_csv() + made.sources.to_csv()
    ids = made.claims["claim_id"]
    assert {"c2", "0123abcd-1"} < {*ids}
    assert _is_neutral(ids[made.claims["quote"].eq("[withheld]")]) == [True]
    shared = made.claims.loc[made.claims["source_id"].eq("s1"), "statement_id"]
    assert (_is_neutral(shared), shared.nunique()) == ([True, True], 1)


def test_a_sentence_is_not_told_where_no_digest_was_written(tmp_path):
    """The ids that *Read* and a reading give say which sentence it was; who has the text would find it."""
    claims = [
        {"claim_id": "0123abcd-1", "statement_id": "s1-7", "withheld": "quote", "quote": "zz qq"},
        {"statement_id": "s1-7"},
        *({"source_id": "s2", "statement_id": "s2-7"} for _ in range(2)),
    ]
    made = edition(withholding(tmp_path / "c", claims, sources=({}, {})))
    assert made.claims["claim_id"].tolist()[:-1] == ["c2", "c3", "c4"]
    assert _is_neutral(made.claims["statement_id"]) == [True, False, False, True]


def test_a_statement_names_no_claim_that_is_not_there(tmp_path):
    """Neither by its id nor by being one of a single claim, which all such statements lose."""
    claims = [
        {"claim_id": "secret-7", "statement_id": "secret-7", "source_id": "s2", "withheld": "claim"},
        *({"statement_id": "secret-7"} for _ in range(2)),
        {"source_id": "s2", "statement_id": "left", "withheld": "claim"},
        {"statement_id": "left"},
        {"statement_id": "alone"},
    ]
    made = edition(withholding(tmp_path / "c", claims, sources=({}, {})))
    first, second, *others = made.claims["statement_id"]
    assert first == second
    assert first.startswith("unnamed-statement-")
    assert others == ["", ""]


def test_independence_is_counted_as_before_where_a_root_is_withheld(tmp_path):
    """Every claim of that root has the same stand-in, whichever of them withholds it."""
    claims = [{"root": "Reuters", "withheld": "root"}, {"root": "Reuters"}, {"root": "Another"}]
    folder = withholding(tmp_path / "c", claims)
    whole, gazetteer = read_with_places(folder)
    made, places = published(whole, gazetteer, DAY)
    assert made.claims["root"].tolist() == ["[withheld] 1", "[withheld] 1", "Another"]
    counted = [
        events_of(each.claims, each.events, places_frame(of), each.sources)["roots"].tolist()
        for each, of in ((whole, gazetteer), (made, places))
    ]
    assert counted == [[2], [2]]


def test_no_claim_looks_surer_for_a_root_that_another_withholds(tmp_path):
    """A retracted report that is a root goes with all claims of it, for without it they would stand."""
    claims = [{"root": "s2", "withheld": "root"}, {"root": "s2"}, {}]
    folder = withholding(tmp_path / "c", claims, sources=({}, {"state": "retracted"}))
    assert edition(folder).claims["claim_id"].tolist() == ["c3"]


@pytest.mark.parametrize("column", ["dataset", "row_version"])
def test_all_that_is_said_of_a_row_is_looked_through(tmp_path, column):
    """Its data set and its version too may repeat what is withheld."""
    claims = [{"note": "Okapi Brigade", "withheld": "note"}, {}, {}]
    folder = withholding(tmp_path / "c", claims)
    row = {"dataset": "d", "file": "a.csv", "row": "{}"}
    said = {"claim_id": "c2", "row_id": "R2", column: "okapi-brigade-files"}
    write_table(folder / "imports.csv", [{**row, **said}, {**row, "claim_id": "c3", "row_id": "R3"}])
    assert edition(folder).imports["row_id"].tolist() == ["R3"]


def test_a_digest_of_a_claim_goes_where_it_is_told_otherwise(tmp_path):
    """Who guesses what it denied would know it by the digest of how it was made."""
    claims = [{"denies": "c2"}, {"withheld": "claim"}, {}]
    folder = withholding(tmp_path / "c", claims)
    row = {"dataset": "d", "file": "a.csv", "row": "{}", "made": "ab" * 32}
    write_table(folder / "imports.csv", [{**row, "claim_id": f"c{n}", "row_id": f"R{n}"} for n in (1, 3)])
    assert edition(folder).imports["made"].tolist() == ["", "ab" * 32]


def test_where_a_row_stood_does_not_tell_its_day(tmp_path):
    """Claims and events are in the order of their ids, those that are renamed in that of what is published of them."""

    def on(day):
        return {"date_start": f"2024-12-{day}", "date_end": f"2024-12-{day}", "date_kind": "on"}

    claims = [
        {**on("03"), "claim_id": "c10", "event_id": "e10"},
        {
            **on("04"),
            "claim_id": "b-okapi",
            "event_id": "e2",
            "reported": "2024-12-09",
            "withheld": "date_start",
        },
        {**on("05"), "claim_id": "a-okapi", "event_id": "e1", "withheld": "date_start"},
        {**on("06"), "claim_id": "c9", "event_id": "e9", "note": "okapi", "withheld": "note"},
    ]
    events = [{"event_id": one} for one in ("e10", "e2", "e1", "e9")]
    made = edition(withholding(tmp_path / "c", claims, events=events))
    assert made.events["event_id"].tolist() == ["e1", "e2", "e9", "e10"]
    assert made.claims["event_id"].tolist() == ["e9", "e10", "e1", "e2"]
    assert made.claims["reported"].dt.day.tolist()[2:] == [8, 9]


ELVAS = {"place": "Elvas", "place_id": "geonames-2268339", "geo_precision": "1"}
AT_ELVAS, ALL = [-7.2, 38.8, -7.1, 38.95], [-9.0, 37.0, -5.0, 41.0]
ZOOMS = [
    # what the claim at Elvas is, what the other names, the section, the views that stay
    ({"withheld": "claim"}, {}, "", []),
    ({"withheld": "place"}, {}, "", []),
    ({"place_id": "", "geo_precision": "", "withheld": "place"}, {}, "", []),
    ({"reported": "2024-12-29"}, {}, "delay_days = 7", []),
    ({"withheld": "claim"}, {"place": "Portugal", "place_id": "country-pt", "geo_precision": "3"}, "", [ALL]),
    ({"withheld": "claim"}, ELVAS, "", [ALL, AT_ELVAS]),
    ({"withheld": "quote"}, {}, "", [ALL, AT_ELVAS]),
]


@pytest.mark.parametrize(("claim", "other", "section", "stay"), ZOOMS)
def test_no_view_points_at_what_is_not_published(tmp_path, claim, other, section, stay):
    """A step's, and that of the collection, is laid anew where no published position lies in it and one is not published."""
    claims = [{**ON_THE_SEVENTH, **ELVAS, "quote": "zz qq", **claim}, {**ON_THE_SEVENTH, **other}]
    folder = withholding(tmp_path / "c", claims, section, facts={"view": str(AT_ELVAS)})
    steps = [
        f'[[step]]\nheadline = "h"\ntext = "it goes on"\nday = 2024-12-07\nview = {view}\n'
        for view in (ALL, AT_ELVAS)
    ]
    (folder / "story.toml").write_text("\n".join(['title = "t"', *steps]), encoding="utf-8")
    made = edition(folder)
    assert [list(step.view) for step in made.story.steps if step.view] == stay
    assert (list(made.facts.view) == AT_ELVAS) is (AT_ELVAS in stay)
