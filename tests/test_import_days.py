"""Days as other tables write them: what is read, what is asked, and what is refused."""
# ruff: noqa: RUF001 - letters and digits of other scripts are its business

import numpy as np
import pandas as pd
import pytest

from claims.imports.cells.days import DayColumn
from claims.imports.cells.writtendays import day_of
from claims.imports.converting import DateOrder

READ = [
    ("2024-12-07", "2024-12-07", "2024-12-07"),
    (" 2024-12-07 ", "2024-12-07", "2024-12-07"),
    ("2024-12-07T10:00:00Z", "2024-12-07", "2024-12-07"),
    ("2024-12-07 00:00:00", "2024-12-07", "2024-12-07"),
    ("20241207", "2024-12-07", "2024-12-07"),
    ("2024-12-07/2024-12-09", "2024-12-07", "2024-12-09"),
    ("2024-12", "2024-12-01", "2024-12-31"),
    ("2024", "2024-01-01", "2024-12-31"),
    ("7 December 2024", "2024-12-07", "2024-12-07"),
    ("Saturday, 7th of December 2024", "2024-12-07", "2024-12-07"),
    ("Dec 7, 2024", "2024-12-07", "2024-12-07"),
    ("07-Dec-2024", "2024-12-07", "2024-12-07"),
    ("7. Dezember 2024", "2024-12-07", "2024-12-07"),
    ("1er décembre 2024", "2024-12-01", "2024-12-01"),
    ("7 de diciembre de 2024", "2024-12-07", "2024-12-07"),
    ("7 декабря 2024 г.", "2024-12-07", "2024-12-07"),
    ("٧ كانون الأول ٢٠٢٤", "2024-12-07", "2024-12-07"),
    ("٢٠٢٤-١٢-٠٧", "2024-12-07", "2024-12-07"),
    ("February 2024", "2024-02-01", "2024-02-29"),
    ("45633", "2024-12-07", "2024-12-07"),
    ("n/a", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("cell", "start", "end"), READ)
def test_a_day_that_is_written_in_one_way_is_read(cell, start, end):
    """ISO, the month's name in any language and a spreadsheet's number need no order; a month is all of its days."""
    read = day_of(cell)
    assert (read.start, read.end, read.why, read.orders) == (start, end, "", ())


REFUSED = [
    ("hello", "is not a day"),
    ("7", "is not a day"),
    ("99999", "is not a day"),
    ("7/12/24", "has a year of two digits"),
    ("7 Dec 24", "has a year of two digits"),
    ("2024-02-30", "is no day of the calendar"),
    ("31/31/2024", "is no day of the calendar"),
    ("0001-01-01", "is not between the years 1700 and 2199"),
    ("2024-12-09/2024-12-07", "ends before it begins"),
    ("7 or 8 December 2024", "is not one day with its year"),
    ("soon after 7 December 2024", "is not a day"),
    ("7 December 2024 " * 9, "is not a day"),
]


@pytest.mark.parametrize(("cell", "why"), REFUSED)
def test_what_is_no_day_says_why(cell, why):
    """A cell that is no day, or not surely one, is a fault with its reason."""
    assert day_of(cell).why == why


ORDERED = [
    ("07/12/2024", DateOrder.DMY, "2024-12-07", ""),
    ("07/12/2024", DateOrder.MDY, "2024-07-12", ""),
    ("7.12.2024", DateOrder.DMY, "2024-12-07", ""),
    ("2024/12/07", DateOrder.YMD, "2024-12-07", ""),
    ("2024-12-07", DateOrder.MDY, "2024-12-07", ""),
    ("07/12/2024 10:30", DateOrder.DMY, "2024-12-07", ""),
    ("12/25/2024", DateOrder.DMY, "", "is no day with the day first"),
    ("2024/12/07", DateOrder.DMY, "", "does not have the day first, as --dates dmy says"),
]


@pytest.mark.parametrize(("cell", "order", "start", "why"), ORDERED)
def test_numbers_alone_are_read_in_the_order_that_is_said(cell, order, start, why):
    """Slashes and points are read as --dates says, and ISO days as they are."""
    read = day_of(cell, order)
    assert (read.start, read.why) == (start, why)


def read(column, cells, first_line=2):
    """Read a chunk; give the days with the faults and notices."""
    faults, notices = [], []
    lines = np.arange(first_line, first_line + len(cells))
    return column.read(pd.Series(cells, dtype=str), lines, faults, notices), faults, notices


def test_the_order_is_asked_once_with_what_the_column_shows():
    """One fault for the column says which line shows the order, and how to say it."""
    days, faults, _ = read(DayColumn("a.csv", "when"), ["07/12/2024", "25/12/2024", "2024-12-07"])
    assert list(days.bad) == [True, True, False]
    (fault,) = faults
    assert str(fault) == (
        "a.csv: when has days whose order is not said (line 3: '25/12/2024' can only have the day first);"
        " say --dates dmy"
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["07/12/2024"], "line 2: '07/12/2024' may have the day first or the month first"),
        (["07/12/2024"], "say --dates dmy or --dates mdy"),
        (["25/12/2024", "12/25/2024"], "say --dates dmy or --dates mdy, and write those"),
        (["2024/12/07"], "say --dates ymd"),
    ],
)
def test_an_order_is_never_guessed(cells, told):
    """Even where only one order fits, it is for the user to say it."""
    _, faults, _ = read(DayColumn("a.csv", "when"), cells)
    assert len(faults) == 1
    assert told in str(faults[0])


def test_what_a_later_chunk_shows_is_told_in_the_same_fault():
    """The fault of a column is told anew in its place, and stays one."""
    column, faults, notices = DayColumn("a.csv", "when"), [], []
    for line, cell in ((2, "07/12/2024"), (3, "25/12/2024"), (4, "08/12/2024")):
        column.read(pd.Series([cell], dtype=str), np.array([line]), faults, notices)
    assert [fault.todo for fault in faults] == ["say --dates dmy"]


def test_a_spreadsheets_number_of_days_is_told_once():
    """That a number was read as a day is noticed with the first of them."""
    column = DayColumn("a.csv", "when")
    days, faults, notices = read(column, ["45633", "45634"])
    assert list(days.start) == ["2024-12-07", "2024-12-08"]
    assert not faults
    assert [notice.line for notice in notices] == [2]
    assert read(column, ["45635"])[2] == []


def test_every_cell_that_is_no_day_is_a_fault_of_its_own():
    """The same wrong cell on two lines is two faults."""
    days, faults, _ = read(DayColumn("a.csv", "when"), ["soon", "2024-12-07", "soon"])
    assert [(fault.line, fault.value) for fault in faults] == [(2, "soon"), (4, "soon")]
    assert list(days.bad) == [True, False, True]
