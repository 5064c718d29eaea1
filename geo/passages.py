"""Passages: where a movement between two places crosses the frontier, and through which known crossing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.borders import TOLERANCE_KM, Borders, world
from geo.errors import BordermapError
from geo.places import PlaceKind
from geo.ways import countries_between, distances_km, meets, straight_way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.places import Place

    LonLat = tuple[float, float]

__all__ = ["Passage", "passage"]

CLEAR: Final = 1.25
"""A way longer than the shortest by this factor is clearly longer.

Roads are 1.2 to 1.5 times as long as the straight line, by the country (circuity factors of Ballou, Rahardja and Sakai
2002, Transportation Research A 36), so of two ways whose straight lengths differ by less, either may be the shorter.
"""

SMALL_KM: Final = 30.0
SMALL_PART: Final = 0.1
"""A detour is small that is within a tenth of the straight way, or within what the extent of towns explains."""

WIDE_KM: Final = 30.0
"""From or to a place wider than this no crossing is chosen: that of its middle need not be that of its parts."""

_OUTLINE: Final = 200  # points of an area's outline that are looked at, at most


@dataclass(frozen=True, slots=True)
class Passage:
    """How a movement leads from one country into another.

    Attributes:
        countries: Codes of the countries that the straight way leads through, from the origin's to the
            destination's, each once; "" is the open sea or ground without a code. More than two where the two are no
            neighbours, or where the way between neighbours cuts through a third or across a bay.
        point: lon, lat (EPSG:4326) where the straight (geodesic) way first meets the frontier of the two, or where
            the way across it is shortest if the straight one misses it. None where they share none on land, and where
            an end is a whole country, from which no way leads.
        radius_km: About how far the point may be off, because its ends may be anywhere within their radii.
        crossing: The known crossing, where it is clearly the likely one.
        candidates: The known crossings on that frontier that it may have been, that of the least detour first; those
            by which the way is clearly longer are left out. With a whole country all of them, that nearest to the
            other end first.
        detours_km: By how much the way through each candidate is longer than the straight way; none without a way.
        sure: True where which frontier was crossed is beyond doubt: the two are neighbours, the straight way leads
            through no third, and each end lies where its country code says, give or take the line's tolerance.
    """

    countries: tuple[str, ...]
    point: LonLat | None = None
    radius_km: float | None = None
    crossing: Place | None = None
    candidates: tuple[Place, ...] = ()
    detours_km: tuple[float, ...] = ()
    sure: bool = False


def passage(
    origin: Place,
    destination: Place,
    crossings: Iterable[Place],
    *,
    line_tolerance: float = TOLERANCE_KM,
    borders: Borders | None = None,
) -> Passage | None:
    """Tell where a movement between two places crosses the frontier, and through which known crossing.

    A place's own country code counts for more than the side on which the line leaves its point; only a place without
    a code that is drawn has the country around it, if that is beyond doubt. A crossing belongs to one frontier: of
    those of its country within the tolerance and its own radius, the nearest.

    A crossing is chosen only if an end is that crossing, or if all of this holds:

    - neither end is wider than 30 km in radius;
    - the detour is small: at most a tenth of the straight way, or 30 km;
    - the way by each other known crossing is clearly longer: by a quarter, and by the radii of both ends and of the two
      crossings together. (A radius surely holds its place, so half of it is the usual error; it counts for both ways.)

    Args:
        origin: Where it came from.
        destination: Where it went.
        crossings: Known crossings; places of other kinds are passed over.
        line_tolerance: How far the lines may be off, in km.
        borders: Those of the world by default.

    Returns:
        None where nothing says that a frontier was crossed: both ends are in one country, the country of an end is
        not known, or an end is an area or a line that reaches into the country of the other.

    Raises:
        BordermapError: The tolerance is below 0.
    """
    if line_tolerance < 0:
        raise BordermapError(f"a line cannot be {line_tolerance} km off; give a length of 0 or more")
    borders = borders or world()
    leaves = _country(origin, destination, borders, line_tolerance)
    enters = _country(destination, origin, borders, line_tolerance)
    if not leaves or not enters or leaves == enters:
        return None
    if _reaches(origin, leaves, enters, borders, line_tolerance):
        return None
    if _reaches(destination, enters, leaves, borders, line_tolerance):
        return None
    known = {
        place.place_id: place
        for place in crossings
        if place.kind is PlaceKind.CROSSING
        and _served(borders, place.country, place.lon, place.lat, place.radius_km + line_tolerance)
        == {leaves, enters}
    }
    gates = list(known.values())
    neighbours = borders.shares_frontier(leaves, enters)
    if PlaceKind.COUNTRY in {origin.kind, destination.kind}:
        crossing, candidates = _beside(origin, destination, gates)
        return Passage((leaves, enters), crossing=crossing, candidates=candidates, sure=neighbours)
    way = straight_way(_at(origin), _at(destination), line_tolerance)
    countries = (leaves, *countries_between(way, leaves, enters, borders, line_tolerance), enters)
    if not neighbours:
        return Passage(countries)
    crossing, candidates, detours = _on_the_way(origin, destination, gates)
    as_said = (
        _is_as_said(place, country, borders, line_tolerance)
        for place, country in ((origin, leaves), (destination, enters))
    )
    return Passage(
        countries=countries,
        point=meets(way, leaves, enters, borders, line_tolerance),
        radius_km=max(origin.radius_km, destination.radius_km, line_tolerance),
        crossing=crossing,
        candidates=candidates,
        detours_km=detours,
        sure=countries == (leaves, enters) and all(as_said),
    )


def _at(place: Place) -> LonLat:
    return place.lon, place.lat


def _country(place: Place, other: Place, borders: Borders, tolerance: float) -> str:
    """The country of an end: its own code where one is drawn, else that of a point with no other country near."""
    if borders.draws(place.country):
        return place.country
    if place.shape is not None and not place.country:
        return ""
    near = set(borders.countries_near(*_at(place), tolerance))
    if place.country:
        # An overseas department is drawn with its state, never with the neighbour.
        near.discard(other.country)
    return near.pop() if len(near) == 1 else ""


def _reaches(place: Place, own: str, country: str, borders: Borders, tolerance: float) -> bool:
    """Whether an area or a line of one country goes farther into another than the tolerance of the line explains."""
    # A whole country does not, however another source may outline it.
    if place.geometry is None or place.kind is PlaceKind.COUNTRY:
        return False
    outline = shapely.get_coordinates(place.geometry)
    outline = outline[:: math.ceil(len(outline) / _OUTLINE)]
    there = outline[borders.is_within(outline, country, 0)]
    return not bool(borders.is_within(there, own, tolerance).all())


def _is_as_said(place: Place, country: str, borders: Borders, tolerance: float) -> bool:
    """Whether a point lies in its country, near its line, or where no other country is."""
    here = borders.country_of(*_at(place))
    return here in {country, ""} or any(
        country in pair for pair in borders.frontiers_near(*_at(place), tolerance + place.radius_km)
    )


@lru_cache(maxsize=65536)
def _served(borders: Borders, country: str, lon: float, lat: float, reach: float) -> frozenset[str]:
    """The pair of countries whose frontier a crossing is on; none where none is within reach."""
    near = borders.frontiers_near(lon, lat, reach)
    return next((pair for pair in near if country in pair or not borders.draws(country)), frozenset())


def _itself(origin: Place, destination: Place, gates: Sequence[Place]) -> Place | None:
    """The crossing that is an end of the movement, if one end is."""
    ends = [place for place in gates if place.place_id in {origin.place_id, destination.place_id}]
    return ends[0] if len(ends) == 1 else None


def _beside(
    origin: Place, destination: Place, gates: Sequence[Place]
) -> tuple[Place | None, tuple[Place, ...]]:
    """The crossing that is an end, else all by their distance from the end that is no whole country."""
    itself = _itself(origin, destination, gates)
    if itself is not None:
        return itself, (itself,)
    known = [_at(place) for place in (origin, destination) if place.kind is not PlaceKind.COUNTRY]
    at = np.array([_at(place) for place in gates]).reshape(-1, 2)
    far = distances_km(known[0], at) if known else np.zeros(len(gates))
    order = sorted(range(len(gates)), key=lambda row: (far[row], gates[row].place_id))
    return None, tuple(gates[row] for row in order)


def _on_the_way(
    origin: Place, destination: Place, gates: Sequence[Place]
) -> tuple[Place | None, tuple[Place, ...], tuple[float, ...]]:
    """The crossing that is clearly the likely one, those it may be, and the detour by each; see `passage`."""
    if not gates:
        return None, (), ()
    at = np.array([_at(place) for place in gates])
    straight = float(distances_km(_at(origin), np.array([_at(destination)]))[0])
    through = distances_km(_at(origin), at) + distances_km(_at(destination), at)
    itself = _itself(origin, destination, gates)
    if itself is not None:
        return itself, (itself,), (float(through[gates.index(itself)] - straight),)
    order = sorted(range(len(gates)), key=lambda row: (through[row], gates[row].place_id))
    best = order[0]
    radius = np.array([place.radius_km for place in gates])
    spread = origin.radius_km + destination.radius_km + radius[best] + radius
    clearly_longer = through > CLEAR * through[best] + spread
    likely = [row for row in order if not clearly_longer[row]]
    detours = tuple(float(through[row] - straight) for row in likely)
    narrow = max(origin.radius_km, destination.radius_km) <= WIDE_KM
    small = detours[0] <= max(SMALL_KM, SMALL_PART * straight)
    crossing = gates[best] if narrow and small and len(likely) == 1 else None
    return crossing, tuple(gates[row] for row in likely), detours
