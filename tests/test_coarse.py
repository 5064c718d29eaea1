"""Positions made coarse by a grid that knows nothing of them."""

import math
import random

import pytest
import shapely
from collections_made import ROAD

from geo.coarse import cell, coarse, is_surer, wider_cell
from geo.places import Place, PlaceKind, Shape

EARTH_KM = 6378.137


def km_between(lon, lat, other_lon, other_lat):
    """Give the distance on a sphere that is as large as the earth at the equator."""
    lon, lat, other_lon, other_lat = map(math.radians, (lon, lat, other_lon, other_lat))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1, math.sqrt(half)))


def at(lon, lat, radius=1.0, country="SY", shape=None, kind=PlaceKind.CAMP):
    """Give a place."""
    return Place("camp", "Camp", "", kind, country, lon, lat, radius, shape=shape)


EDGES = [(180, 10), (-180, 10), (179.9999, -60), (0, 90), (12, -90), (-77, 89.99), (0, 0), (33.3, -0.0001)]


@pytest.mark.parametrize("km", [1, 5, 25, 300, 1000])
def test_a_position_is_within_the_distance_of_what_is_published(km):
    """All over the earth, at the poles and the antimeridian too, it lies within nine tenths of the distance."""
    rand = random.Random(km)  # noqa: S311 - no secret
    anywhere = [(rand.uniform(-180, 180), math.degrees(math.asin(rand.uniform(-1, 1)))) for _ in range(2000)]
    for lon, lat in [*EDGES, *anywhere]:
        _, _, middle, middle_lat = cell(lon, lat, km, rand.choice(["", "SY", "IQ"]))
        assert -180 <= middle <= 180
        assert km_between(lon, lat, middle, middle_lat) <= 0.9 * km


@pytest.mark.parametrize("wide", [2, 4, 32])
def test_a_wider_circle_is_of_whole_cells_and_holds_the_place(wide):
    """At the poles and the antimeridian too, with a town of six tenths of the least distance; and neighbours' are not one."""
    rand = random.Random(wide)  # noqa: S311 - no secret
    anywhere = [(rand.uniform(-180, 180), math.degrees(math.asin(rand.uniform(-1, 1)))) for _ in range(500)]
    for lon, lat in [*EDGES, *anywhere]:
        told = wider_cell(lon, lat, 25, 25 * wide, "SY")
        assert told == wider_cell(*cell(lon, lat, 25, "SY")[2:], 25, 25 * wide, "SY")
        assert told[2:] != wider_cell(lon, lat, 25, 25 * wide, "IQ")[2:]
        circle = coarse(at(lon, lat, radius=15), 25, wide=25 * wide)
        assert (circle.lon, circle.lat, circle.radius_km) == (*told[2:], 37.5 * wide)
        assert km_between(lon, lat, circle.lon, circle.lat) + 15 <= circle.radius_km


def test_a_cell_tells_nothing_of_where_within_it():
    """All positions of a cell, and however many are published, are one: there is nothing to take a mean of."""
    shown = {cell(40 + lon / 400, 35 + lat / 400, 25, "SY")[2:] for lon in range(100) for lat in range(100)}
    assert 1 <= len(shown) <= 4
    assert cell(40, 35, 25) == cell(40, 35, 25)
    assert cell(180, 10, 25) == cell(-180, 10, 25)


def test_neighbours_are_told_apart():
    """The two ends of a movement across a border are never one point, though both may be in one cell's reach."""
    assert cell(41.0, 34.4, 25, "SY")[2:] != cell(41.0, 34.4, 25, "IQ")[2:]


def test_a_circle_holds_all_of_a_place_and_tells_its_country_alone():
    """What is published names neither the place nor its own radius; what is far larger has a circle twice as large."""
    shown = coarse(at(41.0, 34.4), 25, ("Syria", "سوريا"))
    assert (shown.name, shown.name_ar, shown.radius_km) == (
        "Syria, to within 37.5 km",
        "سوريا، بدقة 37.5 كم",
        37.5,
    )
    assert shown.place_id.startswith("within-37.5km-")
    assert shown.place_id.endswith("-sy")
    assert shown.aliases == ()
    assert shown.geonames_id == shown.note == ""
    assert coarse(at(41.0, 34.4, radius=15), 25) == coarse(at(41.0, 34.4, radius=0), 25)
    wide = shapely.box(40, 34, 42, 35)
    shape = Shape("drawn", schematic=True, geojson=wide.__geo_interface__)
    around = coarse(at(41.0, 34.5, shape=shape), 25)
    assert all(
        km_between(lon, lat, around.lon, around.lat) <= around.radius_km for lon, lat in wide.exterior.coords
    )
    assert around.radius_km % 37.5 == 0


def boxed(west, south, east, north):
    """Give a place that is a box."""
    box = shapely.box(west, south, east, north)
    return at(0, 0, shape=Shape("", schematic=True, geojson=box.__geo_interface__))


SURER = [
    (at(0, 0, radius=3), True),
    (at(0, 0, radius=30), False),
    (at(-7.4, 38.78, radius=45, shape=ROAD), True),
    (boxed(-1, -1, 1, 1), False),
    (boxed(-3, -0.1, 3, 0.1), False),
    (boxed(-0.5, -0.05, 0.5, 0.05), True),
]


@pytest.mark.parametrize(("place", "surer"), SURER)
def test_what_is_small_and_what_is_a_line_is_surer(place, surer):
    """A point by its radius, an area by what there is of it to search; along a line there is nothing to search across."""
    assert is_surer(place, 25) is surer
