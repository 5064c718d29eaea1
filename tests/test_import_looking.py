"""A table is looked through once, for what a person is asked of it."""

import io

import pytest
from imports_made import ACLED

from claims.imports.files.opened import opened_table
from claims.imports.leaving import leaving_lines, written_lines
from claims.imports.looking import FIRST, WORDS, Watched, looked_through
from claims.imports.tables.guessing import unknown_words
from claims.imports.tables.mapping import TableMapping
from geo.errors import BordermapError


def looked(text, tell=lambda _: None):
    """Look a table through, given as CSV."""
    with opened_table(io.BytesIO(text.encode()), "t.csv") as table:
        return looked_through(Watched(table, tell))


def test_rows_are_counted_and_the_first_are_kept():
    """All rows count, of which the first are kept with their lines; whoever watches is told how many were read."""
    told = []
    seen = looked("a,b\n" + "x,1\n" * (FIRST + 5), told.append)
    assert (seen.rows, len(seen.first.cells), int(seen.first.lines[0])) == (FIRST + 5, FIRST, 2)
    assert told == [FIRST + 5]


def test_few_different_cells_may_be_words():
    """All the different cells of a column of words are kept, wherever they stand; those of another column are not."""
    rows = [f"{'in' if at < WORDS else 'sideways'},{at}" for at in range(WORDS + 1)]
    seen = looked("way,number\n" + "\n".join(rows))
    assert seen.words == {"way": ["in", "sideways"]}
    assert unknown_words(seen.words, TableMapping({"direction": "way"})) == {"direction": ("sideways",)}


def test_what_is_context_is_counted_by_its_types():
    """Of ACLED's rows those that are no movement, posture or change are counted before anything is imported."""
    assert looked(ACLED).context == {"Battles: Armed clash": 1}


@pytest.mark.parametrize(("lines", "written"), [([], ""), ([7], "7"), ([5, 3, 4, 9, 3], "3-5,9")])
def test_lines_are_written_as_they_are_read(lines, written):
    """Lines to leave are written with ranges, which are read back as the same lines."""
    assert written_lines(lines) == written
    leave = leaving_lines(written)
    assert [line for first, last in leave.unmet() for line in range(first, last + 1)] == sorted(set(lines))


def test_what_is_no_list_of_lines_is_none(tmp_path):
    """Other words are no lines, whatever file they may name, and a range must not end before it begins."""
    assert leaving_lines(str(tmp_path)) is None
    with pytest.raises(BordermapError, match="ends before it begins"):
        leaving_lines("9-2")
