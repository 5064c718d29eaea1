"""The names on the map: each place once, the important ones first, in the gazetteer's spelling."""

from dataclasses import replace

import pandas as pd
import pytest

from claims.shipped import shipped
from claims.tables import read_with_places
from geo.basemap import FOLDER, clip, read
from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind
from geo.toponyms import fold
from geo.world import world
from layers.names import USED_ZOOM, names_on_map
from layers.page import MARGIN


@pytest.fixture(scope="module")
def alentejo():
    """Give the basemap around the frontier at Elvas."""
    return clip(-8.5, 38.0, -6.0, 39.5, margin=0.0)


@pytest.fixture(scope="module")
def labels(alentejo, iberia):
    """Give the names on that map, where Elvas is spoken of."""
    return names_on_map(alentejo, iberia, {"elvas"})


def named(labels, text):
    """Find the labels of a text."""
    return [label for label in labels if label["text"] == text]


def test_a_label_says_where_how_and_from_when(labels):
    """Each label has its text in two scripts, its position within reach of the view, its style and first zoom."""
    assert labels
    for label in labels:
        assert set(label) - {"until"} == {"text", "text_ar", "lon", "lat", "style", "zoom"}
        assert label["text"]
        assert -180 <= label["lon"] <= 180
        assert 0 < label["zoom"] < 13


def test_a_place_of_the_gazetteer_is_named_in_its_spelling(labels):
    """A town of both the gazetteer and the basemap is one label, with the gazetteer's Arabic name."""
    towns = [label for label in labels if label["style"] in {"city", "town"}]
    (badajoz,) = named(towns, "Badajoz")
    assert (badajoz["text_ar"], badajoz["lon"], badajoz["lat"]) == ("باداخوث", -6.97, 38.879)
    (evora,) = named(towns, "Évora")
    assert not named(towns, "Evora")
    assert evora["lon"] == -7.909


def test_what_the_collection_speaks_of_is_named_early(labels):
    """A small town that events name is lettered before another of its size."""
    (elvas,) = named(labels, "Elvas")
    (caia,) = named(labels, "Caia")
    assert elvas["zoom"] <= USED_ZOOM < caia["zoom"]
    assert caia["style"] == "crossing"


def test_areas_and_far_places_are_not_named_as_towns(labels):
    """Regions, roads and places out of view are no labels of the gazetteer's."""
    for text in ("Alentejo region", "Iberia", "N4", "Madrid", "Galicia"):
        assert not named(labels, text)


def test_countries_rivers_and_divisions_are_named(labels):
    """The basemap's own names are there in their styles, a river once."""
    styles = {label["style"] for label in labels}
    assert {"country", "division"} <= styles
    rivers = [label["text"] for label in labels if label["style"] == "river"]
    assert len(rivers) == len(set(rivers))
    assert [label["style"] for label in named(labels, "Portugal")] == ["country"]


def test_a_town_of_the_same_name_elsewhere_is_another(alentejo):
    """A populated place is a gazetteer's town only where it lies at the same place."""
    away = Place("badajoz", "Badajoz", "", PlaceKind.TOWN, "ES", -8.2, 39.3, 3)
    found = named(names_on_map(alentejo, Gazetteer({"badajoz": away}), set()), "Badajoz")
    towns = sorted(label["lon"] for label in found if label["style"] in {"city", "town"})
    assert towns == [-8.2, pytest.approx(-6.97, abs=0.05)]


def test_the_order_is_the_same_each_time(alentejo, iberia, labels):
    """Labels come in an order that depends on nothing but the data."""
    assert names_on_map(alentejo, iberia, {"elvas"}) == labels


def test_a_division_is_named_as_the_gazetteer_has_it(alentejo):
    """A division that the gazetteer knows has its names there, without the word for what it is."""
    district = Place(
        "d", "Pax Julia District", "بيجا", PlaceKind.GOVERNORATE, "PT", -7.9, 37.9, 60, ("Beja",)
    )
    other = replace(district, place_id="o", country="ES", name="Beja elsewhere")
    labels = names_on_map(alentejo, Gazetteer({"d": district, "o": other}), set())
    divisions = {label["text"]: label["text_ar"] for label in labels if label["style"] == "division"}
    assert divisions["Pax Julia"] == "بيجا"
    assert not divisions.keys() & {"Beja", "Beja elsewhere"}


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_map_has_arabic_names_for_all_it_shows(name):
    """No name of a shipped collection's own view stands in English on its Arabic map."""
    collection, gazetteer = read_with_places(shipped()[name])
    west, south, east, north = collection.facts.view
    labels = names_on_map(clip(west, south, east, north, margin=MARGIN, shore=False), gazetteer, set())
    shown = [label for label in labels if west <= label["lon"] <= east and south <= label["lat"] <= north]
    assert shown
    assert [label["text"] for label in shown if not label["text_ar"]] == []


NEAR = 0.15
"""Degrees, some 15 km: within so much two lists mean one town."""


def test_the_basemap_spells_a_town_as_the_gazetteer_does():
    """What place_names.csv calls a town is a spelling of a place there, of ours or of the world's gazetteer."""
    names = pd.read_csv(FOLDER / "place_names.csv", keep_default_na=False)
    names = names[names["name"] != names["natural_earth"]].drop_duplicates(["country", "name"])
    places = pd.DataFrame(
        read("places", columns=["country", "name", "name_ar"]).assign(
            lon=lambda frame: frame.geometry.x, lat=lambda frame: frame.geometry.y
        )
    )
    found = names.merge(places, on=["country", "name", "name_ar"])
    assert len(found) == len(names)
    ours = list(Gazetteer.read())
    lost = []
    for row in found.itertuples():
        key = fold(row.name)
        known = [place for place in ours if key in map(fold, place.spellings)]
        known += [world().place(named.row) for named in world().spelled(key)]
        if not any(abs(place.lon - row.lon) < NEAR and abs(place.lat - row.lat) < NEAR for place in known):
            lost.append(row.name)
    assert lost == []
