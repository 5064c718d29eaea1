"""Rows of UCDP GED as claims: context, with deaths, days and places as sure as their codes."""

import datetime as dt

import pytest
from foreign_rows import UCDP, accounted_for, chunk_of, converted, reads_without_faults

from claims.imports.converting import Asked, converter
from claims.imports.datasets.ucdp import NEEDED
from geo.errors import FaultsError

EDITION = dt.date(2025, 6, 1)


def claim(gazetteer, row=()):
    """Give the claim that a row becomes which differs from the usual one as said."""
    made, faults, _ = converted(chunk_of(dict(row), usual=UCDP), gazetteer, context=True, published=EDITION)
    assert faults == []
    return made.tables["claims"].iloc[0].to_dict()


def told(gazetteer, row):
    """Give the faults of a row: column, value and why."""
    _, faults, _ = converted(chunk_of(row, usual=UCDP), gazetteer, context=True, published=EDITION)
    return [(fault.column, fault.value, fault.why) for fault in faults]


def test_a_row_is_context_and_counts_deaths(iberia):
    """Low, best and high are the range and the number; the source is the edition, the root what it lists."""
    said = claim(iberia)
    assert said["claim_id"] == "ucdp-ged-9001"
    assert said["source_id"] == "ucdp-ged-2025-06-01"
    assert said["kind"] == "other"
    assert [said[name] for name in ("count_low", "count", "count_high", "count_unit")] == [
        "2",
        "3",
        "5",
        "deaths",
    ]
    assert (said["count_text"], said["count_qualifier"]) == ("best 3, low 2, high 5", "about")
    assert said["via"] == "UCDP GED > The Daily Test; Radio Invented"
    assert said["root"] == "Radio Invented; The Daily Test"
    assert said["quote"] == "Walkers clash with police"
    assert said["speakers"] == "police spokesman"


def test_rows_are_taken_only_where_context_is_asked_for(iberia):
    """All of them are context, and counted by their type."""
    chunk = chunk_of({}, {"id": "2", "type_of_violence": "3"}, usual=UCDP)
    made, faults, does = converted(chunk, iberia, published=EDITION)
    assert does.left == {"State-based conflict": 1, "One-sided violence": 1}
    accounted_for(chunk, made, faults, does.left)


def test_what_is_made_is_a_collection(iberia, tmp_path):
    """Rows of every precision, put into a folder, are read without a fault."""
    rows = [{"id": code, "where_prec": code} for code in "1234567"]
    made, _, _ = converted(chunk_of(*rows, usual=UCDP), iberia, context=True, published=EDITION)
    assert len(reads_without_faults(made, tmp_path / "made", iberia).claims) == 7


@pytest.mark.parametrize(
    ("row", "place_id", "precision"),
    [
        ({"where_prec": "1"}, "elvas", "1"),
        ({"where_prec": "2"}, "elvas", "2"),
        ({"where_prec": "4", "adm_1": "Alentejo"}, "alentejo", "3"),
        ({"where_prec": "5", "where_coordinates": "Alentejo"}, "alentejo", "3"),
        (
            {"where_prec": "5", "where_coordinates": "Plain of Tests"},
            "at-plain-of-tests-7.163w-38.881n-region-100km",
            "3",
        ),
        ({"where_prec": "6"}, "portugal", "3"),
        ({"where_prec": "6", "country": "Nowhere"}, "", ""),
    ],
)
def test_a_place_is_as_sure_as_its_code(iberia, row, place_id, precision):
    """A division or a country is that area, never the town or the middle where the data set sets its point."""
    said = claim(iberia, row)
    assert (said["place_id"], said["geo_precision"]) == (place_id, precision)


@pytest.mark.parametrize(
    ("code", "start", "end", "kind"),
    [
        ("1", "2024-12-07", "2024-12-07", "on"),
        ("1", "2024-12-06", "2024-12-07", "throughout"),
        ("3", "2024-12-01", "2024-12-07", "on"),
        ("5", "2024-01-01", "2024-12-31", "on"),
    ],
)
def test_days_are_meant_as_their_code_says(iberia, code, start, end, kind):
    """Days that are known are all meant, others are one of them."""
    said = claim(iberia, {"date_prec": code, "date_start": start, "date_end": f"{end} 00:00:00.000"})
    assert (said["date_start"], said["date_end"], said["date_kind"]) == (start, end, kind)


