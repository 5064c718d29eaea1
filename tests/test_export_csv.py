"""CSV that leaves: a table that says on every line what it is of, and cells that are no formulas."""

import csv
import io
import json

import pandas as pd
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from layers.exports.formats import Export, Rows, write
from layers.exports.rows import CLAIM_COLUMNS, EVENT_COLUMNS

AFTER = (
    *("lon", "lat", "wkt", "collection_title", "citation", "licence", "version", "digest"),
    *("collection_first_day", "collection_last_day", "days", "known"),
    *("filters", "collection_url", "made"),
)


def rows_of(folder, export):
    """Write an export and read it as anybody would."""
    write("csv", export, folder / "out.csv")
    text = (folder / "out.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_line_is_an_event_with_what_the_file_is_of(tmp_path, iberia):
    """Columns of events, a point and the geometry of the mark, and the edition stand on each line; empty is not said."""
    claims = ({**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000}, {"event_id": "e2"})
    collection = collection_of(tmp_path, iberia, claims=claims, events=({}, {"title": 'Two, "or"\nmore'}))
    export = Export(collection, iberia, filters="kinds: crossing")
    one, two = rows_of(tmp_path, export)
    assert list(one) == [*EVENT_COLUMNS, *AFTER]
    assert (one["event_id"], one["layer"], one["date_start"]) == ("e1", "crossings", "2024-12-07")
    assert (one["count_low"], one["count_high"], one["count_open"]) == ("1800", "2200", "false")
    assert one["wkt"] == "LINESTRING (-7.163 38.881, -6.97 38.879)"
    assert (one["lon"], one["lat"]) == ("-7.0665", "38.88")
    assert (two["title"], two["date_start"], two["lon"], two["wkt"]) == ('Two, "or"\nmore', "", "", "")
    for row in (one, two):
        said = [row[name] for name in ("collection_title", "citation", "digest", "days", "filters")]
        assert said == ["A test", "nobody", collection.digest, "", "kinds: crossing"]


def test_a_line_is_a_claim_where_claims_are_asked_for(tmp_path, iberia):
    """Rows of claims have the columns of claims.csv and those of their source and event."""
    collection = collection_of(tmp_path, iberia, claims=({}, {"event_id": ""}))
    one, two = rows_of(tmp_path, Export(collection, iberia, rows=Rows.CLAIMS))
    assert list(one) == [*CLAIM_COLUMNS, *AFTER]
    assert (one["outlet"], one["event_title"], two["event_id"]) == ("The Daily Test", "Some cross", "")


def test_no_row_is_a_header(tmp_path, iberia):
    """A collection without events is a header line."""
    export = Export(collection_of(tmp_path, iberia, claims=(), events=()), iberia)
    assert rows_of(tmp_path, export) == []
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith('"event_id","layer"')


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A"]  # noqa: RUF001


@pytest.mark.parametrize("begins", FORMULAS)
def test_what_begins_as_a_formula_is_marked_as_text_on_request(tmp_path, iberia, begins):
    """Each of OWASP's beginnings gets an apostrophe and is named in a column, and no other text is touched."""
    collection = collection_of(tmp_path, iberia)
    collection.events["title"] = begins
    export = Export(collection, iberia, safe=True)
    (row,) = rows_of(tmp_path, export)
    assert (row["title"], row["formula_safe"]) == (f"'{begins}", "title")
    assert row["citation"] == "nobody"
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (plain,) = rows_of(tmp_path, Export(collection, iberia))
    assert plain["title"] == begins
    assert "formula_safe" not in plain


def test_numbers_are_no_formulas(tmp_path, iberia):
    """A longitude in the west stays a number."""
    (row,) = rows_of(
        tmp_path, Export(collection_of(tmp_path, iberia, claims=(FROM_ELVAS,)), iberia, safe=True)
    )
    assert (row["lon"], row["formula_safe"]) == ("-7.0665", "")


@pytest.mark.parametrize("safe", [False, True])
def test_hostile_text_comes_back_as_it_was(tmp_path, iberia, bad_inputs, safe):
    """Strings that break programs are read again as they were, but for the apostrophes that are told."""
    strings = json.loads((bad_inputs / "strings" / "naughty.json").read_text(encoding="utf-8"))
    collection = collection_of(tmp_path, iberia, claims=({},) * len(strings), events=({},) * len(strings))
    collection.events["title"] = pd.Series(strings, dtype="str")
    collection.claims["event_id"] = collection.events["event_id"]
    rows = rows_of(tmp_path, Export(collection, iberia, safe=safe))
    marked = [("'" if row.get("formula_safe") else "", row["title"]) for row in rows]
    assert [title.removeprefix(mark) for mark, title in marked] == strings
    assert not safe or not any(title.startswith(("=", "+", "-", "@", "\t", "\r")) for _, title in marked)
