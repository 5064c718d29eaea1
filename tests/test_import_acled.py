"""ACLED's rows as claims: what is taken, how sure it is said to be, and what is told of rows that cannot be read."""

import datetime as dt
import json

import pandas as pd
import pytest
from foreign_rows import ACLED, accounted_for, chunk_of, converted, reads_without_faults

from claims.imports.converting import Asked, converter
from claims.imports.datasets.acled import NEEDED
from geo.errors import FaultsError

CLASH = {"event_type": "Battles", "sub_event_type": "Armed clash"}
LOST = {"event_type": "Battles", "sub_event_type": "Non-state actor overtakes territory"}


def claim(gazetteer, row=(), **asked):
    """Give the claim that a row becomes which differs from the usual one as said."""
    made, faults, _ = converted(chunk_of(dict(row), usual=ACLED), gazetteer, **asked)
    assert faults == []
    return made.tables["claims"].iloc[0].to_dict()


def told(gazetteer, *rows, **asked):
    """Give the faults of rows: line, column, value and why."""
    _, faults, _ = converted(chunk_of(*rows, usual=ACLED), gazetteer, **asked)
    return [(fault.line, fault.column, fault.value, fault.why) for fault in faults]


def test_a_base_that_was_set_up_is_a_deployment(iberia):
    """The row's claim has an event of its own, the data set's edition as its source, and the listed sources as its root."""
    made, faults, _ = converted(chunk_of({}, usual=ACLED), iberia)
    assert faults == []
    said = made.tables["claims"].iloc[0]
    assert said[["claim_id", "event_id", "source_id", "kind", "status"]].tolist() == [
        *("acled-PRT101", "acled-PRT101", "acled-2024-12-18"),
        *("deployment", "reported"),
    ]
    assert said[["via", "root", "reported"]].tolist() == [
        "ACLED > The Daily Test; Radio Invented",
        "Radio Invented; The Daily Test",
        "2024-12-18",
    ]
    assert said[["place", "place_id", "geo_precision"]].tolist() == ["Elvas", "elvas", "1"]
    assert said[["date_start", "date_end", "date_kind", "date_text"]].tolist() == [
        *("2024-12-07", "2024-12-07", "on", "2024-12-07")
    ]
    event = made.tables["events"].iloc[0]
    assert event[["title", "kind"]].tolist() == ["Headquarters or base established, Elvas", "deployment"]
    source = made.tables["sources"].iloc[0]
    assert source[["outlet", "published"]].tolist() == ["ACLED", "2024-12-18"]


def test_what_is_made_is_a_collection(iberia, tmp_path):
    """Every kind of row, put into a folder, is read without a fault."""
    rows = ({}, {"event_id_cnty": "PRT102", **LOST}, {"event_id_cnty": "PRT103", **CLASH})
    made, _, _ = converted(chunk_of(*rows, usual=ACLED), iberia, context=True)
    read = reads_without_faults(made, tmp_path / "made", iberia)
    assert read.claims["kind"].tolist() == ["deployment", "control_change", "other"]


def test_context_is_taken_only_where_it_is_asked_for(iberia):
    """What has no kind here is passed over, and counted by what it is."""
    chunk = chunk_of({}, {"event_id_cnty": "PRT102", **CLASH}, usual=ACLED)
    made, faults, does = converted(chunk, iberia)
    assert made.tables["claims"]["kind"].tolist() == ["deployment"]
    assert does.left == {"Battles: Armed clash": 1}
    accounted_for(chunk, made, faults, does.left)
    made, _, does = converted(chunk, iberia, context=True)
    assert made.tables["claims"]["kind"].tolist() == ["deployment", "other"]
    assert not does.left


def test_nothing_of_a_row_is_lost(iberia):
    """All its cells are kept as written, in the file's order, with where they stood."""
    made, _, _ = converted(chunk_of({"notes": ' "quoted"\n'}, usual=ACLED), iberia)
    kept = made.tables["imports"].iloc[0]
    assert list(json.loads(kept["row"]).items()) == list({**ACLED, "notes": ' "quoted"\n'}.items())
    assert kept[["dataset", "row_id", "row_version", "file", "line"]].tolist() == [
        *("acled", "PRT101", "1734480000", "rows.csv", "2")
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-12-07", "2024-12-07"),
        ("07 December 2024", "2024-12-07"),
        ("7 December 2024", "2024-12-07"),
        ("2024-12-07 00:00:00", "2024-12-07"),
    ],
)
def test_a_day_is_read_in_acleds_own_forms(iberia, written, day):
    """ISO and the name of the month cannot be misread."""
    assert claim(iberia, {"event_date": written})["date_start"] == day


