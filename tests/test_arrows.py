"""The line of a movement from what is known of its ends: the gate in the middle, a stub for what is not known."""

import math

import pandas as pd
import pytest
import shapely
from collections_made import PLACES

from geo.frontier import country_of, frontier
from layers.arrows import STUB_KM, arrow, arrows
from layers.ends import ends_of
from layers.frames import places_frame

BY_ID = {place.place_id: place for place in PLACES}


def drawn(*ends, gates=()):
    """Draw a movement of ids, "" where nothing is said."""
    return arrow(*(BY_ID.get(place_id) for place_id in ends), gates)


def at(place_id):
    """Give a place's position."""
    return (BY_ID[place_id].lon, BY_ID[place_id].lat)


def km(one, other):
    """Measure a short way, to a percent."""
    across = math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot((one[0] - other[0]) * across, one[1] - other[1]) * 111.2


KNOWN = [
    # origin, crossing, destination; the points
    (("elvas", "", "badajoz"), ("elvas", "badajoz")),
    (("elvas", "caia", "badajoz"), ("elvas", "caia", "badajoz")),
    (("badajoz", "caia", "elvas"), ("badajoz", "caia", "elvas")),
    (("evora", "", "elvas"), ("evora", "elvas")),
    (("alentejo", "", "badajoz"), ("alentejo", "badajoz")),
    (("galicia", "", "extremadura"), ("galicia", "extremadura")),
]


@pytest.mark.parametrize(("ends", "points"), KNOWN)
def test_known_ends_are_the_lines_points(ends, points):
    """A line begins and ends at the places that are named, and goes through the gate that is named."""
    found = drawn(*ends)
    assert found.points == tuple(map(at, points))
    assert (found.stub_from, found.stub_to, found.stretch) == (False, False, None)


STUBS = [
    # origin, crossing, destination; of each point its place, or the country in which its stub ends
    (("portugal", "", "badajoz"), ("PT", "badajoz")),
    (("elvas", "", "spain"), ("elvas", "ES")),
    (("portugal", "", "galicia"), ("PT", "galicia")),
    (("portugal", "caia", "spain"), ("PT", "caia", "ES")),
    (("spain", "caia", "portugal"), ("ES", "caia", "PT")),
    (("portugal", "caia", "badajoz"), ("PT", "caia", "badajoz")),
    (("elvas", "caia", "spain"), ("elvas", "caia", "ES")),
    (("elvas", "caia", ""), ("elvas", "caia", "ES")),
    (("", "caia", "badajoz"), ("PT", "caia", "badajoz")),
    (("spain", "caia", ""), ("ES", "caia", "PT")),
    (("", "caia", "spain"), ("PT", "caia", "ES")),
]


@pytest.mark.parametrize(("ends", "points"), STUBS)
def test_an_unknown_end_is_a_stub_on_its_side_of_the_frontier(ends, points):
    """Where only a country is known the line ends shortly behind the frontier, in that country, and says so."""
    found = drawn(*ends)
    line = frontier("PT", "ES")
    for point, said in zip(found.points, points, strict=True):
        if said in BY_ID:
            assert point == at(said)
        else:
            assert country_of(*point) == said
            assert 5 < shapely.distance(line, shapely.Point(point)) * 111.2 < 1.5 * STUB_KM
    assert (found.stub_from, found.stub_to) == (points[0] not in BY_ID, points[-1] not in BY_ID)


BETWEEN = [
    (("portugal", "", "spain"), ("PT", "ES")),
    (("spain", "", "portugal"), ("ES", "PT")),
    (("alentejo", "", "spain"), ("PT", "ES")),
    (("spain", "", "alentejo"), ("ES", "PT")),
    (("alentejo", "", "extremadura"), ("PT", "ES")),
]


