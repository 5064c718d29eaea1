"""Rows of any table made into claims by a mapping of its columns."""

import datetime as dt
import json

import pytest
from foreign_rows import chunk_of, converted, reads_without_faults

from claims.imports.converting import Asked
from claims.imports.tables.mapped import EMPTY, TableConverter
from claims.imports.tables.mapping import TableMapping
from claims.imports.tables.saidmapping import mapping_of
from geo.errors import FaultsError

ROW = {
    "When": "2024-12-07",
    "Town": "Elvas",
    "People": "~200",
    "What": "Border crossing",
    "Text": "About 200 walkers crossed at Elvas on Saturday, the mayor said.",
}
MAPPED = {
    "scheme": "table",
    "mapping": {"date": "When", "place": "Town", "count": "People", "kind": "What", "quote": "Text"},
    "constants": {"count_unit": "people"},
    "outlet": "The Daily Test",
    "published": dt.date(2024, 12, 10),
}


def mapped(*rows, gazetteer, **said):
    """Convert rows that differ from the usual one as said; more of the mapping and constants may be said."""
    asked = {**MAPPED, **said}
    asked["mapping"] = {**MAPPED["mapping"], **said.get("mapping", {})}
    asked["constants"] = {**MAPPED["constants"], **said.get("constants", {})}
    return converted(chunk_of(*rows, usual=ROW), gazetteer, **asked)


def claim(*rows, gazetteer, **said):
    """Convert rows without a fault and give the first claim."""
    made, faults, _ = mapped(*rows, gazetteer=gazetteer, **said)
    assert not faults
    return made.tables["claims"].iloc[0]


def test_a_row_becomes_a_claim_with_all_that_it_names(iberia, tmp_path):
    """Day, place, number, words and source of a row are a claim's, and the row is kept whole."""
    made, faults, _ = mapped({}, gazetteer=iberia)
    assert not faults
    one = made.tables["claims"].iloc[0]
    assert (one["kind"], one["status"], one["modality"]) == ("crossing", "reported", "asserted")
    assert (one["date_start"], one["date_end"], one["date_kind"]) == ("2024-12-07", "2024-12-07", "on")
    assert (one["crossing"], one["crossing_id"], one["geo_precision"]) == ("Elvas", "elvas", "1")
    assert tuple(one[["count_text", "count", "count_low", "count_high"]]) == ("~200", "200", "180", "220")
    assert (one["quote"], one["quote_start"], one["quote_end"]) == (ROW["Text"], "0", str(len(ROW["Text"])))
    assert (one["root"], one["via"], one["reported"]) == ("The Daily Test", "", "2024-12-10")
    kept = made.tables["imports"].iloc[0]
    assert (kept["dataset"], kept["line"], json.loads(kept["row"])) == ("rows", "2", ROW)
    assert made.tables["events"].iloc[0]["title"] == "Crossing, Elvas"
    reads_without_faults(made, tmp_path, iberia)


WHEN = [
    # what the cells say, the kind, date_start, date_end, date_kind
    ({"date": "2024-12"}, "crossing", "2024-12-01", "2024-12-31", "on"),
    ({"date": ""}, "crossing", "", "", ""),
    ({"date_start": "2024-12-07", "date_end": "2024-12-09"}, "crossing", "2024-12-07", "2024-12-09", "on"),
    (
        {"date_start": "2024-12-07", "date_end": "2024-12-09"},
        "deployment",
        "2024-12-07",
        "2024-12-09",
        "throughout",
    ),
    ({"date_start": "2024-12-07", "date_end": ""}, "deployment", "2024-12-07", "", "since"),
    ({"date_start": "2024-12-07", "date_end": ""}, "crossing", "2024-12-07", "2024-12-07", "on"),
    ({"date_start": "", "date_end": "2024-12-09"}, "crossing", "", "2024-12-09", "by"),
    ({"date": "2024-12-07", "date_kind": "since"}, "crossing", "2024-12-07", "", "since"),
    ({"date": "2024-12-07", "date_kind": "by"}, "crossing", "", "2024-12-07", "by"),
    ({"date": "2024-12"}, "deployment", "2024-12-01", "2024-12-31", "on"),
    ({"date": "2024-12-07", "time_precision": "3"}, "closure", "2024-11-22", "2024-12-22", "on"),
    ({"date_start": "2024-12", "date_end": "2024-12-09"}, "deployment", "2024-12-01", "2024-12-09", "on"),
    (
        {"date_start": "2024-12-07", "date_end": "", "time_precision": "2"},
        "deployment",
        "2024-12-04",
        "2024-12-10",
        "on",
    ),
    ({"date_start": "2024-12", "date_end": ""}, "crossing", "2024-12-01", "2024-12-31", "on"),
    ({"date": "2024-12-07", "time_precision": "2"}, "crossing", "2024-12-04", "2024-12-10", "on"),
]


