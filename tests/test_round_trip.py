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
from claims.tables import read_with_places
from layers.exports import gpkg
from layers.exports.days import within_days
from layers.exports.formats import Export
from layers.exports.whole import csvtables as wholecsv
from layers.exports.whole import jsonmember as wholejson
from layers.exports.whole import parquettables as wholeparquet

FEW = 10
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
    """Give what comes back from a file or folder of a name, the folder that it makes, and what was told."""
    out, back, notices = folder / name, folder / f"back-{name}", []
    WAYS[name].write(Export(collection, gazetteer, whole=True), out)
    assert is_ours(out)
    contents = read_ours(out, notices)
    back.mkdir()
    contents.put(back)
    return contents, back, notices


def through_store(store, contents, folder):
    """Give the folder that comes back from the store."""
    name = f"held-{len(store.names())}"
    store.import_contents(contents, name, "Tess Ter")
    store.export_folder(name, folder / "kept")
    return folder / "kept"


class Readings:
    """Folders read: of the same bytes once."""

    def __init__(self):
        """Begin with none."""
        self._read = {}

    def __call__(self, folder):
        """Give a folder's collection and its places."""
        files = frozenset((path.name, path.read_bytes()) for path in folder.iterdir())
        if files not in self._read:
            self._read[files] = read_with_places(folder)
        return self._read[files]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Open one store for all collections."""
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('store')}/store.sqlite")
    yield opened
    opened.database.close()


SEARCHED = settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == FEW,
    deadline=None,
    database=None,
    # Shrinking a whole collection takes minutes and tells little more.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.usefixtures("few_places")
@SEARCHED
@given(files=collections())
def test_any_collection_comes_back_equal(store, files):
    """Whatever a collection holds is the same when it has gone out and in again, in each format and by way of the store."""
    read = Readings()
    with tempfile.TemporaryDirectory() as folder:
        collection, gazetteer = read_with_places(write(files, Path(folder) / "one"))
        for name in WAYS:
            note(name)
            contents, back, notices = there_and_back(collection, gazetteer, name, Path(folder))
            assert_equal(collection, read(back)[0])
            assert list(read(back)[1]) == list(gazetteer)
            assert notices == []
            if name == "map.geojson":
                note("store")
                kept = through_store(store, contents, Path(folder))
                assert_equal(collection, read(kept)[0])
                assert list(read(kept)[1]) == list(gazetteer)


@pytest.mark.usefixtures("few_places")
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
        _, folder_back, notices = there_and_back(part, gazetteer, name, Path(folder))
        back = read_with_places(folder_back)[0]
        assert back.claims["claim_id"].tolist() == part.claims["claim_id"].tolist()
        assert ["is a part of its collection" in notice for notice in notices] == [True]
