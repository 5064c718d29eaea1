"""A header that is not on the first line: told where the first line is plainly a title, and read where it is said."""

import io

import pytest
from import_files_made import csv_of, xlsx_of

from claims.imports.files.opened import opened_table
from geo.errors import BordermapError, FaultsError

TITLE = "Arrivals at Elvas, December 2024"
NAMES = ["day", "from", "to", "people"]
ROWS = [["2024-12-09", "Elvas", "Badajoz", "140"], ["2024-12-10", "Elvas", "Badajoz", "90"]]


def written(rows, mark):
    """Write rows as text, or as a workbook where the mark is one."""
    return xlsx_of(rows) if mark == "xlsx" else csv_of(rows, mark)


def read(content, **asked):
    """Read a table: its header, its rows, their lines, its faults."""
    faults = []
    with opened_table(io.BytesIO(content), "rows", **asked) as table:
        chunks = list(table.chunks(faults))
    rows = [row for chunk in chunks for row in chunk.cells.to_numpy().tolist()]
    return table.header, rows, [int(line) for chunk in chunks for line in chunk.lines], list(map(str, faults))


def refused(content, **asked):
    """Give why a table is not opened, as lines."""
    with pytest.raises(BordermapError) as error:
        read(content, **asked)
    return [*map(str, error.value.faults)] if isinstance(error.value, FaultsError) else [str(error.value)]


SHAPES = {
    "a title and a blank line": ([[TITLE], [], NAMES, *ROWS], 3),
    "a title, a source and a header": ([[TITLE], ["Border police"], NAMES, *ROWS], 3),
    "a title beside a day": ([[TITLE, "", "", "as of Monday"], NAMES, *ROWS], 2),
    "what groups columns, above their names": ([["", "", "", "Numbers"], NAMES, *ROWS], 2),
    "a title and two rows": ([[TITLE], NAMES, ROWS[0]], 2),
    "years for names": ([[TITLE], ["from", "to", "2023", "2024"], ["Elvas", "Badajoz", "1", "2"]], 2),
}


@pytest.mark.parametrize("mark", [",", ";", "\t", "xlsx"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_title_is_one_fault_that_names_the_header(shape, mark):
    """Where the first line is plainly a title, one fault says so and which line looks like the header."""
    rows, header = SHAPES[shape]
    told = refused(written(rows, mark))
    assert len(told) == 1
    assert told[0].startswith("rows line 1: has ")
    assert f"; say --header {header} if " in told[0]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "xlsx"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_header_is_read_where_it_is_said(shape, mark):
    """With --header the rows after that line are read, and each keeps the line that it has in the file."""
    rows, header = SHAPES[shape]
    names, found, lines, faults = read(written(rows, mark), header=header)
    assert (list(names), found) == (rows[header - 1], rows[header:])
    assert (lines, faults) == ([*range(header + 1, len(rows) + 1)], [])


def test_faults_of_rows_after_a_title_are_of_the_lines_of_the_file():
    """A row that is cut short is named by its line in the file, titles and line ends of all kinds counted."""
    content = b"\xef\xbb\xbfArrivals\r\n\r\na,b\r\n1,2\r\n3\r\n"
    assert read(content, header=3)[2:] == (
        [4],
        ["rows line 5: has 1 cells where the header has 2; quote cells that hold commas or line ends"],
    )


HEADERS = [
    ("a,b\n1,2\n3,4\n", ("a", "b")),
    ("toponym\nElvas\nBadajoz\n", ("toponym",)),
    ("quote\nHe came; she went\nTwo, or three\n", ("quote",)),
    ("from;to\nElvas, Portugal;Badajoz, Spain\nOlivenza, Spain;Elvas, Portugal\n", ("from", "to")),
    ("a,b,c\nx,,\ny,,\n", ("a", "b", "c")),
    ("a,b\n1,2,3\n4,5,6\n", ("a", "b")),
    ("a\n", ("a",)),
]


@pytest.mark.parametrize(("content", "header"), HEADERS)
def test_a_header_is_taken_for_no_title(content, header):
    """A table that begins with its header is read from there, however its cells look."""
    assert read(content.encode())[0] == header


def test_a_first_line_that_looks_like_a_title_is_the_header_where_that_is_said():
    """--header 1 reads the first line as the header all the same."""
    content = written([[TITLE], NAMES, *ROWS], ";")
    assert read(content, header=1)[0] == tuple(TITLE.split(","))


NOWHERE = "is blank or not there; say with --header which line names the columns"
GEOJSON = b'{"type": "FeatureCollection", "features": []}'


@pytest.mark.parametrize("mark", [",", "xlsx"])
@pytest.mark.parametrize("header", [2, 9])
def test_a_line_that_is_not_there_is_no_header(header, mark):
    """A line that is blank, or after the last, is refused by its number."""
    content = written([[TITLE], [], NAMES, *ROWS], mark)
    assert refused(content, header=header) == [f"rows line {header}: {NOWHERE}"]


def test_a_file_without_a_line_of_columns_has_no_header_to_say():
    """Features name their columns themselves, so that a line for it is refused."""
    assert refused(GEOJSON, header=2) == [
        "rows has no line of columns, as CSV, TSV and XLSX have; leave --header out"
    ]
