import json

import pytest
from shapely.geometry import Polygon

from geo.errors import FaultsError
from geo.gazetteer import Gazetteer, PlaceKind, shipped_gazetteer
from geo.placefiles import COLUMNS, PLACE_FILES

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
FEATURES = '{"type": "FeatureCollection", "features": [%s]}'
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
    return json.dumps({"type": "FeatureCollection", "features": [{"properties": said, "geometry": geometry}]})


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
    ({"place_id": "near:b"}, "place_id", "colon, with which ids spell phrases"),
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


SLIPS = [
    # country, lon and lat as written, what they look like, lon and lat that are proposed
    ("UA", "50.51", "30.79", "look swapped", "lon 30.79 and lat 50.51"),
    ("US", "41.88", "-87.63", "look swapped", "lon -87.63 and lat 41.88"),
    ("US", "87.63", "41.88", "look as if lon had the wrong sign", "lon -87.63 and lat 41.88"),
    ("NZ", "174.78", "41.29", "look as if lat had the wrong sign", "lon 174.78 and lat -41.29"),
    ("FJ", "-18.14", "178.44", None, None),  # is no lat at all, and told so
]


@pytest.mark.parametrize(("country", "lon", "lat", "why", "right"), SLIPS)
def test_a_slip_that_moves_a_place_out_of_its_country_is_told(tmp_path, country, lon, lat, why, right):
    """Swapped lon and lat, or a wrong sign, are a fault with what was meant, where only that lies in the country."""
    (fault,) = faults_of(write(tmp_path, {"country": country, "lon": lon, "lat": lat}))
    assert (fault.file, fault.line) == (tmp_path / "places.csv", 2)
    if why is None:
        assert (fault.column, fault.value, fault.why) == ("lat", lat, "is not between -90 and 90")
    else:
        assert (fault.column, fault.value) == ("lon, lat", f"{lon}, {lat}")
        assert fault.why.startswith(f"{why}: they lie outside of {country!r}")
        assert fault.todo == f"write {right}, or correct the country"


AS_WRITTEN = [
    ("NO", "1.90", "58.19"),  # an oil platform, 200 km at sea
    ("US", "-75.14", "19.90"),  # a base on an island that is another country's
    ("GB", "32.99", "34.59"),  # the same, 3,000 km away
    ("FR", "55.45", "-20.88"),  # an island overseas that is a part of its country
    ("RU", "-179.5", "68.0"),  # beyond the 180th meridian
    ("FJ", "-179.99", "-16.6"),
    ("KI", "173.0", "1.4"),
    ("NO", "31.0", "69.9"),  # where its country ends
    ("CM", "9.7", "4.05"),  # another country when swapped
    ("KE", "34.1", "0.46"),  # a border town
    ("PK", "76.6", "35.9"),  # a disputed height, whoever is said to administer it
    ("IN", "76.6", "35.9"),
    ("ET", "10.0", "8.0"),  # in the country neither way: taken as written
    ("", "50.51", "30.79"),  # of no country or of several
    ("XK", "20.9", "42.6"),
    ("TP", "20.9", "42.6"),  # a code that the basemap does not know
]


@pytest.mark.parametrize(("country", "lon", "lat"), AS_WRITTEN)
def test_a_place_that_no_slip_explains_is_taken_as_written(tmp_path, country, lon, lat):
    """Places at sea, abroad, in dispute, at a border or of no country pass, and none is moved."""
    place = Gazetteer.read(write(tmp_path, {"country": country, "lon": lon, "lat": lat}))["brovary"]
    assert (place.lon, place.lat) == (float(lon), float(lat))


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
    """An unknown and a doubled column are faults of the first line, and all that are missing are one."""
    file = write(tmp_path, {}) / "places.csv"
    file.write_text(file.read_text().replace("radius_km", "radius").replace("note", "source"))
    said = {(fault.line, fault.column, fault.why) for fault in faults_of(tmp_path)}
    assert said == {
        (1, "radius", "is an unknown column"),
        (1, "source", "stands twice in the header"),
        (1, "radius_km, note", "are missing columns"),
    }


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["places.csv", "areas.geojson"])
def test_utf16_is_told_by_its_name(tmp_path, name, encoding):
    """A file saved as "Unicode" is one fault that says how to save it."""
    said = {"place_id": "brovary", "source": "drawn", "schematic": True}
    file = write(tmp_path, {}, shapes=[(said, SQUARE)]) / name
    file.write_bytes(f"\ufeff{file.read_text(encoding='utf-8')}".encode(encoding))
    faults = [fault for fault in faults_of(tmp_path) if fault.file == file]
    assert [(fault.line, fault.why, fault.todo) for fault in faults] == [
        (1, "is UTF-16, not UTF-8", "save the file as UTF-8")
    ]


@pytest.mark.parametrize("text", ['brovary,"Brovary,,town\n', 'brovary,"Bro"vary,,town\n'])
def test_broken_quotes_are_told_by_their_line(tmp_path, text):
    """An open quote, and text after a closed one, are one fault of the row in which they stand."""
    file = write(tmp_path, {}) / "places.csv"
    file.write_text(file.read_text() + text)
    (fault,) = faults_of(tmp_path)
    assert fault.line == 3
    assert fault.why.startswith("is not CSV (")


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
        ("[" * 100_000, "is not a FeatureCollection of places"),
        ("9" * 10_000, "is not a FeatureCollection of places"),
        ('{"type": "Feature", "features": []}', "is not a FeatureCollection of places"),
        ('{"type": "FeatureCollection", "features": {}}', "is not a FeatureCollection of places"),
        (FEATURES % "[]", "is not a FeatureCollection of places in feature 1"),
        (
            FEATURES % '{"properties": {}, "geometry": null}',
            "is not a FeatureCollection of places in feature 1",
        ),
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


