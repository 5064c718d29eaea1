"""What is drawn of each version of an event, and the places on which it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from claims.model import ROLES
from geo.gazetteer import PlaceKind
from layers.carried.codes import NONE, degrees

if TYPE_CHECKING:
    from layers.carried.shapes import Shapes
    from layers.history import History

AREA: Final = 4
"""The mark of an event that is drawn as an area or a road."""


class Places:
    """Those places that events name, numbered in the order of the gazetteer."""

    def __init__(self, history: History, shapes: Shapes) -> None:
        """Number them, and their areas and roads among the shapes."""
        places = history.places
        used = np.zeros(len(places) + 1, dtype=bool)
        for role in ROLES:
            used[history.ends[role]] = True
        used[-1] = False
        self.frame = places[used[:-1]]
        self._number = np.where(used, np.cumsum(used) - 1, NONE).astype("int32")
        outlines = self.frame["geometry"].to_numpy()
        self._is_area = shapely.get_type_id(outlines) != shapely.GeometryType.POINT
        self._shape = shapes.add_all(outlines, self._is_area)

    def columns(self) -> dict[str, np.ndarray]:
        """Return where they are, and the shapes of those that are areas or roads."""
        frame = self.frame
        return {
            "place_lon": degrees(frame["lon"]),
            "place_lat": degrees(frame["lat"]),
            "place_radius": np.rint(frame["radius_km"].to_numpy() * 10).astype("int32"),
            "place_country": (frame["kind"] == PlaceKind.COUNTRY).to_numpy().astype("uint8"),
            "place_schematic": frame["schematic"].to_numpy().astype("uint8"),
            "place_shape": self._shape,
        }

    def roles(self, history: History) -> dict[str, np.ndarray]:
        """Return the numbers of each version's places by role."""
        return {role: self._number[history.ends[role]] for role in ROLES}

    def standing(self, history: History) -> tuple[np.ndarray, np.ndarray]:
        """Return of each version without a line 1 for a point, `AREA` for an area or road, 0 for nothing; and its shape."""
        number = self._number[history.marks.spot]
        kind = np.append(np.where(self._is_area, AREA, 1), 0)[number]
        return kind, np.append(self._shape, NONE)[number]


def mark_columns(
    history: History, places: Places, shapes: Shapes
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return what is drawn of each version, by places where it stands on places, and the stubs.

    mark: 0 nothing, 1 a point, 2 a line, 3 a line through its gate, 4 an area or road. A line runs from
    `origin` to `destination`, but where from_stub or to_stub is not 0 it begins or ends at that stub, counted
    from 1. A point stands on its place, else gate, else end, as `layers.ends.spots` has it. `shape` and
    `stretch` number the shapes.
    """
    marks = history.marks
    kind, shape = places.standing(history)
    lined = marks.points > 0
    columns, stubs = _stubs(history)
    return columns | {
        "mark": np.where(lined, marks.points, kind).astype("uint8"),
        "radius": np.rint(np.nan_to_num(marks.radius_km) * 10).astype("int32"),
        "shape": np.where(lined, NONE, shape).astype("int32"),
        "stretch": shapes.add_all(marks.stretch),
    }, stubs


def _stubs(history: History) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    marks = history.marks
    ends = {"stub_from": 0, "stub_to": -1}
    rows = {name: np.flatnonzero(getattr(marks, name)) for name in ends}
    points = [shapely.get_point(marks.geometry[rows[name]], end) for name, end in ends.items()]
    at = degrees(shapely.get_coordinates(np.concatenate(points)))
    unique, number = np.unique(at, axis=0, return_inverse=True)
    columns, begin = {}, 0
    for name in ends:
        columns[name] = np.zeros(len(marks.points), dtype="int32")
        columns[name][rows[name]] = number[begin : begin + len(rows[name])] + 1
        begin += len(rows[name])
    return columns, {"stub_lon": unique[:, 0].astype("int32"), "stub_lat": unique[:, 1].astype("int32")}
