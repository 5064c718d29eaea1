"""What is drawn of counts: a circle for each place that is seen, or a hexagon for those that lie together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from layers.built.counts import NUMBER
from layers.built.hexagons import centres, hexagons, mercator, pixel, size_at
from layers.built.small import names_of

if TYPE_CHECKING:
    from layers.built.counts import Counts
    from layers.built.opened import BuiltSet

    Box = tuple[float, float, float, float]

__all__ = ["MOST_CIRCLES", "PLACES_FROM", "UNIT", "Cell", "Seen", "cells_of", "rows_of"]

PLACES_FROM: Final = 7.5
"""The zoom from which places are shown each by itself, below which hexagons put them together."""

MOST_HEXAGONS: Final = 5_000
"""More than any screen holds: where a zoom has more in view, they are those of a lower one."""

MOST_CIRCLES: Final = 200
"""More places in view than this are put together into hexagons at any zoom."""

ROOMY: Final = 11.5
"""The zoom from which places are shown each by itself though they lie on each other."""

_ROOM: Final = 48
"""Pixels from side to side of a square in which one circle has room."""

_APART: Final = 0.75
"""The least share of circles that have such a square to themselves, or are the first in it."""

UNIT: Final = 1 << 24
"""In how many steps a side of Web Mercator's unit square is told, some 2 m each."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What part of the map is seen.

    Attributes:
        box: With a margin: west, south, east, north (EPSG:4326).
        zoom: Leaflet's.
        window: Without a margin, likewise; None where it is not known.
    """

    box: Box
    zoom: float
    window: Box | None = None

    def holds(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Say which positions are in the box."""
        return _inside(self.box, lon, lat)

    def shows(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Say which are seen."""
        return _inside(self.window or self.box, lon, lat)

    def expression(self) -> pc.Expression:
        """Say the same of the place at which an event is counted."""
        west, south, east, north = self.box
        lon, lat = pc.field("spot_lon"), pc.field("spot_lat")
        return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _inside(box: Box, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    west, south, east, north = box
    inside: np.ndarray = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return inside


@dataclass(frozen=True, slots=True)
class Cell:
    """A place or a hexagon that is opened, or what has no place, which is the place "", or what has no day.

    Attributes:
        place: Its id; None for a hexagon.
        hexagon: Its column and row, and the zoom of its grid.
        undated: Whether what has no day is meant, wherever it is.
    """

    place: str | None
    hexagon: tuple[int, int, int] = (0, 0, 0)
    undated: bool = False

    @property
    def is_nowhere(self) -> bool:
        """Whether what has no place is meant."""
        return self.place == ""


def rows_of(held: Counts, cell: Cell) -> np.ndarray:
    """Say which places are opened."""
    if cell.place is not None:
        place: np.ndarray = pc.equal(held.place_id, cell.place).to_numpy(zero_copy_only=False)
        return place
    column, row, zoom = cell.hexagon
    columns, rows = hexagons(*mercator(held.lon, held.lat), size_at(zoom))
    of: np.ndarray = (columns == column) & (rows == row)
    return of


def cells_of(built: BuiltSet, held: Counts, seen: Seen) -> dict[str, Any]:
    """Give the cells that are seen, as columns.

    Returns:
        x, y: on the unit square in steps of 1/`UNIT`; n: for each layer how many events, disputed, denied: how many of all;
        name and name_ar: of the place, or of the one in the hexagon that has most events; place_id of places; column and row
        of hexagons, with the zoom and the width of their grid.
    """
    inside = held.where(seen.holds(held.lon, held.lat)) if seen.zoom >= PLACES_FROM else None
    if inside is not None and _has_room(inside, seen.zoom):
        return _places(built, inside)
    return _hexagons(built, held, seen, int(np.floor(seen.zoom + 0.5)))


def _has_room(inside: Counts, zoom: float) -> bool:
    """Say whether circles of places are few, and few of them lie on each other."""
    count = len(inside.lon)
    if zoom >= ROOMY or count > MOST_CIRCLES:
        return count <= MOST_CIRCLES
    squares = np.stack(mercator(inside.lon, inside.lat), axis=1) // (_ROOM * pixel(zoom))
    return len(np.unique(squares, axis=0)) >= _APART * count


def _places(built: BuiltSet, held: Counts) -> dict[str, Any]:
    named = {"place_id": held.place_id.to_pylist()} | names_of(built, held.place_id)
    return _columns(*mercator(held.lon, held.lat), held.numbers) | named


def _hexagons(built: BuiltSet, held: Counts, seen: Seen, zoom: int) -> dict[str, Any]:
    width = size_at(zoom)
    places = np.stack(hexagons(*mercator(held.lon, held.lat), width), axis=1)
    cells, of = np.unique(places, axis=0, return_inverse=True)
    of = of.ravel()
    numbers = np.zeros((len(cells), *held.numbers.shape[1:]), dtype=np.int64)
    np.add.at(numbers, of, held.numbers)
    x, y = centres(cells[:, 0], cells[:, 1], width)
    west, south, east, north = seen.box
    (left, right), (bottom, top) = mercator(np.array([west, east]), np.array([south, north]))
    # A hexagon whose middle is beyond the edge may reach into what is seen.
    near = (x > left - width) & (x < right + width) & (y > top - width) & (y < bottom + width)
    if np.count_nonzero(near) > MOST_HEXAGONS and zoom > 0:
        return _hexagons(built, held, seen, zoom - 1)
    most = _with_most(held, of)[near]
    grid = {"column": cells[near, 0].tolist(), "row": cells[near, 1].tolist(), "zoom": zoom, "width": width}
    return (
        _columns(x[near], y[near], numbers[near]) | grid | names_of(built, held.place_id.take(pa.array(most)))
    )


def _with_most(held: Counts, of: np.ndarray) -> np.ndarray:
    """Give for each cell the place in it that has most events."""
    order = np.lexsort((-held.numbers[:, :, NUMBER].sum(axis=1), of))
    first: np.ndarray = order[np.unique(of[order], return_index=True)[1]]
    return first


def _columns(x: np.ndarray, y: np.ndarray, numbers: np.ndarray) -> dict[str, Any]:
    events, disputed, denied = np.moveaxis(numbers, 2, 0)
    return {
        "x": np.rint(x * UNIT).astype(np.int64).tolist(),
        "y": np.rint(y * UNIT).astype(np.int64).tolist(),
        "n": events.T.tolist(),
        "disputed": disputed.sum(axis=1).tolist(),
        "denied": denied.sum(axis=1).tolist(),
    }
