"""Where a movement crosses a frontier and by which crossing, on a small continent made in sight and on the world's."""

import itertools

import pytest
import shapely
from borders_made import AREAS, KM, borders, place, post
from pyproj import Geod
from shapely import LineString, box

from geo.borders import world
from geo.errors import BordermapError
from geo.frontier import TOLERANCE_KM, frontier, gate
from geo.gazetteer import Gazetteer
from geo.passages import Passage, passage
from geo.places import PlaceKind

GEOD = Geod(ellps="WGS84")
SMALL = borders()


def km(a, b):
    """Give the distance of two points in km."""
    return GEOD.inv(*a, *b)[2] / 1000


def cross(origin, destination, *crossings, **options):
    """Ask for the passage between two places of the small continent."""
    return passage(origin, destination, crossings, borders=options.pop("borders", SMALL), **options)


def west(lon=-0.5, lat=0.5, country="AA", **more):
    """Make a town in AA."""
    return place("west", country, lon, lat, **more)


def east(lon=0.5, lat=0.5, country="BB", **more):
    """Make a town in BB."""
    return place("east", country, lon, lat, **more)


SOUTH, NORTH = post("south", "AA", 0, 0.1), post("north", "BB", 0, 0.9)
"""Two crossings, 89 km apart."""


# ---- where


def test_the_straight_way_meets_the_frontier():
    """The point is where the straight way from place to place meets the frontier."""
    found = cross(west(lat=0.3), east(lat=0.7))
    assert found.point == pytest.approx((0, 0.5), abs=1e-4)
    assert (found.countries, found.sure) == (("AA", "BB"), True)


def test_back_is_as_there():
    """The way back leads through the same frontier, point and crossing."""
    there, back = cross(west(), east(), SOUTH, NORTH), cross(east(), west(), SOUTH, NORTH)
    assert back.countries == there.countries[::-1]
    assert back.point == pytest.approx(there.point)
    assert (back.crossing, back.candidates) == (there.crossing, there.candidates)


def test_the_first_of_several_points_counts():
    """Where the way meets a winding frontier more than once, the point nearest to the origin is given."""
    line = LineString([(0, 0), (0, 0.6), (0.2, 0.6), (0.2, 0.4), (0.4, 0.4), (0.4, 1), (0, 1)])
    winding = borders(lines={("AA", "BB"): line})
    assert cross(west(), east(), borders=winding).point == pytest.approx((0, 0.5), abs=1e-4)
    assert cross(east(), west(), borders=winding).point == pytest.approx((0.4, 0.5), abs=1e-4)


@pytest.mark.parametrize("off", [-2.5, -1, 1, 2.5])
@pytest.mark.parametrize("end", ["origin", "destination"])
def test_an_end_on_the_wrong_side_by_the_lines_error_is_in_its_country(end, off):
    """A place up to 3 km beyond the line is of the country that its own code says, and crosses where it lies."""
    at = {"lon": off * KM, "lat": 0.5}
    ends = (west(**at), east()) if end == "origin" else (west(), east(**at))
    found = cross(*ends)
    assert (found.countries, found.sure) == (("AA", "BB"), True)
    assert km(found.point, (0, 0.5)) < 3


@pytest.mark.parametrize("ends", [(west(lon=0.4), east()), (west(), east(lon=-0.4))])
def test_an_end_far_on_the_wrong_side_is_taken_at_its_word_and_doubted(ends):
    """A code counts for more than the line even far from it, but then nothing is sure."""
    found = cross(*ends)
    assert (found.countries, found.sure) == (("AA", "BB"), False)
    assert SMALL.frontier("AA", "BB").distance(shapely.Point(found.point)) < 1e-6


def test_a_wide_place_may_be_where_its_code_says():
    """A place whose radius reaches its own country is no contradiction."""
    assert cross(west(lon=0.3, radius_km=40), east()).sure


@pytest.mark.parametrize(
    ("code", "lon", "countries"),
    [
        ("", -0.5, ("AA", "BB")),  # none said, and none other near
        ("ZZ", -0.5, ("AA", "BB")),  # one that has no area of its own
        ("", -2 * KM, None),  # too near to the line to tell
        ("", -3, None),  # in the sea
        ("", 0.3, None),  # in the same country
    ],
)
def test_without_a_code_the_ground_decides_if_it_can(code, lon, countries):
    """A point without a code that is drawn has the country around it, where that is beyond doubt."""
    found = cross(west(lon=lon, country=code), east())
    assert (found and found.countries) == countries


