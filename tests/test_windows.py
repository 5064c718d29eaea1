"""What a window shows of the earth when a view is fitted into it."""

import math

import pytest

from geo.basemap import with_margin
from geo.windows import mercator, shown_in
from layers.page import MARGIN, WINDOWS, ZOOM_SNAP

VIEWS = [
    (15.7, 46.2, 21.5, 48.9),
    (10.0, 50.0, 11.2, 51.2),
    (-73.0, 7.0, -72.8, 9.0),
]


def north_of(lat):
    """Say how far north of the equator Web Mercator draws a latitude, in degrees of longitude."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("width", "height"), [(468, 788), (373, 374), (1458, 837), (2098, 840)])
def test_the_ground_reaches_to_the_edges_of_usual_windows(view, width, height):
    """A map that is fitted in steps of zoom as Leaflet fits it shows nothing beyond what the page holds."""
    west, south, east, north = view
    high = north_of(north) - north_of(south)
    largest = min(width / (east - west), height / high)
    scale = 2 ** (math.floor(math.log2(largest) / ZOOM_SNAP) * ZOOM_SNAP)
    held = with_margin(*view, MARGIN, WINDOWS)
    middle, level = (west + east) / 2, (north_of(south) + north_of(north)) / 2
    assert held[0] <= middle - width / scale / 2 + 1e-9
    assert held[2] >= middle + width / scale / 2 - 1e-9
    assert north_of(held[1]) <= level - height / scale / 2 + 1e-9
    assert north_of(held[3]) >= level + height / scale / 2 - 1e-9


def test_what_is_shown_ends_with_the_world():
    """A view of most of the earth reaches no further than there is earth."""
    west, south, east, north = shown_in(-170.0, -60.0, 170.0, 75.0, 0.5, 3.0)
    assert (west, east) == (-180.0, 180.0)
    assert -90 < south < -85
    assert 85 < north < 90


@pytest.mark.parametrize("lat", [-84.0, 0.0, 33.5, 84.0])
def test_a_latitude_is_drawn_where_web_mercator_has_it(lat):
    """The one home of the projection gives degrees of longitude, as the formula of maps does."""
    assert mercator(lat) == pytest.approx(north_of(lat), abs=1e-9)
