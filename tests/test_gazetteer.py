import json

import pytest
from shapely.geometry import Polygon

from geo.errors import FaultsError
from geo.gazetteer import Gazetteer, PlaceKind
from geo.placefiles import COLUMNS

GOOD = {
    "place_id": "brovary",
    "name": "Brovary",
    "name_ar": "",
    "kind": "town",
    "country": "UA",
    "lon": "30.79",
    "lat": "50.51",
    "radius_km": "8",
    "aliases": "Brovari;Браварі; ;Brovari",
    "geonames_id": "",
    "source": "an atlas",
    "checked": "yes",
    "note": "",
}
SQUARE = {"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51], [30, 51], [30, 50]]]}


def write(folder, *rows, shapes=None):
    """Write a gazetteer whose rows differ from the good one as said."""
    folder.mkdir(exist_ok=True)
    lines = [",".join(COLUMNS), *(",".join({**GOOD, **row}[column] for column in COLUMNS) for row in rows)]
    (folder / "places.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if shapes is not None:
        features = [
            {"type": "Feature", "properties": said, "geometry": geometry} for said, geometry in shapes
        ]
        (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return folder


def feature(*, schematic=True, geometry=SQUARE):
    """Write a collection of one feature, as said."""
    said = {"place_id": "brovary", "source": "drawn", "schematic": schematic}
    return json.dumps({"features": [{"properties": said, "geometry": geometry}]})


def faults_of(*folders):
    """Read what cannot be read and give its faults."""
    with pytest.raises(FaultsError) as caught:
        Gazetteer.read(*folders)
    return caught.value.faults


def test_a_place_is_found_by_its_id(tmp_path):
    """The gazetteer gives the place of an id as its row says."""
    gazetteer = Gazetteer.read(write(tmp_path, {}))
    place = gazetteer["brovary"]
    assert (place.name, place.kind, place.country) == ("Brovary", PlaceKind.TOWN, "UA")
    assert (place.lon, place.lat, place.radius_km, place.checked) == (30.79, 50.51, 8.0, True)
    assert place.aliases == ("Brovari", "Браварі")
    assert "brovary" in gazetteer
    assert gazetteer.get("brovary") is place
    assert list(gazetteer) == [place]
    assert len(gazetteer) == 1


def test_an_unknown_id_is_a_key_error(tmp_path):
    """An id that is not there raises KeyError, or is None where asked by get."""
    gazetteer = Gazetteer.read(write(tmp_path, {}))
    with pytest.raises(KeyError):
        gazetteer["kyiv"]
    assert gazetteer.get("kyiv") is None
    assert "kyiv" not in gazetteer


def test_a_spelling_finds_every_place_that_bears_it_once(tmp_path):
    """Places are found by a listed spelling and by its key, in the order of the rows."""
    rows = ({"aliases": "Twin"}, {"place_id": "other", "name": "Other", "aliases": "TWIN;Twin"})
    gazetteer = Gazetteer.read(write(tmp_path, *rows))
    assert [place.place_id for place in gazetteer.written("Twin")] == ["brovary", "other"]
    assert [place.place_id for place in gazetteer.written("TWIN")] == ["other"]
    assert [place.place_id for place in gazetteer.spelled("twin")] == ["brovary", "other"]
    assert gazetteer.spelled("nowhere") == ()


def test_an_area_belongs_to_its_place(tmp_path):
    """The outline beside places.csv is the geometry of its place; a point alone has none."""
    said = {"place_id": "brovary", "source": "drawn", "schematic": True}
    rows = ({}, {"place_id": "other", "name": "Other"})
    gazetteer = Gazetteer.read(write(tmp_path, *rows, shapes=[(said, SQUARE)]))
    assert gazetteer["brovary"].geometry == Polygon(SQUARE["coordinates"][0])
    assert gazetteer["brovary"].schematic
    assert gazetteer["other"].geometry is None
    assert not gazetteer["other"].schematic


def test_a_collection_brings_places_of_its_own(tmp_path):
    """Further folders add places to those of the first."""
    first = write(tmp_path / "a", {})
    more = write(tmp_path / "b", {"place_id": "kyiv", "name": "Kyiv"})
    assert [place.place_id for place in Gazetteer.read(first, more)] == ["brovary", "kyiv"]


def test_an_id_of_an_earlier_folder_is_taken(tmp_path):
    """A second folder cannot silently change a place of the first."""
    (fault,) = faults_of(write(tmp_path / "a", {}), write(tmp_path / "b", {}))
    assert (fault.line, fault.column, fault.value) == (2, "place_id", "brovary")


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path):
    """A file saved by a spreadsheet reads as one saved by hand."""
    file = write(tmp_path, {}) / "places.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    assert len(Gazetteer.read(tmp_path)) == 1


FAULTY_CELLS = [
    ({"place_id": ""}, "place_id", "is empty"),
    ({"place_id": "a;b"}, "place_id", "semicolon"),
    ({"name": " "}, "name", "is empty"),
    ({"kind": "village"}, "kind", "not a kind"),
    ({"country": "Ukraine"}, "country", "country code"),
    ({"lon": "east"}, "lon", "not a number"),
    ({"lon": "nan"}, "lon", "not between"),
    ({"lon": "180.01"}, "lon", "not between -180 and 180"),
    ({"lat": "-90.5"}, "lat", "not between -90 and 90"),
    ({"lat": ""}, "lat", "not a number"),
    ({"radius_km": "-1"}, "radius_km", "not between"),
    ({"checked": "perhaps"}, "checked", "neither yes nor no"),
    ({"source": ""}, "checked", "without a source"),
]


@pytest.mark.parametrize(("cells", "column", "why"), FAULTY_CELLS)
def test_a_faulty_cell_is_named(tmp_path, cells, column, why):
    """A fault says file, line, column and what is wrong."""
    (fault,) = faults_of(write(tmp_path, cells))
    assert (fault.file, fault.line, fault.column) == (tmp_path / "places.csv", 2, column)
    assert why in fault.why


def test_all_faults_come_at_once(tmp_path):
    """Three bad rows and an area of nobody make one report."""
    rows = ({}, {}, {"place_id": "x", "lon": "far"}, {"place_id": "y", "kind": "hill", "lat": "99"})
    said = {"place_id": "z", "source": "drawn", "schematic": True}
    faults = faults_of(write(tmp_path, *rows, shapes=[(said, SQUARE)]))
    assert [(fault.line, fault.column) for fault in faults] == [
        (3, "place_id"),
        (4, "lon"),
        (5, "kind"),
        (5, "lat"),
        (None, "place_id"),
    ]


def test_columns_are_the_known_ones(tmp_path):
    """An unknown, a missing and a doubled column are faults of the first line."""
    file = write(tmp_path, {}) / "places.csv"
    file.write_text(file.read_text().replace("radius_km", "radius").replace("note", "source"))
    said = {(fault.line, fault.column, fault.why) for fault in faults_of(tmp_path)}
    assert said == {
        (1, "radius", "is an unknown column"),
        (1, "source", "stands twice in the header"),
        (1, "radius_km", "is a missing column"),
        (1, "note", "is a missing column"),
    }


def test_a_cut_row_is_a_fault_of_its_line(tmp_path):
    """A row with another number of cells than the header is named, quoted line breaks counted."""
    file = write(tmp_path, {"note": '"two\nlines"'}) / "places.csv"
    file.write_text(file.read_text() + "kyiv,Kyiv\n")
    (fault,) = faults_of(tmp_path)
    assert (fault.line, fault.why) == (4, "has 2 cells where the header has 13")


def test_broken_utf8_is_named_by_its_line(tmp_path):
    """Bytes that are not UTF-8 are a fault with their line."""
    file = write(tmp_path, {}, {"place_id": "kyiv"}) / "places.csv"
    file.write_bytes(file.read_bytes().replace(b"kyiv", b"ky\xffv"))
    (fault,) = faults_of(tmp_path)
    assert (fault.line, fault.why) == (3, "is not UTF-8")


def test_a_missing_file_is_a_fault(tmp_path):
    """A folder without places.csv is told as such."""
    (fault,) = faults_of(tmp_path)
    assert (fault.file, fault.why) == (tmp_path / "places.csv", "is missing")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a FeatureCollection of places"),
        ('{"features": [{"properties": {}, "geometry": null}]}', "is not a FeatureCollection of places"),
        (feature(schematic="false"), "neither true nor false"),
        (feature(geometry=None), "neither an area nor a line"),
        (feature(geometry={"type": "Point", "coordinates": [30, 50]}), "neither an area nor a line"),
        (feature(geometry={"type": "Polygon", "coordinates": []}), "neither an area nor a line"),
    ],
)
def test_a_broken_geojson_is_a_fault(tmp_path, text, why):
    """An areas file that cannot be used is told, and the places with it."""
    write(tmp_path, {})
    (tmp_path / "areas.geojson").write_text(text)
    (fault,) = faults_of(tmp_path)
    assert why in fault.why
