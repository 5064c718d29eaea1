"""The line of a movement from what is known of its ends; an unknown end is a stub, never a town.

The ends that are places give the line its points, through the gate where one is named. Where an end
is only a country, the line is a short stub across the frontier on that country's side: at the gate,
else where the frontier is nearest to the end that is known, else on the stretch of frontier that the
known area has, as far as may be from any known gate, so that it is not taken for one. Such a stretch
is kept, to be drawn lightly to its full length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj import Geod

from geo.errors import BordermapError
from geo.frontier import frontier, gate, stub
from geo.gazetteer import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer, Place
    from layers.ends import Ends

    LonLat = tuple[float, float]

STUB_KM: Final = 22.0
"""Length of a stub on each side of the frontier: visible at a country's zoom, shorter than to a next town."""

NEAR_KM: Final = 120.0
"""Farther than this from the frontier, a stub is drawn at the known end, not across the frontier."""

GATE_KM: Final = 30.0
"""A gate farther than this from a frontier is not one of it."""

MIDDLE: Final = np.linspace(0.2, 0.8, 25)
"""Where on a stretch of frontier a movement through an unknown gate may be drawn, as parts of its length."""

TOUCH_DEG: Final = 0.03
"""An area whose edge is within this of the frontier (3 km, the accuracy of Natural Earth 10m) touches it."""

AREAS: Final = frozenset({PlaceKind.GOVERNORATE, PlaceKind.REGION, PlaceKind.DISTRICT})

_GEOD: Final = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, eq=False)
class Arrow:
    """A movement's line in EPSG:4326.

    Attributes:
        points: Two or three of (lon, lat): from, perhaps through, to.
        stub_from: The first point is no place, only a side of the frontier or a direction.
        stub_to: Likewise the last point.
        stretch: The frontier within which the line crosses, where the gate is unknown.
        far: A stub at a known end that does not reach the frontier.
    """

    points: tuple[LonLat, ...]
    stub_from: bool = False
    stub_to: bool = False
    stretch: BaseGeometry | None = None
    far: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Arrows:
    """The arrows of many events as columns.

    Attributes:
        line: LineStrings in EPSG:4326, None where fewer than two ends can be drawn; shape (n,).
        points: How many points each line has, 0 where there is none.
        stub_from: Whether each line's first point is no place.
        stub_to: Likewise its last.
        stretch: Frontiers, None where the gate is known or none is crossed.
        far: Whether a line is a stub at a known end that does not reach the frontier.
    """

    line: np.ndarray
    points: np.ndarray
    stub_from: np.ndarray
    stub_to: np.ndarray
    stretch: np.ndarray
    far: np.ndarray


def arrows(ends: Ends, places: pd.DataFrame, gazetteer: Gazetteer) -> Arrows:
    """Draw many movements: from place to place in one go, the few others one by one, and the same ends once.

    Args:
        ends: Of the movements.
        places: From `layers.frames.places_frame`.
        gazetteer: The same places.
    """
    through = (ends["origin"], ends["crossing"], ends["destination"])
    size = len(places) + 1
    keys, of = np.unique(_key(through, size), return_inverse=True)
    origin, crossing, destination = keys // size**2 - 1, keys // size % size - 1, keys % size - 1
    kind = places["kind"].to_numpy(dtype=object)
    no_point = np.append(np.isin(kind, [*AREAS, PlaceKind.COUNTRY]), np.bool_(0))
    plain = (origin >= 0) & (destination >= 0) & ((origin != destination) | (crossing >= 0))
    plain &= ~no_point[origin] & ~no_point[destination]
    drawn = _none_drawn(len(keys))
    drawn.line[plain] = _lines(places, origin[plain], crossing[plain], destination[plain])
    drawn.points[plain] = 2 + (crossing[plain] >= 0)
    gates = tuple(_at(place) for place in gazetteer if place.kind is PlaceKind.CROSSING)
    for row in np.flatnonzero(~plain).tolist():
        at, gate_at, to = (
            gazetteer[places.index[end]] if end >= 0 else None
            for end in (origin[row], crossing[row], destination[row])
        )
        _draw(drawn, row, arrow(at, gate_at, to, gates))
    columns = ("line", "points", "stub_from", "stub_to", "stretch", "far")
    return Arrows(**{name: getattr(drawn, name)[of] for name in columns})


