"""The report of an import, and the rows that are left by it."""

import csv
import dataclasses
import io
from array import array

import numpy as np
import pytest

from claims.imports.leaving import leaving
from claims.imports.report import COLUMNS, report_parts, report_text
from claims.imports.rows import Notice
from geo.errors import BordermapError, Fault, FaultsError


def fault(line=14, value="x", file="rows.csv"):
    """Give a fault of a cell."""
    return Fault(file, line, "day", value, "is not a day", "write it as 2024-12-07")


def rows_of(text):
    """Give the rows of a report."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def left(leave, *lines):
    """Give those of some lines that are left."""
    return [line for line, one in zip(lines, leave.among(np.array(lines)), strict=True) if one]


def test_a_report_has_a_row_for_each_fault_and_notice():
    """Faults come first, then notices, with all that is told of them."""
    rows = rows_of(report_text([fault()], [Notice("rows.csv", 3, "is told twice")]))
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["told"], row["line"], row["value"], row["why"]) for row in rows] == [
        ("fault", "14", "x", "is not a day"),
        ("notice", "3", "", "is told twice"),
    ]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@a", "\ta", "\ra"])
def test_what_a_spreadsheet_takes_for_a_formula_begins_with_an_apostrophe(value):
    """Such a cell is marked, and a column says which."""
    (row,) = rows_of(report_text([fault(value=value)]))
    assert (row["value"], row["apostrophes"]) == (f"'{value}", "value")


def test_a_report_reads_back_as_it_was_told():
    """Quotes, line ends and a lone carriage return stand in a report as they are."""
    value = 'a "b", c\r d\ne'
    assert rows_of(report_text([fault(value=value)]))[0]["value"] == value


LINES = {
    "one": ("14", [14], []),
    "a range": ("13-15", [14], [(13, 13), (15, 15)]),
    "both, and blanks": ("2, 20 - 31", [2, 20, 31], [(21, 30)]),
    "ranges that meet": ("2-5,4-9", [2, 4, 9], [(3, 3), (5, 8)]),
    "all": ("1-999999999999", [1, 14], [(2, 13), (15, 999999999999)]),
    "none": ("", [], []),
}


@pytest.mark.parametrize(("written", "met", "unmet"), LINES.values(), ids=LINES)
def test_lines_are_left_and_those_without_a_row_told(written, met, unmet):
    """Lines and ranges leave exactly the rows that begin there, and say where none does."""
    leave = leaving(written, "rows.csv")
    assert left(leave, *met, 10**13) == met
    assert list(leave.unmet()) == unmet


def test_a_report_leaves_the_rows_of_its_faults(tmp_path):
    """Rows with a fault are left, and those that a notice tells of are not."""
    path = tmp_path / "faults.csv"
    path.write_text(report_text([fault(14), fault(15)], [Notice("rows.csv", 3, "a")]), encoding="utf-8")
    assert left(leaving(str(path), "rows.csv"), 3, 13, 14, 15) == [14, 15]


def test_a_fault_of_many_rows_is_a_row_of_the_report_for_each(tmp_path):
    """What the screen tells once names every row in the report, which leaves them."""
    many = dataclasses.replace(fault(None), lines=array("q", [14, 15, 17]))
    text = report_text([many])
    assert [(row["line"], row["why"]) for row in rows_of(text)] == [
        (line, "is not a day") for line in ("14", "15", "17")
    ]
    path = tmp_path / "faults.csv"
    path.write_text(text, encoding="utf-8")
    assert left(leaving(str(path), "rows.csv"), 13, 14, 15, 16, 17) == [14, 15, 17]


def test_a_long_report_is_written_some_rows_at_a_time():
    """Memory holds no more of it than a part."""
    many = dataclasses.replace(fault(None), lines=range(1, 25_001))
    sizes = [part.count("\n") for part in report_parts([many])]
    assert sizes == [1, 10_000, 10_000, 5_000]


REFUSED = {
    "words": ("fourteen", "is neither lines"),
    "the wrong way round": ("31-20", "ends before it begins"),
    "another table": ("table.csv", "is no report of an import"),
}


@pytest.mark.parametrize(("written", "why"), REFUSED.values(), ids=REFUSED)
def test_what_names_no_rows_is_refused(tmp_path, monkeypatch, written, why):
    """What is neither lines nor a report is told."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(BordermapError, match=why):
        leaving(written, "rows.csv")


UNFIT = {
    "another file": (fault(file="other.csv"), "'other.csv' is another file"),
    "a whole file": (fault(line=None), "line is no line"),
}


@pytest.mark.parametrize(("told", "why"), UNFIT.values(), ids=UNFIT)
def test_a_report_of_something_else_leaves_nothing(tmp_path, told, why):
    """A report of another file, or with a fault that is of no row, is refused."""
    path = tmp_path / "faults.csv"
    path.write_text(report_text([told]), encoding="utf-8")
    with pytest.raises(FaultsError, match=why):
        leaving(str(path), "rows.csv")


def test_reading_a_report_leaves_the_limit_of_cells_as_it_is(tmp_path):
    """A report's long cells are read, and those of other files are as long as before."""
    path = tmp_path / "faults.csv"
    path.write_text(report_text([fault(value="x" * 200_000)]), encoding="utf-8")
    before = csv.field_size_limit()
    assert left(leaving(str(path), "rows.csv"), 14) == [14]
    assert csv.field_size_limit() == before