@pytest.mark.parametrize(
    ("area", "countries"),
    [
        (box(-1, 0.2, -0.1, 0.8), ("AA", "BB")),
        (box(-1, 0.2, 2 * KM, 0.8), ("AA", "BB")),  # beyond the line by less than its error
        (box(-1, 0.2, 0.1, 0.8), None),
        (LineString([(-1, 0.2), (0.4, 0.4)]), None),  # a road that crosses
    ],
)
@pytest.mark.parametrize("back", [False, True])
def test_an_area_on_both_sides_says_of_no_crossing(area, countries, back):
    """From an area that reaches into the other country nobody need have crossed."""
    ends = [west(kind=PlaceKind.REGION, area=area), east()]
    found = cross(*(reversed(ends) if back else ends))
    assert (found and found.countries) == (countries and countries[:: -1 if back else 1])


def test_an_area_of_several_countries_has_none():
    """An area without a country of its own is on no side."""
    assert cross(west(country="", kind=PlaceKind.REGION, area=box(-1, 0.2, -0.5, 0.8)), east()) is None


def test_within_a_country_no_frontier_is_crossed():
    """Two places of one country have no passage, though the line were between them."""
    assert cross(west(), place("other", "AA", 1 * KM, 0.5), SOUTH) is None


# ---- through which countries


@pytest.mark.parametrize(
    ("destination", "countries"),
    [
        (place("there", "DD", 3, 0.5), ("AA", "BB", "DD")),
        (place("there", "EE", 6.5, 0.5), ("AA", "BB", "DD", "", "EE")),
        (place("there", "ZZ", 20, 20), None),
    ],
)
def test_no_neighbours(destination, countries):
    """Between countries without a common frontier the chain says what lies between, and nothing is sure."""
    found = cross(west(), destination, SOUTH, NORTH)
    assert found == (countries and Passage(countries))


def test_neighbours_through_a_third():
    """Where the straight way between neighbours cuts through a third, the shortest way across their line counts."""
    found = cross(west(-1, 1.5), east(1, 1.5))
    assert (found.countries, found.sure) == (("AA", "CC", "BB"), False)
    assert found.point == pytest.approx((0, 1))


def test_neighbours_across_a_bay():
    """Where the straight way between neighbours leads over the sea, that is said, and the way by land counts."""
    around_a_bay = borders(lines={("DD", "EE"): LineString([(4, 3), (6, 3)])})
    found = cross(place("from", "DD", 3, 2), place("to", "EE", 6.5, 2), borders=around_a_bay)
    assert (found.countries, found.sure) == (("DD", "", "EE"), False)
    assert found.point[1] == 3
    assert 4.5 < found.point[0] < 5.5


@pytest.mark.parametrize(("lat", "through"), [(1 + 2 * KM, False), (1 + 8 * KM, True)])
def test_a_third_within_the_lines_error_does_not_count(lat, through):
    """A corner of a third country that the line's error may have put on the way is not on it."""
    found = cross(west(-0.7, lat), east(0.7, lat))
    assert ("CC" in found.countries) == through
    assert found.sure != through


def test_each_country_on_the_way_comes_once():
    """A country that the way leaves and enters again is named once."""
    found = cross(place("from", "DD", 3.5, 2.9), place("to", "CC", 0.4, 2.9))
    assert found.countries == ("DD", "BB", "CC")


# ---- by which crossing


