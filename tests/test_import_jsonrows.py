"""Rows written as JSON column by column, held against a writer of JSON."""

import orjson
import pandas as pd
import pytest
from foreign_rows import HOSTILE

from claims.imports.jsonrows import json_lists, json_objects
from geo.files.csvwriting import text_of

CELLS = [
    *(cell for cell in HOSTILE if cell != "\ud800"),
    "",
    'a "word"',
    "back\\slash",
    "\x00\t\n\x1f",
    "\x7f\u2028",
    "عربي",
    "🚧",
]
TABLES = {
    "cells of all sorts": pd.DataFrame({"a": CELLS, 'b "c"': CELLS[::-1], "empty": "", "d": "same"}),
    "an empty column first": pd.DataFrame({"empty": "", "a": CELLS}),
    "nothing but empty cells": pd.DataFrame({"a": ["", ""], "b": ""}),
    "no rows": pd.DataFrame({"a": [], "b": []}),
}


@pytest.mark.parametrize("dtype", ["str", "object"])
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_rows_are_written_as_a_writer_of_json_does(table, dtype):
    """Each row is the very text that orjson writes of it, as a list and as an object."""
    table = table.astype(dtype)
    columns = [text_of(table[name]) for name in table]
    rows = table.to_dict("records")
    assert json_lists(columns).to_pylist() == [orjson.dumps(list(row.values())).decode() for row in rows]
    assert json_objects(list(table), columns).to_pylist() == [orjson.dumps(row).decode() for row in rows]
