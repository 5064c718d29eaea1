"""The gazetteer: known places by id and by spelling."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.kinds import stem
from geo.phrases import from_id
from geo.placefiles import PLACE_FILES, PlacesRead, read_places
from geo.places import Place, PlaceKind, Shape
from geo.romanized import skeleton
from geo.toponyms import fold, plain
from geo.world import BLOCK, PREFIXES, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["DEFAULT_FOLDER", "Gazetteer", "Place", "PlaceKind", "Shape", "shipped_gazetteer"]

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
        if folder == DEFAULT_FOLDER:
            return cls(read_places(*more_folders, after=_shipped_places(_stamp())).places)
        return cls(read_places(folder, *more_folders).places)

    def __getitem__(self, place_id: str) -> Place:
        """Give the place of an id; raises KeyError where there is none."""
        place = self.get(place_id)
        if place is None:
            raise KeyError(place_id)
        return place

    def get(self, place_id: str) -> Place | None:
        """Give the place of an id, or None.

        An id may also spell a phrase ("north-of:toledo", `geo.phrases`) or be one of the world gazetteer's, which is
        then read; such a place is not among those that are gone through or found by spelling.
        """
        return self._places.get(place_id) or _elsewhere(place_id, self.get)

    def __contains__(self, place_id: object) -> bool:
        """Tell whether there is a place of that id, as `get` gives it."""
        return isinstance(place_id, str) and self.get(place_id) is not None

    def holding(self, place_ids: Iterable[str]) -> Gazetteer:
        """Give a gazetteer that also lists the places of these ids which only `get` knows.

        Raises:
            KeyError: There is no place of one of the ids.
        """
        more = {place_id: self[place_id] for place_id in place_ids if place_id not in self._places}
        return Gazetteer(self._places | more) if more else self

    def __iter__(self) -> Iterator[Place]:
        """Go through the places in the order in which they were listed."""
        return iter(self._places.values())

    def __len__(self) -> int:
        """Count the places."""
        return len(self._places)

    def written(self, spelling: str) -> tuple[Place, ...]:
        """Give the places of which this very spelling is listed, in the gazetteer's order."""
        return self._by_spelling.get(spelling, ())

    def plainly(self, written: str) -> tuple[Place, ...]:
        """Give the places with a spelling that is this in plain letters (`geo.toponyms.plain`)."""
        return self._by_plain.get(written, ())

    def spelled(self, key: str) -> tuple[Place, ...]:
        """Give the places with a spelling that folds to this key (`geo.toponyms.fold`), in the gazetteer's order."""
        return self._by_key.get(key, ())

    def stemmed(self, key: str) -> tuple[Place, ...]:
        """Give the places with a spelling that has this key without its kind words (`geo.kinds.stem`)."""
        return self._by_stem.get(key, ())

    def of_geonames(self, geonames_id: str) -> Place | None:
        """Give the place of an id in GeoNames, or None; "" is no id."""
        return self._by_geonames.get(geonames_id)

    def alike(self, bones: str) -> tuple[str, ...]:
        """Give the folded spellings of which this is the skeleton (`geo.romanized.skeleton`)."""
        return self._by_skeleton.get(bones, ())

    def block(self, beginning: str) -> list[str]:
        """Give the folded spellings whose skeletons begin with these `BLOCK` consonants."""
        return self._by_beginning.get(beginning, [])

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for bones, keys in self._by_skeleton.items():
            found.setdefault(bones[:BLOCK], []).extend(keys)
        return found

    @cached_property
    def _by_skeleton(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for place in self:
            for spelling in place.spellings:
                found.setdefault(skeleton(spelling), {})[fold(spelling)] = None
        return {bones: tuple(keys) for bones, keys in found.items() if bones}

    @cached_property
    def _by_geonames(self) -> dict[str, Place]:
        return {place.geonames_id: place for place in self if place.geonames_id}

    @cached_property
    def _by_stem(self) -> dict[str, tuple[Place, ...]]:
        return _index((stem(spelling)[0], place) for place in self for spelling in place.spellings)

    @cached_property
    def _by_spelling(self) -> dict[str, tuple[Place, ...]]:
        return _index((spelling, place) for place in self for spelling in place.spellings)

    @cached_property
    def _by_plain(self) -> dict[str, tuple[Place, ...]]:
        return _index((plain(spelling), place) for place in self for spelling in place.spellings)

    @cached_property
    def _by_key(self) -> dict[str, tuple[Place, ...]]:
        return _index((fold(spelling), place) for place in self for spelling in place.spellings)


def shipped_gazetteer() -> Gazetteer:
    """Give the gazetteer of the places that are shipped, read once for as long as their files stay as they are.

    Raises:
        FaultsError: As `Gazetteer.read`.
    """
    return _shipped(_stamp())


def _stamp() -> tuple[tuple[int, ...], ...]:
    """Give what changes where one of the shipped files does."""
    stats = [file.stat() for name in PLACE_FILES if (file := DEFAULT_FOLDER / name).exists()]
    return tuple((stat.st_ino, stat.st_mtime_ns, stat.st_size) for stat in stats)


@lru_cache(maxsize=1)
def _shipped(stamp: tuple[tuple[int, ...], ...]) -> Gazetteer:
    return Gazetteer(_shipped_places(stamp).places)


@lru_cache(maxsize=1)
def _shipped_places(_of_stamp: tuple[tuple[int, ...], ...]) -> PlacesRead:
    return read_places(DEFAULT_FOLDER)


def _elsewhere(place_id: str, get: Callable[[str], Place | None]) -> Place | None:
    """Give the place of an id that is of no listed place: of a phrase, or of the world gazetteer."""
    if ":" in place_id:
        return from_id(place_id, get)
    return world().get(place_id) if place_id.startswith(PREFIXES) else None


def _index(pairs: Iterator[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    """Gather the places of each key, each once, in their order."""
    found: dict[str, dict[str, Place]] = {}
    for key, place in pairs:
        found.setdefault(key, {})[place.place_id] = place
    return {key: tuple(places.values()) for key, places in found.items()}
