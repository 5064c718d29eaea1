"""The world gazetteer: places of the whole earth in one compact file, searched where it lies and read when first needed."""

from __future__ import annotations

import zipfile
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.errors import BordermapError
from geo.places import POINTS, Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BLOCK", "FILE", "PREFIXES", "Named", "World", "world"]

FILE: Final = Path(__file__).parents[1] / "data" / "gazetteer" / "world" / "world.zip"

PREFIXES: Final = ("geonames-", "admin-", "country-", "region-", "river-", "site-", "airport-")
"""What the ids of its places begin with."""

BLOCK: Final = 2
"""Consonants at the beginning of two spellings that must agree for them to be compared letter by letter."""

SOURCE: Final = "GeoNames and others, data/gazetteer/world (CC BY 4.0)"


@dataclass(frozen=True, slots=True)
class Named:
    """A place that bears a name.

    Attributes:
        row: Its row in the world gazetteer.
        plain: The name in plain letters (`geo.toponyms.plain`).
        flag: How it bears it, as `geo.worldfile` numbers it; the stronger the less.
    """

    row: int
    plain: str
    flag: int


_APART: Final = 64
"""Texts of a sorted column from one that stands unpacked to the next."""


class _Sorted:
    """A sorted column of texts, to be searched by halving without being unpacked."""

    def __init__(self, texts: pa.Array) -> None:
        # Its bytes as they lie in memory, which are in the order of the texts: UTF-8 is in that of its characters.
        whole = pa.concat_arrays([texts.cast(pa.large_string())])
        _, bounds, data = whole.buffers()
        self._view = memoryview(data or b"")
        self._bounds = memoryview(bounds).cast("q")[: len(whole) + 1]
        # Some unpacked, by which most of the halving is done at once.
        self._some = [self._bytes(at) for at in range(0, len(whole), _APART)]

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, at: int) -> str:
        return self._bytes(at).decode()

    def run(self, text: str) -> range:
        """The rows that hold this very text."""
        wanted = text.encode()
        start = end = self._first(wanted)
        while end < len(self) and self._bytes(end) == wanted:
            end += 1
        return range(start, end)

    def beginning(self, text: str) -> range:
        """The rows that begin with this text."""
        return range(self._first(text.encode()), self._first(f"{text}\U0010ffff".encode()))

    def _bytes(self, at: int) -> bytes:
        return bytes(self._view[self._bounds[at] : self._bounds[at + 1]])

    def _first(self, wanted: bytes) -> int:
        """Give the first row that is not before these bytes."""
        view, bounds = self._view, self._bounds
        after = bisect_left(self._some, wanted)
        low, high = max((after - 1) * _APART, 0), min(after * _APART, len(self))
        while low < high:
            middle = (low + high) // 2
            if bytes(view[bounds[middle] : bounds[middle + 1]]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low


class World:
    """Places of the whole earth by id and by spelling; nothing is unpacked but what is asked for.

    Towns of over 500 people, divisions of the first and second order, countries, regions, airports and well-known
    sites, from GeoNames and the packages that data/gazetteer/README.md names.
    """

    def __init__(self, file: Path = FILE) -> None:
        """Read the columns of the file; some 200 MB of memory while that lasts, less after.

        Args:
            file: As `geo.worldfile.write` writes it.

        Raises:
            BordermapError: It is not there, or is not such a file.
        """
        try:
            with zipfile.ZipFile(file) as parts:
                self._columns = _columns(parts.read("places.parquet"))
                self._names = _columns(parts.read("names.parquet"))
                self._packed = {name: parts.read(f"{name}.parquet") for name in ("skeletons", "famous")}
            self._ids = _Sorted(self._columns["place_id"])
            self._folded = _Sorted(self._names.pop("folded"))
        except (OSError, zipfile.BadZipFile, pa.ArrowException, KeyError) as error:
            raise BordermapError(
                f"{file} is not the world gazetteer ({error}); take it from the checkout again"
            ) from error

    def __len__(self) -> int:
        """Count the places."""
        return len(self._ids)

    def get(self, place_id: str) -> Place | None:
        """Give the place of an id, or None."""
        rows = self._ids.run(place_id)
        return self.place(rows[0]) if rows else None

    def spelled(self, key: str) -> list[Named]:
        """Give the places with a name that folds to this key (`geo.toponyms.fold`), in no order."""
        return [self._named(row) for row in self._folded.run(key)]

    def consonants(self, key: str) -> tuple[str, ...]:
        """Give the folded names of which this is the skeleton (`geo.romanized.skeleton`)."""
        return tuple(self._skeletons[1][row].as_py() for row in self._skeletons[0].run(key))

    def block(self, beginning: str) -> list[str]:
        """Give the folded names whose skeletons begin so, among which a close spelling is looked for."""
        rows = self._skeletons[0].beginning(beginning)
        return list(self._skeletons[1][rows.start : rows.stop].to_pylist())

    def famous(self, beginning: str) -> list[str]:
        """Give those of the best known places' folded names whose skeletons begin with these `BLOCK` consonants."""
        return self._famous.get(beginning, [])

    @cached_property
    def _famous(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        columns = _columns(self._packed["famous"])
        for bones, folded in zip(columns["skeleton"].to_pylist(), columns["folded"].to_pylist(), strict=True):
            found.setdefault(bones[:BLOCK], []).append(folded)
        return found

    @cached_property
    def _skeletons(self) -> tuple[_Sorted, pa.Array]:
        found = _columns(self._packed["skeletons"])
        return _Sorted(found["skeleton"]), found["folded"]

    def _named(self, row: int) -> Named:
        plain, place, flags = (self._names[name][row].as_py() for name in ("plain", "place", "flags"))
        return Named(place, plain or self._folded[row], flags)

    def said(self, column: str, row: int) -> Any:
        """Give what a column says of the place of a row."""
        return self._columns[column][row].as_py()

    def positions(self, countries: Iterable[str]) -> list[tuple[float, float, str]]:
        """Give lon, lat (degrees, EPSG:4326) and country of the places of these countries, by code, that are neither areas nor lines."""
        said = self._columns
        points = pa.array(sorted(map(str, POINTS)))
        meant = pc.is_in(said["country"].cast(pa.string()), pa.array(list(countries), pa.string()))
        rows = pc.and_(meant, pc.is_in(said["kind"].cast(pa.string()), points))
        lon, lat, country = (said[name].filter(rows).to_pylist() for name in ("lon", "lat", "country"))
        return [(one / 1e4, other / 1e4, code) for one, other, code in zip(lon, lat, country, strict=True)]

    def division(self, row: int) -> str:
        """Give the code of the division that a place lies in or is: its country, first and second order, by points."""
        return str(self.said("division", row))

    @lru_cache(maxsize=65536)  # noqa: B019 - there is one world, and it stays
    def place(self, row: int) -> Place:
        """Make the place of a row."""
        said = {name: column[row].as_py() for name, column in self._columns.items()}
        geonames = said["place_id"].removeprefix("geonames-")
        return Place(
            place_id=said["place_id"],
            name=said["name"],
            name_ar=said["name_ar"],
            kind=PlaceKind(said["kind"]),
            country=said["country"],
            lon=said["lon"] / 1e4,
            lat=said["lat"] / 1e4,
            radius_km=round(said["radius_km"], 1),
            geonames_id=geonames if geonames.isdigit() else "",
            source=SOURCE,
        )


def _columns(packed: bytes) -> dict[str, pa.Array]:
    """Unpack a Parquet table column by column, so that no more than one is held twice."""
    file = pq.ParquetFile(pa.BufferReader(packed))
    return {name: file.read([name])[name].combine_chunks() for name in file.schema_arrow.names}


@cache
def world() -> World:
    """Read the shipped world gazetteer, once a process and not before a name needs it."""
    return World()
