"""The shipped world gazetteer: whole, in place, and made by today's rules of spelling."""

import itertools
from collections import Counter

import numpy as np
import pytest

from geo.countries import country_codes
from geo.frontier import countries_of
from geo.gazetteer import Gazetteer
from geo.geocode import Offline
from geo.places import PlaceKind
from geo.toponyms import fold
from geo.world import FILE, PREFIXES, world
from geo.worldfile import OTHER_STEM, STEM

SAMPLE = 997  # every such name or place


@pytest.fixture(scope="module")
def shipped():
    """Give the shipped world gazetteer."""
    return world()


@pytest.fixture(scope="module")
def geocoder():
    """Give the geocoder of the world gazetteer alone."""
    return Offline(Gazetteer({}))


def test_its_names_are_folded_by_todays_rules(shipped):
    """After a change of the rules of spelling the file must be made again (scripts/build_gazetteer_world.py)."""
    names = [shipped._named(row) for row in range(0, len(shipped._folded), SAMPLE)]
    keys = [shipped._folded[row] for row in range(0, len(shipped._folded), SAMPLE)]
    apart = [
        each.plain
        for each, key in zip(names, keys, strict=True)
        if each.flag not in (STEM, OTHER_STEM) and fold(each.plain) != key
    ]
    # A few names lose their word boundaries when they are written plainly.
    assert len(apart) <= len(names) / 200, apart


def test_its_columns_are_sorted_for_searching(shipped):
    """Ids are sorted and each stands once; folded names are sorted."""
    ids = shipped._columns["place_id"].to_pylist()
    assert all(one < other for one, other in itertools.pairwise(ids))
    assert all(place_id.startswith(PREFIXES) for place_id in ids)
    folded = list(shipped._folded)
    assert all(one <= other for one, other in itertools.pairwise(folded))


def test_its_places_are_on_earth_and_of_known_kinds_and_countries(shipped):
    """Every position, radius, kind and country code is one."""
    column = {name: values.to_numpy(zero_copy_only=False) for name, values in shipped._columns.items()}
    assert np.abs(column["lon"]).max() <= 180e4
    assert np.abs(column["lat"]).max() <= 90e4
    assert (column["radius_km"] > 0).all()
    assert set(column["kind"]) <= set(PlaceKind)
    codes = sorted(set(column["country"]) - {""})
    assert list(country_codes(",".join(codes))) == codes


def test_its_places_lie_in_their_countries(shipped):
    """Nearly all of a sample of towns lie in the country that they say, by the basemap."""
    rows = [row for row in range(0, len(shipped), 101) if shipped.said("kind", row) == "town"]
    points = np.array([(shipped.said("lon", row) / 1e4, shipped.said("lat", row) / 1e4) for row in rows])
    said = np.array([shipped.said("country", row) for row in rows])
    assert (countries_of(points) == said).mean() > 0.97


def test_it_holds_every_kind_that_reports_name(shipped):
    """Towns, divisions, countries, regions, airports and bases, crossings, camps and rivers are in it."""
    counts = Counter(shipped._columns["kind"].to_pylist())
    assert counts["town"] > 200_000
    assert counts["governorate"] > 3_000
    assert counts["district"] > 30_000
    assert counts["country"] > 240
    assert min(counts[kind] for kind in ("region", "base", "crossing", "camp", "site", "river")) > 40


SCRIPTS = [
    ("Варшава", "PL"),
    ("Αθήνα", "GR"),
    ("東京", "JP"),
    ("القاهرة", "EG"),
    ("תל אביב", "IL"),
    ("ქუთაისი", "GE"),
    ("서울", "KR"),
    ("Şanlıurfa", "TR"),  # noqa: RUF001 - its own letters
    ("Hewlêr", "IQ"),
    ("Łódź", "PL"),
    ("Nuremberg", "DE"),
]


@pytest.mark.parametrize(("toponym", "country"), SCRIPTS)
def test_a_town_is_found_in_its_own_script(geocoder, toponym, country):
    """A town is known by its name in its own letters, and by its English one."""
    (match,) = geocoder.geocode([toponym])
    assert match.place is not None
    assert (match.place.kind, match.place.country) == ("town", country)