@pytest.mark.parametrize(
    ("written", "reported"),
    [
        ("2024-12-08;2024-12-09", "2024-12-09"),
        ("2024-12-08", "2024-12-08"),
        ("", "2025-06-01"),
        ("soon", "2025-06-01"),
        ("2024-12-01", "2025-06-01"),
        ("2026-01-01", "2025-06-01"),
    ],
)
def test_a_row_was_reported_when_the_last_of_its_sources_came_out(iberia, written, reported):
    """A day before it happened or after the edition is none; then it is the edition's."""
    assert claim(iberia, {"source_date": written})["reported"] == reported


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ({"low": "4", "best": "4", "high": "4"}, ["4", "4", "4", "exact"]),
        ({"low": "0", "best": "0", "high": "6"}, ["0", "0", "6", "about"]),
        ({"low": "0", "best": "0", "high": "0"}, ["", "", "", ""]),
    ],
)
def test_estimates_that_agree_are_one_number(iberia, row, numbers):
    """Where all three are 0 there is no number."""
    said = claim(iberia, row)
    assert [said[name] for name in ("count_low", "count", "count_high", "count_qualifier")] == numbers


def test_sides_are_actors(iberia):
    """A government is known by how UCDP writes it."""
    made, _, _ = converted(chunk_of({}, usual=UCDP), iberia, context=True, published=EDITION)
    assert made.tables["actors"][["actor", "type"]].to_numpy().tolist() == [
        ["government-of-portugal", "state"],
        ["walkers-of-the-plain", "armed_group"],
    ]


@pytest.mark.parametrize("column", NEEDED)
def test_each_missing_column_is_a_fault(iberia, column):
    """All of them are told before a row is read."""
    header = [name for name in UCDP if name != column]
    with pytest.raises(FaultsError) as caught:
        converter(Asked("rows.csv", scheme="ucdp", published=EDITION), header, iberia)
    assert [(fault.column, fault.why) for fault in caught.value.faults] == [(column, "is a missing column")]


def test_the_day_of_the_edition_must_be_said(iberia):
    """The data set has no column for it."""
    with pytest.raises(FaultsError, match="--published DAY"):
        converted(chunk_of(UCDP), iberia)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"id": ""}, ("id", None, "is empty")),
        ({"type_of_violence": "4"}, ("type_of_violence", "4", "is no type of UCDP's")),
        ({"where_prec": "8"}, ("where_prec", "8", "is no code of UCDP's")),
        ({"date_prec": "9"}, ("date_prec", "9", "is no code of UCDP's")),
        ({"date_end": "2024-12-01"}, ("date_end", "2024-12-01", "is before date_start")),
        ({"date_start": "7/12/2024"}, ("date_start", "7/12/2024", "is not a day")),
        ({"low": "4"}, ("low", "4", "is above best")),
        ({"high": "2"}, ("high", "2", "is below best")),
        ({"best": "-3"}, ("best", "-3", "is not a whole number")),
    ],
)
def test_what_cannot_be_read_is_told(iberia, row, fault):
    """With its column, its value and why."""
    assert told(iberia, row) == [fault]


def test_codes_that_are_written_with_a_point_are_codes(iberia):
    """1.0 is 1, for the place and for the days."""
    said = claim(
        iberia,
        {"where_prec": "1.0", "date_prec": "1.0", "date_start": "2024-12-06", "date_end": "2024-12-07"},
    )
    assert (said["geo_precision"], said["date_kind"]) == ("1", "throughout")


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [("2", "2024-12-05", "2024-12-09"), ("3", "2024-12-04", "2024-12-10"), ("4", "2024-11-22", "2024-12-22")],
)
def test_a_day_alone_is_no_surer_than_its_code(iberia, code, start, end):
    """Where the code says that the day is not known, a day alone stands for the days around it."""
    said = claim(iberia, {"date_prec": code})
    assert (said["date_start"], said["date_end"], said["date_kind"]) == (start, end, "on")