@pytest.mark.parametrize("written", ["07/12/2024", "12-07-2024", "2024-02-30", "", "December 2024"])
def test_another_form_of_day_is_a_fault(iberia, written):
    """Figures whose order must be guessed are not ACLED's."""
    why = "is not a day in a form of ACLED's"
    assert told(iberia, {"event_date": written}) == [(2, "event_date", written or None, why)]


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("1", "2024-12-07", "2024-12-07"),
        ("2", "2024-12-04", "2024-12-10"),
        ("3", "2024-11-22", "2024-12-22"),
        ("", "2024-12-07", "2024-12-07"),
    ],
)
def test_a_day_that_is_not_sure_is_one_of_several(iberia, code, start, end):
    """The code for the time says how many days around the one that is written are as likely."""
    said = claim(iberia, {"time_precision": code})
    assert (said["date_start"], said["date_end"], said["date_kind"]) == (start, end, "on")


def test_a_region_is_never_a_towns_point(iberia):
    """With geo_precision 3 the place is the region that the row names, though its position is a town's."""
    said = claim(iberia, {"geo_precision": "3", "admin1": "Alentejo"})
    assert (said["place"], said["place_id"], said["geo_precision"]) == ("Elvas", "alentejo", "3")


@pytest.mark.parametrize(
    ("deaths", "count", "qualifier", "unit"),
    [
        ("7", "7", "at_least", "deaths"),
        ("0", "", "", ""),
        ("", "", "", ""),
        ("3.0", "3", "at_least", "deaths"),
    ],
)
def test_deaths_are_counted_as_deaths(iberia, deaths, count, qualifier, unit):
    """ACLED's number is the lowest that was reported, and its 0 is that none was."""
    said = claim(iberia, {**LOST, "fatalities": deaths})
    assert (said["count"], said["count_low"], said["count_qualifier"], said["count_unit"]) == (
        *(count, count, qualifier, unit),
    )
    assert said["count_high"] == ""


@pytest.mark.parametrize(
    ("inter", "kind"), [("3", "militia"), ("Political militia", "militia"), ("", "unspecified")]
)
def test_actors_have_the_type_of_their_inter_code(iberia, inter, kind):
    """Both actors are named, each with its type, and belong to no side before a person says so."""
    row = {"inter1": inter, "actor2": "Others", "inter2": "7"}
    made, _, _ = converted(chunk_of(row, usual=ACLED), iberia)
    assert made.tables["claims"]["actors"].tolist() == ["walkers-of-the-plain;others"]
    who = made.tables["actors"]
    assert who[["name", "type", "side"]].to_numpy().tolist() == [
        ["Walkers of the Plain", kind, "unassigned"],
        ["Others", "civilians", "unassigned"],
    ]


def test_the_beginning_of_the_notes_is_quoted(iberia):
    """At most 25 words, word for word, with where they stand in the notes."""
    notes = "  One two,\n" + " ".join(f"w{number}" for number in range(40))
    said = claim(iberia, {"notes": notes})
    assert said["quote"] == notes[int(said["quote_start"]) : int(said["quote_end"])]
    assert said["quote"].split() == notes.split()[:25]


def test_a_row_without_notes_is_quoted_by_its_cells(iberia):
    """A claim quotes its source; here that is the row itself."""
    said = claim(iberia, {"notes": " "})
    assert said["quote"] == (
        "Strategic developments, Headquarters or base established, Walkers of the Plain, Elvas, 2024-12-07"
    )
    assert said["quote_start"] == said["quote_end"] == ""


@pytest.mark.parametrize("column", NEEDED)
def test_each_missing_column_is_a_fault(iberia, column):
    """All of them are told before a row is read."""
    header = [name for name in ACLED if name != column]
    with pytest.raises(FaultsError) as caught:
        converter(Asked("rows.csv", scheme="acled"), header, iberia)
    assert [(fault.line, fault.column, fault.why) for fault in caught.value.faults] == [
        (1, column, "is a missing column")
    ]


