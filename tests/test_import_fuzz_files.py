"""Foreign tables opened from whatever bytes: rows of text come of them, or faults, and nothing else."""

import io
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_files_made import FILES, FUZZED, SAMPLES

from claims.imports.files.opened import opened_table
from geo.errors import BordermapError, Fault


def read(content, ending, **asked):
    """Read a file and hold what it gives to what a table promises; give the number of rows."""
    faults = []
    count = 0
    with opened_table(io.BytesIO(content), f"a.{ending}", **asked) as table:
        assert len(set(table.header)) == len(table.header)
        assert all(column.strip() for column in table.header)
        for chunk in table.chunks(faults, rows=3):
            assert list(chunk.cells.columns) == list(table.header)
            assert 0 < len(chunk.cells) == len(chunk.lines) <= 3
            assert all(isinstance(cell, str) for cell in chunk.cells.to_numpy().ravel())
            assert (np.diff(chunk.lines) >= 0).all()
            assert chunk.lines[0] >= 1
            "".join(chunk.cells.to_numpy().ravel()).encode()
            count += len(chunk.cells)
    assert all(isinstance(fault, Fault) and str(fault) for fault in faults)
    return count


@pytest.mark.parametrize("ending", SAMPLES)
def test_what_is_damaged_was_whole(ending):
    """The file that is damaged in the other tests has two rows where nothing is."""
    assert read(SAMPLES[ending], ending) == (1 if ending == "tsv" else 2) + (ending == "tsv")


@pytest.mark.parametrize("ending", FILES)
@FUZZED
@given(data=st.data())
def test_no_bytes_let_anything_but_a_fault_out(ending, data):
    """Whatever a file holds, it is read or its faults are told."""
    content = data.draw(FILES[ending])
    encoding = data.draw(st.sampled_from(["", "", "", "cp1256", "utf-16", "ascii"]))
    header = data.draw(st.sampled_from([0, 0, 0, 1, 2, 3]))
    named = data.draw(st.sampled_from([ending, ending, "bin"]))
    with suppress(BordermapError):
        read(content, named, encoding=encoding, header=header)
