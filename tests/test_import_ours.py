"""Exports read back: what is no longer what it was, and files that were made to harm."""

import contextlib
import json
import shutil
import sqlite3
import tracemalloc
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from collections_generated import OWN_PLACES
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.imports.files import jsontext
from claims.imports.whole import files as wholefiles
from claims.imports.whole import jsonfile
from claims.imports.whole.ours import is_ours, read_ours
from claims.store.contents import put_folder
from claims.tables import read_collection
from claims.typedtables import HEADERS
from geo.errors import BordermapError, FaultsError
from layers.exports import gpkg
from layers.exports.formats import Export, write
from layers.exports.whole import csvtables as wholecsv
from layers.exports.whole import jsonmember as wholejson
from layers.exports.whole import parquettables as wholeparquet

WRITERS = {
    "folder": wholecsv,
    "tables.zip": wholecsv,
    "typed": wholeparquet,
    "map.geojson": wholejson,
    "map.gpkg": gpkg,
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory, iberia):
    """Give a folder that holds an export of each format, of one claim."""
    folder = tmp_path_factory.mktemp("exported")
    collection = collection_of(folder / "one", iberia, claims=[{**FROM_ELVAS, **ON_THE_SEVENTH}])
    (folder / "one" / "places.csv").write_text(OWN_PLACES)
    collection = read_collection(folder / "one", iberia)
    for name, writer in WRITERS.items():
        writer.write(Export(collection, iberia, whole=True), folder / name)
    write("parquet", Export(collection, iberia), folder / "events.parquet")
    write("geojson", Export(collection, iberia), folder / "events.geojson")
    return folder


@pytest.fixture
def copied(exported, tmp_path):
    """Give a way to copy an export before it is harmed."""

    def copy(name):
        source, target = exported / name, tmp_path / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        return target

    return copy


def faults(path):
    """Give the faults of an export as lines."""
    with pytest.raises(FaultsError) as error:
        read_ours(path)
    return [str(fault) for fault in error.value.faults]


def tables(contents):
    """Give the tables of a folder's contents as they are written."""
    return {name: sheet.written() for name, sheet in contents.sheets.items()}


def change(path, *statements):
    """Change a GeoPackage by SQL."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        for statement in statements:
            file.execute(statement)


def change_json(path, changed):
    """Change the member of a GeoJSON document."""
    document = json.loads(path.read_text())
    changed(document["bordermap"])
    path.write_text(json.dumps(document))


def repack(path, more):
    """Write a zip anew with more entries, each a name or ZipInfo and its bytes."""
    with zipfile.ZipFile(path) as archive:
        held = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*held, *more]:
            archive.writestr(name, content)


# ---- what is ours


@pytest.mark.parametrize("name", WRITERS)
def test_an_export_is_known_as_ours(exported, name):
    """Each export that holds a collection whole is told from other files by what it holds."""
    assert is_ours(exported / name)


@pytest.mark.parametrize("name", ["one/claims.csv", "events.geojson", "events.parquet", "nowhere.gpkg"])
def test_other_files_are_not_ours(exported, name):
    """A table, rows without the collection and a file that is not there are left to the other readers."""
    assert not is_ours(exported / name)


def test_rows_alone_are_told_to_be_no_collection(exported):
    """Whoever asks for the collection of rows is told how the whole is exported."""
    with pytest.raises(BordermapError, match="export it with --whole"):
        read_ours(exported / "events.parquet")


def test_rows_among_the_files_of_a_collection_are_not_that(exported, copied):
    """GeoParquet of rows that lies in a folder of tables, be it by a table's name, does not stand for the folder."""
    beside = copied("folder") / "events.parquet"
    shutil.copy(exported / "events.parquet", beside)
    assert not is_ours(beside)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mine.parquet", "under another name than it was written with"),
        ("claims.parquet", "no collection.toml is beside it"),
    ],
)
def test_a_table_that_left_its_folder_is_a_fault(exported, copied, tmp_path, name, said):
    """A table of a whole collection does not stand for another collection that it lies beside, nor for none."""
    alone = (copied("folder") if name == "mine.parquet" else tmp_path) / name
    shutil.copy(exported / "typed" / "claims.parquet", alone)
    assert is_ours(alone)
    assert said in faults(alone)[0]


def test_a_table_of_the_folder_stands_for_it(exported):
    """One of the Parquet files of a folder is read with those beside it."""
    of_table, of_folder = read_ours(exported / "typed" / "claims.parquet"), read_ours(exported / "typed")
    assert (of_table.facts, of_table.files) == (of_folder.facts, of_folder.files)
    assert tables(of_table) == tables(of_folder)