@pytest.mark.parametrize(
    ("ends", "crossings", "chosen", "candidates"),
    [
        pytest.param((west(-0.1, 0.1), east(0.1, 0.1)), (NORTH, SOUTH), "south", "south", id="the near one"),
        pytest.param((west(-0.1, 0.9), east(0.1, 0.9)), (NORTH, SOUTH), "north", "north", id="the other"),
        pytest.param((west(), east()), (NORTH, SOUTH), None, "north south", id="between two"),
        pytest.param((west(lat=0.4), east(lat=0.4)), (NORTH, SOUTH), None, "south north", id="nearer to one"),
        pytest.param((west(-1.8, 0.1), east(1.8, 0.1)), (NORTH, SOUTH), None, "south north", id="far away"),
        pytest.param(
            (west(lat=0.4), east(lat=0.4)), (SOUTH,), "south", "south", id="the only one, detour small"
        ),
        pytest.param((west(-0.1, 0.9), east(0.1, 0.9)), (SOUTH,), None, "south", id="the only one, far off"),
        pytest.param(
            (west(), east()), (post("gate", "AA", 0, 0.87),), "gate", "gate", id="a detour of 27 km"
        ),
        pytest.param((west(), east()), (post("gate", "AA", 0, 0.93),), None, "gate", id="a detour of 35 km"),
        pytest.param(
            (west(-1.8, 0.05), east(1.8, 0.05)),
            (post("gate", "AA", 0, 0.8),),
            "gate",
            "gate",
            id="a detour of 34 km on 400",
        ),
        pytest.param(
            (west(-1.8, 0.05), east(1.8, 0.05)),
            (post("gate", "AA", 0, 0.97),),
            None,
            "gate",
            id="a detour of 51 km on 400",
        ),
        pytest.param((west(), east()), (), None, "", id="none known"),
        pytest.param(
            (west(-0.1, 0.1, radius_km=35), east(0.1, 0.1)), (SOUTH,), None, "south", id="from a wide place"
        ),
        pytest.param(
            (west(-0.1, 0.1, radius_km=29), east(0.1, 0.1, radius_km=29)),
            (NORTH, SOUTH),
            "south",
            "south",
            id="from places not too wide",
        ),
        pytest.param(
            (west(-0.2, 0.3, radius_km=29), east(0.2, 0.3, radius_km=29)),
            (NORTH, SOUTH),
            None,
            "south north",
            id="from places wide enough to change the order",
        ),
        pytest.param(
            (west(-0.1, 0.1), east(0.1, 0.1)),
            (SOUTH, post("south-2", "AA", 0, 0.12)),
            None,
            "south south-2",
            id="two in one place",
        ),
    ],
)
def test_a_crossing_is_chosen_only_where_it_is_clearly_the_likely_one(ends, crossings, chosen, candidates):
    """A crossing is chosen whose detour is small and whose way is clearly the shortest, else all are candidates."""
    found = cross(*ends, *crossings)
    assert (found.crossing and found.crossing.place_id) == chosen
    assert [each.place_id for each in found.candidates] == candidates.split()


def test_the_order_in_which_crossings_are_known_does_not_matter():
    """Whatever order the crossings come in, the answer is the same."""
    crossings = (SOUTH, post("near", "AA", 0, 0.35), post("far", "AA", 0, 0.72), post("twin", "AA", 0, 0.35))
    answers = {cross(west(lat=0.4), east(lat=0.4), *order) for order in itertools.permutations(crossings)}
    assert len(answers) == 1
    assert [each.place_id for each in answers.pop().candidates] == ["near", "twin", "south", "far"]


def test_a_crossing_that_is_listed_twice_is_one():
    """The same crossing twice is no doubt."""
    assert cross(west(lat=0.1), east(lat=0.1), SOUTH, SOUTH).crossing is SOUTH
    assert cross(SOUTH, east(), SOUTH, SOUTH).crossing is SOUTH


def test_detours_are_what_a_way_is_longer_by():
    """Each candidate comes with the kilometres that the way through it adds, the fewest first."""
    found = cross(west(), east(), SOUTH, NORTH)
    at = [(each.lon, each.lat) for each in found.candidates]
    longer = [km((-0.5, 0.5), gate) + km(gate, (0.5, 0.5)) - km((-0.5, 0.5), (0.5, 0.5)) for gate in at]
    assert found.detours_km == pytest.approx(longer)
    assert list(found.detours_km) == sorted(found.detours_km)


