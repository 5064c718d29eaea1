"""The plane in km around a point, held against the ellipsoid."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.plane import degrees_around, per_degree, reach, to_degrees, to_km

GEOD = Geod(ellps="WGS84")
AROUND = [(0.0, 0.0), (41.0, 34.4), (-70.0, -53.0), (25.0, 70.0)]


@pytest.mark.parametrize(("lon", "lat"), AROUND)
@pytest.mark.parametrize("azimuth", [0, 45, 135, 270])
def test_a_distance_is_kept(lon, lat, azimuth):
    """A point 60 km away is 60 km from the plane's origin, to a percent."""
    there = GEOD.fwd(lon, lat, azimuth, 60_000)[:2]
    flat = to_km(shapely.Point(there), lon, lat)
    assert np.hypot(flat.x, flat.y) == pytest.approx(60, rel=0.011)


@pytest.mark.parametrize(("lon", "lat"), AROUND)
def test_there_and_back(lon, lat):
    """A point laid on the plane comes back where it was."""
    flat = to_km(shapely.Point(lon + 0.3, lat - 0.2), lon, lat)
    assert to_degrees(flat.x, flat.y, lon, lat) == pytest.approx((lon + 0.3, lat - 0.2))


def test_east_and_north():
    """A degree of longitude shrinks to the poles and is never nothing; one of latitude does not."""
    assert per_degree(60)[0] == pytest.approx(per_degree(0)[0] / 2)
    assert per_degree(60)[1] == per_degree(0)[1]
    assert per_degree(90)[0] > 0
    assert degrees_around(60, 10)[0] == pytest.approx(2 * degrees_around(0, 10)[0])


def test_reach_holds_the_distance_in_any_direction():
    """The reach in degrees is no less than what the distance is to the east or to the north."""
    lats = np.array([-80.0, -30.0, 0.0, 45.0, 70.0, 89.9])
    for lat, degrees in zip(lats, reach(lats, 25), strict=True):
        assert degrees >= max(degrees_around(lat, 25))