CONTEXTS = [
    (["Tripoli", "Benghazi", "Misrata"], "LY"),
    (["Tripoli", "Beirut", "Sidon"], "LB"),
    (["Cordoba", "Rosario", "Mendoza"], "AR"),
    (["Cordoba", "Seville", "Granada"], "ES"),
    (["Georgia", "Tbilisi", "Batumi"], "GE"),
    (["Georgia", "Alabama", "Atlanta"], "US"),
    (["Birmingham", "Alabama"], "US"),
    (["Birmingham", "Coventry"], "GB"),
    (["Valencia", "Caracas", "Maracaibo"], "VE"),
    (["Hyderabad", "Karachi", "Sindh"], "PK"),
    (["Hyderabad", "Telangana"], "IN"),
    (["Nice", "Marseille"], "FR"),
    (["Moscow", "Idaho"], "US"),
    (["Naples", "Florida", "Miami"], "US"),
    (["San Jose", "Costa Rica"], "CR"),
    (["Melbourne", "Orlando", "Florida"], "US"),
    (["Vienna", "Virginia"], "US"),
    (["Santiago", "Valparaíso"], "CL"),
]


@pytest.mark.parametrize(("toponyms", "country"), CONTEXTS, ids=str)
def test_the_rest_of_a_document_chooses_among_towns_of_one_name(geocoder, toponyms, country):
    """The first name is the place in the country that the others are about."""
    place = geocoder.geocode(toponyms)[0].place
    assert place is not None
    assert place.country == country


BY_THEMSELVES = [
    ("Benghazi", "LY"),
    ("Philadelphia", "US"),
    ("Phoenix", "US"),
    ("Poole", "GB"),
    ("Franca", "BR"),
    ("Natal", "BR"),
    ("Peshawer", "PK"),
    ("Ciudad Juares", "MX"),
    ("Cairo", "EG"),
    ("Kyiv", "UA"),
    ("Mykolaiv", "UA"),
]


@pytest.mark.parametrize(("toponym", "country"), BY_THEMSELVES)
def test_a_town_is_meant_before_what_bears_its_name_in_other_tongues(geocoder, toponym, country):
    """By itself a name is that of the town that is called so, not of a country or capital once or elsewhere called so."""
    place = geocoder.geocode([toponym])[0].place
    assert place is not None
    assert (place.kind, place.country) == ("town", country)


@pytest.mark.parametrize("toponym", ["Georgia", "Washington", "Springfield", "Saint Paul"])
def test_a_name_of_several_well_known_places_is_ambiguous(geocoder, toponym):
    """Where any reader would ask which, no place is given, and the candidates are."""
    (match,) = geocoder.geocode([toponym])
    assert (match.place, match.how) == (None, "ambiguous")
    assert len(match.candidates) > 1


@pytest.mark.parametrize(
    "toponym", ["north", "the camp", "none", "Monday", "river", "crossing", "Amman, Syria", "Kabul, Herat"]
)
def test_what_names_no_place_has_none(geocoder, toponym):
    """Kind words, directions, days and pairs that contradict each other are unknown."""
    assert geocoder.geocode([toponym])[0].place is None


@pytest.mark.parametrize(
    ("toponyms", "countries"),
    [
        (["Tine", "Khartoum", "Omdurman", "El Geneina", "N'Djamena"], ()),
        (["Tine"], ("SD", "TD")),
        (["Mese"], ("MM",)),
    ],
)
def test_a_village_far_from_all_that_a_document_is_about_is_unlikely(geocoder, toponyms, countries):
    """The only place of a name is not given where it lies in none of the countries that the document is about."""
    match = geocoder.geocode(toponyms, countries=countries)[0]
    assert (match.place, match.how) == (None, "unlikely")


def test_it_is_small_enough_to_ship():
    """The file is under 25 MB."""
    assert FILE.stat().st_size < 25e6
