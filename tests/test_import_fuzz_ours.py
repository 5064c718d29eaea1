"""Exports that were damaged: what comes back is a collection, or the faults are told, and nothing else."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from collections_made import make
from hypothesis import given, settings
from hypothesis import strategies as st
from import_files_made import ASKED, FUZZED, JSON_WORDS, damaged, repacked

from claims.imports.whole.ours import is_ours, read_ours
from claims.store.contents import Contents
from claims.tables import read_with_places
from geo.errors import BordermapError
from layers.exports import gpkg
from layers.exports.formats import Export
from layers.exports.whole import csvtables as wholecsv
from layers.exports.whole import jsonmember as wholejson
from layers.exports.whole import parquettables as wholeparquet

WRITERS = {"csv.zip": wholecsv, "parquet.zip": wholeparquet, "geojson": wholejson, "gpkg": gpkg}
DAMAGED = {
    "csv.zip": lambda content: damaged(content) | repacked(content, [b",", b'"', b"\r"]),
    "parquet.zip": lambda content: damaged(content) | repacked(content, [b"PAR1"]),
    "geojson": lambda content: damaged(content, words=[*JSON_WORDS, b'"tables"', b'"rows"']),
    "gpkg": damaged,
}
SQL_AND_ROWS = 60_000
"""So many bytes at the end of a GeoPackage are damaged likelier than others: there stand the tables that are read."""


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Give the bytes of an export of each format."""
    folder = tmp_path_factory.mktemp("exports")
    collection, gazetteer = read_with_places(
        make(folder / "one", claims=[{"denies": "c2"}, {"event_id": ""}])
    )
    for name, writer in WRITERS.items():
        writer.write(Export(collection, gazetteer, whole=True), folder / f"a.{name}")
    return {name: (folder / f"a.{name}").read_bytes() for name in WRITERS}


@pytest.mark.parametrize("name", WRITERS)
@settings(FUZZED, max_examples=ASKED // len(WRITERS) or 40)  # one importer reads them all
@given(data=st.data())
def test_damage_lets_nothing_but_a_fault_out(exports, name, data):
    """Whatever was done to an export, it is read or its faults are told."""
    content = exports[name]
    if name == "gpkg" and data.draw(st.booleans()):
        content = content[:-SQL_AND_ROWS] + data.draw(damaged(content[-SQL_AND_ROWS:]))[:SQL_AND_ROWS]
    else:
        content = data.draw(DAMAGED[name](content))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{name}"
        path.write_bytes(content)
        is_ours(path)
        with suppress(BordermapError):
            assert isinstance(read_ours(path, []), Contents)
