"""Geometries read from well-known binary."""

import struct

import numpy as np
import pytest
import shapely

from geo.wkb import read_wkb

LINES = "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))"


@pytest.mark.parametrize("flavor", ["extended", "iso"])
@pytest.mark.parametrize("byte_order", [0, 1])
def test_points_are_numbers_and_the_rest_is_geojson(flavor, byte_order):
    """Each way of writing gives the same positions; what is empty or missing is nothing."""
    texts = ["POINT (1 2)", "POINT Z (1 2 3)", "POINT EMPTY", LINES, "POLYGON ((0 0, 1 0, 1 1, 0 0))"]
    values = [shapely.to_wkb(shapely.from_wkt(text), flavor=flavor, byte_order=byte_order) for text in texts]
    read = read_wkb([*values, None])
    assert read.lon.tolist()[:2] == [1, 1]
    assert read.lat.tolist()[:2] == [2, 2]
    assert read.alt[1] == 3
    assert np.isnan(read.lon[2:]).all()
    assert [text[9:20] for text in read.geojson] == ["", "", "", "MultiLineSt", 'Polygon","c', ""]
    assert not read.broken.any()


def test_every_collection_of_simple_geometries_is_read():
    """Multipolygons and collections, with numbers for height, are read."""
    texts = [
        "MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)), ((5 5 1, 6 5 1, 6 6 1, 5 5 1)))",
        "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))",
        "MULTIPOINT (1 2, 3 4)",
    ]
    read = read_wkb([shapely.to_wkb(shapely.from_wkt(text), include_srid=True) for text in texts])
    assert not read.broken.any()
    assert all(read.geojson)


def collections(depth):
    """Nest collections."""
    point = struct.pack("<BIdd", 1, 1, 1.0, 2.0)
    return struct.pack("<BII", 1, 7, 1) * depth + point


@pytest.mark.parametrize("value", [
    collections(2), collections(1_000_000), b"", b"\x01", b"junkjunkjunk", collections(1)[:-1],
    struct.pack("<BIIBII", 1, 6, 1, 1, 3, 1 << 31), struct.pack("<BIIBIdd", 1, 4, 1, 0, 1, 1.0, 2.0),
    struct.pack("<BIIBII", 1, 12, 1, 1, 11, 1),
])  # fmt: skip
def test_what_is_no_geometry_or_nests_is_broken(value):
    """Half a geometry, numbers of mixed order and nested collections are told, however deep."""
    assert read_wkb([value]).broken.tolist() == [True]