@pytest.mark.parametrize(
    ("crossing", "known"),
    [
        (post("here", "AA", 0, 0.5), True),
        (post("here", "BB", 0, 0.5), True),
        (post("here", "", 0, 0.5), True),
        (post("here", "AA", 2.5 * KM, 0.5), True),  # on the wrong side by the line's error
        (post("here", "BB", -5.5 * KM, 0.5), True),  # within its own radius more
        (post("here", "BB", -7 * KM, 0.5), False),
        (post("here", "BB", -7 * KM, 0.5, radius_km=6), True),
        (post("here", "CC", 0, 0.5), False),  # of a third country
        (post("here", "BB", 2, 0.5), False),  # of another frontier
        (post("here", "CC", 0.1, 1), False),
        (post("here", "BB", KM, 1 - 2 * KM), True),  # near three frontiers, nearest to this
        (post("here", "BB", 2 * KM, 1 - KM), False),  # and to another
        (place("here", "AA", 0, 0.5), False),  # a town
        (place("here", "AA", 0, 0.5, kind=PlaceKind.BASE), False),
    ],
)
def test_a_crossing_belongs_to_one_frontier(crossing, known):
    """A crossing is of that frontier of its own country which is nearest, within the line's error and its radius."""
    assert cross(west(), east(), crossing).candidates == ((crossing,) if known else ())


@pytest.mark.parametrize("back", [False, True])
def test_an_end_that_is_a_crossing_is_the_crossing(back):
    """A movement from or to a crossing of the frontier leads through it, whatever else is near."""
    beside = post("beside", "BB", 0, 0.12)
    ends = (SOUTH, east()) if not back else (east(), SOUTH)
    found = cross(*ends, SOUTH, NORTH, beside)
    assert (found.crossing, found.candidates) == (SOUTH, (SOUTH,))
    assert found.detours_km == pytest.approx((0,), abs=1e-6)


def test_from_crossing_to_crossing_is_not_decided():
    """Where both ends are crossings of the frontier, neither is chosen."""
    found = cross(SOUTH, NORTH, SOUTH, NORTH)
    assert found.crossing is None
    assert set(found.candidates) == {SOUTH, NORTH}


@pytest.mark.parametrize(
    ("off_east", "off_north"), [(0, 0), (2.9, 0), (-2.9, 0), (0, 2.9), (0, -2.9), (2, -2)]
)
@pytest.mark.parametrize(
    ("ends", "crossing"),
    [
        ((west(-0.1, 0.1), east(0.1, 0.1)), "south"),
        ((west(-KM, 0.1), east(KM, 0.1)), "south"),
        ((west(), east()), None),
    ],
)
def test_a_line_that_is_3_km_off_changes_no_answer(ends, crossing, off_east, off_north):
    """However the map's lines are displaced within their error, the passage is the same."""
    found = cross(*ends, SOUTH, NORTH, borders=borders(off_east * KM, off_north * KM))
    assert (found.crossing and found.crossing.place_id) == crossing
    assert (found.countries, found.sure) == (("AA", "BB"), True)
    assert km(found.point, (0, ends[0].lat)) < 4


def country(code):
    """Make one of the countries as a whole."""
    return place(code.lower(), code, *AREAS[code].centroid.coords[0], 150, PlaceKind.COUNTRY, AREAS[code])


@pytest.mark.parametrize(
    ("ends", "candidates"),
    [
        ((country("AA"), east(lat=0.2)), [SOUTH, NORTH]),
        ((east(lat=0.8), country("AA")), [NORTH, SOUTH]),
        ((country("AA"), country("BB")), [NORTH, SOUTH]),  # by name: nothing says which is nearer
    ],
)
def test_from_a_whole_country_no_way_leads(ends, candidates):
    """With a whole country as an end there is no point and no choice, only the crossings, nearest to the other end."""
    found = cross(*ends, SOUTH, NORTH)
    assert found == Passage(tuple(end.country for end in ends), candidates=tuple(candidates), sure=True)


def test_from_a_whole_country_to_a_crossing():
    """A movement from a country to a crossing of the frontier leads through that."""
    found = cross(country("BB"), SOUTH, SOUTH, NORTH)
    assert (found.crossing, found.candidates, found.point) == (SOUTH, (SOUTH,), None)


def test_whole_countries_that_are_no_neighbours():
    """Between whole countries that share no frontier nothing is sure."""
    assert cross(country("AA"), country("DD"), SOUTH) == Passage(("AA", "DD"))


@pytest.mark.parametrize(("radii", "radius"), [((3, 8), 8), ((60, 8), 60), ((0, 0), 3)])
def test_the_point_is_as_unsure_as_its_ends(radii, radius):
    """The point carries the larger radius of the two ends, and at least the line's error."""
    assert cross(west(radius_km=radii[0]), east(radius_km=radii[1])).radius_km == radius