@pytest.mark.parametrize(("cells", "kind", "start", "end", "meant"), WHEN)
def test_days_are_no_surer_than_the_row(cells, kind, start, end, meant, iberia, tmp_path):
    """A month, a span and an open end are told as what they are, and a code for the time widens a day."""
    said = {**MAPPED, "mapping": {ours: ours for ours in cells}, "constants": {"kind": kind}}
    made, faults, _ = converted(chunk_of({**cells, "row": "1"}), iberia, **said)
    assert not faults
    one = made.tables["claims"].iloc[0]
    assert tuple(one[["date_start", "date_end", "date_kind"]]) == (start, end, meant)
    reads_without_faults(made, tmp_path, iberia)


MANY = [
    # count, count_low, count_high; count, count_low, count_high, count_qualifier as made
    (("100", "", ""), ("100", "100", "100", "exact")),
    (("100", "80", "150"), ("100", "80", "150", "about")),
    (("100", "100", "100"), ("100", "100", "100", "exact")),
    (("", "80", "150"), ("", "80", "150", "vague")),
    (("", "80", ""), ("", "80", "", "at_least")),
    (("100", ">100", ""), ("100", "100", "", "at_least")),
    (("", "80", "more than 500"), ("", "80", "", "at_least")),
    (("", "under 80", "500"), ("", "", "500", "at_most")),
    (("", "", "150"), ("", "", "150", "at_most")),
    ((">100", "", ""), ("100", "100", "", "at_least")),
    (("", "", ""), ("", "", "", "")),
]


@pytest.mark.parametrize(("cells", "told"), MANY)
def test_columns_of_least_and_most_make_the_range(cells, told, iberia, tmp_path):
    """What has a column of its own goes before what the words of the number mean."""
    row = dict(zip(("People", "least", "most"), cells, strict=True))
    made, faults, _ = mapped(row, gazetteer=iberia, mapping={"count_low": "least", "count_high": "most"})
    assert not faults
    one = made.tables["claims"].iloc[0]
    assert tuple(one[["count", "count_low", "count_high", "count_qualifier"]]) == told
    assert bool(one["count_unit"]) == any(told)
    reads_without_faults(made, tmp_path, iberia)


def test_a_cells_own_unit_goes_before_the_one_that_is_said(iberia):
    """Of "20 families" families are counted, whatever holds for the other rows."""
    assert claim({"People": "20 families"}, gazetteer=iberia)["count_unit"] == "families"


PLACES = [
    # the kind, what the cells say, the ids of crossing, place, origin and destination, and geo_precision
    ("crossing", {"place": "Elvas"}, ("elvas", "", "", ""), "1"),
    ("withdrawal", {"place": "Elvas"}, ("", "", "elvas", ""), "1"),
    ("deployment", {"place": "Elvas"}, ("", "elvas", "", ""), "1"),
    ("crossing", {"origin": "Elvas", "destination": "Badajoz"}, ("", "", "elvas", "badajoz"), "1"),
    ("crossing", {"crossing": "Elvas", "place": "Badajoz"}, ("elvas", "badajoz", "", ""), "1"),
    ("deployment", {"place": "north of Elvas"}, ("", "north-of:elvas", "", ""), "2"),
    ("crossing", {"origin": "PRT", "destination": "ES"}, ("", "", "country-pt", "country-es"), "3"),
    ("deployment", {"place": "Elvas", "geo_precision": "2"}, ("", "elvas", "", ""), "2"),
    ("deployment", {"place": "Zzyzzk"}, ("", "", "", ""), ""),
]


