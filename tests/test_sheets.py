"""A CSV file of a user's own columns: its separator, its rows, its faults."""

import io
import os
import threading

import pytest

from geo.errors import BordermapError, FaultsError
from geo.files.sheets import MOST_FAULTS, opened_sheet


def sheet_of(tmp_path, content, name="names.csv", **columns):
    """Write a file and read it: its header and its rows."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with opened_sheet(path, **columns) as sheet:
        return sheet.header, list(sheet.rows())


def faults_of(tmp_path, content, name="names.csv", **columns):
    """Give the faults of a file as lines, its folder left out."""
    with pytest.raises(FaultsError) as error:
        sheet_of(tmp_path, content, name, **columns)
    return [str(fault).replace(f"{tmp_path}/", "") for fault in error.value.faults]


FORMS = [
    ("a,b\n1,2\n", "names.csv", [["1", "2"]]),
    ("a,b\r\n1,2", "names.csv", [["1", "2"]]),
    ("\ufeffa,b\n1,2\n", "names.csv", [["1", "2"]]),
    ("a;b\n1,5;2\n", "names.csv", [["1,5", "2"]]),
    ("\ufeffa;b\r\n1;2\r\n", "names.csv", [["1", "2"]]),
    ("a\tb\n1,5;\t2\n", "names.txt", [["1,5;", "2"]]),
    ("a\tb\n1\t2\n", "names.tsv", [["1", "2"]]),
    ("a\tb\n1,5\t2\n", "NAMES.TSV", [["1,5", "2"]]),
    ('a,b\n"1\n""x"", y","2\r"\n', "names.csv", [['1\n"x", y', "2\r"]]),
    ("a,b\n\n1,2\n\n\n3,4\n", "names.csv", [["1", "2"], ["3", "4"]]),
    ("a,b\n=1,\n", "names.csv", [["=1", ""]]),
    ("a,b", "names.csv", []),
]


@pytest.mark.parametrize(("content", "name", "rows"), FORMS)
def test_a_sheet_is_read_as_it_is_written(tmp_path, content, name, rows):
    """Comma, or what the first line has of semicolon and tab; byte order mark, line ends and quotes as they come."""
    assert sheet_of(tmp_path, content, name) == (("a", "b"), rows)


def test_a_sheet_is_read_again_from_its_start(tmp_path):
    """Each reading gives all rows."""
    path = tmp_path / "names.csv"
    path.write_text("a\n1\n2\n")
    with opened_sheet(path) as sheet:
        first = list(sheet.rows())
        assert next(sheet.rows()) == ["1"]
        assert list(sheet.rows()) == first == [["1"], ["2"]]


def test_what_can_be_read_only_once_is_read_again_too(tmp_path):
    """A stream and a named pipe are read as a file is."""
    with opened_sheet(io.BytesIO(b"a\n1\n")) as sheet:
        assert (sheet.name, list(sheet.rows()), list(sheet.rows())) == ("standard input", [["1"]], [["1"]])
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"a\n2\n"))
    writer.start()
    with opened_sheet(pipe) as sheet:
        assert (list(sheet.rows()), list(sheet.rows())) == ([["2"]], [["2"]])
    writer.join()


NEEDED = {"needed": ["toponym", "doc"], "refused": ["match"]}

FAULTS = [
    ("", ["names.csv line 1: is empty; begin it with a line of columns, 'toponym' and 'doc' among them"]),
    (
        "name,doc\nOslo\n",
        [
            "names.csv line 1: 'toponym' is a missing column; choose one of 'name', 'doc'",
            "names.csv line 2: has 1 cells where the header has 2; quote cells that hold commas or line ends",
        ],
    ),
    (
        "toponym,doc,x,x,match\n",
        [
            "names.csv line 1: 'x' stands 2 times in the header; give each column a name of its own",
            "names.csv line 1: 'match' is a column that would be added; rename it",
        ],
    ),
    (
        "toponym,doc\nOslo,1\nMoss,1,2\n\nBodø\n",
        ["names.csv line 3: has 3 cells", "names.csv line 5: has 1 cells"],
    ),
    ('toponym,doc\nOslo,1\n"Moss\n,1\nBodø,1\n', ["names.csv line 3: is not CSV (unexpected end of data)"]),
    ('toponym,doc\n"Oslo"x,1\n', ["names.csv line 2: is not CSV"]),
    (b"toponym,doc\nOslo,1\nBod\xf8,1\n", ["names.csv line 3: 'f8' is not UTF-8; save the file as UTF-8"]),
    ("toponym,doc\nOslo,1\n".encode("utf-16"), ["names.csv line 1: 'ff fe' is UTF-16, not UTF-8"]),
    ("toponym,doc\n".encode("utf-16-le"), ["names.csv line 1: '00' is no byte of text"]),
    (b"toponym,doc\nOs\0lo,1\n", ["names.csv line 2: '00' is no byte of text"]),
    (
        "toponym,doc\n" + "x" * 200_000 + ",1\n",
        ["names.csv line 2: is not CSV (field larger than field limit"],
    ),
]


@pytest.mark.parametrize(("content", "told"), FAULTS)
def test_all_faults_are_told_at_once(tmp_path, content, told):
    """Each with its line, and what to do."""
    faults = faults_of(tmp_path, content, **NEEDED)
    assert [fault[: len(words)] for fault, words in zip(faults, told, strict=True)] == told


def test_of_very_many_columns_some_are_named(tmp_path):
    """A header of a hundred columns does not make a page of one fault."""
    (fault,) = faults_of(tmp_path, ",".join(f"c{number}" for number in range(100)), needed=["toponym"])
    assert fault.endswith("'c18', 'c19', ...")


def test_a_file_of_nothing_but_faults_is_not_read_to_its_end(tmp_path):
    """So many faults are told, and where reading ended."""
    faults = faults_of(tmp_path, "a,b\n" + "1\n" * 2 * MOST_FAULTS)
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].startswith("names.csv line 1002: and what follows it was not read; mend")


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    """A missing file and a folder are faults of their names."""
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(FaultsError, match=path.name), opened_sheet(path):
            pytest.fail("it was opened")


def test_a_file_that_is_written_to_meanwhile_is_told(tmp_path):
    """Rows of two readings belong together only if nothing was changed between."""
    path = tmp_path / "names.csv"
    path.write_text("a\n1\n")
    with opened_sheet(path) as sheet:
        sheet.must_be_unchanged()
        with path.open("a") as file:
            file.write("2\n")
        with pytest.raises(
            BordermapError, match=r"names\.csv' was changed while it was read; run this again"
        ):
            sheet.must_be_unchanged()
