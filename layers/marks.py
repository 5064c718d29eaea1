"""What is drawn of events: the line of what moves, the place of what stands, and how sure either is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from claims.whereabouts import AREA
from layers.arrows import arrows
from layers.certainty import certainty
from layers.ends import MOVES, spots

if TYPE_CHECKING:
    import pandas as pd

    from geo.gazetteer import Gazetteer
    from layers.ends import Ends


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The marks of events as columns.

    Attributes:
        geometry: Lines, points and areas in EPSG:4326; None for what is not on the map.
        radius_km: Radius of doubt about a point, NaN for what is none.
        certainty: How sure the place is, as its place in `layers.certainty.CERTAINTIES`.
        spot: The row of the place on which what has no line stands, -1 for none.
        points: How many points the line has of what is drawn as a movement, 0 for what is not.
        stub_from: The line's first point is no place.
        stub_to: Likewise its last.
        stretch: The frontier within which the gate lies; None where it is known or none is crossed.
    """

    geometry: np.ndarray
    radius_km: np.ndarray
    certainty: np.ndarray
    spot: np.ndarray
    points: np.ndarray
    stub_from: np.ndarray
    stub_to: np.ndarray
    stretch: np.ndarray


def marks_of(ends: Ends, places: pd.DataFrame, gazetteer: Gazetteer) -> Marks:
    """Draw events. A movement whose direction is unknown stands at the end that is said.

    An area or a road is drawn as such where the claim is of a part of it or of it all; a whole country
    is no place on this map.

    Args:
        ends: Of the events.
        places: From `layers.frames.places_frame`.
        gazetteer: The same places.
    """
    spot = spots(ends, places)
    marks = Marks(
        geometry=np.append(places["geometry"].to_numpy(), [None])[spot],
        radius_km=_radius(ends, places, spot),
        certainty=certainty(ends, places, spot),
        spot=spot,
        points=np.zeros(len(spot), dtype="uint8"),
        stub_from=np.zeros(len(spot), dtype=bool),
        stub_to=np.zeros(len(spot), dtype=bool),
        stretch=np.full(len(spot), None, dtype=object),
    )
    moves = MOVES[ends.kind]
    if moves.any():
        _move(marks, ends, places, gazetteer, moves)
    return marks


def _radius(ends: Ends, places: pd.DataFrame, spot: np.ndarray) -> np.ndarray:
    is_point = shapely.get_type_id(places["geometry"].to_numpy()) == shapely.GeometryType.POINT
    own = np.append(np.where(is_point, places["radius_km"].to_numpy(dtype=float), np.nan), np.nan)
    least = np.select([ends.precision == precision for precision in AREA], list(AREA.values()), 0.0)
    radius: np.ndarray = np.maximum(own[spot], least)
    return radius


def _move(marks: Marks, ends: Ends, places: pd.DataFrame, gazetteer: Gazetteer, moves: np.ndarray) -> None:
    """Put the lines of movements in place of what stands."""
    moving = ends.where(moves)
    found = arrows(moving, places, gazetteer)
    lined = found.points > 0
    rows = np.flatnonzero(moves)[lined]
    marks.geometry[rows] = found.line[lined]
    marks.radius_km[rows] = np.nan
    marks.certainty[rows] = certainty(moving, places, marks.spot[moves], found)[lined]
    for name in ("points", "stub_from", "stub_to", "stretch"):
        getattr(marks, name)[rows] = getattr(found, name)[lined]
