"""The small map of a claim: its ground, and names that are told once."""

from geo.gazetteer import Gazetteer
from geo.geocode import Offline
from layers.smallmap import drawn


def place(name):
    """Find a place of the shipped gazetteer."""
    return Offline(Gazetteer.read()).geocode([name])[0].place


def test_a_town_that_is_the_claims_own_place_is_named_once():
    """The basemap's name of it, in whatever spelling, is left out; its neighbours stay."""
    told = drawn({"place": place("Narva")})
    own = told["places"]["place"]
    near = [
        label
        for label in told["labels"]
        if label["kind"] == "town" and abs(label["x"] - own["x"]) + abs(label["y"] - own["y"]) < 12
    ]
    assert near == []
    assert any(label["kind"] == "town" for label in told["labels"])
