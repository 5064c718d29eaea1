"""Workbooks opened: their cells as text, which sheet is meant, and archives that are made to do harm."""

import datetime as dt
import io
import re
import struct
import zipfile

import pytest
import xlsxwriter

from claims.imports.files import foreign, sheetparts, zips
from claims.imports.files.foreign import Format
from claims.imports.files.opened import opened_table
from geo.errors import FaultsError


def workbook(*sheets, hide=()):
    """Make a workbook of sheets of rows; their names are Sheet1, Sheet2, ..."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_formulas": False, "nan_inf_to_errors": True})
    formats = {
        kind: book.add_format({"num_format": shown})
        for kind, shown in ((dt.datetime, "yyyy-mm-dd hh:mm"), (dt.date, "yyyy-mm-dd"), (dt.time, "hh:mm"))
    }
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet()
        if number in hide:
            sheet.hide()
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    sheet.write_formula(line, column, cell[0], None, cell[1])
                else:
                    sheet.write(line, column, cell, formats.get(type(cell)))
    book.close()
    return made.getvalue()


def read(content, **asked):
    """Read a workbook from bytes: its header, its rows, their lines, its faults."""
    faults = []
    with opened_table(io.BytesIO(content), "a.xlsx", **asked) as table:
        chunks = list(table.chunks(faults))
        assert table.format == Format.XLSX
    rows = [row for chunk in chunks for row in chunk.cells.to_numpy().tolist()]
    return table.header, rows, [int(n) for chunk in chunks for n in chunk.lines], [str(f) for f in faults]


def refused(content, **asked):
    """Give why a workbook is not opened, as lines."""
    with pytest.raises(FaultsError) as error:
        read(content, **asked)
    return [str(fault) for fault in error.value.faults]


def changed(content, **parts):
    """Put other bytes for parts of an archive, which are known by the end of their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            for part, change in parts.items():
                text = change(text) if info.filename.endswith(f"{part}.xml") else text
            new.writestr(info.filename, text)
    return made.getvalue()


CELLS = [
    (2000, "2000"), (0.5, "0.5"), (-1e20, "-1e+20"), (True, "true"), ("=1+1", "=1+1"), (" 01 ", " 01 "),
    (dt.date(2024, 12, 7), "2024-12-07"), (dt.datetime(2024, 12, 7), "2024-12-07"), (dt.time(13, 5), "13:05:00"),  # noqa: DTZ001
    (dt.datetime(2024, 12, 7, 13, 5), "2024-12-07T13:05:00"), (("=1+1", 2), "2"), (("=A1", "x"), "x"), (None, ""),  # noqa: DTZ001
]  # fmt: skip


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_a_cell_is_text(cell, text):
    """Numbers are as Python writes them, days are ISO, a formula is the value that was kept of it."""
    assert read(workbook([["a", "b"], [cell, "x"]])) == (("a", "b"), [[text, "x"]], [2], [])


def test_rows_are_told_by_their_number_in_the_sheet():
    """Blank rows and columns before the table are passed over, and short rows are filled."""
    content = workbook([[], [None, "a", "b"], [], [None, 1], [None, None, 2]])
    assert read(content) == (("a", "b"), [["1", ""], ["", "2"]], [4, 5], [])


def test_which_sheet_is_meant_is_asked():
    """A workbook with several sheets is read only as it is said which; a hidden one is told as such."""
    content = workbook([["a"], [1]], [["b"], [2]], hide=[1])
    assert refused(content) == ["a.xlsx: has 2 sheets; say which sheet: 'Sheet1', 'Sheet2' (hidden)"]
    assert refused(content, sheet="../x") == [
        "a.xlsx: '../x' is no sheet of it; say which sheet: 'Sheet1', 'Sheet2' (hidden)"
    ]
    assert read(content, sheet="Sheet2") == (("b",), [["2"]], [2], [])


