"""GeoParquet 1.1: typed columns, a box around each geometry, and what the file says of itself."""

import json

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from layers.exports import rowparts
from layers.exports.formats import Export, Rows, write

MOVED = {**FROM_ELVAS, **ON_THE_SEVENTH, **ABOUT_2000}


@pytest.fixture(scope="module")
def made(tmp_path_factory, iberia):
    """Give the folder of events.parquet and claims.parquet, of a crossing from Elvas and of one from nowhere."""
    folder = tmp_path_factory.mktemp("parquet")
    collection = collection_of(folder / "one", iberia, claims=[MOVED, {"event_id": "e2"}], events=[{}, {}])
    for of in Rows:
        write("parquet", Export(collection, iberia, rows=of), folder / f"{of}.parquet")
    return folder


def test_columns_are_typed(made):
    """Days are days, numbers doubles, what is not said null; the geometry is WKB."""
    schema = pq.read_schema(made / "claims.parquet")
    types = {name: schema.field(name).type for name in ("reported", "count", "quote", "geometry")}
    assert types == {
        "reported": pa.date32(),
        "count": pa.float64(),
        "quote": pa.large_string(),
        "geometry": pa.binary(),
    }
    read = pq.read_table(made / "claims.parquet").to_pylist()
    assert [row["count_text"] for row in read] == ["2,000 or so", None]
    assert [row["geometry"] is None for row in read] == [False, True]


def test_the_metadata_is_that_of_geoparquet(made):
    """It names the version, the shapes, the reference system and the box by which readers choose."""
    geo = json.loads(pq.read_schema(made / "events.parquet").metadata[b"geo"])
    column = geo["columns"]["geometry"]
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["LineString"])
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]


@pytest.mark.parametrize("of", Rows)
def test_it_is_read_by_the_box(made, of):
    """GeoPandas reads it all, and only what meets a box where one is given."""
    everything = gpd.read_parquet(made / f"{of}.parquet")
    assert everything.crs.to_epsg() == 4326
    assert len(everything) == 2
    assert len(gpd.read_parquet(made / f"{of}.parquet", bbox=(-8, 38, -6, 39))) == 1
    assert len(gpd.read_parquet(made / f"{of}.parquet", bbox=(10, 10, 11, 11))) == 0


def test_the_box_of_a_row_is_its_geometrys(made):
    """Each row's box is that of its geometry, and null where there is none."""
    read = gpd.read_parquet(made / "events.parquet")
    boxes = pq.read_table(made / "events.parquet")["bbox"].to_pylist()
    assert [tuple(box.values()) if box else None for box in boxes] == [
        tuple(shapely.bounds(read.geometry[0])),
        None,
    ]


def test_parts_are_row_groups_of_one_file(tmp_path, monkeypatch, iberia):
    """What is made in parts is one table, and the file says of all of it which shapes it has and within which box."""
    monkeypatch.setattr(rowparts, "ROWS", 1)
    stands = {"event_id": "e2", "kind": "deployment", "place_id": "elvas", "geo_precision": "1"}
    claims, events = [MOVED, stands, {"event_id": ""}], [{}, {"kind": "deployment"}]
    collection = collection_of(tmp_path / "one", iberia, claims=claims, events=events)
    write("parquet", Export(collection, iberia, rows=Rows.CLAIMS), tmp_path / "parts.parquet")
    file = pq.ParquetFile(tmp_path / "parts.parquet")
    assert (file.num_row_groups, file.metadata.num_rows) == (3, 3)
    assert file.read()["claim_id"].to_pylist() == ["c1", "c2", "c3"]
    for metadata in (file.metadata.metadata, file.schema_arrow.metadata):
        column = json.loads(metadata[b"geo"])["columns"]["geometry"]
        assert column["geometry_types"] == ["LineString", "Point"]
        assert column["bbox"] == gpd.read_parquet(tmp_path / "parts.parquet").total_bounds.tolist()


def test_the_file_says_what_it_is_of(made):
    """Title, licence, digest and cut stand in the file's metadata."""
    about = json.loads(pq.read_schema(made / "events.parquet").metadata[b"about"])
    assert (about["title"], about["licence"], about["days"]) == ("A test", "CC0-1.0", None)


def test_a_collection_without_claims_is_a_file_without_rows(tmp_path, iberia):
    """An empty file has all columns, and GeoPandas reads it."""
    collection = collection_of(tmp_path / "one", iberia, claims=[], events=[])
    write("parquet", Export(collection, iberia), tmp_path / "none.parquet")
    read = gpd.read_parquet(tmp_path / "none.parquet")
    assert (len(read), "event_id" in read) == (0, True)
