"""Frontiers, gates, stubs and the country of a point, on a few borders of the world."""

from __future__ import annotations

import pytest
import shapely
from borders_made import KM, borders
from pyproj import Geod

from geo import frontier as module
from geo.errors import BordermapError
from geo.frontier import TOLERANCE_KM, countries_of, country_of, frontier, gate, side, stub

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


def test_countries_of():
    """Many points have the countries that they have one by one."""
    points = [(44.36, 33.31), (-99.13, 19.43), (35.767, 35.52), (-30.0, 0.0), (180.0, 0.0)]
    assert countries_of(points).tolist() == ["IQ", "MX", "SY", "", ""]


# Towns near a frontier as GeoNames has them (CC BY 4.0), with their country and the one across.
TOWNS = [
    ("Rafah", 34.24357, 31.29722, "PS", "EG"),
    ("Peshawar", 71.57849, 34.008, "PK", "AF"),
    ("Landi Kotal", 71.14108, 34.0988, "PK", "AF"),
    ("Chaman", 66.45259, 30.91769, "PK", "AF"),
    ("Lahore", 74.35071, 31.558, "PK", "IN"),
    ("Amritsar", 74.87534, 31.62234, "IN", "PK"),
    ("Raxaul", 84.85065, 26.97982, "IN", "NP"),
    ("Maku", 44.46035, 39.28992, "IR", "TR"),
    ("Aqaba", 35.00778, 29.52667, "JO", "IL"),
    ("Eilat", 34.94821, 29.55805, "IL", "JO"),
    ("Narva", 28.19028, 59.37722, "EE", "RU"),
    ("Ivangorod", 28.21625, 59.37155, "RU", "EE"),
    ("Przemysl", 22.76728, 49.78498, "PL", "UA"),
    ("Terespol", 23.61614, 52.0755, "PL", "BY"),
    ("Brest", 23.71749, 52.10894, "BY", "PL"),
    ("Haparanda", 24.13676, 65.83549, "SE", "FI"),
    ("Strasbourg", 7.74553, 48.58392, "FR", "DE"),
    ("Kehl", 7.81523, 48.57297, "DE", "FR"),
    ("Salzburg", 13.04399, 47.79941, "AT", "DE"),
    ("Freilassing", 12.98114, 47.84085, "DE", "AT"),
    ("Bratislava", 17.10674, 48.14816, "SK", "AT"),
    ("Gorizia", 13.62167, 45.94088, "IT", "SI"),
    ("Ruse", 25.9534, 43.84872, "BG", "RO"),
    ("Edirne", 26.55597, 41.67719, "TR", "BG"),
    ("Irun", -1.78938, 43.33904, "ES", "FR"),
    ("Badajoz", -6.97061, 38.87789, "ES", "PT"),
    ("Elvas", -7.16282, 38.8815, "PT", "ES"),
    ("Newry", -6.33739, 54.17841, "GB", "IE"),
    ("Blagoveshchensk", 127.52637, 50.27593, "RU", "CN"),
    ("Heihe", 127.49016, 50.24413, "CN", "RU"),
    ("Dandong", 124.39472, 40.12917, "CN", "KP"),
    ("Erenhot", 111.97667, 43.6475, "CN", "MN"),
    ("Aranyaprathet", 102.50128, 13.69276, "TH", "KH"),
    ("Mae Sot", 98.56667, 16.71667, "TH", "MM"),
    ("Goma", 29.22845, -1.67409, "CD", "RW"),
    ("Gisenyi", 29.25639, -1.70278, "RW", "CD"),
    ("Malaba", 34.28165, 0.63513, "KE", "UG"),
    ("Moyale", 39.0561, 3.52661, "KE", "ET"),
    ("Beitbridge", 30.0, -22.21667, "ZW", "ZA"),
    ("Musina", 30.04074, -22.34881, "ZA", "ZW"),
    ("Livingstone", 25.85425, -17.84194, "ZM", "ZW"),
    ("Maseru", 27.48333, -29.31667, "LS", "ZA"),
    ("Katsina", 7.60177, 12.99082, "NG", "NE"),
    ("Lome", 1.22154, 6.12874, "TG", "GH"),
    ("Ciudad Juarez", -106.46084, 31.72024, "MX", "US"),
    ("El Paso", -106.48693, 31.75872, "US", "MX"),
    ("Nuevo Laredo", -99.51639, 27.47629, "MX", "US"),
    ("Stanstead", -72.09131, 45.01455, "CA", "US"),
    ("Tapachula", -92.25891, 14.90541, "MX", "GT"),
    ("Ouanaminthe", -71.72475, 19.54934, "HT", "DO"),
    ("Cucuta", -72.5049, 7.90745, "CO", "VE"),
    ("Tabatinga", -69.93858, -4.23116, "BR", "CO"),
    ("Foz do Iguacu", -54.58806, -25.54778, "BR", "PY"),
    ("Ciudad del Este", -54.65067, -25.5036, "PY", "BR"),
    ("Tacna", -70.25362, -18.01465, "PE", "CL"),
]