def test_errors_and_cells_without_a_column_are_faults():
    """A formula that failed is told with its column, a value outside of the header with its line."""
    content = workbook([["a", "b"], [("=1/0", "#DIV/0!"), 1], [1, 2], [1, 2, "x"]])
    assert read(content)[1:] == (
        [["1", "2"]],
        [3],
        [
            "a.xlsx line 2: a '#DIV/0!' is an error; mend the formula, or put a value in its place",
            "a.xlsx line 4: 'x' stands in a column without a name; name its column in the header, or empty it",
        ],
    )


UNNAMED = "give each column a name of its own"
HEADERS = [
    ([], ["a.xlsx: 'Sheet1' is an empty sheet; choose a sheet whose first row names its columns"]),
    ([["a", None, "a"], [1, 2, 3]], [
        f"a.xlsx line 1: 'a' is the name of columns 1 and 3; {UNNAMED}",
        f"a.xlsx line 1: '' is the name of column 2; {UNNAMED}",
    ]),
    ([["a", ("=B9", "#REF!")]], ["a.xlsx line 1: '#REF!' is an error; mend the formula, or put a value in its place"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "faults"), HEADERS)
def test_a_sheet_without_a_usable_header_is_not_opened(rows, faults):
    """All that is wrong with a header is told."""
    assert refused(workbook(rows)) == faults


SMALL = workbook([["a", "b"], [1, "x"]])
ALONE = "save the table alone in a new workbook, or as CSV"
SHEET = "a.xlsx: 'xl/worksheets/sheet1.xml'"
HARMS = [
    (b'r="B2"', b'r="XFD1048576"', "has 1,048,576 rows of 16,384 cells, over 33,554,432 in all"),
    (b'<row r="2"', b'<row r="9999999"', "has 9,999,999 rows of 2 cells"),
    (b'r="B2"', b"r='B2'", 'has cells without a plain reference such as r="A1"'),
    (b'r="B2"', b"", 'has cells without a plain reference such as r="A1"'),
    (b"<worksheet", b'<!DOCTYPE x [<!ENTITY e "e">]><worksheet', "has a document type, entities, or bytes"),
]


@pytest.mark.parametrize(("old", "new", "why"), HARMS)
def test_a_sheet_that_would_fill_memory_is_not_read(monkeypatch, old, new, why):
    """Cells far apart, cells that do not say where they are, and document types are refused before they are parsed."""
    if b"9999999" in new:
        monkeypatch.setattr(sheetparts, "MOST_CELLS", 1 << 20)
    (said,) = refused(changed(SMALL, sheet1=lambda text: text.replace(old, new)))
    assert said.startswith(f"{SHEET} {why}")
    assert said.endswith(ALONE)


def test_a_text_that_many_cells_name_is_counted_as_often(monkeypatch):
    """The text of a sheet is what all its cells hold, though it is stored once."""
    monkeypatch.setattr(sheetparts, "_MOST_TEXT", 50_000)
    content = workbook([["a"], *[["x" * 1000]] * 100])
    assert refused(content) == [f"{SHEET} has over 50,000 bytes of text; {ALONE}"]


def archive(*files, kind=zipfile.ZIP_DEFLATED):
    """Make an archive of names and bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as new:
        for name, content in files:
            new.writestr(name, content)
    return made.getvalue()


AGAIN = "save it again with the program that made it"
TRICKS = [
    ([("../a.xml", b"")], "'../a.xml' is a path out of the archive"),
    ([("/a.xml", b"")], "'/a.xml' is a path out of the archive"),
    ([("c:a.xml", b"")], "'c:a.xml' is a path out of the archive"),
    ([("xl\\a.xml", b"")], "is a path out of the archive"),
    ([("a.xml", b""), ("A.xml", b"")], "'A.xml' stands twice in the archive"),
    ([("a.zip", b"")], "'a.zip' is an archive inside of the archive"),
    ([("xl/workbook.xml", archive(("a", b"")))], "'xl/workbook.xml' is an archive inside of the archive"),
    ([("xl/workbook.xml", bytes(11 << 20))], "'xl/workbook.xml' unpacks to 11,534,336 bytes from"),
    ([(f"{number}", b"") for number in range(10_001)], "holds 10,001 files, over 10,000"),
]


@pytest.mark.parametrize(("files", "why"), TRICKS, ids=[why for _, why in TRICKS])
def test_an_archive_of_tricks_is_not_unpacked(files, why):
    """Paths out of it, names that stand twice, archives in it, and what unpacks to far more are refused."""
    assert any(why in said for said in refused(archive(*files)))


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    """What its directory says is judged first, and what comes out of it is counted all the same."""
    monkeypatch.setattr(zips, "MOST_UNPACKED", 1000)
    assert re.match(r"a\.xlsx: unpacks to [\d,]+ bytes, over 1,000; save the table as CSV", refused(SMALL)[0])
    with zips.opened_zip(io.BytesIO(archive(("a", b"xx"))), "a") as opened:
        opened._left = 1
        with pytest.raises(FaultsError, match="unpacks to more than it says"):
            list(opened.blocks("a"))


def test_files_on_top_of_each_other_are_refused():
    """An archive in which one packed file is told as several is refused."""
    content = bytearray(archive(("a", bytes(5000)), ("b", bytes(5000)), kind=zipfile.ZIP_STORED))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<L", 0)
    assert refused(bytes(content)) == [f"a.xlsx: holds files that lie on top of each other; {AGAIN}"]


@pytest.mark.parametrize("content", [SMALL[:-30], SMALL[:200], b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_archive_is_a_fault(content):
    """Half an archive, or an empty one, is told in one line."""
    assert len(refused(content)) == 1


def test_what_its_reader_cannot_read_is_a_fault():
    """A workbook whose XML is none is told in one line."""
    said = refused(changed(SMALL, workbook=lambda text: text[: len(text) // 2]))
    assert len(said) == 1
    assert said[0].startswith("a.xlsx: ")


def test_text_that_looks_like_a_cells_tag_is_text():
    """What a header of the printed page says is no cell without a reference."""
    said = b"<headerFooter><oddHeader>see :c below</oddHeader></headerFooter></worksheet>"
    content = changed(SMALL, sheet1=lambda text: text.replace(b"</worksheet>", said))
    assert read(content)[1] == [["1", "x"]]


def test_a_chunk_of_wide_rows_has_few_of_them(monkeypatch):
    """As many rows as fit into memory at once are read at once, however many are asked for."""
    monkeypatch.setattr(foreign, "_MOST_CELLS", 4)
    with opened_table(io.BytesIO(workbook([["a", "b"], *[[1, 2]] * 5])), "a.xlsx") as table:
        assert [len(chunk.lines) for chunk in table.chunks([])] == [2, 2, 1]


@pytest.mark.parametrize("value", [b"", b"<v/>", b"<v></v>"])
def test_a_formula_that_was_never_calculated_is_a_fault(value):
    """It has no value, as programs that do not calculate write it; it is no empty cell."""
    rows = [["a", "b"], *([n, ("=A1*2", 77)] for n in range(900)), [1, ("=A9", "x")]]
    content = changed(
        workbook(rows), sheet1=lambda text: text.replace(b"<v>77</v>", value).replace(b"<v>x</v>", b"<v></v>")
    )
    _, read_rows, lines, faults = read(content)
    assert (read_rows, lines) == ([["1", ""]], [902])
    todo = "open the workbook in a spreadsheet and save it"
    assert faults[0] == f"a.xlsx line 2: b has a formula that was never calculated; {todo}"
    assert len(faults) == 900


def test_a_shared_formula_without_a_value_is_a_fault():
    """Only the first cell of those that share a formula holds it."""
    content = changed(
        workbook([["a"], [("=1+1", 77)], [3]]),
        sheet1=lambda text: text.replace(b"<f>1+1</f><v>77</v>", b'<f t="shared" si="0"/>'),
    )
    assert (read(content)[1], len(read(content)[3])) == ([["3"]], 1)
