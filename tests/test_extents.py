"""Roughly where each country lies: what is in a country is near it, and what is far is not."""

import importlib.util
from pathlib import Path

import pytest
import shapely

from geo import basemap
from geo.extents import FILE, near_country

SCRIPT = Path(__file__).parents[1] / "scripts" / "build_extents.py"


@pytest.fixture(scope="module")
def countries():
    """Give the basemap's countries that have a code."""
    frame = basemap.read(basemap.Layer.COUNTRIES)
    return frame[frame["country"] != ""]


def test_the_file_is_what_the_basemap_says(monkeypatch, tmp_path):
    """The script makes the shipped file again, byte for byte."""
    spec = importlib.util.spec_from_file_location("build_extents", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script.sys, "argv", ["build_extents", str(tmp_path / "extents.csv")])
    script.main()
    assert (tmp_path / "extents.csv").read_bytes() == FILE.read_bytes()


def test_no_shore_or_border_is_far_from_its_country(countries):
    """Every country is known, and so is every bend of its outline, on both sides of the 180th meridian."""
    for code, area in zip(countries["country"], countries.geometry, strict=True):
        for lon, lat in shapely.get_coordinates(area)[::20].tolist():
            assert near_country(code, lon, lat), (code, lon, lat)


PLACES = [
    # country, lon, lat, near
    ("PT", -9.14, 38.72, True),
    ("PT", -9.9, 38.72, True),  # 40 km out at sea
    ("PT", -6.97, 38.88, True),  # beyond the frontier, yet near it
    ("PT", -3.70, 40.42, False),
    ("PT", -25.67, 37.74, True),  # on an island of it
    ("PT", -17.5, 37.74, False),  # at sea between its parts
    ("NZ", -176.5, -44.0, True),
    ("NZ", 183.5, -44.0, True),  # the same, counted on
    ("RU", -179.9, 65.0, True),
    ("US", 179.9, 51.9, True),
    ("GB", 8.0, 50.0, False),
    ("AQ", 0.0, -90.0, True),
    ("AQ", 0.0, 90.0, False),
    ("", 0.0, 0.0, None),
    ("TP", 125.6, -8.6, None),
]


@pytest.mark.parametrize(("country", "lon", "lat", "near"), PLACES)
def test_a_point_is_near_its_country_or_not(country, lon, lat, near):
    """Within 50 km is near, a few degrees away is not, and of an unknown code nothing is said."""
    assert near_country(country, lon, lat) is near
