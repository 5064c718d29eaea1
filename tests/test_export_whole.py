"""A collection that leaves whole: its folder, a zip of it, GeoJSON, and what is cut of it."""

import datetime as dt
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from collections_generated import OWN_PLACES
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, make

from claims.digest import digest_of
from claims.events import known_by
from claims.imports.whole.ours import read_ours
from claims.store.contents import put_folder
from claims.tables import read_collection
from geo.errors import BordermapError
from layers.exports import gpkg
from layers.exports.days import within_days
from layers.exports.formats import Export
from layers.exports.whole import csvtables as wholecsv
from layers.exports.whole import jsonmember as wholejson
from layers.exports.whole import parquettables as wholeparquet

MOVED = {**FROM_ELVAS, **ON_THE_SEVENTH}
SIDES = [{"side": "none", "name": "None", "name_ar": ""}]
WRITERS = {"tables.zip": wholecsv, "typed.zip": wholeparquet, "map.geojson": wholejson, "map.gpkg": gpkg}


@pytest.fixture
def export(tmp_path, iberia):
    """Give a collection of two claims, the second of which denies and follows the first, on later days."""
    later = {
        "reported": "2024-12-20",
        "date_start": "2024-12-19",
        "date_end": "2024-12-19",
        "date_kind": "on",
    }
    second = {"event_id": "e2", "denies": "c1", "relates_to": "c1", "relation": "follows", **later}
    folder = make(tmp_path / "one", claims=[MOVED, second], events=[{}, {}], sides=SIDES)
    (folder / "places.csv").write_text(OWN_PLACES)
    collection = read_collection(folder, iberia)
    return Export(collection, iberia, whole=True)


