"""GeoJSON opened: features as rows of text, and every way of being none."""

import io
import json
from pathlib import Path

import pytest

from claims.imports.files import foreign, jsontext
from claims.imports.files.foreign import Format
from claims.imports.files.opened import opened_table
from geo.errors import FaultsError

SHARED = Path(__file__).parents[2] / "shared" / "badinputs" / "geojson"


def files(folder):
    """List files that are kept beside the checkout, or None where they are not."""
    return sorted((SHARED / folder).glob("*.geojson")) or [None]


def read(content, name="a.geojson", **asked):
    """Read a text: its header, its rows, their lines, its faults."""
    faults = []
    content = content if isinstance(content, bytes) else content.encode()
    with opened_table(io.BytesIO(content), name, **asked) as table:
        chunks = list(table.chunks(faults))
        assert table.format == Format.GEOJSON
    found = [row for chunk in chunks for row in chunk.cells.to_numpy().tolist()]
    return table.header, found, [int(n) for chunk in chunks for n in chunk.lines], [str(f) for f in faults]


def told(content, **asked):
    """Give what is wrong with a text, told when it is opened or when its rows are read."""
    try:
        return read(content, **asked)[3]
    except FaultsError as error:
        return [str(fault) for fault in error.faults]


@pytest.mark.parametrize("path", files("good"), ids=lambda path: path and path.stem)
def test_what_is_geojson_is_read(path):
    """Each good file gives a row for each feature, without a fault."""
    if path is None:
        pytest.skip(f"{SHARED} is not here")
    content = path.read_bytes()
    _, rows, _, faults = read(content)
    assert (len(rows), faults) == (len(json.loads(content).get("features", "1")), [])


REASONS = {
    "bad-duplicate-properties": "line 1: has 'type' twice",
    "bad-featurelist": "line 1: coordinates '[5]' are no Polygon",
    "bad-json": "line 3: '\"' is not JSON",
    "bad-object-type": "line 1: type '{}' is unknown",
    "bad-polygonloop": "line 1: geometry.coordinates",
    "bad-properties-as-array": "line 1: properties '[]' is no object",
    "badcoord": "have a position of what is no number",
    "badcoordtype": "have a ring of 1 positions, under 4",
    "badfeature-no-properties": "line 1: properties is missing",
    "badfeature": "line 1: 'null' is no feature",
    "badfeatureid": "line 4: id '{}' is no text and no number",
    "bbox-4or6elements": "line 1: bbox '[1,2,3]' is no bounding box",
    "bbox-contains-string": "line 1: bbox '[1,2,3,\"4\"]' is no bounding box",
    "bbox-string": "line 1: bbox '\"string\"' is no bounding box",
    "different-first-last": "have a ring whose last position is not its first",
    "different-first-size": "have a ring whose last position is not its first",
    "expected_object": "line 1: properties '123' is no object",
    "false": "line 1: geometries.1 'false' is no geometry",
    "feature_changed_semantics": "line 1: coordinates has no meaning in a Feature",
    "featurecollection-obj": "line 1: features are no array",
    "featurecollection-type-case": "line 1: type '\"featurecollection\"' is unknown",
    "featurecollection": "line 1: features is missing",
    "featurecollection_changed_semantics": "line 1: properties has no meaning in a FeatureCollection",
    "geometry_changed_semantics": "line 1: features has no meaning in a Point",
    "geometrycollection_nested": "line 1: geometries.2 is a GeometryCollection inside of one",
    "multiple_problems": "line 38: type '\"Foo\"' is unknown",
    "multipoint-multidimension": "have a position of what is no number",
    "multipoint-nocoordinates": "line 1: coordinates are missing",
    "multipoint-nondimension": "have a position that is no array",
    "nofeaturetype": "line 4: type '\"Featre\"' is unknown; write it as 'Feature'",
    "notype": "line 1: type is missing",
    "point-labeled-as-a-multipolygon": "are no MultiPolygon",
    "point-string": "have a position of what is no number",
    "point-toofew": "have a position of 1 numbers, not 2 or 3",
    "point-toomany": "have a position of 4 numbers, not 2 or 3",
    "point": "line 1: coordinates are missing",
    "rootstring": "line 1: is no GeoJSON object",
    "short-line": "have a line of 1 positions, under 2",
    "short-linearring": "have a ring of 3 positions, under 4",
    "short-multilinestring": "have a line of 1 positions, under 2",
    "stringcoord": "line 4: geometry.coordinates",
    "unknowntype": "line 1: type '\"FooBar\"' is unknown",
}


@pytest.mark.parametrize("path", files("bad"), ids=lambda path: path and path.stem)
def test_what_is_no_geojson_is_refused_with_its_reason(path):
    """Each bad file has its fault named."""
    if path is None:
        pytest.skip(f"{SHARED} is not here")
    said = told(path.read_bytes())
    assert any(REASONS[path.stem] in fault for fault in said), said


def collection(*features):
    """Write features into a collection, a line each."""
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "]}"


def feature(properties="{}", geometry="null", more=""):
    """Write a feature."""
    return f'{{"type": "Feature", "properties": {properties}, "geometry": {geometry}{more}}}'


POINT = '{"type": "Point", "coordinates": [44.5, 33]}'
LINE = '{"type":"LineString","coordinates":[[0,0],[1,1.5]]}'