# ---- what was changed


def _note_in_folder(path):
    table = path / "claims.csv"
    table.write_text(table.read_text().replace("some crossed", "none crossed"))


def _note_in_typed(path):
    table = pq.read_table(path / "events.parquet")
    pq.write_table(table.set_column(1, "title", pa.array(["Others"])), path / "events.parquet")


CHANGES = {
    "folder": _note_in_folder,
    "typed": _note_in_typed,
    "map.geojson": lambda path: change_json(
        path, lambda held: held["tables"]["events"]["rows"][0].__setitem__(1, "Others")
    ),
    "map.gpkg": lambda path: change(path, "UPDATE claims SET note = 'mine'"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_export_is_taken_and_told(copied, tmp_path, name):
    """What somebody mended in an export comes in, and that it was changed is said."""
    path, notices = copied(name), []
    CHANGES[name](path)
    put_folder(read_ours(path, notices), tmp_path / "back")
    assert notices == [f"{name} was changed after it was exported; it is taken as it is now"]


def test_geojson_that_was_laid_out_anew_is_the_same(copied):
    """Where the document's lines stand does not matter."""
    path, notices = copied("map.geojson"), []
    before = read_ours(path)
    path.write_text(json.dumps(json.loads(path.read_text()), indent=4))
    after = read_ours(path, notices)
    assert (tables(after), after.facts, notices) == (tables(before), before.facts, [])


# ---- what has faults


@pytest.mark.parametrize("name", ["map.geojson", "map.gpkg", "typed", "folder"])
def test_a_fault_names_its_row(copied, name):
    """A cell that the reader of collections refuses is named by its table and row."""
    path = copied(name)
    match name:
        case "map.gpkg":
            change(path, "UPDATE claims SET kind = 'flight'")
        case "map.geojson":
            kind = path.read_text().index('"rows":[', path.read_text().index('"claims":{"columns"'))
            text = path.read_text()
            path.write_text(text[:kind] + text[kind:].replace('"crossing"', '"flight"', 1))
        case "typed":
            table = pq.read_table(path / "claims.parquet")
            at = table.column_names.index("kind")
            pq.write_table(table.set_column(at, "kind", pa.array(["flight"])), path / "claims.parquet")
        case "folder":
            table = path / "claims.csv"
            table.write_text(table.read_text().replace(",crossing,reported", ",flight,reported"))
    where = {
        "map.geojson": "map.geojson table claims line 1",
        "map.gpkg": "map.gpkg table claims line 1",
        "typed": "claims.parquet line 1",
        "folder": "claims.csv line 2",
    }
    assert faults(path)[0].startswith(f"{where[name]}: kind 'flight' is unknown")


BAD_JSON = {
    "a table is missing": (lambda held: held["tables"].pop("claims"), "claims is missing"),
    "the facts are missing": (lambda held: held["files"].pop("collection.toml"), None),
    "a table is a list": (lambda held: held["tables"].update(claims=[]), "has no columns and rows"),
    "the tables are a list": (lambda held: held.update(tables=[]), "whose parts are no objects"),
    "a column is missing": (lambda held: held["tables"]["events"]["columns"].pop(), "has other columns than"),
    "a column is no text": (
        lambda held: held["tables"]["events"].update(columns=[{}] * 5),
        "has other columns",
    ),
    "a row is short": (lambda held: held["tables"]["events"]["rows"][0].pop(), "has not the 5 cells"),
    "a row is no list": (lambda held: held["tables"]["events"].update(rows=[7]), "rows that are lists"),
    "a cell is a list": (
        lambda held: held["tables"]["events"]["rows"][0].__setitem__(1, []),
        "is of type list",
    ),
    "a cell is true": (
        lambda held: held["tables"]["events"]["rows"][0].__setitem__(1, bool(1)),
        "is of type bool",
    ),
    "a cell is huge": (lambda held: held["tables"]["claims"]["rows"][0].__setitem__(33, 10**30), None),
    "a file is a path": (lambda held: held["files"].update({"../x": "x"}), "holds '../x', which is no file"),
    "a file is no text": (lambda held: held["files"].update({"story.toml": 7}), "is not text"),
    "a file is a table": (
        lambda held: held["files"].update({"claims.csv": "x"}),
        "is no file of a collection",
    ),
    "a cell holds 00": (lambda held: held["tables"]["events"]["rows"][0].__setitem__(1, "a\0b"), "00"),
}


@pytest.mark.parametrize("case", BAD_JSON)
def test_geojson_that_is_not_as_it_was_written_is_refused(copied, case):
    """What is missing or of another type is a fault, and nothing else."""
    path = copied("map.geojson")
    spoil, said = BAD_JSON[case]
    change_json(path, spoil)
    if said is None:
        assert not is_ours(path) or faults(path)
    else:
        assert any(said in fault for fault in faults(path))


@pytest.mark.usefixtures("few_places")
@pytest.mark.parametrize(("laid_out", "features"), [(None, 4_000), (1, 1_500)])
def test_memory_does_not_grow_with_the_geometry_of_geojson(copied, monkeypatch, laid_out, features):
    """What stands before the member is not held, whether or not the document was laid out anew."""
    for module in (jsonfile, jsontext):
        monkeypatch.setattr(module, "_PIECE", 1 << 12)
    path = copied("map.geojson")
    read_ours(path)  # what it needs is loaded
    document = json.loads(path.read_text())
    shapes = {"type": "MultiPoint", "coordinates": [[0.5, 0.5]] * 100}
    feature = {"type": "Feature", "properties": {}, "geometry": shapes}
    long = json.dumps({**document, "features": [feature] * features, "bordermap": 0}, indent=laid_out)
    member = json.dumps(document["bordermap"], indent=laid_out)
    head, _, tail = long.rpartition('"bordermap": 0')
    path.write_text(f'{head}{"" if laid_out else chr(10)}"bordermap":{member}{tail}')
    tracemalloc.start()
    read_ours(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < path.stat().st_size / 2


def test_memory_holds_few_rows_of_a_folder_at_a_time(exported, tmp_path):
    """A table of CSV becomes columns without all of its rows being there as rows."""
    head, row, *_ = (exported / "folder" / "events.csv").read_text().splitlines()
    rest = row.split(",", 1)[1]
    path = tmp_path / "events.csv"
    path.write_text("\n".join([head, *(f"e{number},{rest}" for number in range(60_000))]) + "\n")
    tracemalloc.start()
    table = wholefiles._table(path, HEADERS["events"])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert table.num_rows == 60_000
    assert table["event_id"][-1].as_py() == "e59999"
    assert most < 10_000_000


def test_geojson_cut_short_is_a_fault(copied):
    """Half a document is told to be no JSON, with its line."""
    path = copied("map.geojson")
    path.write_bytes(path.read_bytes()[:-40])
    assert "is not JSON" in faults(path)[0]


COLUMNS = "claim_id TEXT, source_id TEXT"
BAD_GPKG = {
    "a view": (
        ["ALTER TABLE claims RENAME TO other", "CREATE VIEW claims AS SELECT * FROM other"],
        "claims is missing",
    ),
    "a virtual table": (
        ["DROP TABLE events", "CREATE VIRTUAL TABLE events USING rtree(event_id, title, kind)"],
        "events is missing",
    ),
    "a computed column": (
        ["ALTER TABLE events DROP COLUMN note", "ALTER TABLE events ADD COLUMN note AS (hex(zeroblob(9)))"],
        "has no plain columns note",
    ),
    "a missing column": (["ALTER TABLE events DROP COLUMN note"], "has no plain columns note"),
    "a missing table": (["DROP TABLE actors"], "actors is missing"),
    "a blob": (["UPDATE events SET title = x'00ff'"], "is of type bytes"),
    "text that is no text": (
        ["UPDATE events SET title = CAST(x'ff' AS TEXT)"],
        "is no GeoPackage that can be read",
    ),
    "a file that is a path": (["INSERT INTO files (name, content) VALUES ('../x', '')"], "holds '../x'"),
    "a file that is no text": (["UPDATE files SET content = x'00'"], "holds what is not text"),
}


@pytest.mark.parametrize("case", BAD_GPKG)
def test_a_geopackage_that_is_not_as_it_was_written_is_refused(copied, case):
    """Only plain tables of plain columns are read; all else is a fault."""
    path = copied("map.gpkg")
    statements, said = BAD_GPKG[case]
    change(path, *statements)
    if is_ours(path):
        assert any(said in fault for fault in faults(path))
    else:
        assert said == "claims is missing"


def test_reading_a_geopackage_runs_nothing_of_its_own(copied):
    """Triggers do not fire and the file stays as it is, down to its bytes and the files beside it."""
    path = copied("map.gpkg")
    change(path, "CREATE TRIGGER t AFTER INSERT ON claims BEGIN DELETE FROM claims; END")
    before = path.read_bytes()
    read_ours(path)
    assert path.read_bytes() == before
    assert [beside.name for beside in path.parent.iterdir()] == ["map.gpkg"]


def test_a_broken_geopackage_is_a_fault(copied):
    """Pages that are no pages are told as a fault."""
    path = copied("map.gpkg")
    held = bytearray(path.read_bytes())
    held[4096 * 2 :: 7] = b"\xff" * len(held[4096 * 2 :: 7])
    path.write_bytes(held)
    assert not is_ours(path) or faults(path)


def test_pages_that_are_used_twice_give_no_endless_rows(copied, monkeypatch):
    """A file that tells more than it has room for is refused."""
    path = copied("map.gpkg")
    change(path, "UPDATE claims SET note = printf('%.*c', 200000, 'x')")
    size = path.stat().st_size
    real = type(path).stat

    def smaller(self, **more):
        return real(copied_one, **more) if self == path else real(self, **more)

    copied_one = path.with_name("small")
    copied_one.write_bytes(b"x" * (size // 40))
    monkeypatch.setattr(type(path), "stat", smaller)
    assert "more than it has room for" in faults(path)[0]


def _link():
    entry = zipfile.ZipInfo("story.toml")
    entry.external_attr = 0o120777 << 16
    return entry


BAD_ZIPS = {
    "a path": ([("../claims.csv", b"x")], "is no file of a collection"),
    "an absolute path": ([("/etc/passwd", b"x")], "is no file of a collection"),
    "a backslash": ([("..\\claims.csv", b"x")], "is no file of a collection"),
    "another file": ([("evil.exe", b"x")], "is no file of a collection"),
    "a folder": ([("inner/claims.csv", b"x")], "is no file of a collection"),
    "a name with blanks": ([("story.toml ", b"x")], "is no file of a collection"),
    "a link": ([(_link(), b"/etc/passwd")], "is a link"),
}


@pytest.mark.parametrize("case", BAD_ZIPS)
def test_a_zip_with_other_entries_is_refused(copied, case):
    """Only a collection's own files are unpacked, under their own names."""
    path = copied("tables.zip")
    more, said = BAD_ZIPS[case]
    repack(path, more)
    assert any(said in fault for fault in faults(path))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_a_file_twice_is_refused(copied):
    """It cannot be known which of two is meant."""
    path = copied("tables.zip")
    repack(path, [("claims.csv", b"x")])
    assert "stands twice" in faults(path)[0]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(copied, monkeypatch):
    """What unpacks to a hundred times its size is not unpacked, once that is more than a little."""
    path = copied("tables.zip")
    repack(path, [("story.toml", b"#" * 3_000_000)])
    monkeypatch.setattr(wholefiles, "_SMALL", 1_000_000)
    assert "unpacks to" in faults(path)[0]


def test_a_zip_cut_short_is_not_ours(copied):
    """Half a zip has no directory."""
    path = copied("tables.zip")
    path.write_bytes(path.read_bytes()[:-60])
    assert not is_ours(path)


def test_a_zip_whose_bytes_were_turned_is_a_fault(copied):
    """A wrong checksum is told."""
    path = copied("tables.zip")
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("claims.csv").header_offset + 60
    held = bytearray(path.read_bytes())
    held[at : at + 20] = bytes(20)
    path.write_bytes(held)
    assert "is no zip that can be read" in faults(path)[0]


def test_a_zip_of_one_folder_is_read(copied, tmp_path):
    """Somebody who packs the folder itself has its name before each file's."""
    path, packed = copied("tables.zip"), tmp_path / "again.zip"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(packed, "w") as again:
        again.writestr("mine/", b"")
        for name in archive.namelist():
            again.writestr(f"mine/{name}", archive.read(name))
    assert read_ours(packed).facts == read_ours(path).facts


def test_what_a_mac_packs_along_is_passed_over(copied, tmp_path):
    """A folder that was packed by macOS is read without the files of its own that it puts into each zip."""
    path, packed = copied("tables.zip"), tmp_path / "mac.zip"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(packed, "w") as again:
        for name in archive.namelist():
            again.writestr(f"mine/{name}", archive.read(name))
            again.writestr(f"__MACOSX/mine/._{name}", b"\0")
        again.writestr("mine/.DS_Store", b"\0")
    assert is_ours(packed)
    assert read_ours(packed).facts == read_ours(path).facts
