"""FlatGeobuf: one layer of any shapes, those on no map among them."""

import shutil

import geopandas as gpd
import pyogrio
import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of

from layers.exports.formats import Export, Rows, write

MOVED = {**FROM_ELVAS, **ON_THE_SEVENTH}


@pytest.mark.parametrize("of", Rows)
@pytest.mark.parametrize("others", [[], [{"event_id": "e2"}]], ids=["all placed", "one unplaced"])
def test_every_row_is_there(tmp_path, iberia, of, others):
    """Each event or claim is a row, with its days as days, whether it is on the map or not."""
    claims = [MOVED, *others]
    collection = collection_of(tmp_path / "one", iberia, claims=claims, events=[{}] * len(claims))
    write("fgb", Export(collection, iberia, rows=of), tmp_path / "map.fgb")
    read = gpd.read_file(tmp_path / "map.fgb")
    assert read.geometry.isna().tolist() == [False, *[True] * len(others)]
    assert read["date_start"][0].date().isoformat() == "2024-12-07"
    assert read.crs.to_epsg() == 4326


def test_the_layer_says_what_it_is_of(tmp_path, iberia):
    """Its title and what is said of the collection stand in the layer's metadata."""
    collection = collection_of(tmp_path / "one", iberia)
    write("fgb", Export(collection, iberia), tmp_path / "map.fgb")
    said = pyogrio.read_info(tmp_path / "map.fgb")["layer_metadata"]
    assert (said["TITLE"], said["DESCRIPTION"]) == ("A test", "nobody")


def test_the_same_collection_is_the_same_bytes(tmp_path, iberia):
    """Nothing in the file tells when it was made."""
    collection = collection_of(tmp_path / "one", iberia, claims=[MOVED])
    for name in ("a.fgb", "b.fgb"):
        write("fgb", Export(collection, iberia), tmp_path / name)
    assert (tmp_path / "a.fgb").read_bytes() == (tmp_path / "b.fgb").read_bytes()


def test_a_collection_without_claims_is_a_layer_without_rows(tmp_path, iberia):
    """An empty layer is a file that is read."""
    collection = collection_of(tmp_path / "one", iberia, claims=[], events=[])
    write("fgb", Export(collection, iberia), tmp_path / "none.fgb")
    assert len(gpd.read_file(tmp_path / "none.fgb")) == 0


@pytest.mark.parametrize("name", ["fgb", "gpkg"])
def test_the_name_of_the_file_need_not_tell_its_format(tmp_path, iberia, name):
    """What is asked for is written as one file under any name."""
    collection = collection_of(tmp_path / "one", iberia)
    write(name, Export(collection, iberia), tmp_path / "map.data")
    shutil.copy(tmp_path / "map.data", tmp_path / f"map.{name}")
    assert gpd.read_file(tmp_path / f"map.{name}", layer=0)["event_id"].tolist() == ["e1"]