def test_a_feature_is_a_row():
    """Properties, id, other members and the geometry are columns; a column that no feature has is not there."""
    content = collection(
        feature('{"a": 2000.0, "b": {"x": [1, null, "\u0639"]}}', POINT, ', "id": 7, "seen": true'),
        feature('{"c": null, "a": "x"}', LINE),
        feature("null"),
    )
    assert read(content) == (
        ("a", "b", "c", "feature.seen", "feature.id", "geometry.lon", "geometry.lat", "geometry"),
        [
            ["2000", '{"x":[1,null,"\u0639"]}', "", "true", "7", "44.5", "33", ""],
            ["x", "", "", "", "", "", "", LINE],
            [""] * 8,
        ],
        [2, 3, 4],
        [],
    )


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64])
def test_values_are_whole_wherever_a_piece_ends(monkeypatch, piece):
    """How much is read at a time changes nothing."""
    monkeypatch.setattr(jsontext, "_PIECE", piece)
    content = (
        '\ufeff {"features":\n['
        + feature('{"a": "\\u0639\\n\u0639", "b": -12.5e1}')
        + '] , "type":"FeatureCollection"} \n'
    )
    assert read(content) == (("a", "b"), [["\u0639\n\u0639", "-125"]], [2], [])


def test_a_feature_with_a_fault_is_told_and_the_others_are_read():
    """Keys that stand twice, NaN, and halves of characters are told with the line of their feature."""
    content = collection(
        feature('{"a": 1, "a": 2}'), feature('{"a": NaN}'), feature('{"a": "\\ud800"}'), feature('{"a": 3}')
    )
    _, rows, lines, faults = read(content)
    assert (rows, lines) == ([["3"]], [5])
    assert faults == [
        "a.geojson line 2: has 'a' twice; write it as JSON has it, each key once",
        "a.geojson line 3: has NaN, which is no JSON; write it as JSON has it, each key once",
        "a.geojson line 4: a 'd800' is half a character; take it out",
    ]


BROKEN = [
    ("{", "is not JSON (where a key should stand)"),
    (collection()[:-1], "is not JSON (where , or } should stand)"),
    ("[" + collection() + "]", "is no GeoJSON object; let it hold a FeatureCollection, a feature or a geometry"),
    (collection() + "{", "'{' goes on after its end"),
    (collection("[" * 200_000), "nests deeper than is read"),
    (collection(feature('{"a": ' + "1" * 5000 + "}")), "is not read (Exceeds the limit"),
    (collection('{"a": "x'), "is not JSON (Unterminated string"),
    (b'{"type": "Feature",\n "id": "\xe9"}', "line 2: 'e9' is not UTF-8"),
    (collection(feature('{"geometry.lon": 1}', POINT)), "'geometry.lon' is the name of columns 1 and 2"),
    (collection(feature('{"": 1}')), "'' is the name of column 1"),
    (collection().replace("{", '{"crs": {"name": "EPSG:3857"},', 1), "crs '{\"name\":\"EPSG:3857\"}' is another reference"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_degrees_may_be_named_as_older_programs_do(name):
    """GDAL and what is built on it write a crs member for longitude and latitude, which is read."""
    crs = json.dumps({"type": "name", "properties": {"name": name}})
    assert told(collection(feature('{"a": 1}', POINT)).replace("{", f'{{"crs": {crs},', 1)) == []


@pytest.mark.parametrize(("content", "why"), BROKEN, ids=[why for _, why in BROKEN])
def test_a_text_that_cannot_be_read_is_refused(content, why):
    """What is wrong with the whole is told when it is opened."""
    assert any(why in said for said in told(content))


def test_a_value_that_does_not_end_is_not_held_in_memory(monkeypatch):
    """A string longer than any value is a fault."""
    monkeypatch.setattr(jsontext, "_PIECE", 16)
    monkeypatch.setattr(jsontext, "_LONGEST", 64)
    assert told('{"a": "' + "x" * 500) == [
        "a.geojson line 1: holds a value of over 64 characters; save it again as JSON"
    ]


def test_more_columns_than_a_spreadsheet_has_are_refused(monkeypatch):
    """Features that each bring keys of their own do not fill memory."""
    monkeypatch.setattr(foreign, "_MOST_COLUMNS", 2)
    said = told(collection(*(feature(f'{{"{key}": 1}}') for key in "abc")))
    assert said == ["a.geojson: has over 2 columns; leave out those that are not needed"]


def test_geojson_is_known_by_its_text_or_its_name():
    """A text that begins as an object is GeoJSON whatever it is called."""
    assert read(collection(feature('{"a": 1}')), name="upload")[1] == [["1"]]
    assert read(collection(feature('{"a": 1}')).encode("utf-16"), name="upload")[1] == [["1"]]


def test_an_object_of_very_many_keys_is_read_as_fast_as_it_is_long():
    """Of a hundred thousand keys the one that stands twice is told, without counting each among all."""
    keys = ",".join(f'"k{number}":1' for number in range(100_000))
    content = f'{{"type":"Feature","geometry":null,"properties":{{{keys},"k5":2}}}}'
    assert told(content) == ["a.geojson line 1: has 'k5' twice; keep one of them"]