def test_another_tolerance():
    """A worse map can be told apart by its tolerance."""
    far = post("far", "AA", 10 * KM, 0.5)
    assert cross(west(), east(), far).candidates == ()
    assert cross(west(), east(), far, line_tolerance=8).candidates == (far,)
    assert cross(west(lat=0.1), east(lat=0.1), SOUTH, line_tolerance=0).crossing is SOUTH


def test_a_tolerance_below_zero_is_refused():
    """A tolerance is a length."""
    with pytest.raises(BordermapError, match="-1"):
        cross(west(), east(), line_tolerance=-1)


def test_places_on_one_point():
    """Two places on one point of the line, of two countries, cross there."""
    found = cross(west(0, 0.1), east(0, 0.1), SOUTH)
    assert found.point == pytest.approx((0, 0.1))
    assert found.crossing is SOUTH


# ---- the world


def town(lon, lat, country, radius_km=5.0):
    """Make a town of the world."""
    return place(f"{country}-{lon}-{lat}", country, lon, lat, radius_km)


TWINS = [
    # Towns that face each other across a frontier, as GeoNames has them.
    pytest.param(town(34.23869, 31.28204, "EG"), town(34.24357, 31.29722, "PS"), id="Rafah"),
    pytest.param(town(28.19028, 59.37722, "EE"), town(28.21625, 59.37155, "RU"), id="Narva"),
    pytest.param(town(-106.46084, 31.72024, "MX"), town(-106.48693, 31.75872, "US"), id="Ciudad Juarez"),
    pytest.param(town(30.0, -22.21667, "ZW"), town(30.04074, -22.34881, "ZA"), id="Beitbridge"),
    pytest.param(town(70.45153, 34.42647, "AF"), town(71.57849, 34.008, "PK"), id="Torkham"),
    pytest.param(town(-51.80243, 3.88857, "GF"), town(-51.835, 3.84306, "BR"), id="Oiapoque"),
    pytest.param(town(127.52637, 50.27593, "RU"), town(127.49016, 50.24413, "CN"), id="Amur"),
    pytest.param(town(29.22845, -1.67409, "CD"), town(29.25639, -1.70278, "RW"), id="Goma"),
    pytest.param(town(7.74553, 48.58392, "FR"), town(7.81523, 48.57297, "DE"), id="Strasbourg"),
    pytest.param(town(102.56365, 13.65805, "KH"), town(102.50128, 13.69276, "TH"), id="Poipet"),
    pytest.param(town(-71.70821, 19.54811, "DO"), town(-71.72475, 19.54934, "HT"), id="Dajabon"),
    pytest.param(town(15.31357, -4.32758, "CD"), town(15.28318, -4.26613, "CG"), id="Kinshasa"),
]


@pytest.mark.parametrize(("one", "two"), TWINS)
def test_towns_that_face_each_other(one, two):
    """From a border town to the one across the way meets the frontier beside them, whichever side they are drawn on."""
    found = passage(one, two, [])
    assert len(found.countries) == 2
    here = (one.lon, one.lat)
    line = frontier(*found.countries)
    assert km(found.point, here) <= km(here, (two.lon, two.lat)) + 2 * km(here, gate(line, *here)) + 3
    assert line.distance(shapely.Point(found.point)) < 1e-6


@pytest.mark.parametrize(
    ("one", "two", "countries"),
    [
        pytest.param(
            town(69.17233, 34.52813, "AF"),
            town(74.87534, 31.62234, "IN"),
            ("AF", "PK", "IN"),
            id="Kabul-Amritsar",
        ),
        pytest.param(
            town(-5.45051, 36.13326, "ES"),
            town(-5.79975, 35.76727, "MA"),
            ("ES", "", "MA"),
            id="Algeciras-Tangier",
        ),
        pytest.param(
            town(-149.90028, 61.21806, "US"),
            town(177.5103, 64.73424, "RU"),
            ("US", "", "RU"),
            id="Anchorage-Anadyr",
        ),
        pytest.param(
            town(36.81667, -1.28333, "KE"),
            town(15.31357, -4.32758, "CD"),
            ("KE", "TZ", "RW", "CD"),
            id="Nairobi-Kinshasa",
        ),
        pytest.param(
            town(-99.12766, 19.42847, "MX"),
            town(-112.07404, 33.44838, "US"),
            ("MX", "US"),
            id="Mexico-Phoenix",
        ),
        pytest.param(
            town(19.93658, 50.06143, "PL"), town(24.02324, 49.83826, "UA"), ("PL", "UA"), id="Krakow-Lviv"
        ),
    ],
)
def test_countries_on_the_way(one, two, countries):
    """The chain of countries is that of the geodesic, over the sea and past the 180th meridian as well."""
    assert passage(one, two, []).countries == countries
    assert passage(two, one, []).countries == countries[::-1]


