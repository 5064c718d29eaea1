"""Countries and the lines between them, on a small continent made in sight."""

import numpy as np
import pytest
import shapely
from borders_made import KM, LINES, borders

from geo import basemap
from geo.borders import world
from geo.errors import BordermapError

SMALL = borders()


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (-1, 0.5, "AA"),
        (1, 0.5, "BB"),
        (0.2, 2, "CC"),
        (6.5, 1, "EE"),
        (5, 1, ""),  # the sea
        (4 + 2 * KM, 1, "DD"),  # off a shore by less than the line's error
        (4 + 4 * KM, 1, ""),
        (0, 0.5, "AA"),  # on the line
        (float("nan"), 0.5, ""),
        (float("inf"), 0.5, ""),
        (0.5, float("inf"), ""),
        (500, 0.5, ""),
    ],
)
def test_country_of(lon, lat, country):
    """A point has the country that it lies in, or whose shore is within 3 km; one answer for one and for many."""
    assert SMALL.country_of(lon, lat) == country
    assert SMALL.countries_of([(lon, lat)]).tolist() == [country]


def test_countries_of_many_are_those_of_each():
    """Many points at once have the countries that they have one by one, in their order."""
    points = np.random.default_rng(7).uniform((-3, -1), (8, 4), (500, 2))
    found = SMALL.countries_of(points)
    assert found.dtype == object
    assert found.tolist() == [SMALL.country_of(*point) for point in points]
    assert {"AA", "BB", "CC", "DD", "EE", ""} == set(found)


def test_countries_of_no_points():
    """No points have no countries."""
    assert SMALL.countries_of([]).tolist() == []


@pytest.mark.parametrize(
    ("lon", "lat", "km", "near"),
    [
        (-1, 0.5, 3, {"AA": 0}),
        (-2 * KM, 0.5, 3, {"AA": 0, "BB": 2}),
        (2 * KM, 0.5, 3, {"BB": 0, "AA": 2}),
        (2 * KM, 0.5, 1.9, {"BB": 0}),
        (2 * KM, 1 - KM, 3, {"BB": 0, "CC": 1, "AA": 2}),
        (5, 1, 3, {}),
        (5, 1, 120, {"DD": 111, "EE": 111}),
    ],
)
def test_countries_near(lon, lat, km, near):
    """The countries within some km come the nearest first, the one that holds the point at 0."""
    found = SMALL.countries_near(lon, lat, km)
    assert found == pytest.approx(near, abs=0.5)
    assert list(found.values()) == sorted(found.values())


@pytest.mark.parametrize(
    ("lon", "lat", "km", "near"),
    [
        (-1, 0.5, 3, {}),
        (-2 * KM, 0.5, 3, {("AA", "BB"): 2}),
        (2 * KM, 1 - KM, 3, {("BB", "CC"): 1, ("AA", "CC"): 2.2, ("AA", "BB"): 2}),
        (1.5, 0.5, 60, {("BB", "DD"): 55.5}),
    ],
)
def test_frontiers_near(lon, lat, km, near):
    """The lines within some km come by the pair of their countries, the nearest first."""
    found = SMALL.frontiers_near(lon, lat, km)
    assert found == pytest.approx({frozenset(pair): far for pair, far in near.items()}, abs=0.3)
    assert list(found.values()) == sorted(found.values())


@pytest.mark.parametrize(
    ("lon", "lat", "country", "km", "within"),
    [
        (-1, 0.5, "AA", 0, True),
        (1, 0.5, "AA", 0, False),
        (2 * KM, 0.5, "AA", 0, False),
        (2 * KM, 0.5, "AA", 3, True),
        (4 * KM, 0.5, "AA", 3, False),
        (1, 0.5, "ZZ", 3, False),
    ],
)
def test_is_within(lon, lat, country, km, within):
    """A point is within some km of a country, or is not."""
    assert SMALL.is_within(np.array([(lon, lat)]), country, km).tolist() == [within]


def test_contains_its_edge():
    """A country contains what lies on its edge, as its neighbour does."""
    assert SMALL.contains("AA", 0, 0.5)
    assert SMALL.contains("BB", 0, 0.5)
    assert not SMALL.contains("CC", 0, 0.5)


def test_frontier_either_way_round():
    """The order of the two countries does not matter, and the line is the one given."""
    assert SMALL.frontier("AA", "BB").equals(LINES["AA", "BB"])
    assert SMALL.frontier("BB", "AA").equals(LINES["AA", "BB"])
    assert SMALL.shares_frontier("DD", "BB")


@pytest.mark.parametrize(("one", "two"), [("AA", "DD"), ("AA", "AA"), ("", "AA"), ("AA", "ZZ")])
def test_no_frontier(one, two):
    """Two that share no line are refused by name."""
    assert not SMALL.shares_frontier(one, two)
    with pytest.raises(BordermapError, match=f"'{one}' and '{two}' share no land boundary"):
        SMALL.frontier(one, two)


def test_draws():
    """A country is drawn or is not; "" is none."""
    assert SMALL.draws("AA")
    assert not SMALL.draws("ZZ")
    assert not SMALL.draws("")


def test_a_long_line_is_found_anywhere_along_it():
    """A line of many vertices is near every point that is beside it, from end to end."""
    line = shapely.segmentize(shapely.LineString([(0, 0), (0, 3)]), 0.003)
    made = borders(lines={("AA", "BB"): line})
    for lat in np.linspace(0, 3, 97):
        assert made.frontiers_near(KM, lat, 3) == {frozenset(("AA", "BB")): pytest.approx(1, rel=0.02)}


# ---- the world


def test_towns_of_the_world_lie_in_their_countries():
    """Of seven thousand towns none is surely in another country than its own, but where control is disputed."""
    towns = basemap.read("places")
    points = np.column_stack([towns.geometry.x, towns.geometry.y])
    own = towns["country"].to_numpy()
    drawn = world().countries_of(points)
    other = [
        (own[at], drawn[at])
        for at in np.flatnonzero((own != drawn) & (drawn != ""))
        if world().draws(own[at]) and own[at] not in world().countries_near(*points[at])
    ]
    # Natural Earth draws who is in control; its table of towns, an older one, has SM for SN.
    assert set(other) <= {("UA", "RU"), ("SM", "SN")}
