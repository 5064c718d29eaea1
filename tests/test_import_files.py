"""Foreign tables opened: delimited text read many rows at once, and row by row where something is wrong."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from claims.imports.files import blocks, delimited, encoded, foreign
from claims.imports.files.foreign import Format
from claims.imports.files.opened import opened_table
from claims.imports.files.spooled import Spooled
from geo.errors import BordermapError, FaultsError
from geo.files.sheets import MOST_FAULTS

SPECTRUM = Path(__file__).parents[2] / "shared" / "badinputs" / "csv"


def read(content, rows=20_000, **asked):
    """Read a table from bytes: its header, its rows, their lines, its faults."""
    faults = []
    content = content if isinstance(content, bytes) else content.encode()
    with opened_table(io.BytesIO(content), "names.csv", **asked) as table:
        chunks = list(table.chunks(faults, rows=rows))
    found = [row for chunk in chunks for row in chunk.cells.to_numpy().tolist()]
    lines = [int(line) for chunk in chunks for line in chunk.lines]
    assert all(len(chunk.cells) <= rows for chunk in chunks)
    return table.header, found, lines, [str(fault) for fault in faults]


def refused(content, **asked):
    """Give why a table is not opened, as lines."""
    with pytest.raises(BordermapError) as error:
        read(content, **asked)
    return [*map(str, error.value.faults)] if isinstance(error.value, FaultsError) else [str(error.value)]


@pytest.mark.parametrize(
    "path", sorted((SPECTRUM / "files").glob("*.csv")) or [None], ids=lambda path: path and path.stem
)
def test_the_spectrum_of_csv_is_read_as_expected(path):
    """Each file of the spectrum gives the rows that are expected of it, without a fault."""
    if path is None:
        pytest.skip(f"{SPECTRUM} is not here")
    header, rows, _, faults = read(path.read_bytes())
    expected = json.loads((SPECTRUM / "expected" / f"{path.stem}.json").read_text(encoding="utf-8"))
    assert ([dict(zip(header, row, strict=True)) for row in rows], faults) == (expected, [])


FORMS = [
    ("a,b\n1,2\n", [["1", "2"]], [2]),
    ("a,b\r\n1,2", [["1", "2"]], [2]),
    ("a,b\r1,2\r\r3,4", [["1", "2"], ["3", "4"]], [2, 4]),
    ("\ufeffa,b\n1,2\n", [["1", "2"]], [2]),
    ("a;b\n1,5;2\n", [["1,5", "2"]], [2]),
    ("a\tb\n1,5;\t2\n", [["1,5;", "2"]], [2]),
    ("a|b\n1,5;|2\n", [["1,5;", "2"]], [2]),
    ('"a",b\n"1\n""x"", y","2\r"\n3,4', [['1\n"x", y', "2\r"], ["3", "4"]], [2, 5]),
    ("\n\r\na,b\n\n1,2\r\n\r\n\n3,4\n\n", [["1", "2"], ["3", "4"]], [5, 8]),
    ('a,b\n"",\nNA,null\n', [["", ""], ["NA", "null"]], [2, 3]),
    ('a,b\n5" pipe,x""y\n3,4\n', [['5" pipe', 'x""y'], ["3", "4"]], [2, 3]),
    ("a,b\n=1, 2 \n", [["=1", " 2 "]], [2]),
    ("a,b", [], []),
    ("a,b\n", [], []),
]


@pytest.mark.parametrize(("content", "rows", "lines"), FORMS)
def test_cells_are_text_as_written_with_the_line_of_their_row(content, rows, lines):
    """Separator, mark, line ends, quotes and blank lines are read as they come; a line is where a person finds it."""
    assert read(content) == (("a", "b"), rows, lines, [])


@pytest.mark.parametrize(("content", "rows", "lines"), FORMS)
def test_rows_read_at_once_are_the_rows_read_one_by_one(monkeypatch, content, rows, lines):
    """Where nothing is read many rows at once, the same rows come of it."""
    monkeypatch.setattr(delimited, "laid_out", lambda *_, **__: None)
    assert read(content) == (("a", "b"), rows, lines, [])


@pytest.mark.parametrize("block", [8, 9, 10, 16, 64])
def test_rows_are_whole_wherever_a_block_ends(monkeypatch, block):
    """The place at which a file is cut into blocks changes neither rows nor lines."""
    monkeypatch.setattr(delimited, "_BLOCK", block)
    content = 'a,b\r\n1,2\r\n\r\n"x\r\n""",3\r\n4,"5"\r\n'
    header, rows, lines, faults = read(content)
    assert (rows, lines, faults) == ([["1", "2"], ['x\r\n"', "3"], ["4", "5"]], [2, 4, 6], [])
    assert header == ("a", "b")


def test_a_table_with_one_column_has_rows_that_are_empty_text():
    """A quoted nothing is a row, a blank line is none."""
    assert read('a\n""\n\n1\n') == (("a",), [[""], ["1"]], [2, 4], [])


