"""The layers as frames: documented columns, one row an event, and what has no place is kept without one."""

import numpy as np
import pandas as pd
import pytest
import shapely
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.model import CONTEXT_KINDS, LAYERS, ROLES, Kind
from geo.places import PlaceKind
from layers.frames import COLUMNS, places_frame
from layers.layers import layers_of
from layers.told import SHOWN

KINDS = {
    "crossings": {Kind.CROSSING},
    "withdrawals": {Kind.WITHDRAWAL},
    "deployments": {Kind.DEPLOYMENT},
    "context": set(CONTEXT_KINDS),
}


def kinds_of(layer):
    """Name the geometry of each row, None where there is none."""
    return [None if geometry is None else geometry.geom_type for geometry in layer.geometry]


def layer_of(folder, iberia, kind, *claims):
    """Make a layer of events of one claim each."""
    events = tuple({"event_id": f"e{number}", "kind": kind} for number in range(1, len(claims) + 1))
    rows = [
        {"event_id": event["event_id"], "kind": kind, **claim}
        for event, claim in zip(events, claims, strict=True)
    ]
    layers = layers_of(collection_of(folder, iberia, events=events, claims=rows), iberia)
    return next(layer for name, layer in layers.items() if kind in KINDS[name])


def test_layers_have_their_documented_columns(real_layers):
    """Each layer is a frame of EPSG:4326 with the columns of COLUMNS in order, by event_id."""
    assert tuple(real_layers) == tuple(LAYERS) == tuple(SHOWN)
    for layer in real_layers.values():
        assert list(layer.columns) == list(COLUMNS)
        assert layer.crs == "EPSG:4326"
        assert layer.index.name == "event_id"
        assert layer.index.is_unique
        assert layer["date_start"].dtype == "datetime64[s]"
        assert layer["count_low"].dtype == "float64"
        assert layer["stub_from"].dtype == bool


def test_each_event_is_in_the_layer_of_its_kind(real, real_layers):
    """Every event of the collection is in one layer, none is dropped."""
    for name, layer in real_layers.items():
        assert set(layer["kind"]) <= KINDS[name]
    ids = [event_id for layer in real_layers.values() for event_id in layer.index]
    assert sorted(ids) == sorted(real.events["event_id"])


def test_positions_are_lon_lat_and_within_the_view(real, real_layers):
    """Every movement's line of the shipped collection meets its view, which fails where lon and lat are swapped."""
    west, south, east, north = real.facts.view
    for name in ("crossings", "withdrawals"):
        lines = real_layers[name].geometry
        lines = lines[lines.geom_type.eq("LineString")]
        assert lines.intersects(shapely.box(west, south, east, north)).all()


def test_nothing_stands_at_the_centre_of_a_country(real_layers, gazetteer):
    """No mark of the shipped collection is at the point that the gazetteer has for a country."""
    centres = shapely.multipoints(
        [(place.lon, place.lat) for place in gazetteer if place.kind is PlaceKind.COUNTRY]
    )
    for layer in real_layers.values():
        placed = layer.geometry[layer.geometry.geom_type.isin(["Point", "LineString"])]
        ends = shapely.get_coordinates(placed.to_numpy())
        assert shapely.distance(shapely.points(ends), centres).min() > 0.05


def test_the_crossing_at_al_qaim_holds_both_numbers(real_layers):
    """The crossing of 7 December goes through its gate, and its number is 1,000 and up with both wordings."""
    event = real_layers["crossings"].loc["soldiers-cross-at-al-qaim"]
    assert event["count_low"] == 1000
    assert np.isinf(event["count_high"])
    assert event["disputed_count"] == "differs"
    assert event["count_texts"] == "2,000 or so / More than 1,000"
    assert event["date_start"] == pd.Timestamp("2024-12-07")
    assert len(event.geometry.coords) >= 2