def test_columns_are_known_whatever_their_case_and_order(iberia):
    """Older exports have capitals and other columns; what is not needed may be missing or more."""
    row = {name.upper(): cell for name, cell in reversed(ACLED.items()) if name not in {"tags", "admin3"}}
    made, faults, _ = converted(chunk_of({**row, "ISO3": "PRT"}), iberia)
    assert faults == []
    assert made.tables["claims"]["claim_id"].tolist() == ["acled-PRT101"]


def test_an_export_without_timestamps_needs_its_day_said(iberia):
    """Without a day on which its rows came out nothing can be said to be known."""
    row = {name: cell for name, cell in ACLED.items() if name != "timestamp"}
    with pytest.raises(FaultsError, match="--published DAY"):
        converted(chunk_of(row), iberia)
    made, _, _ = converted(chunk_of(row), iberia, published=dt.date(2020, 1, 2))
    assert made.tables["claims"]["reported"].tolist() == ["2020-01-02"]
    assert made.tables["imports"]["row_version"].tolist() == ["2020-01-02"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"event_id_cnty": " "}, ("event_id_cnty", None, "is empty")),
        ({"event_type": ""}, ("event_type", None, "is empty")),
        ({"country": ""}, ("country", None, "is empty")),
        ({"geo_precision": "4"}, ("geo_precision", "4", "is no code of ACLED's")),
        ({"time_precision": "0"}, ("time_precision", "0", "is no code of ACLED's")),
        ({"fatalities": "many"}, ("fatalities", "many", "is not a whole number")),
        ({"fatalities": "3000000000"}, ("fatalities", "3000000000", "is more than can be")),
        ({"latitude": "38,9"}, ("latitude", "38,9", "is not a number")),
        ({"longitude": ""}, ("longitude", None, "is empty")),
        ({"timestamp": "soon"}, ("timestamp", "soon", "does not tell when the row came out")),
        ({"notes": "a\0b"}, ("notes", "a\0b", "holds a character that no text can hold")),
    ],
)
def test_what_cannot_be_read_is_told(iberia, row, fault):
    """With its line, its column, its value and why."""
    assert told(iberia, row) == [(2, *fault)]


def test_all_faults_of_a_row_are_told_and_other_rows_are_made(iberia):
    """A row with faults is not made; the faults of all its cells come at once."""
    chunk = chunk_of({"event_date": "soon", "fatalities": "x"}, {"event_id_cnty": "PRT102"}, usual=ACLED)
    made, faults, does = converted(chunk, iberia)
    assert [(fault.line, fault.column) for fault in faults] == [(2, "event_date"), (2, "fatalities")]
    assert made.tables["claims"]["claim_id"].tolist() == ["acled-PRT102"]
    accounted_for(chunk, made, faults, does.left)


def test_the_same_row_again_is_taken_once(iberia):
    """It is told; of two versions the newer counts, whatever their order."""
    older = {"timestamp": "1734000000", "notes": "Earlier words."}
    chunk = chunk_of(older, {}, {}, usual=ACLED)
    made, faults, does = converted(chunk, iberia)
    assert faults == []
    assert made.tables["imports"]["line"].tolist() == ["3"]
    assert does.left == {"an older version of a row": 1, "the same row again": 1}
    assert [notice.line for notice in made.notices] == [2, 4]


def test_two_rows_of_one_id_and_version_are_a_fault(iberia):
    """Nothing says which of them counts; the line of the other is told."""
    assert told(iberia, {}, {"notes": "Other words."}) == [
        (3, "event_id_cnty", "PRT101", "is the id of line 2 too, with other cells")
    ]


def test_an_id_with_other_signs_stays_its_own(iberia):
    """Blanks and quotes cannot stand in an id; what replaces them does not make two ids one."""
    rows = ({"event_id_cnty": "PRT 1"}, {"event_id_cnty": "PRT-1"}, {"event_id_cnty": "PRT;1"})
    made, _, _ = converted(chunk_of(*rows, usual=ACLED), iberia)
    ids = made.tables["claims"]["claim_id"]
    assert ids.is_unique
    assert ids.str.fullmatch(r"acled-PRT-1(-[0-9a-f]{8})?").all()


def test_no_rows_become_empty_tables(iberia):
    """A chunk in which all is context is made into nothing."""
    made, faults, _ = converted(chunk_of(CLASH, usual=ACLED), iberia)
    assert faults == []
    assert all(len(frame) == 0 for frame in made.tables.values())
    assert all(isinstance(frame, pd.DataFrame) for frame in made.tables.values())
