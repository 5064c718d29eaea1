"""Exports of bordermap's that are not whole: known by their columns, and refused with what to do instead."""

import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.imports.converting import Asked, Scheme
from claims.imports.files.opened import opened_table
from claims.imports.understanding import understood
from claims.imports.whole.ours import is_ours
from claims.imports.whole.partial import MADE_LIKE
from geo.errors import FaultsError
from layers.exports import acled
from layers.exports.formats import Export, Rows, write

AGAIN = "; export the collection again with --whole, and import that"


@pytest.fixture(scope="module")
def collection(tmp_path_factory, iberia):
    """Give a collection of one claim."""
    folder = tmp_path_factory.mktemp("exported") / "one"
    return collection_of(folder, iberia, claims=[{**FROM_ELVAS, **ON_THE_SEVENTH}])


def refused(path, scheme=None):
    """Give why a file is not understood, as lines; none where it is."""
    try:
        with opened_table(path, path.name) as table:
            understood(table, Asked(path.name, scheme))
    except FaultsError as error:
        return [str(fault) for fault in error.faults]
    return []


EXPORTS = [
    ("csv", "events", "of events, without the claims that they are put together of"),
    ("csv", "claims", "of claims, without all that they name"),
    ("geojson", "events", "of events, without the claims that they are put together of"),
    ("geojson", "claims", "of claims, without all that they name"),
    ("parquet", "events", "of events, without the claims that they are put together of"),
    ("parquet", "claims", "of claims, without all that they name"),
    ("kml", "events", "of events, without the claims that they are put together of"),
    ("kml", "claims", "of claims, without all that they name"),
    ("acled", "events", "that only has the columns of ACLED"),
]


@pytest.mark.parametrize(("form", "rows", "why"), EXPORTS)
def test_an_export_that_is_not_whole_is_one_fault(collection, iberia, tmp_path, form, rows, why):
    """Whatever its format, rows of an export are no claims of another data set; what to export instead is said."""
    path = tmp_path / f"rows.{'csv' if form == 'acled' else form}"
    write(form, Export(collection, iberia, rows=Rows(rows)), path)
    assert not is_ours(path)
    assert refused(path) == [f"{path.name}: is an export of bordermap's {why}{AGAIN}"]


def test_a_workbook_that_was_exported_is_refused_before_a_sheet_is_asked_for(collection, iberia, tmp_path):
    """Which of the sheets is meant is not asked of a workbook none of whose sheets is whole."""
    path = tmp_path / "rows.xlsx"
    write("xlsx", Export(collection, iberia), path)
    why = "is a workbook that bordermap exported, which is not the whole collection"
    assert refused(path) == [f"rows.xlsx: {why}{AGAIN}"]


def test_one_table_of_a_collection_is_no_table_of_another_data_set(tmp_path, iberia):
    """claims.csv alone is sent back to its folder."""
    collection_of(tmp_path / "one", iberia, claims=[{**FROM_ELVAS, **ON_THE_SEVENTH}])
    why = "is claims.csv of a collection of bordermap's, without its other tables"
    todo = "import its folder, which collection.toml and the other tables make whole"
    assert refused(tmp_path / "one" / "claims.csv") == [f"claims.csv: {why}; {todo}"]


def test_whoever_says_what_an_export_is_read_as_is_believed(collection, iberia, tmp_path):
    """With --from its rows are read as those of any table."""
    path = tmp_path / "rows.csv"
    write("csv", Export(collection, iberia, rows=Rows.CLAIMS), path)
    assert refused(path, Scheme.TABLE) == []


def test_an_export_like_acleds_says_so_as_it_is_known_by():
    """What is known of the export and what it says of itself are one."""
    assert acled.LIKE.startswith(MADE_LIKE)
