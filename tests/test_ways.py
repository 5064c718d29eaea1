"""Straight ways, on a small continent made in sight."""

from itertools import pairwise

import numpy as np
import pytest
from borders_made import KM, borders
from pyproj import Geod

from geo.errors import BordermapError
from geo.ways import countries_between, distances_km, meets, straight_way

GEOD = Geod(ellps="WGS84")
SMALL = borders()


@pytest.mark.parametrize("end", [(0.01, 0), (1, 1), (40, 50), (179.9, -1), (-179.9, 70)])
def test_a_way_is_the_geodesic(end):
    """Its points begin and end where it does, in even steps, and add up to the geodesic."""
    way = straight_way((0, 0), end, 3)
    steps = [GEOD.inv(*a, *b)[2] for a, b in pairwise(way)]
    assert (tuple(way[0]), tuple(way[-1])) == ((0, 0), end)
    assert sum(steps) == pytest.approx(GEOD.inv(0, 0, *end)[2])
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)
    assert len(way) <= 201


@pytest.mark.parametrize("tolerance", [0, 1, 3])
def test_steps_are_as_short_as_the_tolerance_asks(tolerance):
    """Nothing wider than twice the tolerance, or 1 km, lies between two points."""
    way = straight_way((0, 0), (0.5, 0.5), tolerance)
    assert max(GEOD.inv(*a, *b)[2] for a, b in pairwise(way)) <= max(2000 * tolerance, 1000)


def test_a_way_without_length():
    """From a point to itself there is a way."""
    assert {tuple(point) for point in straight_way((1, 2), (1, 2), 3)} == {(1, 2)}


def test_distances():
    """One point's distances to many are the geodesic's."""
    ends = np.array([(1, 0), (0, 1), (-50, 60)])
    assert distances_km((0, 0), ends) == pytest.approx([GEOD.inv(0, 0, *end)[2] / 1000 for end in ends])


@pytest.mark.parametrize(
    ("start", "end", "between"),
    [
        ((-1, 0.5), (1, 0.5), ()),
        ((-1, 2), (1, 2), ("CC",)),
        ((-1, 1 + 2 * KM), (1, 1 + 2 * KM), ()),  # within the line's error of AA and BB
        ((-1, 0.5), (3, 0.5), ("DD",)),
        ((-1, 0.5), (5, 0.5), ("DD", "")),
    ],
)
def test_countries_between(start, end, between):
    """The other countries on the way come in their order, without what only the line's error may have put there."""
    assert countries_between(straight_way(start, end, 3), "AA", "BB", SMALL, 3) == between


def test_a_way_past_the_180th_meridian_meets_a_frontier():
    """A way that goes round the back of the map meets no line in front, and the shortest way counts."""
    at = meets(straight_way((-170, 0.9), (170, 0.9), 3), "AA", "BB", SMALL, 3)
    assert at == pytest.approx((0, 1), abs=1e-3)


def test_no_frontier_is_met_where_none_is():
    """Between countries that share no frontier none is met."""
    with pytest.raises(BordermapError, match="'AA' and 'DD' share no land boundary"):
        meets(straight_way((-1, 0.5), (3, 0.5), 3), "AA", "DD", SMALL, 3)