@pytest.mark.parametrize(("kind", "cells", "ids", "precision"), PLACES)
def test_a_place_is_the_end_that_its_kind_makes_it(kind, cells, ids, precision, iberia, tmp_path):
    """A crossing is at its place, a withdrawal from it; a phrase, a country and a code say how sure it is."""
    said = {**MAPPED, "mapping": {ours: ours for ours in cells}, "constants": {"kind": kind}}
    made, faults, _ = converted(chunk_of(cells), iberia, **said)
    assert not faults
    one = made.tables["claims"].iloc[0]
    ends = ("crossing_id", "place_id", "origin_id", "destination_id")
    found = tuple(one[list(ends)])
    known = {place.country: place.place_id for place in iberia if place.kind == "country"}
    wanted = tuple(known.get(one[-2:].upper(), one) if one.startswith("country-") else one for one in ids)
    assert (found, one["geo_precision"]) == (wanted, precision)
    reads_without_faults(made, tmp_path, iberia)


def test_a_position_without_a_code_is_near_its_place(iberia, tmp_path):
    """Coordinates of which nobody says how sure they are make an own place that is no point; commas are read."""
    made, faults, _ = mapped(
        {"Town": "Camp", "x": "-7,1", "y": "38,9"}, gazetteer=iberia, mapping={"lon": "x", "lat": "y"}
    )
    assert not faults
    (place,) = made.tables["places"].to_dict("records")
    assert (place["name"], place["country"], place["radius_km"]) == ("Camp", "PT", "25")
    assert made.tables["claims"].iloc[0]["geo_precision"] == "2"
    reads_without_faults(made, tmp_path, iberia)


def test_a_position_outside_of_its_country_that_a_slip_explains_is_a_fault(iberia):
    """Swapped and mirrored coordinates are told with what they should be."""
    more = {"mapping": {"lon": "x", "lat": "y", "country": "land"}}
    _, faults, _ = mapped(
        {"x": "38.881", "y": "-7.163", "land": "PRT"},
        {"x": "7.163", "y": "38.881", "land": "Portugal"},
        gazetteer=iberia,
        **more,
    )
    assert [fault.line for fault in faults] == [2, 3]
    assert all("write lon -7.163 and lat 38.881" in fault.todo for fault in faults)


def test_a_name_is_not_taken_for_a_town_in_another_country(iberia):
    """A town known only elsewhere than the file is about leaves the row without a place, and that is told."""
    made, faults, _ = mapped({"Town": "Paris"}, gazetteer=iberia, countries=("ES", "PT"))
    assert not faults
    assert made.tables["claims"].iloc[0]["crossing_id"] == ""
    assert "known only in 'FR'" in str(made.notices[0])


def test_sources_are_as_the_rows_name_them(iberia, tmp_path):
    """Each publication is a source; several outlets of a row are one root, and the table is told between."""
    made, faults, _ = mapped(
        {"Src": "Radio; Daily", "Link": "https://example.org/a", "Out": "2024-12-08"},
        {"Src": "", "Link": "", "Out": "", "Town": "Badajoz"},
        gazetteer=iberia,
        mapping={"outlet": "Src", "url": "Link", "published": "Out"},
    )
    assert not faults
    claims = made.tables["claims"]
    assert list(claims["root"]) == ["Daily; Radio", "The Daily Test"]
    assert list(claims["via"]) == ["The Daily Test > Radio; Daily", ""]
    assert list(claims["reported"]) == ["2024-12-08", "2024-12-10"]
    assert list(made.tables["sources"]["outlet"]) == ["Radio; Daily", "The Daily Test"]
    reads_without_faults(made, tmp_path, iberia)


