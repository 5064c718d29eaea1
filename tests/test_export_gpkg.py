"""GeoPackage: layers that QGIS styles and plays by itself, tables that hold all, and the same bytes each time."""

import sqlite3
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of, meridian_gazetteer
from lxml import etree

from layers.exports.colours import COLOURS, in_numbers
from layers.exports.formats import Export, write
from layers.exports.qgis import qml

MOVED = {**FROM_ELVAS, **ON_THE_SEVENTH, **ABOUT_2000}
STANDS = {"kind": "deployment", "event_id": "e2", "geo_precision": "1", **ON_THE_SEVENTH}


@pytest.fixture(scope="module")
def made(tmp_path_factory, iberia):
    """Give a GeoPackage of a crossing, of deployments to a town, to a region and to nowhere, and of a hostile title."""
    folder = tmp_path_factory.mktemp("gpkg")
    claims = [
        MOVED,
        *({**STANDS, "event_id": f"e{n}", "place_id": at} for n, at in enumerate(("elvas", "alentejo"), 2)),
    ]
    claims.append({**STANDS, "event_id": "e4", "geo_precision": ""})
    deployments = [{"kind": "deployment"}] * 3
    collection = collection_of(
        folder / "one", iberia, claims=claims, events=[{}, *deployments], facts={"title": '"</x> \\"; --"'}
    )
    out = folder / "map.gpkg"
    write("gpkg", Export(collection, iberia), out)
    return out, Export(collection, iberia)


def rows(path, sql):
    """Give the rows of a question to the file."""
    with closing(sqlite3.connect(path)) as file:
        return file.execute(sql).fetchall()


def test_each_layer_holds_one_shape(made):
    """What is drawn stands in its layer, areas in one of their own, since QGIS styles a layer by its shape."""
    kinds = dict(pyogrio.list_layers(made[0]))
    assert {name: kind for name, kind in kinds.items() if kind} == {
        "crossings": "LineString",
        "withdrawals": "LineString",
        "deployments": "Point",
        "deployments_areas": "Polygon",
        "context": "Point",
    }


def test_what_is_nowhere_stands_in_its_layer_all_the_same(made):
    """An event that is on no map is a row without a geometry."""
    deployments = gpd.read_file(made[0], layer="deployments").set_index("event_id")
    assert deployments.geometry.isna().to_dict() == {"e2": False, "e4": True}


def test_rows_have_days_and_numbers(made):
    """Days are days, numbers numbers, and what is not said is null."""
    crossings = pyogrio.read_info(made[0], layer="crossings")
    types = dict(zip(crossings["fields"], crossings["ogr_types"], strict=True))
    assert {types[name] for name in ("date_start", "date_end")} == {"OFTDate"}
    assert types["count_low"] == "OFTReal"
    assert rows(made[0], "SELECT count_low, count_high, date_start, title_ar FROM crossings") == [
        (1800.0, 2200.0, "2024-12-07", None)
    ]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"date_end": "2024-12-20", "date_kind": "by"}, ("2024-12-13", "2024-12-20")),
        (ON_THE_SEVENTH, ("2024-12-07", "2024-12-07")),
        ({}, (None, None)),
    ],
)
def test_a_row_says_on_which_days_it_is_shown(tmp_path, iberia, said, shown):
    """What is dated by its last day is shown some days before, as on the map, and what is undated on none."""
    collection = collection_of(tmp_path / "one", iberia, claims=[{**FROM_ELVAS, **said}])
    write("gpkg", Export(collection, iberia), tmp_path / "map.gpkg")
    assert rows(tmp_path / "map.gpkg", "SELECT shown_from, shown_to FROM crossings") == [shown]
    assert pyogrio.read_info(tmp_path / "map.gpkg", layer="crossings")["ogr_types"][-2:] == ["OFTDate"] * 2