def test_rows_come_in_chunks_again_from_the_first():
    """A table is gone through twice with the same rows, no chunk longer than asked."""
    with opened_table(io.BytesIO(b"a\n" + b"1\n" * 7)) as table:
        sizes = [[len(chunk.lines) for chunk in table.chunks([], rows=3)] for _ in range(2)]
    assert sizes == [[2, 2, 3]] * 2


def test_the_format_and_the_name_are_told(tmp_path):
    """A path is told as the name; what parts the cells tells TSV from CSV."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"a\tb\n")
    with opened_table(path) as table:
        assert (table.name, table.format, table.sheets) == (str(path), Format.TSV, ())


SAVE = "save it as UTF-8, or say the encoding that it is in, as --encoding cp1256"
CELLS = "quote cells that hold commas or line ends"
FAULTS = [
    ("a,b\n1\n1,2\n1,2,3\n", [3], [f"{line}: has {has} cells where the header has 2; {CELLS}" for line, has in ((2, 1), (4, 3))]),
    ("a,b\n1,\u00e9\u00e8\n".encode() + b"3,\xe9\n", [2], [f"3: b 'e9' is not UTF-8; {SAVE}"]),
    (b"a,b\n1,\x00\n3,4\n", [3], [f"2: b '00' is no byte of text; {SAVE}"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "lines", "faults"), FAULTS)
def test_what_is_wrong_with_a_row_is_told_and_the_others_are_read(content, lines, faults):
    """A row that cannot be read is a fault with its line; every other is given."""
    _, _, given, found = read(content)
    assert (given, found) == (lines, [f"names.csv line {fault}" for fault in faults])


LOST = "and of the rows from there on none was read"
BROKEN = [
    ('a,b\n1,2\n3,"4\n5,6\n', [2], f"is not CSV (unexpected end of data) on line 3, {LOST}; mend its quotes"),
    ('a,b\n1,"2"3\n', [], f"""is not CSV (',' expected after '"') on line 2, {LOST}; mend its quotes"""),
]


@pytest.mark.parametrize(("content", "lines", "fault"), BROKEN)
def test_what_takes_the_rest_of_a_file_along_is_a_fault_of_the_file(content, lines, fault):
    """A quote that stands wrong hides all rows after it, so that it is of no row that could be left, and tells its line."""
    _, _, given, found = read(content)
    assert (given, found) == (lines, [f"names.csv: {fault}"])


UNNAMED = "give each column a name of its own"
REFUSED = [
    ("", ["names.csv: is empty; begin it with a line that names its columns"]),
    ("\ufeff\n\n", ["names.csv: is empty; begin it with a line that names its columns"]),
    ("a,b,a,,c, \n", [
        f"names.csv line 1: 'a' is the name of columns 1 and 3; {UNNAMED}",
        f"names.csv line 1: '' is the name of column 4; {UNNAMED}",
        f"names.csv line 1: ' ' is the name of column 6; {UNNAMED}",
    ]),
    ("\u00e9\u00e8,".encode() + b"\xe9\n", [f"names.csv line 1: 'e9' is not UTF-8; {SAVE}"]),
    ("a,b\n".encode("utf-16-le"), [f"names.csv line 1: '00' is no byte of text; {SAVE}"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "faults"), REFUSED)
def test_a_table_without_a_usable_header_is_not_opened(content, faults):
    """All that is wrong with a header is told, a name that stands twice with both its positions."""
    assert refused(content) == faults


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_text_with_a_mark_is_read_by_it(encoding):
    """A byte order mark says the encoding."""
    assert read("a\n\u0639\n".encode(encoding))[1] == [["\u0639"]]


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16-be", "UTF8"])
def test_text_is_read_in_the_encoding_that_is_asked_for(encoding):
    """An encoding that is named is used."""
    assert read("a\n\u0639\n".encode(encoding), encoding=encoding)[1] == [["\u0639"]]


@pytest.mark.parametrize(
    ("content", "line"), [(b"a\n\n\xc3\n", 3), (b"a\n" * (1 << 20) + b"\xc3", (1 << 20) + 1)]
)
def test_a_byte_that_an_asked_encoding_lacks_is_told_with_its_line(content, line):
    """The fault names the byte and where it stands."""
    todo = "say the encoding that it is in, or save it as UTF-8"
    said = f"names.csv line {line}: 'c3' is not ascii (ordinal not in range(128)); {todo}"
    assert refused(content, encoding="ascii") == [said]


@pytest.mark.parametrize("encoding", ["cp99", "zip", "rot13", "idna", "undefined", "a\0"])
def test_what_is_no_encoding_of_text_is_refused(encoding):
    """An encoding must be one, and of text."""
    said = f"{encoding!r} is no encoding of text; say one such as utf-16, cp1256 or latin-1"
    assert refused("a\n1\n", encoding=encoding) == [said]


@pytest.mark.parametrize("row", ["1,2,3\n", "1\n", "\0,\0\n"])
def test_a_table_of_faults_is_read_no_further_than_need_be(row):
    """After so many faults the rest is left unread, and that is the last fault."""
    found = read("a,b\n" + row * (MOST_FAULTS + 500))[3]
    assert len(found) == MOST_FAULTS + 1
    assert "and what follows them was not read; mend those first" in found[MOST_FAULTS]
    assert found[MOST_FAULTS].startswith("names.csv: has 1,000 faults before line ")


def test_a_line_without_an_end_is_not_held_in_memory(monkeypatch):
    """A line longer than any row is a fault where it stands."""
    monkeypatch.setattr(delimited, "_BLOCK", 64)
    monkeypatch.setattr(encoded, "LONGEST_LINE", 64)
    monkeypatch.setattr(encoded, "_PIECE", 16)
    _, rows, _, faults = read("a\n1\n" + "x" * 200)
    assert rows == [["1"]]
    why = f"is a line of over 64 bytes on line 3, {LOST}"
    assert faults == [f"names.csv: {why}; end each row with a line end"]


def test_what_cannot_be_read_twice_is_copied():
    """A pipe is read as a file is."""
    command = [sys.executable, "-c", "print('a\\n1')"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as made,  # noqa: S603 - our own
        opened_table(made.stdout) as table,
    ):
        rows = [chunk.cells["a"].tolist() for chunk in table.chunks([])]
    assert (table.name, rows) == ("standard input", [["1"]])


def test_a_block_is_laid_out_only_where_its_quotes_are_plain():
    """A block without a whole row, or with a quote inside of a cell, is not laid out."""
    assert blocks.laid_out(b"1,2", ",", last=False) is None
    assert blocks.laid_out(b'1,"2\n', ",", last=False) is None
    assert blocks.laid_out(b'1,2"\n"\n', ",", last=True) is None
    assert blocks.laid_out(b'1,2\n"', ",", last=False).length == 4


NO_TABLE = [
    (
        b"\xd0\xcf\x11\xe0",
        "a.xls",
        "is an old workbook, or one with a password; save it as .xlsx without one, or as CSV",
    ),
    (b"\x1f\x8b", "a.csv.gz", "is packed; unpack it first"),
    (b"%PDF-1.7", "a.pdf", "is a PDF; ask for the table that it was made from"),
    (
        b"SQLite format 3\x00",
        "a.gpkg",
        "is a database, as GeoPackage is; export the layer as GeoJSON, Parquet or CSV",
    ),
    (b"a,b\n", "a.xlsx", "is no XLSX, though its name ends so; give it the ending of what it is"),
    (b"a,b\n", "a.parquet", "is no PARQUET, though its name ends so; give it the ending of what it is"),
    (b"PK\x03\x04", "a.csv", "is a zip archive that cannot be read (File is not a zip file)"),
    (b"<html>", "a.csv", "line 1: 'html' is XML, but no KML; save it again as KML, or as CSV"),
]


@pytest.mark.parametrize(("content", "name", "why"), NO_TABLE)
def test_what_is_no_table_is_refused_as_what_it_is(content, name, why):
    """What a file begins with says what it is, and a name that says otherwise is told."""
    with pytest.raises(FaultsError) as error, opened_table(io.BytesIO(content), name):
        pass
    assert f"{name}{' ' if why.startswith('line') else ': '}{why}" in str(error.value)


def test_a_file_that_is_missing_is_a_fault(tmp_path):
    """A path without a file is told."""
    with pytest.raises(FaultsError, match="is missing"), opened_table(tmp_path / "a.csv"):
        pass


def test_wide_rows_that_are_read_one_by_one_are_few_at_once(monkeypatch):
    """As many rows as fit into memory at once are read at once, where one of them has a fault too."""
    monkeypatch.setattr(foreign, "_MOST_CELLS", 4)
    faults = []
    with opened_table(io.BytesIO(b"a,b\n1,2\n3\n4,5\n6,7\n"), "a.csv") as table:
        assert [len(chunk.lines) for chunk in table.chunks(faults)] == [2, 1]
    assert len(faults) == 1


WORDS = [
    ("cp1252", "C\u00facuta"),
    ("cp1256", "\u062f\u0645\u0634\u0642"),
    ("cp1251", "\u041a\u0438\u0457\u0432"),
]


@pytest.mark.parametrize(("encoding", "word"), WORDS)
def test_text_in_another_encoding_is_refused_with_how_a_word_reads_in_likely_ones(encoding, word):
    """One fault, alone, from which a user can choose."""
    content = "place,number\nB,1\n" + f"{word},2\n" * 40
    (fault,) = refused(content.encode(encoding))
    assert fault.startswith("names.csv line 3: is not UTF-8 (a word of it reads ")
    assert f"as {encoding}: {word!r}" in fault
    assert fault.count(": '") > 1
    assert fault.endswith("say which it is with --encoding, or save it as UTF-8")


def test_what_is_spooled_is_given_in_order_to_each_who_asks():
    """Two who read at once each get all, whether it lies on disk or is kept still."""
    with Spooled() as spooled:
        for number in range(4_500):
            spooled.put((number, {"a": "عربي"}, ["\ud800"]))
        pairs = list(zip(spooled, spooled, strict=True))
    assert [one for one, _ in pairs] == [other for _, other in pairs]
    assert [number for (number, *_), _ in pairs] == list(range(4_500))