@pytest.mark.parametrize(("ends", "countries"), BETWEEN)
def test_between_countries_and_areas_a_stub_crosses_the_stretch_where_they_meet(ends, countries):
    """Neither a country's nor an area's middle is an end; the stretch that is meant is kept."""
    found = drawn(*ends)
    assert tuple(country_of(*point) for point in found.points) == countries
    assert found.stub_from
    assert found.stub_to
    assert shapely.LineString(found.points).distance(found.stretch) < 0.001
    assert all(km(point, at(end)) > 1 for point in found.points for end in BY_ID)
    area = next((BY_ID[end] for end in ends if end and BY_ID[end].kind == "region"), None)
    if area is not None:
        assert found.stretch.distance(area.geometry) < 0.05
        assert found.stretch.length < frontier("PT", "ES").length


def test_an_unknown_gate_is_not_drawn_at_a_known_one():
    """Within the middle of its stretch a movement keeps away from the gates that it does not name."""
    first = drawn("alentejo", "", "spain")
    middle = shapely.LineString(first.points).interpolate(0.5, normalized=True)
    gate = (middle.x, middle.y)
    second = drawn("alentejo", "", "spain", gates=(gate,))
    assert shapely.LineString(second.points).distance(middle) > 0.1


def test_far_from_the_frontier_the_stub_only_points_there():
    """From a country to a town deep in another, the line is a short approach to the town."""
    there, back = drawn("portugal", "", "madrid"), drawn("madrid", "", "portugal")
    assert there.points == back.points[::-1]
    assert there.points[1] == at("madrid")
    assert km(*there.points) == pytest.approx(STUB_KM, rel=0.02)
    assert there.points[0][0] < there.points[1][0]
    assert (there.stub_from, there.stub_to, back.stub_from, back.stub_to) == (True, False, False, True)


NONE = [
    ("", "", ""),
    ("elvas", "", ""),
    ("", "", "badajoz"),
    ("", "caia", ""),
    ("portugal", "", ""),
    ("portugal", "caia", ""),
    ("portugal", "", "elvas"),
    ("portugal", "", "portugal"),
    ("elvas", "", "elvas"),
    ("iberia", "", "spain"),
]


@pytest.mark.parametrize("ends", NONE)
def test_without_a_direction_there_is_no_line(ends):
    """One end alone, or ends that are not apart, make no arrow."""
    assert drawn(*ends) is None


def test_countries_that_do_not_meet_have_no_frontier_to_cross():
    """A movement between countries without a common frontier is no line unless its places are known."""
    far = BY_ID["portugal"].__class__(
        "iceland", "Iceland", "", BY_ID["portugal"].kind, "IS", -18.6, 65.0, 200
    )
    assert arrow(far, None, BY_ID["spain"]) is None
    assert arrow(far, None, BY_ID["badajoz"]) is None


def test_many_arrows_are_drawn_as_each_would_be(iberia):
    """In one go or one by one, the same ends make the same line and the same stubs; none where there is none."""
    ends = (
        "",
        "elvas",
        "evora",
        "badajoz",
        "madrid",
        "alentejo",
        "extremadura",
        "n4",
        "portugal",
        "spain",
        "iberia",
    )
    rows = [(origin, gate, end) for origin in ends for gate in ("", "caia") for end in ends]
    events = pd.DataFrame(rows, columns=["origin_id", "crossing_id", "destination_id"])
    events = events.assign(kind="crossing", geo_precision=1.0, place_id="", route_id="")
    places = places_frame(iberia)
    found = arrows(ends_of(events, places), places, iberia)
    gates = (at("caia"),)
    for row, (line, one) in enumerate(
        zip(found.line, (drawn(*each, gates=gates) for each in rows), strict=True)
    ):
        if one is None:
            assert line is None, rows[row]
        else:
            assert [tuple(point) for point in line.coords] == list(one.points), rows[row]
            assert (found.stub_from[row], found.stub_to[row]) == (one.stub_from, one.stub_to)
            assert (found.stretch[row] is None) == (one.stretch is None)
