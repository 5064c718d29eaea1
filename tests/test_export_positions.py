"""Geometries as RFC 7946 wants them."""

import numpy as np
import pytest
import shapely
from shapely import wkt

from layers.exports.positions import positioned

CASES = [
    # written, and as it leaves
    ("POINT (1.0000049 2)", "POINT (1 2)"),
    ("POINT (-180 5)", "POINT (-180 5)"),
    ("POINT (190 5)", "POINT (-170 5)"),
    ("LINESTRING (170 0, 180 0)", "LINESTRING (170 0, 180 0)"),
    ("LINESTRING (179 0, -179 2)", "MULTILINESTRING ((179 0, 180 1), (-180 1, -179 2))"),
    ("LINESTRING (-179 2, 179 0)", "MULTILINESTRING ((-179 2, -180 1), (180 1, 179 0))"),
    ("LINESTRING (179 0, 181 2)", "MULTILINESTRING ((179 0, 180 1), (-180 1, -179 2))"),
    ("LINESTRING (-181 0, -179 2)", "MULTILINESTRING ((179 0, 180 1), (-180 1, -179 2))"),
    (
        "LINESTRING (178 0, -179 3, 179 5)",
        "MULTILINESTRING ((178 0, 180 2), (-180 2, -179 3, -180 4), (180 4, 179 5))",
    ),
    ("LINESTRING (-100 0, 0 0, 100 0)", "LINESTRING (-100 0, 0 0, 100 0)"),
    ("LINESTRING (1 1, 1 1, 2 2)", "LINESTRING (1 1, 2 2)"),
    ("LINESTRING (1 1, 1.000001 1.000001)", "LINESTRING (1 1, 1.000001 1.000001)"),
    (
        "POLYGON ((179 0, 179 1, 181 1, 181 0, 179 0))",
        "MULTIPOLYGON (((179 0, 180 0, 180 1, 179 1, 179 0)), ((-180 0, -179 0, -179 1, -180 1, -180 0)))",
    ),
    ("POLYGON ((181 0, 181 1, 182 1, 182 0, 181 0))", "POLYGON ((-179 0, -178 0, -178 1, -179 1, -179 0))"),
    (
        "POLYGON ((-180 0, -180 1, 180 1, 180 0, -180 0))",
        "POLYGON ((-180 0, 180 0, 180 1, -180 1, -180 0))",
    ),
]


@pytest.mark.parametrize(("written", "leaves"), CASES)
def test_what_crosses_the_180th_meridian_is_cut_there(written, leaves):
    """Lines keep their direction and go the shorter way, areas are parted, rings run by the right hand, all in range."""
    (found,) = positioned(np.array([wkt.loads(written)], dtype=object))
    wanted = wkt.loads(leaves)
    assert found.geom_type == wanted.geom_type
    if found.geom_type.endswith("Polygon"):
        assert found.equals(wanted)
        assert shapely.equals_exact(shapely.orient_polygons(found), found)
    else:
        assert found.wkt == wanted.wkt


def test_no_geometry_stays_none():
    """What is not placed has no geometry, and others are not touched by it."""
    found = positioned(np.array([None, shapely.Point(1, 2)], dtype=object))
    assert found[0] is None
    assert found[1].equals(shapely.Point(1, 2))


def test_same_areas_are_each_in_their_place():
    """Areas that stand several times among other shapes are rounded as each alone."""
    one, other = (shapely.box(west, 1.0000049, west + 1, 2) for west in (3, 5))
    shapes = np.array([one, None, other, shapely.Point(1, 2), one, other, one], dtype=object)
    found = positioned(shapes)
    alone = np.array([positioned(shapes[[at]])[0] for at in range(len(shapes))], dtype=object)
    assert found[1] is None
    assert [shape.wkt for shape in found if shape] == [shape.wkt for shape in alone if shape]
