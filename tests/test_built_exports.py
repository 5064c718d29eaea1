"""Exports of a selection of a built folder: what they hold is what an export of the collection holds."""

import csv
import datetime as dt
import json

import pyarrow.parquet as pq
import pytest
from built_made import build
from collections_made import ABOUT_2000, FROM_ELVAS, collection_of, small_gazetteer

import layers.built.exports
from bordermap import main
from geo.errors import BordermapError
from layers.built.exports import Selection, write_selection
from layers.built.opened import BuiltSet
from layers.exports.days import within_days
from layers.exports.formats import Export, Rows, write
from layers.shown import Shown

DAYS = (dt.date(2024, 12, 7), dt.date(2024, 12, 8))
CLAIMS = (
    {**FROM_ELVAS, **ABOUT_2000, "date_start": "2024-12-07", "date_end": "2024-12-07", "date_kind": "on"},
    {**FROM_ELVAS, "event_id": "e1", "status": "denied"},
    {
        "place_id": "merida",
        "geo_precision": "1",
        "event_id": "e2",
        "date_end": "2024-12-10",
        "date_kind": "by",
    },
    {"place_id": "merida", "geo_precision": "1", "event_id": "e3"},
    {"event_id": "", "date_start": "2024-12-07", "date_end": "2024-12-07", "date_kind": "on"},
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A collection, and the folder that is built of it."""
    folder = tmp_path_factory.mktemp("built")
    collection = collection_of(folder / "one", small_gazetteer(), claims=CLAIMS, events=[{}, {}, {}])
    return collection, build(folder / "built", collection, small_gazetteer())


def cells(path):
    """Read rows of CSV, GeoJSON or GeoParquet, those of files that are not of the same edition apart."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{**row, "digest": "", "days": ""} for row in csv.DictReader(file)]
    elif path.suffix == ".geojson":
        rows = json.loads(path.read_text(encoding="utf-8"))["features"]
    else:
        rows = pq.read_table(path).to_pylist()
    return sorted(map(str, rows))


@pytest.mark.parametrize("rows", Rows)
@pytest.mark.parametrize("form", ["csv", "parquet", "geojson"])
def test_a_selection_is_written_as_a_collection_of_these_days_is(made, tmp_path, form, rows):
    """Row by row and cell by cell it is the same, but for claims of no event, which are of no selection."""
    collection, folder = made
    write_selection(Selection(BuiltSet.open(folder), DAYS), form, rows, tmp_path / f"ours.{form}")
    cut, _ = within_days(collection, small_gazetteer(), *DAYS)
    write(form, Export(cut, small_gazetteer(), rows), tmp_path / f"theirs.{form}")
    ours, theirs = cells(tmp_path / f"ours.{form}"), cells(tmp_path / f"theirs.{form}")
    assert ours == [row for row in theirs if rows is Rows.EVENTS or "'c5'" not in row]
    assert ours


def test_without_days_all_events_are_written(made, tmp_path):
    """What has no day is among them."""
    write_selection(Selection(BuiltSet.open(made[1])), "csv", Rows.EVENTS, tmp_path / "all.csv")
    assert len(cells(tmp_path / "all.csv")) == 3


def test_filters_narrow_a_selection(made, tmp_path):
    """Of a kind alone, with what they are in the file."""
    selection = Selection(BuiltSet.open(made[1]), DAYS, Shown(status=frozenset({"denied"})))
    write_selection(selection, "csv", Rows.EVENTS, tmp_path / "some.csv")
    (row,) = cells(tmp_path / "some.csv")
    assert "status: denied" in row


def test_what_is_made_as_a_whole_is_refused_where_it_is_too_much(made, tmp_path, monkeypatch):
    """The sentence says how many events there are, how many are taken, and what to do."""
    monkeypatch.setattr(layers.built.exports, "MOST_WHOLE", 1)
    selection = Selection(BuiltSet.open(made[1]))
    with pytest.raises(BordermapError, match="KML is made as a whole, of up to 1 events, and these are 3"):
        write_selection(selection, "kml", Rows.EVENTS, tmp_path / "all.kml")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("form", "more"), [("parquet", []), ("kml", []), ("html", []), ("csv", ["--rows", "claims"])]
)
def test_the_command_writes_of_a_built_folder(made, tmp_path, form, more):
    """A day of it leaves as a file, in parts or whole."""
    out = tmp_path / f"out.{form}"
    assert (
        main(["export", form, "--collection", str(made[1]), "--day", "2024-12-07", *more, "-o", str(out)])
        == 0
    )
    assert out.stat().st_size


@pytest.mark.parametrize("more", [["--known", "2024-12-07"], ["--whole"], ["--day", "2031-01-01"]])
def test_the_command_says_what_does_not_go_with_a_built_folder(made, tmp_path, capsys, more):
    """It is wrong usage, told in a sentence, and nothing is written."""
    out = tmp_path / "out.csv"
    with pytest.raises(SystemExit, match="2"):
        main(["export", "csv", "--collection", str(made[1]), *more, "-o", str(out)])
    assert "built folder" in capsys.readouterr().err or "2031" in more[1]
    assert not out.exists()


def test_other_commands_say_that_a_built_folder_is_not_read(made, capsys):
    """To be read as a collection it is too large."""
    assert main(["changes", str(made[1]), str(made[1])]) == 1
    assert "is a built folder" in capsys.readouterr().err