def _key(through: Sequence[np.ndarray], size: int) -> np.ndarray:
    """Return one number for the three ends of each movement."""
    origin, crossing, destination = (rows.astype(np.int64) + 1 for rows in through)
    return (origin * size + crossing) * size + destination


def _none_drawn(count: int) -> Arrows:
    return Arrows(
        line=np.full(count, None, dtype=object),
        points=np.zeros(count, dtype="uint8"),
        stub_from=np.zeros(count, dtype=bool),
        stub_to=np.zeros(count, dtype=bool),
        stretch=np.full(count, None, dtype=object),
        far=np.zeros(count, dtype=bool),
    )


def _draw(drawn: Arrows, row: int, found: Arrow | None) -> None:
    if found is not None:
        drawn.line[row], drawn.points[row] = shapely.LineString(found.points), len(found.points)
        drawn.stub_from[row], drawn.stub_to[row] = found.stub_from, found.stub_to
        drawn.stretch[row], drawn.far[row] = found.stretch, found.far


def _lines(
    places: pd.DataFrame, origin: np.ndarray, crossing: np.ndarray, destination: np.ndarray
) -> np.ndarray:
    """Return lines from place to place, through the gate where one is said (-1: none)."""
    at = places[["lon", "lat"]].to_numpy(dtype=float)
    ends = np.stack([origin, crossing, destination], axis=1)
    said = ends >= 0
    lines: np.ndarray = shapely.linestrings(at[ends[said]], indices=np.nonzero(said)[0])
    return lines


def arrow(
    origin: Place | None, crossing: Place | None, destination: Place | None, gates: Sequence[LonLat] = ()
) -> Arrow | None:
    """Draw one movement; None where no direction is known.

    Args:
        origin: Where it came from, as crossing and destination; None where nothing is said.
        crossing: The gate.
        destination: Where it went.
        gates: Known gates (lon, lat), from which a movement whose gate is unknown keeps away.
    """
    through = () if crossing is None else (_at(crossing),)
    known = [place for place in (origin, destination) if place is not None and _is_place(place)]
    if len(known) == len(("origin", "destination")) and (through or origin != destination):
        across = _across(known[0], known[1], gates) if not through else None
        return across or Arrow((_at(known[0]), *through, _at(known[1])))
    if crossing is not None:
        return _through_gate(origin, crossing, destination)
    if origin is None or destination is None:
        return None
    if _is_place(destination):
        return _stubbed(destination, origin.country, gates)
    if _is_place(origin):
        return _reversed(_stubbed(origin, destination.country, gates))
    return _stretch(origin.country, destination.country, None, gates)


def _is_place(place: Place) -> bool:
    return place.kind is not PlaceKind.COUNTRY


def _at(place: Place) -> LonLat:
    return (place.lon, place.lat)


def _reversed(found: Arrow | None) -> Arrow | None:
    if found is None:
        return None
    return Arrow(found.points[::-1], found.stub_to, found.stub_from, found.stretch, found.far)


def _across(origin: Place, destination: Place, gates: Sequence[LonLat]) -> Arrow | None:
    """Two areas on both sides of a frontier meet along a stretch of it; other ends need none."""
    if not {origin.kind, destination.kind} <= AREAS or origin.country == destination.country:
        return None
    return _stretch(origin.country, destination.country, origin, gates)