def test_a_movement_is_a_line_through_its_gate(tmp_path, iberia):
    """Origin, gate and destination are the line's points, in that order."""
    layer = layer_of(
        tmp_path, iberia, "crossing", {**FROM_ELVAS, "crossing_id": "caia", **ON_THE_SEVENTH, **ABOUT_2000}
    )
    row = layer.loc["e1"]
    assert [tuple(point) for point in row.geometry.coords] == [
        (-7.163, 38.881),
        (-7.052, 38.885),
        (-6.97, 38.879),
    ]
    assert np.isnan(row["radius_km"])
    assert (row["stub_from"], row["stub_to"], row["stretch"]) == (False, False, None)


def test_a_movement_without_direction_is_a_point_at_the_end_that_is_said(tmp_path, iberia):
    """Where from is not known, the mark is at the place that is known, with its doubt."""
    layer = layer_of(
        tmp_path,
        iberia,
        "withdrawal",
        {"origin_id": "elvas", "geo_precision": "1"},
        {"origin_id": "elvas", "destination_id": "badajoz", "geo_precision": "1"},
        {"origin_id": "portugal", "geo_precision": "3"},
    )
    assert kinds_of(layer) == ["Point", "LineString", None]
    assert layer["radius_km"].tolist()[0] == 3
    assert layer["radius_km"].isna().tolist() == [False, True, True]


STANDING = [
    # the claim, the kind of geometry, radius in km
    ({"place_id": "elvas", "geo_precision": "1"}, "Point", 3),
    ({"place_id": "elvas", "geo_precision": "2"}, "Point", 25),
    ({"place_id": "alentejo", "geo_precision": "3"}, "Polygon", None),
    ({"place_id": "n4", "geo_precision": "2"}, "LineString", None),
    ({"place_id": "iberia", "geo_precision": "3"}, "Point", 450),
    ({"place_id": "portugal", "geo_precision": "3"}, None, None),
    ({"destination_id": "elvas", "origin_id": "badajoz", "geo_precision": "1"}, "Point", 3),
    ({"crossing_id": "caia", "destination_id": "badajoz", "geo_precision": "1"}, "Point", 2),
    ({}, None, None),
]


def test_what_stays_is_drawn_where_it_is_and_as_wide_as_its_doubt(tmp_path, iberia):
    """A town is a point with a radius, an area or a road is itself, and a country or nothing is no place."""
    layer = layer_of(tmp_path, iberia, "deployment", *(claim for claim, *_ in STANDING))
    found = zip(kinds_of(layer), layer["radius_km"], strict=True)
    assert [(kind, None if np.isnan(radius) else radius) for kind, radius in found] == [
        (kind, radius) for _, kind, radius in STANDING
    ]


@pytest.mark.parametrize("kind", ["control_change", "closure", "contact"])
def test_context_stands_as_deployments_do(tmp_path, iberia, kind):
    """The context layer holds its three kinds at their places, and keeps what has none."""
    layer = layer_of(tmp_path, iberia, kind, {"place_id": "elvas", "geo_precision": "1"}, {})
    assert list(layer["kind"]) == [kind, kind]
    assert kinds_of(layer) == ["Point", None]


def test_stubs_and_stretches_reach_the_frame(tmp_path, iberia):
    """A line whose gate is unknown carries the frontier in which it lies, and says which ends are no places."""
    layer = layer_of(
        tmp_path,
        iberia,
        "crossing",
        {"origin_id": "portugal", "destination_id": "spain", "geo_precision": "3"},
        {"origin_id": "elvas", "destination_id": "spain", "geo_precision": "3"},
    )
    assert layer["stub_from"].tolist() == [True, False]
    assert layer["stub_to"].tolist() == [True, True]
    assert layer["stretch"].iloc[0].length > 1
    assert layer["stretch"].iloc[1] is None


def test_places_come_as_columns(iberia):
    """The gazetteer's frame has each place's outline, or its point."""
    frame = places_frame(iberia)
    assert list(frame.columns) == [
        "name",
        "name_ar",
        "kind",
        "country",
        "lon",
        "lat",
        "radius_km",
        "geometry",
        "schematic",
        "step",
    ]
    assert frame.index.name == "place_id"
    assert frame.loc["elvas", "geometry"] == shapely.Point(-7.163, 38.881)
    assert frame.loc["alentejo", "geometry"].geom_type == "Polygon"
    assert frame.loc["badajoz", "name_ar"] == "باداخوث"
    assert len(ROLES) == 5
