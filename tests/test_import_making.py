"""Rows as they are kept with the claims that they became."""

import json

import numpy as np
import pandas as pd
import pytest
from foreign_rows import HOSTILE

from claims.imports.checking import Checked
from claims.imports.making import rows_written
from claims.imports.rows import Chunk

CELLS = [
    *(cell for cell in HOSTILE if cell not in {"\0", "\ud800"}),
    "\\",
    'a"b\\c',
    "\x7f",
    "\x85",
    "\u2028",
    "é",
]


@pytest.mark.parametrize("dtype", [object, str])
def test_a_row_is_written_as_the_json_object_of_its_cells(dtype):
    """Whatever cells hold, a reader of JSON gives them back by their columns, and without a blank too many."""
    cells = pd.DataFrame({"a": CELLS, 'b"\\é': CELLS[::-1], "c": ""}, dtype=dtype)
    rows = Checked("rows.csv", Chunk(cells, np.arange(len(cells))), [])
    written = rows_written(rows).to_pylist()
    assert [json.loads(row) for row in written] == cells.to_dict("records")
    assert rows_written(rows)[0].as_py() == '{"a":"","b\\"\\\\é":"é","c":""}'


def test_no_rows_are_written_as_nothing():
    """Columns without a row make no object."""
    rows = Checked("rows.csv", Chunk(pd.DataFrame({"a": []}, dtype=str), np.arange(0)), [])
    assert rows_written(rows).to_pylist() == []


def test_a_row_of_a_table_without_columns_is_an_empty_object():
    """Features may have no properties and no place, where the user says all of them."""
    rows = Checked("rows.geojson", Chunk(pd.DataFrame(index=range(2)), np.arange(2)), [])
    assert rows_written(rows).to_pylist() == ["{}", "{}"]
