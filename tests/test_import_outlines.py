"""What an import tells of outlines and lines."""

import pytest
from foreign_rows import chunk_of

from claims.imports.converting import Asked
from claims.imports.outlines import Outlines

POLYGON = '{"type":"Polygon","coordinates":[]}'


def told(*cells, **asked):
    """Say what is told of rows with these cells of geometry; the first stands on line 2."""
    outlines = Outlines()
    outlines.see(chunk_of(*({"geometry": cell} for cell in cells), usual={"name": "Elvas"}))
    return [(notice.line, notice.said) for notice in outlines.told(Asked("rows.geojson", **asked))]


@pytest.mark.parametrize(
    ("cells", "line", "count"),
    [((POLYGON,), 2, "1 row has"), (("", POLYGON, "<Model/>"), 3, "2 rows have")],
)
def test_outlines_are_counted(cells, line, count):
    """One notice says how many rows have one, at the first of them."""
    ((at, said),) = told(*cells)
    assert (at, said.startswith(f"{count} an outline or a line, which is not used")) == (line, True)


def test_nothing_is_told_where_there_are_none_or_the_column_is_mapped():
    """A column of that name may hold words."""
    assert told("", "rough") == []
    assert told(POLYGON, mapping={"note": "geometry"}) == []
