"""Positions are made as coarse as it takes until several known places are told so."""

from collections import defaultdict

import pytest

from claims.model import Publication
from claims.publication.known import few_known, widened
from geo.coarse import cell, coarse
from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind
from geo.world import world

COUNTRIES = ("PT", "HU")


def told_in(country, least):
    """Give by the circle that each known place of a country would have, at 25 km or wider, which places have it."""
    found = defaultdict(set)
    for lon, lat, _ in world().positions([country]):
        km = widened(lon, lat, country, 25, least)
        found[(km, *cell(lon, lat, km, country)[:2])].add((round(lon, 2), round(lat, 2)))
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
        (lon, lat) for lon, lat, _ in world().positions([country]) if widened(lon, lat, country, 25, 3) > 50
    )


def test_what_is_beside_a_known_place_is_told_with_it():
    """Another gazetteer has a town a little elsewhere; it is told no surer for that."""
    lon, lat = sparse("PT")
    km = widened(lon, lat, "PT", 25, 3)
    assert all(widened(lon + east, lat, "PT", 25, 3) >= km for east in (-0.02, 0.02))


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
    circle = coarse(place, widened(lon, lat, "PT", 25, least))
    assert circle.radius_km == 1.5 * widened(lon, lat, "PT", 25, least)
    told = few_known(Gazetteer({circle.place_id: circle}), Publication(coarsen_km=25, coarsen_known=least))
    assert told.partition(":")[0] == few
    assert ("raise coarsen_km or coarsen_known" in told) == bool(few)