def test_a_source_of_a_month_says_the_days_it_may_be_of(iberia, tmp_path):
    """What came out in December was known by its last day, and may have been from its first."""
    made, _, _ = mapped({"Out": "2024-12"}, gazetteer=iberia, mapping={"published": "Out"})
    source = made.tables["sources"].iloc[0]
    days = ("published", "published_earliest", "published_latest")
    assert tuple(source[list(days)]) == ("2024-12-31", "2024-12-01", "2024-12-31")
    reads_without_faults(made, tmp_path, iberia)


def test_actors_are_parted_by_semicolons(iberia):
    """Each name is an actor, on no side until a person says so."""
    made, _, _ = mapped({"Who": "Walkers; Runners;walkers"}, gazetteer=iberia, mapping={"actor": "Who"})
    assert made.tables["claims"].iloc[0]["actors"] == "walkers;runners"
    assert set(made.tables["actors"]["side"]) == {"unassigned"}


def test_the_same_row_is_the_same_claim_whenever_it_is_read(iberia):
    """Without ids a row is named by its cells, and one that stands there twice is counted, not doubled."""
    made, faults, does = mapped({}, {}, {"Town": "Badajoz"}, gazetteer=iberia)
    again, _, _ = mapped({"Town": "Badajoz"}, gazetteer=iberia)
    assert not faults
    assert len(made.tables["claims"]) == 2
    assert sum(does.left.values()) == 1
    assert again.tables["claims"].iloc[0]["claim_id"] == made.tables["claims"].iloc[1]["claim_id"]


def test_ids_and_editions_are_the_tables(iberia):
    """A column of ids names the claims, and a version says which edition of the row it is."""
    made, _, does = mapped(
        {"no": "7", "v": "1"},
        {"no": "7", "v": "2"},
        gazetteer=iberia,
        dataset="Field Log",
        mapping={"id": "no", "version": "v"},
    )
    kept = made.tables["imports"].iloc[0]
    assert (kept["claim_id"], kept["row_id"], kept["row_version"]) == ("field-log-7", "7", "2")
    assert sum(does.left.values()) == 1


def test_what_is_no_kind_of_ours_is_left_unless_it_is_asked_for(iberia):
    """Rows of other happenings are counted by what they are, and taken with --context."""
    values = {("kind", "parade"): "other"}
    made, faults, does = mapped({"What": "Parade"}, {}, gazetteer=iberia, values=values)
    assert not faults
    assert list(made.tables["claims"]["kind"]) == ["crossing"]
    assert does.left == {"Parade": 1}
    made, _, does = mapped({"What": "Parade"}, {}, gazetteer=iberia, values=values, context=True)
    assert list(made.tables["claims"]["kind"]) == ["other", "crossing"]
    assert not does.left


def test_an_empty_row_is_counted(iberia):
    """A row with nothing in it is no claim and no fault."""
    made, faults, does = mapped(dict.fromkeys(ROW, " "), gazetteer=iberia)
    assert not faults
    assert does.left == {EMPTY: 1}
    assert len(made.tables["claims"]) == 0


def test_a_word_that_is_not_known_is_asked_for_once(iberia):
    """However many rows say it, one fault asks what it means, and none of them is made."""
    made, faults, _ = mapped({"What": "Parade"}, {"What": "parade"}, {"What": "March"}, {}, gazetteer=iberia)
    assert [fault.value for fault in faults] == ["Parade", "March"]
    assert "say --value 'kind:Parade=...' with one of crossing" in faults[0].todo
    assert len(made.tables["claims"]) == 1


def test_a_column_of_texts_is_not_asked_for_word_by_word(iberia):
    """After so many words the fault says that the column may be the wrong one."""
    rows = [{"What": f"thing {number}"} for number in range(100)]
    _, faults, _ = mapped(*rows, gazetteer=iberia)
    assert len(faults) < 50
    assert "is this the column?" in faults[-1].why


