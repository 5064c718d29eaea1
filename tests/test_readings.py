"""Readings: a toponym as a name, as a name within another, or as a phrase around names."""

import pytest

from geo.candidates import Candidate
from geo.matches import How
from geo.places import Place, PlaceKind
from geo.readings import read


def candidate(name, kind="town", country="XA", division="XA"):
    """Make a candidate that bears a name."""
    at = (0.0, 50.0) if country == "XA" else (90.0, 10.0)
    return Candidate(Place(name, name, "", PlaceKind(kind), country, *at, 5.0), How.EXACT, 5.0, division)


KNOWN = {
    "Toledo": [candidate("Toledo", division="XA.OH"), candidate("Toledo", country="XB", division="XB.CM")],
    "Ohio": [candidate("Ohio", "governorate", division="XA.OH")],
    "Xanthia": [candidate("Xanthia", "country")],
    "North Xanthia": [candidate("North Xanthia", "country", "XN", "XN")],
    "Akron": [candidate("Akron", division="XA.OH")],
    "Port, Isle of": [candidate("Port, Isle of")],
    "Jordan": [candidate("Jordan", "country"), candidate("Jordan", "river", "")],
}

READ = [
    ("Toledo", ["Toledo"], None),
    ("Atlantis", ["Atlantis"], None),
    ("Toledo, Ohio", ["Toledo, Ohio", "Ohio"], None),
    ("Toledo,Ohio", ["Toledo, Ohio", "Ohio"], None),
    ("Toledo (Xanthia)", ["Toledo, Xanthia", "Xanthia"], None),
    ("Toledo، Xanthia", ["Toledo, Xanthia", "Xanthia"], None),
    ("Port, Isle of", ["Port, Isle of"], None),
    ("Toledo, Atlantis", ["Toledo, Atlantis"], None),
    ("North Xanthia", ["North Xanthia"], None),
    ("northern Ohio", ["Ohio"], "part"),
    ("south of Akron", ["Akron"], "of"),
    ("between Akron and Toledo", ["Akron", "Toledo"], "between"),
    ("from Toledo to Akron", ["Toledo", "Akron"], "route"),
    ("near Atlantis", ["near Atlantis"], None),
]


@pytest.mark.parametrize(("toponym", "names", "relation"), READ)
def test_a_toponym_is_read_by_what_is_known(toponym, names, relation):
    """A known name is never taken apart; a pair or a phrase is one only if all its names are known."""
    reading = read(toponym, lambda name: KNOWN.get(name, []))
    assert [name for name, _ in reading.names] == names
    assert (reading.phrase and reading.phrase.relation) == relation


def test_the_first_of_a_pair_keeps_only_the_places_in_the_second():
    """Of two Toledos the one in Ohio stays."""
    ((_, candidates), _) = read("Toledo, Ohio", lambda name: KNOWN.get(name, [])).names
    assert [candidate.division for candidate in candidates] == ["XA.OH"]


def test_a_name_that_a_phrase_narrows_is_not_the_bare_name():
    """The Jordan that has a bank is the river, and is told apart from a Jordan that may be the country."""
    ((banked, rivers),) = read("the western bank of the Jordan", lambda name: KNOWN.get(name, [])).names
    assert [candidate.place.kind for candidate in rivers] == ["river"]
    assert banked != "Jordan"
