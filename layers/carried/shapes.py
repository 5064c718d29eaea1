"""Areas, roads and stretches of frontier as rings, each carried once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.carried.codes import NONE, degrees

if TYPE_CHECKING:
    from collections.abc import Iterable


class Shapes:
    """Areas, roads and stretches of frontier, each carried once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._number: dict[bytes, int] = {}
        self._shapes: list[shapely.Geometry] = []
        self._seen: dict[int, int] = {}

    def add(self, geometry: shapely.Geometry | None) -> int:
        """Return the number of a geometry; NONE for none."""
        if geometry is None:
            return NONE
        # The same object comes many times, and is told by itself before it is told by its bytes.
        if id(geometry) not in self._seen:
            number = self._number.setdefault(shapely.to_wkb(geometry), len(self._shapes))
            if number == len(self._shapes):
                self._shapes.append(geometry)
            self._seen[id(geometry)] = number
        return self._seen[id(geometry)]

    def add_all(self, geometries: np.ndarray, wanted: np.ndarray | bool = True) -> np.ndarray:
        """Return the numbers of the geometries that are wanted; NONE for the others."""
        numbers = np.full(len(geometries), NONE, dtype="int32")
        for row in np.flatnonzero(~shapely.is_missing(geometries) & wanted):
            numbers[row] = self.add(geometries[row])
        return numbers

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the shapes as rings: of which shape, closed or not, and their coordinates."""
        return rings(self._shapes, "shape")


def rings(geometries: Iterable[shapely.Geometry], prefix: str) -> dict[str, np.ndarray]:
    """Return polygons and lines as rings in delta-coded whole ten-thousandths of a degree.

    {prefix}_of: the geometry's number by ring; {prefix}_fill: 1 for a polygon's ring; {prefix}_size:
    coordinates by ring; {prefix}_dlon, {prefix}_dlat: differences along each ring, the first from 0.
    """
    of, fill, sizes, deltas = [], [], [], []
    for number, geometry in enumerate(geometries):
        for part in shapely.get_parts(geometry):
            closed = part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors) if closed else (part,):
                at = degrees(shapely.get_coordinates(ring))
                keep = np.append(True, (np.diff(at, axis=0) != 0).any(axis=1))
                at = at[keep]
                of.append(number)
                fill.append(closed)
                sizes.append(len(at))
                deltas.append(np.diff(at, axis=0, prepend=0))
    delta = np.concatenate(deltas) if deltas else np.empty((0, 2), dtype="int32")
    return {
        f"{prefix}_of": np.array(of, dtype="int32"),
        f"{prefix}_fill": np.array(fill, dtype="uint8"),
        f"{prefix}_size": np.array(sizes, dtype="int32"),
        f"{prefix}_dlon": delta[:, 0].astype("int32"),
        f"{prefix}_dlat": delta[:, 1].astype("int32"),
    }
