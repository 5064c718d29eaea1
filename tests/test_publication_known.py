"""Positions are made as coarse as it takes until several known places are told so."""

import math
from collections import defaultdict

import pytest

from claims.model import Publication
from claims.publication.known import few_known, widened
from geo.coarse import SIDE, coarse, wider_cell
from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind
from geo.world import world

COUNTRIES = ("PT", "HU")


def told_in(country, least):
    """Give by the circle that each known place of a country would have, at 25 km or wider, which places have it."""
    found = defaultdict(set)
    for lon, lat, _ in world().positions([country]):
        km = widened(lon, lat, country, 25, least)
        found[(km, *wider_cell(lon, lat, 25, km, country)[:2])].add((round(lon, 2), round(lat, 2)))
    return found


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("least", [3, 10])
def test_no_circle_is_that_of_few_known_places(country, least):
    """Of all known places of a country so many at least are told by each circle but the widest, which hold what is left."""
    found = told_in(country, least)
    widest = max(km for km, *_ in found)
    assert all(len(places) >= least for (km, *_), places in found.items() if km < widest)
    assert len({km for km, *_ in found}) > 2
    left = sum(len(places) for (km, *_), places in found.items() if km == widest)
    assert left < 0.01 * sum(map(len, found.values())) * least


def sparse(country):
    """Give the position of a known place that is told by a wider circle."""
    return next(
        (lon, lat)
        for lon, lat, _ in world().positions([country])
        if 50 < widened(lon, lat, country, 25, 3) < 800
    )


# A village of Portugal whose width used to be that of a ninth of a cell, another beside it, and a camp in a desert.
WIDE = [(-8.3142, 39.3354, "PT"), (-6.9715, 40.7248, "PT"), (38.72, 33.51, "SY")]


@pytest.mark.parametrize(("lon", "lat", "country"), WIDE)
def test_a_wide_circle_leaves_a_whole_cell_at_least(lon, lat, country):
    """Who computes the circle of all positions around finds an area as large as that of a cell of the least distance."""
    step = 0.02

    def told(east, north):
        km = widened(east, north, country, 25, 3)
        return km, *wider_cell(east, north, 25, km, country)

    its = told(lon, lat)
    assert its[0] > 25
    around = [(lon + x * step, lat + y * step) for x in range(-25, 26) for y in range(-25, 26)]
    alike = sum(told(*at) == its for at in around)
    assert alike * (step * 111.2) ** 2 * math.cos(math.radians(lat)) > 0.9 * (25 * SIDE) ** 2


@pytest.mark.parametrize(("country", "least"), [("PT", 0), ("PT", 1), ("", 3)])
def test_where_nothing_is_counted_the_distance_stays(country, least):
    """Where nobody asks for known places, or it is not known in which country it lies."""
    assert widened(*sparse("PT"), country, 25, least) == 25


@pytest.mark.parametrize(
    ("least", "few"), [(3, ""), (0, "1 of 1 circles hold fewer than three known places")]
)
def test_who_publishes_is_told_of_circles_of_few_known_places(least, few):
    """Of one that was widened nothing is told; of one that was not, how to."""
    lon, lat = sparse("PT")
    place = Place("camp", "Camp", "", PlaceKind.CAMP, "PT", lon, lat, 1.0)
    wide = widened(lon, lat, "PT", 25, least)
    circle = coarse(place, 25, wide=wide)
    assert circle.radius_km == 1.5 * wide
    told = few_known(Gazetteer({circle.place_id: circle}), Publication(coarsen_km=25, coarsen_known=least))
    assert told.partition(":")[0] == few
    assert ("raise coarsen_km or coarsen_known" in told) == bool(few)
