"""Text and CSV files as they come: read line by line and row by row, or told what is wrong with them."""

import csv
import io

import pytest

from geo.errors import FaultsError
from geo.files.csvfiles import Rows, header_faults, read_rows
from geo.files.textfiles import lines_of, read_text


def told(fault):
    """Give what a fault says but for what to do."""
    return fault.line, fault.column, fault.value, fault.why


def read(path, data):
    """Write bytes and read them as CSV; give the header, the rows with their lines, the faults, and if it broke."""
    path.write_bytes(data)
    faults = []
    with read_rows(path, faults) as rows:
        found = list(rows)
    return rows.header, found, [told(fault) for fault in faults], rows.broken


NO_TEXT = [
    # bytes, the line that is blamed, the value told, why
    (b"\xff\xfea\x00\n\x00", 1, "ff fe", "is UTF-16, not UTF-8"),
    (b"\xfe\xff\x00a\x00\n", 1, "fe ff", "is UTF-16, not UTF-8"),
    (b"\xff\xfe\x00\x00a\x00\x00\x00", 1, "ff fe 00 00", "is UTF-32, not UTF-8"),
    (b"a\x00\n\x00b\x00", 1, "00", "is no byte of text"),
    (b"a\nb\n\xe4\n", 3, "e4", "is not UTF-8"),
    (b"a\rb\r\xe4\r", 3, "e4", "is not UTF-8"),
    (b"a\r\nb\r\n\xed\xa0\x80\r\n", 3, "ed", "is not UTF-8"),
    (b"a\nb\xc3", 2, "c3", "is not UTF-8"),
    (b"a\nb\x00\n\xe4", 2, "00", "is no byte of text"),
    (b"a\n\xe4\n\x00", 2, "e4", "is not UTF-8"),
    (b"a\n" * 100_000 + b"\xe4\n", 100_001, "e4", "is not UTF-8"),
]


@pytest.mark.parametrize(("data", "line", "value", "why"), NO_TEXT)
def test_what_is_no_text_in_utf8_is_told_with_its_line(tmp_path, data, line, value, why):
    """Other encodings, broken bytes and NUL are one fault, on the line where an editor shows them."""
    path = tmp_path / "names.txt"
    path.write_bytes(data)
    with pytest.raises(FaultsError) as caught:
        read_text(path)
    assert [told(fault) for fault in caught.value.faults] == [(line, None, value, why)]
    assert [fault.file for fault in caught.value.faults] == [path]


def test_the_lines_before_a_broken_one_are_given():
    """What can be read is read, so that its own faults are told in the same report."""
    lines = lines_of(io.BytesIO(b"one\ntwo\nthr\xe4e\nfour\n"), "names.txt")
    assert [next(lines), next(lines)] == ["one\n", "two\n"]
    with pytest.raises(FaultsError):
        next(lines)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_keep_their_ends_and_lose_the_mark(mark, end):
    """A byte order mark is no part of the first line, and every kind of line end is one."""
    text = f"ä{end}{end}b{end}c"
    lines = list(lines_of(io.BytesIO(mark + text.encode()), "names.txt"))
    assert lines == [f"ä{end}", end, f"b{end}", "c"]


def test_lines_are_read_as_they_are_asked_for():
    """Of a long file, no more than a part is held."""
    file = io.BytesIO(b"a line\n" * 1_000_000)
    next(lines_of(file, "names.txt"))
    assert file.tell() < 100_000


def test_a_file_that_stops_being_readable_is_a_fault():
    """A device that fails half-way is told as such."""

    class Failing(io.BytesIO):
        def readlines(self, _size):
            raise OSError(5, "Input/output error")

    with pytest.raises(FaultsError, match="cannot be read"):
        next(lines_of(Failing(), "names.txt"))


def test_rows_come_with_the_line_on_which_they_begin(tmp_path):
    """Blank lines are passed over, quoted line ends counted, cells left as they are."""
    data = b'a,b\n\n1," two\nlines "\r\n\n"say ""yes""",=1+1\n'
    rows = [(3, ["1", " two\nlines "]), (6, ['say "yes"', "=1+1"])]
    assert read(tmp_path / "t.csv", data) == (["a", "b"], rows, [], False)


