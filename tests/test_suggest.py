"""Which claims are suggested as one event."""

import datetime as dt

import pandas as pd
import pytest

from claims.model import Kind
from claims.suggest import Happening, kin_of, suggested
from geo.places import Place, PlaceKind


def place(name, lon, lat, kind=PlaceKind.TOWN, radius_km=5.0, country="XX"):
    """Make up a place."""
    return Place(name, name, "", kind, country, lon, lat, radius_km)


TOWN = place("town", 10.0, 10.0)
NEAR = place("near", 10.1, 10.0)
FAR = place("far", 15.0, 10.0)
COUNTRY = place("country", 10.0, 10.0, PlaceKind.COUNTRY, 300.0)


def claim(*places, kind=Kind.CROSSING, actors=(), days=(3, 3), heading=("", "")):
    """Make up a claim of May 2023."""
    low, high = (day and dt.date(2023, 5, day) for day in days)
    return Happening(kind, frozenset(actors), places or (TOWN,), low, high, heading)


@pytest.mark.parametrize(
    ("other", "one"),
    [
        (claim(NEAR), True),
        (claim(FAR), False),
        (claim(days=(3, 6)), True),
        (claim(days=(4, 6)), False),
        (claim(days=(None, None)), False),
        (claim(days=(None, 3)), False),
        (claim(kind=Kind.CLOSURE), False),
        (claim(kind=Kind.WITHDRAWAL), False),
        (claim(kind=Kind.WITHDRAWAL, heading=("XX", "YY")), True),
        (claim(actors=["navy"]), False),
        (claim(actors=["brigade"]), True),
        (claim(TOWN, COUNTRY, heading=("YY", "XX")), False),
        (claim(heading=("", "XX")), False),
        (claim(heading=("XX", "")), True),
    ],
    ids=[
        "near",
        "far",
        "longer",
        "later",
        "undated",
        "ever",
        "another kind",
        "left",
        "left by the same way",
        "others",
        "part",
        "back",
        "to where it began",
        "from there",
    ],
)
def test_claims_of_one_happening_are_put_together(other, one):
    """Same kind, related actors, near places, overlapping days and the same way make one event."""
    first = claim(actors=["army"], heading=("XX", "YY"))
    kin = {"brigade": frozenset({"brigade", "army"})}
    groups = suggested([first, other], kin)
    assert (groups[0] == groups[1]) is one


def test_groups_are_numbered_in_the_order_of_their_first_claims():
    """A third claim joins the first's group though a second stands between them."""
    assert suggested([claim(TOWN), claim(FAR), claim(NEAR)]) == [0, 1, 0]


def test_no_claims_make_no_groups():
    """Without claims there is nothing to group."""
    assert suggested([]) == []


def test_actors_are_related_by_the_larger_ones_and_the_side_they_belong_to():
    """A brigade of an army is kin to the army, and to all of its side."""
    rows = [("brigade", "army", "red"), ("army", "", "red"), ("guard", "", "red"), ("navy", "", "blue")]
    kin = kin_of(pd.DataFrame(rows, columns=["actor", "parent", "side"]))
    related = [other for other in kin if not kin["brigade"].isdisjoint(kin[other])]
    assert related == ["brigade", "army", "guard"]
