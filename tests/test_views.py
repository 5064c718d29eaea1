"""The view of some places."""

import pytest
import shapely

from geo.places import Place, PlaceKind, Shape
from geo.views import WORLD, view_of


def town(lon, lat, radius_km=0.0):
    """Give a town at a point."""
    return Place(f"{lon},{lat}", "Somewhere", "", PlaceKind.TOWN, "", lon, lat, radius_km)


def area(kind, *boxes):
    """Give a place whose outline is boxes of west, south, east, north."""
    outline = shapely.multipolygons([shapely.box(*box) for box in boxes])
    shape = Shape("drawn", schematic=True, geojson=outline.__geo_interface__)
    return Place(str(kind), "Somewhere", "", kind, "", boxes[0][0], boxes[0][1], 5000.0, shape=shape)


CASES = [
    ("none: the world", [], WORLD),
    ("two, with a margin", [town(10, 40), town(20, 50)], (9, 39, 21, 51)),
    ("one: a degree, with a margin", [town(10, 40)], (9.4, 39.4, 10.6, 40.6)),
    ("a circle of doubt", [town(10, 0, 111.32)], (8.8, -1.21, 11.2, 1.21)),
    ("an outline, whatever its radius", [area(PlaceKind.REGION, (10, 40, 20, 50))], (9, 39, 21, 51)),
    (
        "no country beside a town",
        [town(10, 40), area(PlaceKind.COUNTRY, (0, 0, 60, 60))],
        (9.4, 39.4, 10.6, 40.6),
    ),
    ("a country where there is nothing else", [area(PlaceKind.COUNTRY, (10, 40, 20, 50))], (9, 39, 21, 51)),
    ("the shorter way around", [town(-100, 0), town(0, 0), town(100, 0)], (-120, -0.6, 120, 0.6)),
    ("all around", [area(PlaceKind.REGION, (-180, -50, 180, 50))], (-180, -60, 180, 60)),
    ("up to the 180th meridian", [town(175, 0), town(179.9, 0)], (174.51, -0.6, 180, 0.6)),
    ("on the 180th meridian", [town(180, 0)], (-180, -0.6, -179.4, 0.6)),
    ("at the pole, which no map shows", [town(0, 90)], (-0.6, 84.4, 0.6, 85)),
]


@pytest.mark.parametrize(("places", "bounds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_view_holds_its_places(places, bounds):
    """It is their hull with a tenth of its size on each side, a degree at least, within what the map can draw."""
    view = view_of(places)
    assert view.bounds == pytest.approx(bounds, abs=0.011)
    assert not view.cut


@pytest.mark.parametrize(
    ("places", "bounds"),
    [
        ([town(177, 0), town(178, 0), town(-179, 0)], (176.7, -0.6, 180, 0.6)),
        ([town(177, 0), town(-178, 0), town(-179, 0)], (-180, -0.6, -177.8, 0.6)),
        ([area(PlaceKind.REGION, (170, 0, 180, 10), (-180, 0, -175, 10))], (169, -1, 180, 11)),
    ],
    ids=["more in the east", "more in the west", "an area on both sides"],
)
def test_a_view_ends_at_the_180th_meridian(places, bounds):
    """Of places on both sides it takes the side of most of them, and says that it is cut."""
    view = view_of(places)
    assert view.bounds == pytest.approx(bounds, abs=0.011)
    assert view.cut
