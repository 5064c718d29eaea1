"""The places of events as rows of the frame of places, and the one on which what has no line stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.model import MOVEMENT_KINDS, ROLES, Kind
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

WITHDRAWAL = list(Kind).index(Kind.WITHDRAWAL)
MOVES = np.isin(list(Kind), MOVEMENT_KINDS)
"""Whether what each of `Kind` names moves."""


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """What must be known of events to draw them, as columns.

    Attributes:
        kind: Its place in `Kind`.
        precision: geo_precision, NaN where none is said.
        rows: By role, the place's row in `layers.frames.places_frame`; -1 where none is said.
    """

    kind: np.ndarray
    precision: np.ndarray
    rows: Mapping[str, np.ndarray]

    def __getitem__(self, role: str) -> np.ndarray:
        """Give the rows of a role."""
        return self.rows[role]

    def where(self, wanted: np.ndarray) -> Ends:
        """Give the events that are wanted."""
        rows = {role: rows[wanted] for role, rows in self.rows.items()}
        return Ends(self.kind[wanted], self.precision[wanted], rows)


def ends_of(events: pd.DataFrame, places: pd.DataFrame) -> Ends:
    """Find the places of events.

    Args:
        events: From `claims.events.events_of`.
        places: From `layers.frames.places_frame`.
    """
    kind = events["kind"].map({str(kind): number for number, kind in enumerate(Kind)})
    rows = {role: places.index.get_indexer(events[f"{role}_id"]) for role in ROLES}
    return Ends(kind.to_numpy(dtype="int8"), events["geo_precision"].to_numpy(dtype=float), rows)


def spots(ends: Ends, places: pd.DataFrame) -> np.ndarray:
    """Return the row of the place on which what has no line is drawn: the place itself, else the gate or end said.

    A country is no spot. Of a withdrawal the place that is left comes first. engine/data.js does the same.
    """
    # Row -1 is that of a place which is not said.
    country = np.append((places["kind"] == PlaceKind.COUNTRY).to_numpy(), np.bool_(0))
    rows = {role: np.where(country[of], -1, of) for role, of in ends.rows.items()}
    leaves = ends.kind == WITHDRAWAL
    found = rows["place"]
    for role, other in (("crossing", "origin"), ("destination", "crossing"), ("origin", "destination")):
        found = np.where(found >= 0, found, np.where(leaves, rows[other], rows[role]))
    return found
