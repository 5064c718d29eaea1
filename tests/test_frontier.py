"""Frontiers, gates, stubs and the country of a point, on a few borders of the world."""

from __future__ import annotations

import math

import pytest
import shapely
from pyproj import Geod

from geo import frontier as module
from geo.errors import BordermapError
from geo.frontier import TOLERANCE_KM, country_of, crosses, frontier, gate, stub

GEOD = Geod(ellps="WGS84")

# Border posts, where they are known to stand, and the two countries they join.
POSTS = [
    pytest.param("IQ", "SY", 41.000, 34.397, id="al-Qaim"),
    pytest.param("IQ", "SY", 42.190, 36.915, id="Semalka-Faysh Khabur side"),
    pytest.param("MX", "US", -106.486, 31.747, id="El Paso"),
    pytest.param("GE", "RU", 44.627, 42.744, id="Larsi"),
    pytest.param("AR", "CL", -70.083, -32.823, id="Cristo Redentor"),
]


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the distance of two points in km."""
    return GEOD.inv(*a, *b)[2] / 1000


@pytest.mark.parametrize(("one", "two", "lon", "lat"), POSTS)
def test_gate_is_near_its_post(one: str, two: str, lon: float, lat: float):
    """A known border post lies within a few km of the gate found for it."""
    assert km(gate(frontier(one, two), lon, lat), (lon, lat)) < 2 * TOLERANCE_KM


@pytest.mark.parametrize(("one", "two", "lon", "lat"), POSTS)
def test_gate_is_on_the_frontier(one: str, two: str, lon: float, lat: float):
    """The gate is a point of the frontier, and no other point of it is nearer."""
    line = frontier(one, two)
    found = gate(line, lon, lat)
    assert line.distance(shapely.Point(found)) < 1e-6
    dense = shapely.get_coordinates(shapely.segmentize(line, 0.005))
    assert km(found, (lon, lat)) <= min(km(tuple(point), (lon, lat)) for point in dense) + 0.01


@pytest.mark.parametrize(("one", "two", "lon", "lat"), POSTS)
def test_stub_is_on_the_side_asked_for(one: str, two: str, lon: float, lat: float):
    """A stub of 15 km ends in the country asked for, 15 km from the gate."""
    line = frontier(one, two)
    ends = {}
    for country in (one, two):
        end = ends[country] = stub(line, lon, lat, country, 15)
        assert country_of(*end) == country
        assert km(end, gate(line, lon, lat)) == pytest.approx(15, rel=0.02)
    assert km(ends[one], ends[two]) > 15


def test_stub_is_square_to_the_frontier():
    """On a straight frontier the stub is at a right angle to it."""
    line = frontier("CA", "US")
    lon, lat = stub(line, -105.0, 49.0, "CA", 20)
    assert lon == pytest.approx(-105.0, abs=0.03)
    assert lat > 49.17


def test_stub_in_a_narrow_country_is_shorter():
    """Where the country is narrower than the stub is long, the stub still ends in it."""
    line = frontier("CH", "LI")
    end = stub(line, 9.5, 47.13, "LI", 40)
    assert country_of(*end) == "LI"


def test_stub_to_a_country_elsewhere_is_refused():
    """A stub into a country that is not beside the frontier is refused."""
    with pytest.raises(BordermapError, match="'FR' is not beside the frontier"):
        stub(frontier("MX", "US"), -106.48, 31.75, "FR", 20)


@pytest.mark.parametrize("length", [0, -1])
def test_stub_has_a_length(length: float):
    """A stub without length is refused."""
    with pytest.raises(BordermapError, match="no length"):
        stub(frontier("MX", "US"), -106.48, 31.75, "MX", length)


def test_frontier_either_way_round():
    """The order of the two countries does not matter."""
    assert frontier("US", "MX").equals(frontier("MX", "US"))


@pytest.mark.parametrize(
    ("one", "two", "length"), [("IQ", "SY", 599), ("MX", "US", 3145), ("NO", "SE", 1630)]
)
def test_length(one: str, two: str, length: float):
    """A frontier is about as long as the countries say (km, shorter at 1:10 million where it is a river)."""
    assert GEOD.geometry_length(frontier(one, two)) / 1000 == pytest.approx(length, rel=0.17)


@pytest.mark.parametrize(("one", "two"), [("IQ", "MX"), ("IQ", "IQ"), ("", "IQ"), ("XX", "IQ")])
def test_no_frontier(one: str, two: str):
    """Two that share no boundary are refused by name."""
    with pytest.raises(BordermapError, match="share no land boundary"):
        frontier(one, two)


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (44.36, 33.31, "IQ"),  # Baghdad
        (40.14, 35.34, "SY"),  # Deir ez-Zor
        (41.08, 34.37, "IQ"),  # al-Qaim
        (40.92, 34.45, "SY"),  # Albu Kamal
        (-99.13, 19.43, "MX"),
        (178.44, -18.14, "FJ"),
        (-175.2, -21.14, "TO"),
        (35.767, 35.52, "SY"),  # on the quay of Latakia, beyond the line of the shore
        (-30.0, 0.0, ""),
        (180.0, 0.0, ""),
        (-180.0, -90.0, "AQ"),
        (0.0, 90.0, ""),
        (44.06, 9.56, ""),  # Hargeisa: no ISO code of its own
    ],
)
def test_country_of(lon: float, lat: float, country: str):
    """A point has the country it lies in, or whose shore is within 3 km; none in the open sea."""
    assert country_of(lon, lat) == country


def test_crosses():
    """The way from one country into the next meets their frontier between its ends."""
    a, b = (40.14, 35.34), (43.0, 33.4)
    at = crosses(a, b)
    assert at is not None
    assert frontier("IQ", "SY").distance(shapely.Point(at)) < 1e-6
    assert shapely.LineString((a, b)).distance(shapely.Point(at)) < 1e-6


def test_crosses_first():
    """Of several crossings the one nearest to the start is given."""
    there, back = crosses((-8.0, 42.2), (-6.9, 41.6)), crosses((-6.9, 41.6), (-8.0, 42.2))
    assert there is not None
    assert back is not None
    assert math.dist(there, (-8.0, 42.2)) <= math.dist(back, (-8.0, 42.2))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((44.36, 33.31), (41.08, 34.37)),  # within one country
        ((44.36, 33.31), (-99.13, 19.43)),  # no neighbours
        ((-30.0, 0.0), (44.36, 33.31)),  # from the sea
    ],
)
def test_crosses_nothing(a: tuple[float, float], b: tuple[float, float]):
    """Without two neighbouring countries there is no crossing."""
    assert crosses(a, b) is None


def test_public_names():
    """The module's list of public names tells the truth."""
    assert len(set(module.__all__)) == len(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)