def outlined(folder, *shapes):
    """Read a gazetteer of one place and the outlines said; give the sentences of its faults."""
    return [str(fault).partition(": ")[2] for fault in faults_of(write(folder, {}, shapes=shapes))]


RING = [[30, 50], [31, 50], [31, 51], [30, 50]]
UNDRAWABLE = [
    # kind, coordinates, part of the sentence
    ("Polygon", [RING[:3]], "needs 4"),
    ("Polygon", [[*RING[:3], [30, 51]]], "does not end where it begins"),
    ("Polygon", [[[30, 50], [31, 51], [31, 50], [30, 51], [30, 50]]], "crosses itself (Self-intersection"),
    ("Polygon", [RING, [[40, 50], [41, 50], [41, 51], [40, 50]]], "crosses itself (Hole lies outside shell"),
    ("MultiPolygon", [[RING], [RING]], "crosses itself"),
    ("Polygon", RING, "not pairs of numbers"),
    ("Polygon", [RING, []], "without positions"),
    ("Polygon", {"0": RING}, "without positions"),
    ("Polygon", [[[30, 50], [31, 50], [31, 51, 9], [30, 50]]], "several lengths"),
    ("Polygon", [[[30, 50], ["31", 50], [31, 51], [30, 50]]], "not pairs of numbers"),
    ("Polygon", [[[30], [31], [31], [30]]], "not pairs of numbers"),
    ("LineString", [[30, 50]], "needs 2"),
    ("LineString", [[30, 50], None], "several lengths"),
    ("LineString", ["30 50", "31 51"], "not pairs of numbers"),
    ("LineString", [[30, 50], [31, 10**400]], "not pairs of numbers"),
    ("MultiLineString", [[[30, 50], [30, 91]]], "a lat not between -90 and 90"),
    ("LineString", [[30, 50], [float("nan"), 50]], "a lon not between -180 and 180"),
    ("LineString", [[30, 50], [float("inf"), 50]], "a lon not between -180 and 180"),
]


@pytest.mark.parametrize(("kind", "coordinates", "why"), UNDRAWABLE)
def test_an_outline_that_cannot_be_drawn_is_told(tmp_path, kind, coordinates, why):
    """Coordinates that make no line or area are a fault that names the place; the map meets none of them."""
    said = {"place_id": "brovary", "source": "drawn", "schematic": True}
    (sentence,) = outlined(tmp_path, (said, {"type": kind, "coordinates": coordinates}))
    assert sentence.startswith("place_id 'brovary' has an outline")
    assert why in sentence


def test_every_faulty_outline_of_a_file_is_told(tmp_path):
    """A feature without its properties does not hide the next, and a place has one outline at most."""
    said = {"place_id": "brovary", "source": "drawn", "schematic": True}
    line = {"type": "LineString", "coordinates": [[30, 50]]}
    first, second, third = outlined(tmp_path, ({}, SQUARE), (said, line), (said, SQUARE), (said, SQUARE))
    assert "feature 1 ('schematic')" in first
    assert "needs 2" in second
    assert third.startswith("place_id 'brovary' has a second outline")


def test_an_outline_far_from_its_place_is_told(tmp_path):
    """An outline whose lon and lat were swapped lies elsewhere than the point of its place."""
    said = {"place_id": "brovary", "source": "drawn", "schematic": True}
    swapped = [[[lat, lon] for lon, lat in SQUARE["coordinates"][0]]]
    (sentence,) = outlined(tmp_path, (said, {"type": "Polygon", "coordinates": swapped}))
    assert sentence.startswith("place_id 'brovary' is at 30.79, 50.51, and its outline is elsewhere")


def test_an_outline_of_an_earlier_folders_place_is_told(tmp_path):
    """A second folder can neither change a place of the first nor draw it."""
    said = {"place_id": "brovary", "source": "drawn", "schematic": True}
    first = write(tmp_path / "a", {})
    more = write(tmp_path / "b", {"place_id": "kyiv", "name": "Kyiv"}, shapes=[(said, SQUARE)])
    (fault,) = faults_of(first, more)
    assert (fault.file, fault.value, fault.why) == (more / "areas.geojson", "brovary", "is not in places.csv")


def test_geojson_that_must_be_refused_is_told(bad_inputs, tmp_path):
    """No file that check-geojson refuses is read as outlines, and none lets an error escape."""
    paths = sorted((bad_inputs / "geojson" / "bad").glob("*.geojson"))
    assert len(paths) == 42
    write(tmp_path, {})
    for path in paths:
        (tmp_path / "areas.geojson").write_bytes(path.read_bytes())
        assert {fault.file for fault in faults_of(tmp_path)} == {tmp_path / "areas.geojson"}, path.name


def test_the_shipped_places_are_read_once(monkeypatch):
    """Who asks for them again is given the same, until one of their files is another."""
    first = shipped_gazetteer()
    assert shipped_gazetteer() is first
    monkeypatch.setattr("geo.gazetteer.PLACE_FILES", PLACE_FILES[:1])
    assert shipped_gazetteer() is not first
