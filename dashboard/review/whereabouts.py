"""Where the toponyms of a claim are, and where else they may be: places as a reviewer chooses among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from claims.articles.proposals import precision_of
from claims.model import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.gazetteer import Gazetteer
    from geo.matches import Geocoder, Match
    from geo.places import Place

__all__ = ["ENDS", "Whereabouts"]

ENDS: Final = tuple(role for role in ROLES if role != "route")
"""The places that a reviewer sees and mends."""

MOST: Final = 8
"""Candidates that are offered for a toponym."""


class Whereabouts:
    """The places of a text's toponyms, geocoded together once and again as a reviewer writes others.

    Attributes:
        gazetteer: Holds what ids mean.
    """

    def __init__(self, gazetteer: Gazetteer, geocoder: Geocoder, toponyms: Iterable[str]) -> None:
        """Geocode the toponyms of a text's proposals.

        Args:
            gazetteer: Holds what ids mean.
            geocoder: Finds places.
            toponyms: As written, in the order of the text.
        """
        self.gazetteer = gazetteer
        self._geocoder = geocoder
        self._toponyms = list(dict.fromkeys(filter(None, toponyms)))
        self._found = self._geocoded(self._toponyms)

    def place(self, place_id: str) -> Place | None:
        """Give the place of an id; None where there is none."""
        return self.gazetteer.get(place_id) if place_id else None

    def choices(self, toponym: str, place_id: str = "") -> list[dict[str, Any]]:
        """List what a toponym may mean, what it was taken for first.

        Args:
            toponym: As written.
            place_id: What it was taken for.
        """
        match = self._match(toponym)
        taken = [self.place(place_id), match.place if match else None]
        every = [*filter(None, taken), *(match.candidates if match else ())]
        return [_told(place) for place in {place.place_id: place for place in every}.values()][:MOST]

    def first(self, toponym: str) -> str:
        """Give the id of the place that the geocoder takes a toponym for; "" where it does not decide."""
        match = self._match(toponym)
        return match.place.place_id if match and match.place else ""

    def placed(self, cells: Mapping[str, str]) -> dict[str, Place]:
        """Give the places of a claim by its roles."""
        found = ((role, self.place(cells.get(f"{role}_id", ""))) for role in ENDS)
        return {role: place for role, place in found if place is not None}

    def precision(self, cells: Mapping[str, str]) -> str:
        """Give the geo_precision of a claim's places as it is written."""
        told = precision_of(place.radius_km for place in self.placed(cells).values())
        return "" if told is None else str(told)

    def _match(self, toponym: str) -> Match | None:
        toponym = toponym.strip()
        if toponym and toponym not in self._found:
            self._found |= self._geocoded([*self._toponyms, toponym])
        return self._found.get(toponym)

    def _geocoded(self, toponyms: Sequence[str]) -> dict[str, Match]:
        return {match.toponym: match for match in self._geocoder.geocode(toponyms)} if toponyms else {}


def _told(place: Place) -> dict[str, Any]:
    return {
        "id": place.place_id,
        "name": place.name,
        "name_ar": place.name_ar,
        "kind": str(place.kind),
        "country": place.country,
        "km": round(place.radius_km),
    }