FAULTS = [
    ({"When": "soon"}, {}, "When 'soon' is not a day"),
    ({"When": "8.12.24"}, {}, "has a year of two digits"),
    ({"People": "many"}, {}, "People 'many' is not a number"),
    ({"What": ""}, {}, "What is empty; fill it in, or say --set kind=... for all rows"),
    ({"no": ""}, {"id": "no"}, "no is empty"),
    ({"Link": "example.org"}, {"url": "Link"}, "Link 'example.org' is not a web address"),
    ({"gp": "9"}, {"geo_precision": "gp"}, "gp '9' is no code"),
    ({"x": "7", "y": ""}, {"lon": "x", "lat": "y"}, "y is empty"),
    ({"x": "0", "y": "0"}, {"lon": "x", "lat": "y"}, "are where positions end up that were lost"),
    ({"low": "9", "high": "5", "People": ""}, {"count_low": "low", "count_high": "high"}, "low '9' is above"),
    ({"low": "210"}, {"count_low": "low"}, "People '~200' is not between"),
    ({"Who": ";" * 30}, {"actor": "Who"}, "names over 20 actors"),
]


@pytest.mark.parametrize(("cells", "more", "told"), FAULTS)
def test_a_cell_that_cannot_be_read_is_a_fault_of_its_row(cells, more, told, iberia):
    """The fault names the table's own column, and the rows beside it are made."""
    fill = {"no": "1", "x": "", "y": "", "low": "", "high": ""}
    rows = [{**{name: ROW.get(name, fill.get(name, "")) for name in cells}, "When": "2024-12-08"}, cells]
    made, faults, _ = mapped(*rows, gazetteer=iberia, mapping=more)
    assert [fault.line for fault in faults] == [3]
    assert told in str(faults[0])
    assert len(made.tables["claims"]) == 1


def test_all_that_must_be_said_is_told_at_once(iberia):
    """Kind, outlet, day and unit are asked together, before a row is read."""
    with pytest.raises(FaultsError) as caught:
        converted(chunk_of(ROW), iberia, scheme="table", mapping={"count": "People", "date": "Gone"})
    assert [fault.column for fault in caught.value.faults] == [
        "Gone",
        "kind",
        "outlet",
        "published",
        "count_unit",
    ]


def test_a_kind_is_asked_with_the_column_that_may_tell_it(iberia):
    """A column called by a word for kinds is offered, never taken."""
    with pytest.raises(FaultsError, match="or --map 'Event type'=kind if it tells that"):
        converted(
            chunk_of({"Event type": "x"}), iberia, scheme="table", outlet="A", published=dt.date(2024, 1, 1)
        )


CONSTANTS = [
    ({"date": "07/12/2024"}, "--set: date has days whose order is not said"),
    ({"published": "soon"}, "--set: published 'soon' is not a day"),
    ({"count": "many"}, "--set: count 'many' is not a number"),
    ({"geo_precision": "9"}, "--set: geo_precision '9' is no code"),
    ({"url": "nowhere"}, "--set: url 'nowhere' is not a web address"),
    ({"lon": "200", "lat": "1"}, "--set: lon, lat '200, 1' are not on the earth"),
]


@pytest.mark.parametrize(("constants", "told"), CONSTANTS)
def test_a_constant_that_cannot_be_read_is_told_once(constants, told, iberia):
    """What the user sets for all rows is looked at before any of them."""
    said = {**MAPPED, "mapping": {}, "constants": {"kind": "crossing", "count_unit": "people", **constants}}
    with pytest.raises(FaultsError) as caught:
        converted(chunk_of({"a": "b"}), iberia, **said)
    assert told in str(caught.value)
    assert len(caught.value.faults) == 1


def test_constants_hold_for_every_row(iberia):
    """What the user sets stands in each claim as a cell would."""
    one = claim({}, gazetteer=iberia, constants={"status": "denied", "note": "by hand", "language": "pt"})
    assert (one["status"], one["note"]) == ("denied", "by hand")


