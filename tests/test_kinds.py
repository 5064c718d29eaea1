"""Kind words: what a name says its place is, in several languages."""

import pytest

from geo.kinds import akin, bare, stem
from geo.places import PlaceKind as Kind
from geo.toponyms import fold

STEMS = [
    ("Toledo", "Toledo", set()),
    ("Toledo Province", "Toledo", {Kind.GOVERNORATE}),
    ("province of Toledo", "Toledo", {Kind.GOVERNORATE}),
    ("Provincia de Toledo", "Toledo", {Kind.GOVERNORATE}),
    ("Toledo border crossing", "Toledo", {Kind.CROSSING}),
    ("Toledo military air base", "Toledo", {Kind.BASE}),
    ("the Toledo river", "Toledo", {Kind.RIVER}),
    ("محافظة حلب", "حلب", {Kind.GOVERNORATE}),
    ("مخيم حلب", "حلب", {Kind.CAMP}),
    ("Харківська область", "Харківська", {Kind.GOVERNORATE}),
    ("province", "province", set()),
    ("City", "City", set()),
    ("", "", set()),
]


@pytest.mark.parametrize(("name", "key", "kinds"), STEMS)
def test_a_name_is_its_stem_and_the_kinds_it_says(name, key, kinds):
    """Kind words at either end fall, and one word always stays."""
    assert stem(name) == (fold(key), kinds)


def test_orders_of_divisions_are_mixed_up_and_nothing_else():
    """What one source calls a province another calls a district or a region; a crossing stays a crossing."""
    assert akin({Kind.GOVERNORATE}) == {Kind.GOVERNORATE, Kind.DISTRICT, Kind.REGION}
    assert akin({Kind.CROSSING}) == {Kind.CROSSING}
    assert akin({Kind.REGION}) == {Kind.REGION}
    assert akin(()) == frozenset()


BARE = [
    ("Province of Toledo", "toledo"),
    ("Coen Airport", "coen"),
    ("Khon Kaen Province", "khon kaen"),
    ("City", "city"),
]


@pytest.mark.parametrize(("name", "plain"), BARE)
def test_a_name_is_bared_of_its_kind_words_and_else_stays(name, plain):
    """Without its kind words a name is as plain as with them, and no letter is folded."""
    assert bare(name) == plain
