"""What is known of names: whether a place bears one, and whether it is a nation's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.candidates import curated, everywhere
from geo.cleaning import cleaned
from geo.matches import How
from geo.places import PlaceKind
from geo.toponyms import plain

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.world import World

__all__ = ["CURATED", "OF_MILLIONS", "WELL_KNOWN", "Atlas"]

WELL_KNOWN: Final = 4.3
"""Power of ten of people from which on a name is taken for a place's with no word beside it that says so."""

OF_MILLIONS: Final = 6.5
"""The same for what may be a ruler's name or letters that stand for something."""

CURATED: Final = 9.0
"""What is added for a curated place; no place has so many people."""


class Atlas:
    """What is known of names: whether a place bears one, and whether it is a nation's."""

    def __init__(self, gazetteer: Gazetteer, world: World) -> None:
        """Ask both gazetteers."""
        self._gazetteer = gazetteer
        self._world = world
        self.knows = lru_cache(maxsize=16384)(self._knows)

    def is_country(self, name: str) -> bool:
        """Tell whether a name is a country's, or its people's."""
        found = everywhere(cleaned(name), self._gazetteer, self._world)
        return any(one.place.kind == PlaceKind.COUNTRY for one in found)

    def _knows(self, name: str) -> float:
        """Give how well a name is known as a place's, as a power of ten of people; -1 for a nation's, 0 for none."""
        clean = cleaned(name)
        if not clean:
            return 0.0
        ours = curated(clean, self._gazetteer)
        found = everywhere(clean, self._gazetteer, self._world)
        if found and max(found, key=lambda one: one.prominence).demonym:
            return -1.0
        if ours and ours[0].place.kind == PlaceKind.COUNTRY and plain(clean) != plain(ours[0].place.name):
            # A country's other spellings are other names of it or its people's; only a name is a place.
            return (
                CURATED
                if any(not one.demonym and one.place.kind == PlaceKind.COUNTRY for one in found)
                else -1.0
            )
        named = {How.EXACT, How.FOLDED}
        return max(
            (one.prominence + (CURATED if one.ours and one.how in named else 0.0) for one in found),
            default=0.0,
        )