def test_a_direction_gives_the_ends_of_any_table(iberia):
    """In and out are seen from the home country."""
    made, faults, _ = mapped({"Way": "in"}, gazetteer=iberia, mapping={"direction": "Way"}, home="PT")
    assert not faults
    assert made.tables["claims"].iloc[0]["destination_id"] != ""


def test_what_a_text_says_stays_text(iberia, tmp_path):
    """Cells with quotes, line ends, formulas and markup are kept as they are, and read back so."""
    text = '=HYPERLINK("x")\n<script>alert(1)</script>, ${a} "q"'
    made, _, _ = mapped({"Text": text}, gazetteer=iberia)
    reads_without_faults(made, tmp_path, iberia)
    assert made.tables["claims"].iloc[0]["quote"] == text
    assert json.loads(made.tables["imports"].iloc[0]["row"])["Text"] == text


@pytest.mark.parametrize("name", ["When", "when", "date"])
@pytest.mark.parametrize("cell", ["\0", "\ud800"])
def test_a_cell_that_no_text_can_hold_is_a_fault_in_any_column(name, cell, iberia):
    """NUL and half a character are refused in columns that are mapped or not, whatever they are called."""
    row = {"when": "x", "date": "y", name: cell}
    made, faults, _ = mapped({"when": "x", "date": "y", "Town": "Badajoz"}, row, gazetteer=iberia)
    assert {(fault.line, fault.column) for fault in faults} <= {(3, name), (3, "When")}
    assert "holds a character that no text can hold" in str(faults[0])
    assert list(made.tables["claims"]["date_start"]) == ["2024-12-07"]


def test_a_mapping_from_the_command_line_does_the_same(iberia):
    """What --map, --set and --value say goes into what is asked of the file."""
    mapping = mapping_of(["When=date", "Town=place"], ["kind=withdrawal"])
    asked = mapping.put_into(Asked("rows.csv", outlet="A", published=dt.date(2024, 12, 10)))
    chunk = chunk_of(ROW)
    made = TableConverter(asked, TableMapping.of(asked), list(chunk.cells.columns), iberia).made(chunk, [])
    assert made.tables["claims"].iloc[0]["origin_id"] == "elvas"


def test_a_code_with_a_point_is_that_code(iberia):
    """A geo_precision of 3.0 is held as 3."""
    assert claim({"sure": "3.0"}, gazetteer=iberia, mapping={"geo_precision": "sure"})["geo_precision"] == "3"


SWAPPED = {"Lon": "38.881", "Lat": "-7.163"}
PLACED = {"lon": "Lon", "lat": "Lat"}


@pytest.mark.parametrize(
    ("cells", "mapping", "said"),
    [
        ({}, {}, {"countries": ("PT", "ES")}),
        ({}, {}, {"countries": ("PT",)}),
        ({"From": "Spain", "To": "Portugal"}, {"origin": "From", "destination": "To"}, {}),
        ({"Country": "Portugal"}, {"country": "Country"}, {"countries": ("ES", "FR")}),
    ],
)
def test_a_position_swapped_by_the_countries_that_are_meant_is_a_fault(iberia, cells, mapping, said):
    """By the row's country, else by those that the file is about, else by those of both ends."""
    _, faults, _ = mapped({**SWAPPED, **cells}, gazetteer=iberia, mapping={**PLACED, **mapping}, **said)
    (fault,) = faults
    assert fault.why.startswith("look swapped: they lie outside of")
    assert "write lon -7.163 and lat 38.881" in fault.todo


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ("-7.163", "38.881"),
        ("7.163", "38.881"),  # in Sardinia's sea, whence somebody may have come
    ],
)
def test_a_position_elsewhere_than_the_countries_of_a_file_is_read(iberia, lon, lat):
    """What a file of several countries tells of a third is no slip of the pen."""
    cells = {"Lon": lon, "Lat": lat}
    _, faults, _ = mapped(cells, gazetteer=iberia, mapping=PLACED, countries=("PT", "ES"))
    assert faults == []
