"""The places that a collection brings of its own: known to every surface, and told with the collection's faults."""

import json
import re

import pytest
from collections_made import ON_THE_SEVENTH, make
from test_gazetteer import FEATURES, SQUARE, write

import bordermap
from claims.named import InFolder
from claims.tables import read_with_places
from dashboard import shelf
from geo.errors import BordermapError, FaultsError
from geo.gazetteer import Gazetteer

AT_BROVARY = {"place_id": "brovary", "geo_precision": "1", **ON_THE_SEVENTH}


@pytest.fixture
def folder(tmp_path):
    """Give a collection whose claim is about a place that only itself knows, with its area."""
    make(tmp_path, claims=({**AT_BROVARY, "kind": "deployment"},), events=({"kind": "deployment"},))
    said = {"place_id": "brovary", "source": "drawn", "schematic": True}
    return write(tmp_path, {}, shapes=[(said, SQUARE)])


def faults_of(folder):
    """Give the sentences of the faults of what cannot be read."""
    with pytest.raises(FaultsError) as caught:
        read_with_places(folder)
    return [str(fault).replace(f"{folder}/", "") for fault in caught.value.faults]


def test_a_collection_is_read_with_the_shipped_places_and_its_own(folder, gazetteer):
    """The collection's places stand after the shipped ones, with their outlines."""
    collection, places = read_with_places(folder)
    assert list(collection.claims["place_id"]) == ["brovary"]
    assert [place.place_id for place in places] == [*(place.place_id for place in gazetteer), "brovary"]
    assert places["brovary"].geometry.area == 1


def test_a_collection_without_places_is_read_with_the_shipped_ones(tmp_path, gazetteer):
    """Nothing is asked of a folder that brings no place."""
    _, places = read_with_places(make(tmp_path))
    assert list(places) == list(gazetteer)


def test_outlines_alone_lack_their_places(tmp_path):
    """A collection that brings outlines is told of the places.csv that they belong to."""
    make(tmp_path)
    (tmp_path / "roads.geojson").write_text(FEATURES % "")
    assert faults_of(tmp_path) == [f"places.csv: is missing; add it to {tmp_path.name}/"]


def test_an_unknown_place_is_told_with_where_to_add_it(tmp_path):
    """A claim's unknown id is a fault that names places.csv in the collection's folder."""
    (told,) = faults_of(make(tmp_path, claims=(AT_BROVARY,)))
    assert told.startswith("claims.csv line 2: place_id 'brovary' is not in the gazetteer; ")
    assert told.endswith("; add it to places.csv in this folder or correct the id")


def test_faults_of_places_and_of_tables_come_in_one_report(folder):
    """Both are told at once, and no claim is blamed for the place whose row is faulty."""
    write(folder, {"lat": "north"})
    (folder / "events.csv").unlink()
    missing, lat = faults_of(folder)
    assert missing == f"events.csv: is missing; add it to {folder.name}/"
    assert lat.startswith("places.csv line 2: lat 'north' is not a number; ")


def test_a_shipped_place_cannot_be_changed(folder, gazetteer):
    """An id that is shipped is a fault with the file that has it."""
    shipped = next(iter(gazetteer)).place_id
    write(folder, {}, {"place_id": shipped})
    (told,) = [sentence for sentence in faults_of(folder) if "places.csv line 3" in sentence]
    assert f"place_id {shipped!r} is already the place of" in told


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """A name that is no folder is one sentence."""
    with pytest.raises(BordermapError, match="is not a folder"):
        read_with_places(tmp_path / "nowhere")


@pytest.mark.parametrize("format_", ["html", "geojson"])
def test_the_command_line_exports_a_collections_own_places(folder, tmp_path, format_):
    """The page and the GeoJSON show what lies at a place of the collection's own."""
    path = tmp_path / f"out.{format_}"
    assert bordermap.main(["export", format_, "--collection", str(folder), "-o", str(path)]) == 0
    if format_ == "geojson":
        (event,) = json.loads(path.read_text(encoding="utf-8"))["features"]
        assert (event["geometry"]["type"], event["properties"]["place_id"]) == ("Polygon", "brovary")
    else:
        assert re.match("<!doctype html>", path.read_text(encoding="utf-8"), re.IGNORECASE)


def test_the_dashboard_opens_a_collection_with_its_own_places(folder):
    """The dashboard knows the place, and reads again when its row changes."""
    first = shelf.opened(InFolder(folder))
    assert first.gazetteer["brovary"].name == "Brovary"
    write(folder, {"name": "Browary"})
    assert shelf.opened(InFolder(folder)).gazetteer["brovary"].name == "Browary"
    assert isinstance(first.gazetteer, Gazetteer)
