"""Whose columns a table has, the days that they write, and the ids of what they name."""

import numpy as np
import pandas as pd
import pytest
from foreign_rows import ACLED, UCDP

from claims.imports.converting import Scheme, canonical, detected, missing
from claims.imports.datasets.dated import days_of_seconds, days_written, iso, last_day
from claims.imports.naming import LONGEST, claim_ids, slug


@pytest.mark.parametrize(
    ("header", "scheme"),
    [
        (ACLED, Scheme.ACLED),
        ([name.upper() for name in ACLED], Scheme.ACLED),
        (UCDP, Scheme.UCDP),
        (["date", "place"], Scheme.TABLE),
        ([], Scheme.TABLE),
    ],
)
def test_a_table_is_known_by_its_columns(header, scheme):
    """A data set's own columns tell it, whatever their case."""
    assert detected(header) == scheme


def test_columns_are_the_codebooks_whatever_a_spreadsheet_made_of_them():
    """Capitals and blanks do not count."""
    assert canonical(" EVENT Date ") == "event_date"


def test_a_column_that_is_missing_is_told_with_what_to_do():
    """It may also be any table."""
    (fault,) = missing("rows.csv", ["A"], ["a", "b"], "Test's")
    assert (fault.line, fault.column, fault.why) == (1, "b", "is a missing column")
    assert "Test's" in fault.todo


def test_columns_are_told_as_the_file_writes_them():
    """A reader finds them in the file, whatever the codebook makes of their capitals and blanks."""
    (fault,) = missing("rows.csv", ["EVENT Date", " Notes"], ["event_date", "source"], "Test's")
    assert (fault.column, fault.todo.rpartition("; ")[2]) == ("source", "its columns are EVENT Date,  Notes")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-12-07", "2024-12-07"),
        ("2024-12-07T00:00:00Z", "2024-12-07"),
        ("2024-12-07 00:00:00.000", "2024-12-07"),
        ("07 December 2024", "2024-12-07"),
        ("7-Dec-2024", "2024-12-07"),
        ("29 February 2023", ""),
        ("2024-12-07 13:00:00", ""),
        ("07/12/2024", ""),
        ("7 Smarch 2024", ""),
        ("\u0662024-12-07", ""),
        ("0999-12-31", ""),
        ("9999-12-31", ""),
        ("", ""),
    ],
)
def test_a_day_is_read_in_forms_that_cannot_be_misread(cell, day):
    """Whatever else, an hour that would need a time zone included, is none."""
    assert iso(days_written(pd.Series([cell]))).tolist() == [day]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1734480000", "2024-12-18"),
        ("1734479999", "2024-12-17"),
        ("1734480000.0", "2024-12-18"),
        ("-1", ""),
        ("", ""),
    ],
)
def test_seconds_are_a_day_in_utc(cell, day):
    """What is no number of seconds is none."""
    assert iso(days_of_seconds(pd.Series([cell]))).tolist() == [day]


def test_the_last_of_several_days_counts():
    """What is no day among them is passed over."""
    assert last_day("2024-12-08; soon;2024-12-01") == np.datetime64("2024-12-08")
    assert np.isnat(last_day("soon"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Walkers of the Plain (2011-)", "walkers-of-the-plain-2011"),
        ("  WALKERS, of the plain ", "walkers-of-the-plain"),
        ("المشاة", "المشاة"),
        ("सैनिक", "सैनिक"),
        ("!!!", "xe84c538e"),
    ],
)
def test_a_name_becomes_an_id(name, said):
    """Small letters, figures and hyphens of any script; signs alone become their digest."""
    assert slug(name) == said


def test_long_names_that_begin_alike_stay_apart():
    """What is cut is told by a digest."""
    one, other = (slug("x" * 100 + end) for end in ("a", "b"))
    assert one != other
    assert max(len(one), len(other)) <= LONGEST + 9


def test_ids_of_rows_are_kept_as_they_are_where_they_can_be():
    """An id that cannot stand in a table is told apart by a digest."""
    ids = claim_ids("set", pd.Series(["A-1.b_2", "A 1", "A;1"]))
    assert ids[0] == "set-A-1.b_2"
    assert len(set(ids)) == 3
    assert all(" " not in each and ";" not in each for each in ids)
