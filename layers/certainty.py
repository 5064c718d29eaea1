"""How sure the place of a mark is, in six steps from a named gate to a side of a frontier.

A place has a step of its own, by its kind and outline: a crossing is a *gate*; a town, base, camp or site is a *place*; what a
phrase tells around one of those ("the outskirts of Elvas") is *near*; a road, a river, and a strip along a frontier or
a valley are a *stretch*; a district, governorate or region is a *region*; a country is a *side*. Where a claim is only of
what is near a gate or a place (geo_precision 2), it is *near*; where it is of the region around (3), a *region*.

- What stands is as sure as the place on which it stands.
- A movement is as sure as its gate, where one is named. Through no gate it is as sure as the surer of its ends; but a
  stub that does not reach the frontier, because its known end is far away, tells only a *side*.
- Where both ends are areas or countries, it may have crossed anywhere on a stretch of frontier: all that two countries
  share is a *side* of it, what an area narrows is a *region*.
- What is not on the map is as sure as nothing: "".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.phrasing.relations import Relation, spelled
from geo.places import PlaceKind
from geo.plane import KM_PER_DEGREE

if TYPE_CHECKING:
    import pandas as pd

    from layers.arrows import Arrows
    from layers.ends import Ends

CERTAINTIES: Final = ("", "gate", "place", "near", "stretch", "region", "side")
"""From the surest to the least sure, behind the word for what is not on the map."""

UNPLACED, GATE, PLACE, NEAR, STRETCH, REGION, SIDE = range(len(CERTAINTIES))

UNSURE: Final = CERTAINTIES[STRETCH:]
"""What is somewhere along or within something, and not where its mark is drawn."""

KINDS: Final = {
    PlaceKind.CROSSING: GATE,
    PlaceKind.ROAD: STRETCH,
    PlaceKind.RIVER: STRETCH,
    PlaceKind.DISTRICT: REGION,
    PlaceKind.GOVERNORATE: REGION,
    PlaceKind.REGION: REGION,
    PlaceKind.COUNTRY: SIDE,
}
"""The step of a place by its kind; of every other kind it is a place."""

ALONG: Final = frozenset({Relation.ROUTE, Relation.BORDER})
"""Phrases of what lies along a line."""

SLENDER: Final = 0.1
"""A region that fills less than this of the circle of its radius is a strip: of a strip the radius is half the
length, of other areas that of the circle of their size (`geo.places.Place`)."""

QUARTER_KM: Final = 10.0
"""A district or region without an outline and no larger than this is a quarter of a town, and as sure as one."""

WIDE: Final = 3
"""The geo_precision of a claim that is only of a region (ACLED codebook)."""


def place_steps(places: pd.DataFrame) -> np.ndarray:
    """Return the step of each place itself.

    Args:
        places: Indexed by place_id: kind, lat, radius_km, and geometry (EPSG:4326).
    """
    steps: np.ndarray = places["kind"].map(lambda kind: KINDS.get(kind, PLACE)).to_numpy(dtype="int8")
    outlined = shapely.get_type_id(places["geometry"].to_numpy()) != shapely.GeometryType.POINT
    small = places["radius_km"].to_numpy(dtype=float) <= QUARTER_KM
    steps[(steps == REGION) & outlined & (_fullness(places) < SLENDER)] = STRETCH
    steps[(steps == REGION) & ~outlined & small] = PLACE
    bases = dict(zip(places.index, steps.tolist(), strict=True))
    for row in np.flatnonzero(steps == REGION):
        steps[row] = _derived(places.index[row], bases)
    return steps


def _fullness(places: pd.DataFrame) -> np.ndarray:
    """Return which part of the circle of its radius each outline fills; 1 where there is none."""
    outlines = places["geometry"].to_numpy()
    km2 = shapely.area(outlines) * KM_PER_DEGREE**2 * np.cos(np.radians(places["lat"].to_numpy(dtype=float)))
    circle = np.pi * places["radius_km"].to_numpy(dtype=float) ** 2
    return np.where(km2 > 0, km2 / np.maximum(circle, 1e-9), 1.0)


def _derived(place_id: str, steps: dict[str, int]) -> int:
    """Return the step of a region by the phrase that its id spells, where it spells one."""
    phrase = spelled(place_id)
    if phrase is None:
        return REGION
    if phrase.relation in ALONG:
        return STRETCH
    around_a_point = len(phrase.names) == 1 and steps.get(phrase.names[0], REGION) in {GATE, PLACE}
    return NEAR if around_a_point else REGION


def certainty(ends: Ends, places: pd.DataFrame, spot: np.ndarray, arrows: Arrows | None = None) -> np.ndarray:
    """Return the step of each event's place, as its number in `CERTAINTIES`.

    Args:
        ends: Of the events.
        places: From `layers.frames.places_frame`, with their steps.
        spot: The row in places on which each event stands that has no line, -1 for none.
        arrows: The events' arrows, for movements.
    """
    # Row -1 is that of a place which is not said.
    steps = np.append(places["step"].to_numpy(), np.int8(SIDE))
    standing = np.where(spot >= 0, _said(steps[spot], ends.precision), UNPLACED)
    if arrows is None:
        return standing.astype("uint8")
    origin, crossing, destination = (steps[ends[role]] for role in ("origin", "crossing", "destination"))
    surer = np.minimum(_said(origin, ends.precision), _said(destination, ends.precision))
    narrowed = np.where(np.minimum(origin, destination) < SIDE, REGION, SIDE)
    through = _said(crossing, ends.precision)
    ways = [ends["crossing"] >= 0, ~shapely.is_missing(arrows.stretch), arrows.far]
    moving = np.select(ways, [through, narrowed, np.full(len(spot), SIDE)], surer)
    return np.where(arrows.points > 0, moving, standing).astype("uint8")


def _said(steps: np.ndarray, precision: np.ndarray) -> np.ndarray:
    """Return the steps of places as far as a claim is of them: of what is near, or of the region around."""
    exact = steps <= PLACE
    around = np.where(exact & ~(precision == 1), NEAR, steps)
    return np.where((steps <= NEAR) & (precision == WIDE), REGION, around)