BROKEN = [
    # bytes, rows read, line, value, why, whether the rest is unread
    (b"a,b\n1\n2,3\n", [(3, ["2", "3"])], 2, None, "has 1 cells where the header has 2", False),
    (b"a,b\n1,2,3\n", [], 2, None, "has 3 cells where the header has 2", False),
    (b'a,b\n1,2\n3,"4\n5,6\n', [(2, ["1", "2"])], 3, None, "is not CSV (unexpected end of data)", True),
    (b'a,b\n1,2\n"3"4,5\n', [(2, ["1", "2"])], 3, None, "is not CSV (',' expected after '\"')", True),
    (b'"a,b\n1,2\n', [], 1, None, "is not CSV (unexpected end of data)", True),
    (b"a,b\n1,2\n\xe4,3\n", [(2, ["1", "2"])], 3, "e4", "is not UTF-8", True),
    (b"\xff\xfea\x00,\x00b\x00\n\x00", [], 1, "ff fe", "is UTF-16, not UTF-8", True),
    (b'a\n"' + b"x" * 200_000 + b'"\n', [], 2, None, "is not CSV (field larger than field limit (131072))", True),
]  # fmt: skip


@pytest.mark.parametrize(("data", "rows", "line", "value", "why", "broken"), BROKEN)
def test_a_broken_row_or_file_is_one_fault(tmp_path, data, rows, line, value, why, broken):
    """A row of another length, an open quote and bytes that are no text are told by line; the rest is read if it can be."""
    found = read(tmp_path / "t.csv", data)
    assert found[1:] == (rows, [(line, None, value, why)], broken)


def test_an_empty_file_has_no_header(tmp_path):
    """No byte is no column and no fault of the file."""
    assert read(tmp_path / "t.csv", b"") == ([], [], [], False)


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    """A missing file and a folder in its place have no rows, and say so under the name asked for."""
    (tmp_path / "folder.csv").mkdir()
    faults = []
    for name in ("none.csv", "folder.csv"):
        with read_rows(tmp_path / name, faults, name=name) as rows:
            assert (rows.header, list(rows), rows.broken) == ([], [], True)
    assert [(fault.file, fault.why) for fault in faults] == [
        ("none.csv", "is missing"),
        ("folder.csv", "cannot be read (Is a directory)"),
    ]


def test_cut_rows_are_kept_for_what_they_name():
    """A row with too few or too many cells is no row, yet can be looked into."""
    rows = Rows(["a;b\n", "1\n", "2;3\n"], "t.csv", [], delimiter=";")
    assert (rows.header, list(rows), rows.cut) == (["a", "b"], [(3, ["2", "3"])], [["1"]])


def test_a_header_is_held_to_its_columns():
    """Unknown and doubled columns come first, then in one fault the missing ones and what columns there are."""
    faults = header_faults("t.csv", ["b", "", "x", "b", "", "x"], ["a", "b", "c"])
    assert [(fault.line, fault.column, fault.why) for fault in faults] == [
        (1, "b", "stands twice in the header"),
        (1, "(no name)", "is an unknown column"),
        (1, "x", "is an unknown column"),
        (1, "a, c", "are missing columns"),
    ]
    assert faults[-1].todo.endswith("; its columns are b, , x, b, , x")
    assert header_faults("t.csv", ["b", "a"], ["a", "b"]) == []
    assert header_faults("t.csv", ["b"], ["a", "b"], ["b"]) == []


def test_what_the_csv_module_writes_is_read_back(tmp_path):
    """Any text in any cell comes back as it was written, unstripped."""
    texts = [
        'say "yes"',
        "a,b",
        "a\nb",
        "a\r\nb",
        "a\rb",
        " ",
        "'",
        '"',
        "\\",
        "ä€𝄞",
        "\u202eabc",
        "\x1b[0m",
        "\x85",
    ]
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["number", "text"], *enumerate(texts)])
    faults = []
    with read_rows(path, faults) as rows:
        assert [cells[1] for _, cells in rows] == texts
    assert faults == []