def test_the_file_is_a_sound_geopackage(made):
    """SQLite finds it whole, its marks are those of GeoPackage, and its contents tell true extents."""
    assert rows(made[0], "PRAGMA integrity_check") == [("ok",)]
    assert rows(made[0], "PRAGMA foreign_key_check") == []
    assert rows(made[0], "PRAGMA application_id") == [(int.from_bytes(b"GPKG", "big"),)]
    assert rows(made[0], "PRAGMA user_version")[0][0] >= 10300
    told = rows(
        made[0], "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'deployments_areas'"
    )
    assert told[0] == tuple(gpd.read_file(made[0], layer="deployments_areas").total_bounds)
    indexed = rows(
        made[0], "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
    )
    assert {name for (name,) in indexed} == {
        "crossings",
        "withdrawals",
        "deployments",
        "deployments_areas",
        "context",
    }


def test_the_file_says_what_it_is_of(made):
    """Title, citation and licence stand where ogrinfo shows them, and in a table."""
    title = '</x> "; --'
    said = pyogrio.read_info(made[0], layer="crossings")["dataset_metadata"]
    assert (said["TITLE"], said["LICENCE"], said["CITATION"]) == (title, "CC0-1.0", "nobody")
    about = dict(rows(made[0], "SELECT key, value FROM about"))
    assert about["title"] == title
    assert about["digest"] == made[1].collection.digest


def test_the_same_collection_is_the_same_bytes(made, tmp_path):
    """Nothing in the file tells when it was made."""
    write("gpkg", made[1], tmp_path / "again.gpkg")
    assert (tmp_path / "again.gpkg").read_bytes() == made[0].read_bytes()


def test_every_layer_has_a_style_that_is_used_by_itself(made):
    """QGIS finds a default style for each layer by its name and the name of its geometry."""
    styles = rows(
        made[0], "SELECT f_table_name, f_geometry_column, useAsDefault, f_table_schema FROM layer_styles"
    )
    layers = rows(made[0], "SELECT table_name, column_name FROM gpkg_geometry_columns")
    assert sorted(styles) == sorted((name, column, 1, "") for name, column in layers)
    assert ("layer_styles",) in rows(made[0], "SELECT table_name FROM gpkg_contents")


@pytest.mark.parametrize("shape", ["points", "lines", "areas"])
@pytest.mark.parametrize("layer", COLOURS)
def test_a_style_has_days_colours_and_rules(layer, shape):
    """A style is XML that names the fields of the days, its layer's colour, and a symbol for each rule."""
    style = etree.fromstring(qml(layer, shape).encode())
    days = style.find("temporal").attrib
    assert (days["enabled"], days["mode"]) == ("1", "4")
    assert days["startExpression"].startswith("coalesce(to_datetime(shown_from), make_datetime(9999,")
    assert days["endExpression"].startswith("coalesce(to_datetime(shown_to) + make_interval(")
    assert style.get("labelsEnabled") == "0"
    assert style.find("labeling/settings/text-style").get("fieldName") == "title"
    symbols = [symbol.get("name") for symbol in style.findall("renderer-v2/symbols/symbol")]
    assert [rule.get("symbol") for rule in style.findall("renderer-v2/rules/rule")] == symbols
    filters = [rule.get("filter") for rule in style.findall("renderer-v2/rules/rule")]
    somewhere = "coalesce(\"certainty\", '') IN ('stretch', 'region', 'side')"
    assert (filters[0].endswith(f"AND NOT {somewhere}"), filters[1].endswith(f"AND {somewhere}")) == (
        True,
        True,
    )
    colours = {
        option.get("value") for option in style.iter("Option") if "color" in (option.get("name") or "")
    }
    assert f"{in_numbers(layer)},255" in colours


def test_a_line_on_both_sides_of_the_180th_meridian_is_cut(tmp_path):
    """No line runs around the world: the parts of one that crosses the meridian end there."""
    gazetteer = meridian_gazetteer()
    collection = collection_of(tmp_path / "one", gazetteer, claims=[MOVED])
    write("gpkg", Export(collection, gazetteer), tmp_path / "map.gpkg")
    crossings = gpd.read_file(tmp_path / "map.gpkg", layer="crossings")
    assert dict(pyogrio.list_layers(tmp_path / "map.gpkg"))["crossings"] == "MultiLineString"
    assert crossings.geometry.explode().bounds.eval("maxx - minx").max() < 1
