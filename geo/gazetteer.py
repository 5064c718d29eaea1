"""The gazetteer: known places by id and by spelling."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.placefiles import read_places
from geo.places import Place, PlaceKind, Shape
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["DEFAULT_FOLDER", "Gazetteer", "Place", "PlaceKind", "Shape"]

DEFAULT_FOLDER: Final = Path(__file__).parents[1] / "data" / "gazetteer"


class Gazetteer:
    """Places by id and by spelling, in the order in which they were listed."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        """Hold the places; `read` is the usual way to come by them."""
        self._places = dict(places)

    @classmethod
    def read(cls, folder: Path = DEFAULT_FOLDER, *more_folders: Path) -> Gazetteer:
        """Read places.csv, and areas.geojson and roads.geojson where they are present, of each folder.

        Args:
            folder: The gazetteer's folder, by default the one that is shipped.
            *more_folders: Further folders with places of their own; their ids must be new.

        Returns:
            The gazetteer of all their places.

        Raises:
            FaultsError: With every fault of every file: unknown or missing column, bad number, lon or lat out of
                range, duplicate id, unknown kind, broken UTF-8, area of an unknown place.
        """
        return cls(read_places(folder, *more_folders))

    def __getitem__(self, place_id: str) -> Place:
        """Give the place of an id; raises KeyError where there is none."""
        return self._places[place_id]

    def get(self, place_id: str) -> Place | None:
        """Give the place of an id, or None."""
        return self._places.get(place_id)

    def __contains__(self, place_id: object) -> bool:
        """Tell whether there is a place of that id."""
        return place_id in self._places

    def __iter__(self) -> Iterator[Place]:
        """Go through the places in the order in which they were listed."""
        return iter(self._places.values())

    def __len__(self) -> int:
        """Count the places."""
        return len(self._places)

    def written(self, spelling: str) -> tuple[Place, ...]:
        """Give the places of which this very spelling is listed, in the gazetteer's order."""
        return self._by_spelling.get(spelling, ())

    def spelled(self, key: str) -> tuple[Place, ...]:
        """Give the places with a spelling that folds to this key (`geo.toponyms.fold`), in the gazetteer's order."""
        return self._by_key.get(key, ())

    @cached_property
    def _by_spelling(self) -> dict[str, tuple[Place, ...]]:
        return _index((spelling, place) for place in self for spelling in place.spellings)

    @cached_property
    def _by_key(self) -> dict[str, tuple[Place, ...]]:
        return _index((fold(spelling), place) for place in self for spelling in place.spellings)


def _index(pairs: Iterator[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    """Gather the places of each key, each once, in their order."""
    found: dict[str, dict[str, Place]] = {}
    for key, place in pairs:
        found.setdefault(key, {})[place.place_id] = place
    return {key: tuple(places.values()) for key, places in found.items()}
