"""Places as a table of where they are: outlines where there are any, else points."""

import shapely

from geo.areas import areas_of
from geo.places import Place, PlaceKind

PORTUGAL = Place("p", "Portugal", "البرتغال", PlaceKind.COUNTRY, "PT", -8.2, 39.6, 170)
NOWHERE = Place("n", "Nowhere", "", PlaceKind.COUNTRY, "XX", -20.0, 39.0, 100)
ELVAS = Place("e", "Elvas", "", PlaceKind.TOWN, "PT", -7.163, 38.881, 3)


def test_a_country_that_brings_no_outline_has_the_basemaps():
    """A town at the edge of a long country is in it, and one over the frontier is not."""
    area = areas_of([PORTUGAL]).loc["p", "geometry"]
    assert area.contains(shapely.Point(-8.84, 41.70))
    assert not area.contains(shapely.Point(-6.97, 38.88))


def test_what_the_basemap_does_not_draw_is_a_point():
    """A country of no code and a town stay the point that they are listed with."""
    areas = areas_of([NOWHERE, ELVAS])
    assert list(areas["geometry"].map(lambda geometry: geometry.geom_type)) == ["Point", "Point"]
