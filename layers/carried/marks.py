"""What is drawn of each version of an event, and the places on which it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from claims.model import MOVEMENT_KINDS, ROLES
from geo.gazetteer import PlaceKind
from layers.carried.codes import degrees, numbers
from layers.frames import places_frame, spots

if TYPE_CHECKING:
    import pandas as pd

    from geo.gazetteer import Gazetteer
    from layers.carried.shapes import Shapes

POINT, LINE = shapely.GeometryType.POINT, shapely.GeometryType.LINESTRING

AREA: Final = 4
"""The mark of an event that is drawn as an area or a road."""


def used_places(events: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Return those rows of `layers.frames.places_frame` that the events name."""
    places = places_frame(gazetteer)
    used = np.concatenate([places.index.get_indexer(events[f"{role}_id"]) for role in ROLES])
    return places.iloc[np.unique(used[used >= 0])]


def place_columns(places: pd.DataFrame, shapes: Shapes) -> dict[str, np.ndarray]:
    """Return where the places are, and the shapes of those that are areas or roads."""
    outlines = places["geometry"].to_numpy()
    return {
        "place_lon": degrees(places["lon"]),
        "place_lat": degrees(places["lat"]),
        "place_radius": np.rint(places["radius_km"].to_numpy() * 10).astype("int32"),
        "place_country": (places["kind"] == PlaceKind.COUNTRY).to_numpy().astype("uint8"),
        "place_schematic": places["schematic"].to_numpy().astype("uint8"),
        "place_shape": shapes.add_all(outlines, shapely.get_type_id(outlines) != POINT),
    }


def mark_columns(
    events: pd.DataFrame, places: pd.DataFrame, shapes: Shapes
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return what is drawn of each version, by places where it stands on places, and the stubs.

    mark: 0 nothing, 1 a point, 2 a line, 3 a line through its gate, 4 an area or road. A line runs from
    `origin` to `destination`, but where from_stub or to_stub is not 0 it begins or ends at that stub, counted
    from 1. A point stands on its place, else gate, else end, as `layers.frames.spots` has it. `shape` and
    `stretch` number the shapes.
    """
    geometry = events["geometry"].to_numpy()
    sizes = shapely.get_num_coordinates(geometry)
    at_spot = numbers(spots(events, places), places.index)
    # A withdrawal along a road, say, has no ends: its line is the road's own.
    own = np.append(places["geometry"].to_numpy(), [None])[at_spot]
    standing = shapely.equals_exact(geometry, own, tolerance=0.0)
    moves = events["kind"].isin(MOVEMENT_KINDS).to_numpy() & ~standing
    lines = moves & (shapely.get_type_id(geometry) == LINE)
    points = shapely.get_type_id(geometry) == POINT
    mark = np.select([points, lines, sizes > 0], [1, sizes, AREA], 0)
    coordinates, of = shapely.get_coordinates(np.where(lines, geometry, None), return_index=True)
    ends = {
        "stub_from": coordinates[np.diff(of, prepend=-1) > 0],
        "stub_to": coordinates[np.diff(of, append=len(events)) > 0],
    }
    stubs = np.concatenate([at[events[name].to_numpy(dtype=bool)[lines]] for name, at in ends.items()])
    unique, number = np.unique(degrees(stubs), axis=0, return_inverse=True)
    columns, begin = {}, 0
    for name in ends:
        is_stub = events[name].to_numpy(dtype=bool) & lines
        column = np.zeros(len(events), dtype="int32")
        column[is_stub] = number[begin : begin + is_stub.sum()] + 1
        begin += is_stub.sum()
        columns[name] = column
    marks = {
        "mark": mark.astype("uint8"),
        "radius": np.rint(events["radius_km"].fillna(0).to_numpy() * 10).astype("int32"),
        "shape": shapes.add_all(geometry, mark == AREA),
        "stretch": shapes.add_all(events["stretch"].to_numpy()),
    }
    at = {"stub_lon": unique[:, 0].astype("int32"), "stub_lat": unique[:, 1].astype("int32")}
    return columns | marks, at
