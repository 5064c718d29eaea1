"""Records of one place in two gazetteers, and which stands for both."""

from dataclasses import replace

import pytest

from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind
from geo.records import as_curated, kilometres, same_place

TOWN = Place("toledo", "Toledo", "", PlaceKind.TOWN, "XA", -4.0, 39.9, 9, ("Tolède",), geonames_id="1")
PROVINCE = Place("toledo-province", "Toledo Province", "", PlaceKind.GOVERNORATE, "XA", -4.2, 39.8, 80)
BASE = Place("getafe", "Getafe air base", "", PlaceKind.BASE, "XA", -3.7, 40.3, 3)
COUNTRY = Place("xanthia", "Xanthia", "", PlaceKind.COUNTRY, "XA", -4, 40, 400)
GAZETTEER = Gazetteer({place.place_id: place for place in (TOWN, PROVINCE, BASE, COUNTRY)})


def other(place, **said):
    """Make the record of a place in another gazetteer, under another id."""
    return replace(place, place_id="other", **({"aliases": (), "geonames_id": ""} | said))


CURATED = {
    "the same GeoNames id": (other(TOWN, geonames_id="1", name="Toletum", lon=-4.5), TOWN),
    "its name near it": (other(TOWN, lon=-4.05), TOWN),
    "another of its names": (other(TOWN, name="Tolede"), TOWN),
    "its name far away": (other(TOWN, lon=-83.5), None),
    "its name as another kind": (other(TOWN, kind=PlaceKind.SITE), None),
    "another name near it": (other(TOWN, name="Cobisa"), None),
    "a division by its bare name": (other(PROVINCE, name="Toledo", lon=-4.9), PROVINCE),
    "a base by its bare name": (other(BASE, name="Getafe"), BASE),
    "a country by its code": (other(COUNTRY, lon=9), COUNTRY),
    "a country of another code": (other(COUNTRY, country="XB"), None),
}


@pytest.mark.parametrize(("place", "curated"), CURATED.values(), ids=CURATED.keys())
def test_the_curated_record_of_a_place_stands_for_it(place, curated):
    """A record is the curated one of its GeoNames id, or of its kind, name and position; else it stays what it is."""
    assert as_curated(place, GAZETTEER) == (curated or place)


def test_an_order_of_divisions_is_mixed_up_with_another():
    """A province here and a district there are one place where they lie together; a town and a base are not."""
    assert same_place(PROVINCE, other(PROVINCE, kind=PlaceKind.DISTRICT))
    assert not same_place(TOWN, other(TOWN, kind=PlaceKind.BASE))


def test_a_distance_is_the_shorter_way_round():
    """Two points on both sides of the 180th meridian are near each other."""
    assert kilometres(replace(TOWN, lon=179.9), replace(TOWN, lon=-179.9)) == pytest.approx(17.1, abs=0.1)
