"""A small continent for tests: five countries, the lines between them, and places in them.

North is up, a degree is some 111 km, and CC is a wedge between AA and BB:

    lat 3  +-----------+----+----+-----------+-----------+              +----+
           |           |   CC    |           |           |              |    |
    lat 1  |    AA     +----+----+    BB     |    DD     |   the sea    | EE |
           |                |                |           |              |    |
    lat 0  +----------------+----------------+-----------+              +----+
         lon -2           -.5 0 .5           2           4              6    7
"""

import geopandas as gpd
from shapely import LineString, box
from shapely.affinity import translate

from geo.borders import Borders
from geo.places import Place, PlaceKind, Shape

CRS = "EPSG:4326"
KM = 1 / 111
"""Degrees that a kilometre is, near enough, at the equator."""

WEDGE = box(-0.5, 1, 0.5, 3)
AREAS = {
    "AA": box(-2, 0, 0, 3) - WEDGE,
    "BB": box(0, 0, 2, 3) - WEDGE,
    "CC": WEDGE,
    "DD": box(2, 0, 4, 3),
    "EE": box(6, 0, 7, 3),
}
LINES = {
    ("AA", "BB"): LineString([(0, 0), (0, 1)]),
    ("AA", "CC"): LineString([(-0.5, 3), (-0.5, 1), (0, 1)]),
    ("BB", "CC"): LineString([(0, 1), (0.5, 1), (0.5, 3)]),
    ("BB", "DD"): LineString([(2, 0), (2, 3)]),
}


def borders(east=0.0, north=0.0, lines=LINES):
    """Make the continent, drawn too far to the east and north by some degrees, or with other lines."""
    countries = gpd.GeoDataFrame(
        {"country": list(AREAS)},
        geometry=[translate(area, east, north) for area in AREAS.values()],
        crs=CRS,
    )
    boundaries = gpd.GeoDataFrame(
        {"country_a": [one for one, _ in lines], "country_b": [two for _, two in lines]},
        geometry=[translate(line, east, north) for line in lines.values()],
        crs=CRS,
    )
    return Borders(countries, boundaries)


def place(place_id, country, lon, lat, radius_km=3.0, kind=PlaceKind.TOWN, area=None):
    """Make a place; with an area where one is given."""
    return Place(
        place_id=place_id,
        name=place_id,
        name_ar="",
        kind=kind,
        country=country,
        lon=lon,
        lat=lat,
        radius_km=radius_km,
        shape=None if area is None else Shape("made", True, area.__geo_interface__),  # noqa: FBT003
    )


def post(place_id, country, lon, lat, radius_km=3.0):
    """Make a crossing."""
    return place(place_id, country, lon, lat, radius_km, PlaceKind.CROSSING)
