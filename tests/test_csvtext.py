"""Frames written as CSV text."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files.csvtext import csv_lines, csv_rows
from geo.files.csvwriting import csv_header


def frame_of(rows):
    """Make a frame of two columns of text."""
    return pd.DataFrame(rows, columns=["a", "b"], dtype=str)


CELLS = {
    "plain": "x",
    "empty": "",
    "a comma": "a,b",
    "quotes": 'say "no"',
    "a line end": "a\nb",
    "a lone carriage return": "a\rb",
    "blanks": "  a ",
    "another script": "مرحبا 🙂",
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
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