# ---- the shipped gazetteer

GAZETTEER = Gazetteer.read()
CROSSINGS = [each for each in GAZETTEER if each.kind is PlaceKind.CROSSING]


@pytest.mark.parametrize("crossing", CROSSINGS, ids=lambda each: each.place_id)
def test_a_known_crossing_lies_on_its_frontier(crossing):
    """Each lies within the line's error and its own radius of a frontier of the country that it is said to be in."""
    near = world().frontiers_near(crossing.lon, crossing.lat, TOLERANCE_KM + crossing.radius_km)
    assert any(crossing.country in pair for pair in near)


@pytest.mark.parametrize(
    ("origin", "destination", "crossing"),
    [
        ("amman", "ramadi", "trebil-karameh-crossing"),
        ("erbil", "ankara", "ibrahim-khalil-habur-crossing"),
        ("rabia", "rumaylan", "rabia-yarubiyah-crossing"),
        ("tal-afar", "al-yarubiyah", "rabia-yarubiyah-crossing"),
        ("sinjar", "al-yarubiyah", "rabia-yarubiyah-crossing"),
        ("al-waleed", "palmyra", "al-waleed-tanf-crossing"),
        ("al-waleed-tanf-crossing", "homs", "al-waleed-tanf-crossing"),
        ("aleppo", "bab-al-hawa-crossing", None),  # in one country
        ("al-qaim", "albukamal", None),  # three crossings side by side
        ("baghdad", "damascus", None),  # two roads
        ("faysh-khabur", "al-malikiyah", None),  # two crossings 5 km apart
        ("sinjar", "tal-hamis", None),  # none of the known is near the way
        ("tehran", "baghdad", None),  # none is known
        ("al-anbar-governorate", "deir-ez-zor-governorate", None),  # both are wide
        ("iraq", "syria", None),
        ("amman", "beirut", None),  # no neighbours
    ],
)
def test_the_likely_crossing_between_known_places(origin, destination, crossing):
    """Between places of the gazetteer the evident crossing is chosen, either way, and none where none is evident."""
    ends = GAZETTEER[origin], GAZETTEER[destination]
    for one, two in (ends, ends[::-1]):
        found = passage(one, two, CROSSINGS)
        assert (found and found.crossing) == (crossing and GAZETTEER[crossing])


@pytest.mark.parametrize(
    ("origin", "destination", "candidates"),
    [
        ("syria", "al-qaim-abu-kamal-crossing", ["al-qaim-abu-kamal-crossing"]),
        ("al-qaim", "albukamal", ["al-qaim-abu-kamal-crossing", "sikak-crossing", "al-hari-crossing"]),
        ("faysh-khabur", "al-malikiyah", ["semalka-faysh-khabur-crossing", "sahela-crossing"]),
        ("daraa", "amman", ["nasib-jaber-crossing", "daraa-ramtha-crossing"]),
    ],
)
def test_the_candidates_between_known_places(origin, destination, candidates):
    """Where several crossings are as likely, they are the candidates, and no other is."""
    found = passage(GAZETTEER[origin], GAZETTEER[destination], CROSSINGS)
    assert {each.place_id for each in found.candidates} == set(candidates)


def test_neighbouring_countries_have_a_sure_passage():
    """Between two countries of the gazetteer that share a frontier it is sure which is crossed; their outlines fit."""
    countries = [each for each in GAZETTEER if each.kind is PlaceKind.COUNTRY]
    pairs = list(itertools.permutations(countries, 2))
    found = [passage(one, two, CROSSINGS) for one, two in pairs]
    neighbours = [world().shares_frontier(one.country, two.country) for one, two in pairs]
    assert [each is not None and each.sure for each in found] == neighbours
