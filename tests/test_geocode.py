import pytest

from geo.gazetteer import Gazetteer, Place, PlaceKind
from geo.geocode import geocode


def place(place_id, kind, *spellings, country="XA"):
    """Make a place of some spellings."""
    name, *aliases = spellings
    return place_id, Place(place_id, name, "", PlaceKind(kind), country, 10, 50, 5, tuple(aliases))


GAZETTEER = Gazetteer(
    dict(
        [
            place("town", "town", "Al-Qaim", "القائم", "Qaim"),
            place("gate", "crossing", "Al-Qaim crossing", "معبر القائم"),
            place("zor", "town", "Deir ez-Zor", "دير الزور"),
            place("zor-gov", "governorate", "Deir ez-Zor Governorate", "محافظة دير الزور"),
            place("sadr", "district", "Sadr City"),
            place("t4", "base", "T-4 (Tiyas) airbase", "T4"),
            place("roj", "camp", "Roj camp"),
            place("walid-south", "crossing", "Al-Walid crossing", country="XA"),
            place("walid-north", "crossing", "Al-Walid crossing", "Sahela", country="XB"),
            place("river", "river", "Great River", country=""),
        ]
    )
)

FOUND = [
    ("Al-Qaim", "town", "exact"),
    (" Al-Qaim ", "town", "exact"),
    ("القائم", "town", "exact"),
    ("al Qa'im", "town", "folded"),
    ("Al-Qaim crossing", "gate", "exact"),
    ("al-Qaim border crossing", "gate", "kind"),
    ("the border gate of al-Qaim", "gate", "kind"),
    ("منفذ القائم الحدودي", "gate", "kind"),
    ("Deir Ezzor", "zor", "folded"),
    ("Deir Ezzor province", "zor-gov", "kind"),
    ("province of Deir ez-Zor", "zor-gov", "kind"),
    ("city of Deir ez-Zor", "zor", "kind"),
    ("مدينة دير الزور", "zor", "kind"),
    ("Sadr City", "sadr", "exact"),
    ("T-4", "t4", "folded"),
    ("T4 military air base", "t4", "kind"),
    ("Camp Roj", "roj", "kind"),
    ("Roj refugee camp", "roj", "kind"),
]

NOT_FOUND = [
    ("Al-Walid crossing", "ambiguous", ["walid-south", "walid-north"]),
    ("al Waleed border crossing", "ambiguous", ["walid-south", "walid-north"]),
    ("Deir ez-Zor crossing", "other kind", ["zor", "zor-gov"]),
    ("Sadr town", "other kind", ["sadr"]),
    ("Atlantis", "unknown", []),
    ("crossing", "unknown", []),
    ("", "unknown", []),
    ("---", "unknown", []),
]


@pytest.mark.parametrize(("toponym", "place_id", "how"), FOUND)
def test_a_toponym_finds_its_place(toponym, place_id, how):
    """The spelling as listed comes first, then a folded one, then the kind that the name says."""
    match = geocode(toponym, GAZETTEER)
    assert match.place is GAZETTEER[place_id]
    assert match.how == how
    assert match.candidates == (match.place,)


@pytest.mark.parametrize(("toponym", "how", "candidates"), NOT_FOUND)
def test_what_the_name_does_not_decide_has_no_place(toponym, how, candidates):
    """Ambiguous, of another kind and unknown are results; none is a guess."""
    match = geocode(toponym, GAZETTEER)
    assert match.place is None
    assert match.how == how
    assert [each.place_id for each in match.candidates] == candidates


def test_a_country_decides_between_places_of_one_name():
    """Asked for one country, only its places and such as lie in several are candidates."""
    assert geocode("Al-Walid crossing", GAZETTEER, countries={"XB"}).place is GAZETTEER["walid-north"]
    assert geocode("Great River", GAZETTEER, countries={"XB"}).place is GAZETTEER["river"]
    assert geocode("Al-Qaim", GAZETTEER, countries={"XB"}).place is None


def test_kinds_narrow_the_candidates():
    """Asked for some kinds, a place of another kind is not given."""
    assert geocode("Al-Qaim", GAZETTEER, kinds={PlaceKind.CROSSING}).place is None
    assert geocode("Deir ez-Zor", GAZETTEER, kinds={PlaceKind.TOWN}).place is GAZETTEER["zor"]


def test_a_spelling_of_the_other_kind_only_does_not_leak_through_folding():
    """The town's bare name never gives the crossing."""
    for spelling in ("Al-Qaim", "AL QAIM", "Qaim", "qa'im"):
        assert geocode(spelling, GAZETTEER).place is GAZETTEER["town"]