def _through_gate(origin: Place | None, crossing: Place, destination: Place | None) -> Arrow | None:
    """A named gate with at most one known place beside it: the other side is a stub through the gate."""
    start = _at(origin) if origin is not None and _is_place(origin) else None
    end = _at(destination) if destination is not None and _is_place(destination) else None
    left = origin.country if origin is not None else _other_side(crossing, destination)
    entered = destination.country if destination is not None else _other_side(crossing, origin)
    first = start or _beside(crossing, left, entered) or _behind(crossing, end)
    last = end or _beside(crossing, entered, left) or _behind(crossing, start)
    if first is None or last is None:
        return None
    return Arrow((first, _at(crossing), last), stub_from=start is None, stub_to=end is None)


def _other_side(crossing: Place, known: Place | None) -> str:
    """Return a gate's own country where the one end that is known lies in another."""
    return crossing.country if known is not None and known.country != crossing.country else ""


def _beside(crossing: Place, country: str, other: str) -> LonLat | None:
    """Return the point STUB_KM from a gate on a country's side of its frontier with the other."""
    line = _frontier(country, other)
    if line is None or _GEOD.inv(*_at(crossing), *gate(line, *_at(crossing)))[2] > GATE_KM * 1000:
        return None
    return _stub(line, _at(crossing), country)


def _behind(crossing: Place, known: LonLat | None) -> LonLat | None:
    """Return the point STUB_KM behind a gate, seen from the end that is known."""
    return None if known is None else _on_the_way(_at(crossing), known, -STUB_KM)


def _stubbed(known: Place, country: str, gates: Sequence[LonLat]) -> Arrow | None:
    """A movement to a known place from a country that is only named."""
    line = _frontier(country, known.country)
    if line is None:
        return None
    if known.kind in AREAS:
        found = _stretch(country, known.country, known, gates)
        if found is not None:
            return found
    crossing = gate(line, known.lon, known.lat)
    distance = _GEOD.inv(*crossing, *_at(known))[2] / 1000
    if distance > NEAR_KM:
        return Arrow((_on_the_way(_at(known), crossing, STUB_KM), _at(known)), stub_from=True, far=True)
    tip = _stub(line, crossing, country)
    return None if tip is None else Arrow((tip, _at(known)), stub_from=True)


def _stretch(from_country: str, to_country: str, area: Place | None, gates: Sequence[LonLat]) -> Arrow | None:
    """A stub across the frontier of two countries, or across an area's stretch of it."""
    line = _frontier(from_country, to_country)
    if line is None:
        return None
    stretch = line
    if area is not None and area.geometry is not None:
        stretch = shapely.intersection(line, shapely.buffer(area.geometry, TOUCH_DEG))
        if stretch.is_empty:
            return None
    parts = shapely.get_parts(shapely.line_merge(stretch))
    longest = parts[np.argmax(shapely.length(parts))]
    middle = _away_from(gates, shapely.line_interpolate_point(longest, MIDDLE, normalized=True))
    start, end = (_stub(line, (middle.x, middle.y), country) for country in (from_country, to_country))
    if start is None or end is None:
        return None
    return Arrow((start, end), stub_from=True, stub_to=True, stretch=stretch)


def _away_from(gates: Sequence[LonLat], points: np.ndarray) -> shapely.Point:
    """Return the point that is farthest from its nearest gate; the middle one where there are no gates."""
    best: shapely.Point = points[len(points) // 2]
    if gates:
        best = points[np.argmax(shapely.distance(points, shapely.multipoints(np.array(gates))))]
    return best


def _stub(line: BaseGeometry, at: LonLat, country: str) -> LonLat | None:
    """Return a stub's far end; None where the country is too narrow there for any."""
    try:
        return stub(line, *at, country, STUB_KM)
    except BordermapError:
        return None


def _frontier(country: str, other: str) -> BaseGeometry | None:
    if not country or not other or country == other:
        return None
    try:
        return frontier(country, other)
    except BordermapError:
        return None


def _on_the_way(start: LonLat, towards: LonLat, km: float) -> LonLat:
    """Return the point some km from a start towards another, or away from it where km is negative."""
    azimuth = _GEOD.inv(*start, *towards)[0]
    lon, lat, _ = _GEOD.fwd(*start, azimuth, km * 1000)
    return (lon, lat)
