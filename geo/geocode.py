"""From a toponym to its place, or to the candidates where the name alone does not decide."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.kinds import stem
from geo.matches import How, Match
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.gazetteer import Gazetteer
    from geo.places import Place, PlaceKind

__all__ = ["How", "Match", "geocode"]


@lru_cache(maxsize=16)
def _stems(gazetteer: Gazetteer) -> dict[str, tuple[Place, ...]]:
    """Index the places by their spellings without kind words."""
    found: dict[str, dict[str, Place]] = {}
    for place in gazetteer:
        for spelling in place.spellings:
            found.setdefault(stem(spelling)[0], {})[place.place_id] = place
    return {key: tuple(places.values()) for key, places in found.items()}


def geocode(
    toponym: str,
    gazetteer: Gazetteer,
    *,
    kinds: Collection[PlaceKind] | None = None,
    countries: Collection[str] | None = None,
) -> Match:
    """Find the place that a toponym names.

    The first of these that finds any place decides: the spelling as listed; a listed spelling that folds alike; the
    name without its kind words ("crossing", "province", "airbase" and their Arabic words) among places of that kind.
    Where it finds several, the toponym is ambiguous and no place is given.

    Args:
        toponym: The name as written, in Latin or Arabic script.
        gazetteer: The known places.
        kinds: Only places of these kinds; None for any.
        countries: Only places of these countries (ISO 3166-1 alpha-2) and such as lie in several; None for any.

    Returns:
        The match; without place where the name is ambiguous, unknown, or known only of another kind.
    """

    def allowed(places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(
            place
            for place in places
            if (kinds is None or place.kind in kinds)
            and (countries is None or not place.country or place.country in countries)
        )

    toponym = toponym.strip()
    for how, places in (
        (How.EXACT, gazetteer.written(toponym)),
        (How.FOLDED, gazetteer.spelled(fold(toponym))),
    ):
        if found := allowed(places):
            return _match(toponym, found, how)
    key, said = stem(toponym)
    named = allowed(_stems(gazetteer).get(key, ())) if said else ()
    if found := tuple(place for place in named if place.kind in said):
        return _match(toponym, found, How.KIND)
    return Match(toponym, None, named, How.OTHER_KIND if named else How.UNKNOWN)


def _match(toponym: str, found: tuple[Place, ...], how: How) -> Match:
    """Make the match of one place, or of several."""
    if len(found) == 1:
        return Match(toponym, found[0], found, how)
    return Match(toponym, None, found, How.AMBIGUOUS)
