"""A collection goes out whole and comes back equal, through every format that holds one."""

import os
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from collections_generated import collections, write
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from claims.events import known_by
from claims.imports.whole.ours import is_ours, read_ours
from claims.model import OPTIONAL_TABLES, TABLES
from claims.store import open_store
from claims.store.contents import put_folder
from claims.tables import read_with_places
from layers.exports import gpkg
from layers.exports.days import within_days
from layers.exports.formats import Export
from layers.exports.whole import csvtables as wholecsv
from layers.exports.whole import jsonmember as wholejson
from layers.exports.whole import parquettables as wholeparquet

FEW = 20
EXAMPLES = int(os.environ.get("BORDERMAP_FUZZ", FEW))
"""How many collections go through each format; a long search sets BORDERMAP_FUZZ."""

WAYS = {
    "folder": wholecsv,
    "typed": wholeparquet,
    "tables.zip": wholecsv,
    "typed.zip": wholeparquet,
    "map.geojson": wholejson,
    "map.gpkg": gpkg,
}
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


def through_store(path, folder):
    """Give the collection that comes back from an export by way of the store, and its places."""
    store = open_store(f"sqlite:///{folder}/store.sqlite")
    try:
        store.import_contents(read_ours(path), "held", "Tess Ter")
        store.export_folder("held", folder / "kept")
    finally:
        store.database.close()
    return read_with_places(folder / "kept")


@pytest.fixture(scope="module")
def _few_places(tmp_path_factory):
    """Let the shipped gazetteer be an empty one: each generated collection brings its own places."""
    empty = tmp_path_factory.mktemp("gazetteer")
    header = "place_id,name,name_ar,kind,country,lon,lat,radius_km,aliases,geonames_id,source,checked,note\n"
    (empty / "places.csv").write_text(header)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("claims.tables.DEFAULT_FOLDER", empty)
        yield


SEARCHED = settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == FEW,
    deadline=None,
    database=None,
    # Shrinking a whole collection takes minutes and tells little more.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.usefixtures("_few_places")
@SEARCHED
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
        note("store")
        back, places = through_store(Path(folder) / "map.geojson", Path(folder))
        assert_equal(collection, back)
        assert list(places) == list(gazetteer)


@pytest.mark.usefixtures("_few_places")
@SEARCHED
@given(files=collections(), name=st.sampled_from(sorted(WAYS)), data=st.data())
def test_any_part_comes_back_without_a_fault(files, name, data):
    """Cut to what was known on any day, or to any days, a collection is one still: it is read, and says that it is a part."""
    with tempfile.TemporaryDirectory() as folder:
        collection, gazetteer = read_with_places(write(files, Path(folder) / "one"))
        facts = collection.facts
        days = sorted(data.draw(st.tuples(*[st.dates(facts.first_day, facts.last_day)] * 2)))
        known = data.draw(st.booleans())
        part = known_by(collection, days[1]) if known else within_days(collection, gazetteer, *days)[0]
        back, _, notices = there_and_back(part, gazetteer, name, Path(folder))
        assert back.claims["claim_id"].tolist() == part.claims["claim_id"].tolist()
        assert ["is a part of its collection" in notice for notice in notices] == [True]