@pytest.mark.parametrize(("lon", "lat", "own", "other"), [pytest.param(*t[1:], id=t[0]) for t in TOWNS])
def test_side_of_a_border_town(lon: float, lat: float, own: str, other: str):
    """More than 3 km from the line a town is surely in its country; nearer it may be, and which is not said."""
    found = side(lon, lat, own, other)
    assert found.sure == (found.distance_km > TOLERANCE_KM)
    assert found.country == (own if found.sure else "")
    assert set(found.possible) == ({own} if found.sure else {own, other})
    assert side(lon, lat, other, own) == found


SMALL = borders()


@pytest.mark.parametrize(
    ("lon", "lat", "possible", "km", "sure"),
    [
        pytest.param(-0.2, 0.5, ("AA",), 22, True, id="west"),
        pytest.param(0.2, 0.5, ("BB",), 22, True, id="east"),
        pytest.param(-2 * KM, 0.5, ("AA", "BB"), 2, False, id="west by the line's error"),
        pytest.param(2 * KM, 0.5, ("BB", "AA"), 2, False, id="east by the line's error"),
        pytest.param(0, 2, (), 111, False, id="in a third"),
        pytest.param(-0.3, 1 - KM, ("AA",), 33.4, False, id="perhaps in a third"),
        pytest.param(0, 1 + KM, ("AA", "BB"), 1, False, id="where three meet"),
        pytest.param(0.1, -KM, ("BB",), 11, True, id="on the shore"),
        pytest.param(5, 0.5, (), 556, False, id="in the sea"),
    ],
)
def test_side(lon: float, lat: float, possible: tuple[str, ...], km: float, sure: bool):
    """Which of two countries a point lies in is told where the line's error leaves no doubt, else what it may be."""
    found = side(lon, lat, "AA", "BB", borders=SMALL)
    assert set(found.possible) == set(possible)
    assert found.distance_km == pytest.approx(km, rel=0.02, abs=0.1)
    assert found.sure == sure
    assert found.country == (possible[0] if sure else "")


def test_side_says_the_drawn_one_first():
    """Of two that are possible the one in which the point is drawn comes first."""
    assert side(-KM, 0.5, "AA", "BB", borders=SMALL).possible == ("AA", "BB")
    assert side(KM, 0.5, "AA", "BB", borders=SMALL).possible == ("BB", "AA")


def test_side_of_no_frontier():
    """Between countries that share no frontier there are no sides."""
    with pytest.raises(BordermapError, match="'AA' and 'DD' share no land boundary"):
        side(0, 0, "AA", "DD", borders=SMALL)


@pytest.mark.parametrize(("lon", "lat"), [(float("nan"), 0), (0, float("inf")), (181, 0), (0, -91)], ids=str)
def test_side_of_no_point(lon: float, lat: float):
    """What is no point on the earth lies on no side, and is told."""
    with pytest.raises(BordermapError, match="is no point on the earth; give degrees, lon before lat"):
        side(lon, lat, "AA", "BB", borders=SMALL)


def test_public_names():
    """The module's list of public names tells the truth."""
    assert len(set(module.__all__)) == len(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)
