"""A collection goes out whole and comes back equal, through every format that holds one."""

import os
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from collections_generated import collections, write
from hypothesis import HealthCheck, Phase, given, note, settings

from claims.imports.whole.ours import is_ours, read_ours
from claims.model import OPTIONAL_TABLES, TABLES
from claims.store.contents import put_folder
from claims.tables import read_with_places
from layers.exports import gpkg
from layers.exports.formats import Export
from layers.exports.whole import csvtables as wholecsv
from layers.exports.whole import jsonmember as wholejson
from layers.exports.whole import parquettables as wholeparquet

FEW = 30
EXAMPLES = int(os.environ.get("BORDERMAP_FUZZ", FEW))
"""How many collections go through each format; a long search sets BORDERMAP_FUZZ."""

WAYS = {"folder": wholecsv, "typed": wholeparquet, "map.geojson": wholejson, "map.gpkg": gpkg}
"""Where a collection goes to, and what writes it there."""


def assert_equal(one, other):
    """Hold two collections to be the same in every column, its type and its order, and in every file."""
    for name in TABLES | OPTIONAL_TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert (one.facts, one.story) == (other.facts, other.story)
    assert {**one.files, "places.csv": None} == {**other.files, "places.csv": None}


def there_and_back(collection, gazetteer, name, folder):
    """Give the collection that comes back from a file or folder of a name, its places, and what was told."""
    out, back, notices = folder / name, folder / f"back-{name}", []
    WAYS[name].write(Export(collection, gazetteer, whole=True), out)
    assert is_ours(out)
    put_folder(read_ours(out, notices), back)
    return (*read_with_places(back), notices)


@pytest.fixture(scope="module")
def _few_places(tmp_path_factory):
    """Let the shipped gazetteer be an empty one: each generated collection brings its own places."""
    empty = tmp_path_factory.mktemp("gazetteer")
    header = "place_id,name,name_ar,kind,country,lon,lat,radius_km,aliases,geonames_id,source,checked,note\n"
    (empty / "places.csv").write_text(header)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("claims.tables.DEFAULT_FOLDER", empty)
        yield


@pytest.mark.usefixtures("_few_places")
@settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == FEW,
    deadline=None,
    database=None,
    phases=(
        Phase.explicit,
        Phase.generate,
    ),  # shrinking a whole collection takes minutes and tells little more
    suppress_health_check=list(HealthCheck),
)
@given(files=collections())
def test_any_collection_comes_back_equal(files):
    """Whatever a collection holds is the same when it has gone out and in again, in each format."""
    with tempfile.TemporaryDirectory() as folder:
        collection, gazetteer = read_with_places(write(files, Path(folder) / "one"))
        for name in WAYS:
            note(name)
            back, places, notices = there_and_back(collection, gazetteer, name, Path(folder))
            assert_equal(collection, back)
            assert list(places) == list(gazetteer)
            assert notices == []
