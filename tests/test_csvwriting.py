"""CSV written from columns: plain, the size it is told to have, and its rows on the lines they are told to be on."""

import csv
import io

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.store.columns import ColumnSheet
from claims.store.contents import Sheet
from geo.files import csvwriting
from geo.files.csvwriting import TEXT, csv_header, csv_lines, csv_pieces, csv_rows, csv_size, row_begins

CELLS = ['"', '""', ",", "a\nb", "a\r\nb", "lone\r", "\n", "", " ", "مئة", "👩‍👦", "=1", "'", "\u2028", ";"]


def table(*rows, columns=("one", "t,wo")):
    """Give a table of text."""
    held = {name: pa.array([row[at] for row in rows], TEXT) for at, name in enumerate(columns)}
    return pa.table(held)


@pytest.mark.parametrize("rows", [0, 1, 2, 100])
def test_it_is_what_the_store_writes_row_by_row(monkeypatch, rows):
    """Bytes and lines are those of the row-by-row writer, in however many pieces they come."""
    monkeypatch.setattr(csvwriting, "ROWS", 2)
    every = [(one, other) for one in CELLS for other in CELLS][:rows]
    held = table(*every)
    text, lines = Sheet(tuple(held.column_names), held.to_pylist()).written()
    assert b"".join(csv_pieces(held)).decode() == text
    assert csv_size(held) == len(text.encode())
    assert row_begins(held) == lines


def test_python_reads_it_back():
    """Every cell is read as it was."""
    every = [(one, other) for one in CELLS for other in CELLS]
    text = b"".join(csv_pieces(table(*every))).decode()
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [list(row) for row in every]


def test_a_slice_of_a_table_is_written_alone():
    """Rows that begin within a longer column are those that are written."""
    held = table(("a", "b"), ("c", "d"), ("e", "f"))
    assert b"".join(csv_pieces(held.slice(1, 1))) == b'one,"t,wo"\nc,d\n'


def test_a_sheet_of_columns_is_one_of_rows():
    """Its rows are had one by one, in slices and in all, and are written alike."""
    held = table(("a", 'b"'), ("c", "d\r"))
    of_columns, of_rows = ColumnSheet.of(held), Sheet(tuple(held.column_names), held.to_pylist())
    assert list(of_columns.rows) == of_rows.rows
    assert (of_columns.rows[-1], of_columns.rows[:1]) == (of_rows.rows[-1], of_rows.rows[:1])
    assert of_columns.written() == of_rows.written()


# ---- from a frame


def frame_of(rows):
    """Make a frame of two columns of text."""
    return pd.DataFrame(rows, columns=["a", "b"], dtype=str)


SEVERAL = {
    "plain": "x",
    "empty": "",
    "a comma": "a,b",
    "quotes": 'say "no"',
    "a line end": "a\nb",
    "a lone carriage return": "a\rb",
    "blanks": "  a ",
    "another script": "مرحبا 🙂",
}


@pytest.mark.parametrize("cell", SEVERAL.values(), ids=SEVERAL)
def test_a_cell_reads_back_as_it_was(cell):
    """Whatever a cell holds, a reader of CSV gives it back."""
    text = csv_rows(frame_of([[cell, "x"], ["x", cell]])).decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[cell, "x"], ["x", cell]]


def test_quotes_stand_only_where_they_must():
    """Cells that need no quotes have none."""
    assert csv_rows(frame_of([["a b", "=1"], ["", "c,d"]])) == b'a b,=1\n,"c,d"\n'


def test_no_rows_are_no_text():
    """A frame without rows is written as nothing, and its header by itself."""
    assert csv_rows(frame_of([])) == b""
    assert csv_header(["a", "b,c"]) == b'a,"b,c"\n'


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))] * 2),
        max_size=5,
    )
)
def test_any_rows_read_back(rows):
    """Rows of any text are read back equal, together and each by itself."""
    frame = frame_of(rows)
    assert "".join(csv_lines(frame)).encode() == csv_rows(frame)
    read = list(csv.reader(io.StringIO(csv_rows(frame).decode(), newline="")))
    assert [tuple(row) for row in read] == rows