def test_a_folder_is_that_of_a_collection(export, tmp_path):
    """CSV is written as a collection's folder, and about.json beside it says what it is of and what it holds."""
    wholecsv.write(export, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    tables = {f"{name}.csv" for name in ("sources", "claims", "events", "actors", "sides", "places")}
    assert names == {*tables, "collection.toml", "about.json"}
    about = json.loads((tmp_path / "out" / "about.json").read_text())
    assert (about["title"], about["digest"]) == ("A test", export.collection.digest)
    assert about["holds"] == digest_of(tmp_path / "out")


def test_typed_tables_are_geoparquet(export, tmp_path):
    """Claims and events have their geometry and are read as a collection all the same."""
    wholeparquet.write(export, tmp_path / "out")
    assert gpd.read_parquet(tmp_path / "out" / "claims.parquet").geometry.notna().tolist() == [True, False]
    assert gpd.read_parquet(tmp_path / "out" / "events.parquet").geometry.notna().tolist() == [True, False]
    back = read_collection(tmp_path / "out", export.gazetteer)
    pd.testing.assert_frame_equal(back.claims, export.collection.claims)


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_collection_is_the_same_bytes(export, tmp_path, name):
    """No file tells when it was made."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        WRITERS[name].write(export, tmp_path / folder / name)
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_zip_holds_the_files_of_the_folder(export, tmp_path):
    """What the zip holds is what the folder would."""
    wholecsv.write(export, tmp_path / "out")
    wholecsv.write(export, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}


def test_geojson_stays_geojson(export, tmp_path):
    """The collection stands in a member of its own beside the features, which GeoPandas reads as ever."""
    wholejson.write(export, tmp_path / "map.geojson")
    assert len(gpd.read_file(tmp_path / "map.geojson")) == 2
    document = json.loads((tmp_path / "map.geojson").read_text())
    assert document["bordermap"]["tables"]["claims"]["rows"][0][0] == "c1"


CUTS = {
    "days": lambda export: within_days(
        export.collection, export.gazetteer, dt.date(2024, 12, 19), dt.date(2024, 12, 31)
    )[0],
    "known": lambda export: known_by(export.collection, dt.date(2024, 12, 10)),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("cut", CUTS)
def test_a_part_comes_back_as_that_part(export, tmp_path, name, cut):
    """What was cut says so, and names nothing that was cut away."""
    part = CUTS[cut](export)
    WRITERS[name].write(Export(part, export.gazetteer, whole=True), tmp_path / name)
    notices = []
    put_folder(read_ours(tmp_path / name, notices), tmp_path / "back")
    back = read_collection(tmp_path / "back", export.gazetteer)
    assert back.claims["claim_id"].tolist() == part.claims["claim_id"].tolist()
    assert (
        set(back.claims["denies"]) == set(back.claims["relates_to"]) == set(back.claims["relation"]) == {""}
    )
    assert back.facts == part.facts
    assert [f"is a part of its collection ({cut} " in notice for notice in notices] == [True]


@pytest.mark.parametrize("name", WRITERS)
def test_a_part_holds_only_what_its_claims_name(tmp_path, iberia, name):
    """Nothing of a later report goes along with what was known before: no source, actor or event; what is repeated does."""
    sources = [{"repeats": "s2"}, {}, {}]
    later = {"source_id": "s3", "event_id": "e2", "actors": "riders", "reported": "2024-12-20"}
    claims = [{**MOVED, "actors": "walkers"}, later]
    actors = [{"parent": "people"}, {"actor": "riders"}, {"actor": "people"}]
    folder = make(tmp_path / "one", claims=claims, sources=sources, events=[{}, {}], actors=actors)
    (folder / "places.csv").write_text(OWN_PLACES)
    part = known_by(read_collection(folder, iberia), dt.date(2024, 12, 10))
    WRITERS[name].write(Export(part, iberia, whole=True), tmp_path / name)
    put_folder(read_ours(tmp_path / name, []), tmp_path / "back")
    back = read_collection(tmp_path / "back", iberia)
    assert back.sources["source_id"].tolist() == ["s1", "s2"]
    assert back.actors["actor"].tolist() == ["walkers", "people"]
    assert back.events["event_id"].tolist() == ["e1"]


def test_what_stands_there_is_not_written_over(export, tmp_path):
    """A folder with files in it stays as it is."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(BordermapError, match="is there already"):
        wholecsv.write(export, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["one.csv", "one.PARQUET"])
def test_a_folder_is_not_named_as_a_file(export, tmp_path, name):
    """No folder is made that is called as a table; a folder's name or a zip's is asked for."""
    writer = wholecsv if name.endswith("csv") else wholeparquet
    with pytest.raises(BordermapError, match=r"name a folder, or a \.zip"):
        writer.write(export, tmp_path / name)
    assert not (tmp_path / name).exists()


FULL = """
import resource, sys
from pathlib import Path
from collections_made import collection_of, small_gazetteer
from geo.errors import BordermapError
from layers.exports.formats import Export, Rows, write
folder, name = Path(sys.argv[1]), sys.argv[2]
places = small_gazetteer()
claims = [{"note": "".join(map(str, range(at * 9000, at * 9000 + 9000)))} for at in range(20)]
collection = collection_of(folder / "one", places, claims=claims)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write(name, Export(collection, places, Rows.CLAIMS, whole=name == "geojson"), folder / "out" / "map")
except BordermapError as error:
    print("told:", error)
"""


@pytest.mark.parametrize("name", ["gpkg", "geojson", "parquet", "fgb"])
def test_a_full_disk_is_told_and_nothing_is_left(tmp_path, name):
    """Where there is no room, a sentence says so and no part of a file stays."""
    (tmp_path / "out").mkdir()
    tests = Path(__file__).parent
    code = f"import sys; sys.path[:0] = [{str(tests.parent)!r}, {str(tests)!r}]\n{FULL}"
    run = subprocess.run(  # noqa: S603 - the code above
        [sys.executable, "-c", code, str(tmp_path), name], capture_output=True, text=True, check=False
    )
    assert re.match(r"told: .*(cannot be written|File too large)", run.stdout), run.stderr
    assert "directory" not in run.stdout
    assert "INSERT" not in run.stdout
    assert name in {"geojson", "parquet"} or str(tmp_path / "out" / "map") in run.stdout
    assert list((tmp_path / "out").iterdir()) == []
