"""How sure a place is: by the kind and outline of the place, by the claim's precision, and by what a movement is known of."""

import numpy as np
import pytest
from collections_made import PLACES, collection_of

from claims.model import ROLES
from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind, Shape
from layers.certainty import CERTAINTIES
from layers.ends import ends_of
from layers.frames import places_frame
from layers.layers import layers_of
from layers.marks import marks_of

STRIP = Shape(
    "drawn",
    schematic=True,
    geojson={
        "type": "Polygon",
        "coordinates": [[[-7.1, 38.0], [-7.0, 38.0], [-7.0, 40.0], [-7.1, 40.0], [-7.1, 38.0]]],
    },
)
MORE = (
    Place("old-town", "Old town", "", PlaceKind.REGION, "PT", -7.16, 38.88, 1),
    Place("border", "The border", "", PlaceKind.REGION, "", -7.05, 39.0, 111, shape=STRIP),
    Place("camp", "A camp", "", PlaceKind.CAMP, "PT", -7.2, 38.8, 1),
)


@pytest.fixture(scope="module")
def places():
    """Give the made-up gazetteer with a quarter, a strip along the border, a camp, and what phrases tell."""
    gazetteer = Gazetteer({place.place_id: place for place in (*PLACES, *MORE)})
    return gazetteer.holding(["around:elvas", "northern:alentejo", "route:elvas:badajoz"])


STANDING = [
    # the place, geo_precision, how sure
    ("", 1, ""),
    ("spain", 3, ""),
    ("caia", 1, "gate"),
    ("caia", 2, "near"),
    ("elvas", 1, "place"),
    ("camp", 1, "place"),
    ("old-town", 1, "place"),
    ("elvas", 2, "near"),
    ("elvas", None, "near"),
    ("elvas", 3, "region"),
    ("around:elvas", 2, "near"),
    ("around:elvas", 3, "region"),
    ("n4", 1, "stretch"),
    ("n4", 3, "stretch"),
    ("border", 3, "stretch"),
    ("route:elvas:badajoz", 2, "stretch"),
    ("alentejo", 3, "region"),
    ("alentejo", 2, "region"),
    ("northern:alentejo", 3, "region"),
    ("iberia", 3, "region"),
]
MOVING = [
    # origin, gate, destination, geo_precision, how sure
    ("elvas", "caia", "badajoz", 1, "gate"),
    ("", "caia", "", 1, "gate"),
    ("portugal", "caia", "spain", 1, "gate"),
    ("portugal", "caia", "spain", 2, "near"),
    ("portugal", "caia", "spain", 3, "region"),
    ("elvas", "", "badajoz", 1, "place"),
    ("elvas", "", "badajoz", 2, "near"),
    ("alentejo", "", "badajoz", 1, "place"),
    ("portugal", "", "badajoz", 1, "place"),
    ("portugal", "", "badajoz", 2, "near"),
    ("portugal", "", "madrid", 1, "side"),
    ("alentejo", "", "extremadura", 3, "region"),
    ("portugal", "", "extremadura", 3, "region"),
    ("portugal", "", "spain", 3, "side"),
    ("border", "", "", 3, "stretch"),
    ("elvas", "", "", 1, "place"),
    ("portugal", "", "", 3, ""),
]
CASES = [
    *(("deployment", "", "", "", *case) for case in STANDING),
    *(("crossing", origin, gate, end, "", *case) for origin, gate, end, *case in MOVING),
]


@pytest.fixture(scope="module")
def found(places):
    """Give how sure each case is, all drawn in one go."""
    frame = places_frame(places)
    rows = {
        "kind": [case[0] for case in CASES],
        "geo_precision": [case[5] for case in CASES],
        "route_id": [""] * len(CASES),
    }
    for number, role in enumerate(("origin", "crossing", "destination", "place"), start=1):
        rows[f"{role}_id"] = [case[number] for case in CASES]
    assert {f"{role}_id" for role in ROLES} < rows.keys()
    events = frame.iloc[:0].reindex(range(len(CASES))).assign(**rows)
    return np.array(CERTAINTIES)[marks_of(ends_of(events, frame), frame, places).certainty]


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: " ".join(map(str, CASES[number])))
def test_a_mark_is_as_sure_as_what_is_known_of_its_place(found, number):
    """What stands is as sure as its place, a movement as its gate, else as its surer end, else as its stretch of frontier."""
    assert found[number] == CASES[number][-1]


def test_layers_say_how_sure_each_place_is(tmp_path, iberia):
    """The word stands in each layer, from which it goes into every export."""
    claims = (
        {"crossing_id": "caia", "origin_id": "elvas", "destination_id": "badajoz", "geo_precision": "1"},
    )
    layers = layers_of(collection_of(tmp_path, iberia, claims=claims), iberia)
    assert layers["crossings"]["certainty"].tolist() == ["gate"]


def test_the_shipped_collection_is_unsure_in_many_ways(real_layers):
    """At least five of the six steps occur, so that the legend has something to explain."""
    assert len(set().union(*(layer["certainty"] for layer in real_layers.values())) - {""}) >= 5
