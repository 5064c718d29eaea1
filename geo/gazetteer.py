"""The gazetteer: known places with their spellings, read from places.csv and the GeoJSON beside it."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from shapely.geometry import shape

from geo.errors import Fault, FaultsError
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

__all__ = ["COLUMNS", "DEFAULT_FOLDER", "SHAPE_FILES", "Gazetteer", "Place", "PlaceKind", "Shape"]

DEFAULT_FOLDER: Final = Path(__file__).parents[1] / "data" / "gazetteer"
SHAPE_FILES: Final = ("areas.geojson", "roads.geojson", "rivers.geojson")
COLUMNS: Final = (
    *("place_id", "name", "name_ar", "kind", "country", "lon", "lat", "radius_km", "aliases"),
    *("geonames_id", "source", "checked", "note"),
)


class PlaceKind(StrEnum):
    """What a place is; a name that several kinds share is several places."""

    TOWN = "town"
    CROSSING = "crossing"
    BASE = "base"
    CAMP = "camp"
    SITE = "site"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    REGION = "region"
    COUNTRY = "country"
    ROAD = "road"
    RIVER = "river"


@dataclass(frozen=True)
class Shape:
    """The area or line of a place, made into a geometry when first asked for.

    Attributes:
        source: Where the outline is from, or the rule it follows.
        schematic: True where it was drawn or derived for the map and must not be read as surveyed.
        geojson: The GeoJSON geometry object as read, EPSG:4326, lon before lat.
    """

    source: str
    schematic: bool
    geojson: dict[str, Any] = field(repr=False, compare=False)

    @cached_property
    def geometry(self) -> BaseGeometry:
        """The shapely geometry, EPSG:4326."""
        return shape(self.geojson)


@dataclass(frozen=True, slots=True)
class Place:
    """A named point or area with a radius of uncertainty.

    Attributes:
        place_id: Its id, unique in the gazetteer.
        name: The name that the map writes.
        name_ar: The Arabic name, or "".
        kind: What it is.
        country: ISO 3166-1 alpha-2 code of the country the point lies in, or "" where it lies in several.
        lon: Degrees east, EPSG:4326.
        lat: Degrees north, EPSG:4326.
        radius_km: Kilometres around the point within which the place surely is; of an area, the radius of the circle of
            equal size; of a line or strip, half its length.
        aliases: Other spellings, as written somewhere.
        geonames_id: The id in GeoNames, or "".
        source: The evidence for the position.
        checked: True where evidence independent of memory stands in `source`.
        note: Doubts and caveats.
        shape: The area or line, where there is one.
    """

    place_id: str
    name: str
    name_ar: str
    kind: PlaceKind
    country: str
    lon: float
    lat: float
    radius_km: float
    aliases: tuple[str, ...] = ()
    geonames_id: str = ""
    source: str = ""
    checked: bool = False
    note: str = ""
    shape: Shape | None = None

    @property
    def geometry(self) -> BaseGeometry | None:
        """The area or line in EPSG:4326; None for what is only a point."""
        return None if self.shape is None else self.shape.geometry

    @property
    def schematic(self) -> bool:
        """True where the outline was drawn or derived for the map."""
        return self.shape is not None and self.shape.schematic

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the place is known to be written: name, Arabic name, aliases."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.name_ar, *self.aliases))))


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
        reading = _Reading()
        for each in (folder, *more_folders):
            reading.folder(each)
        if reading.faults:
            raise FaultsError(reading.faults)
        return cls(reading.places)

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


@dataclass
class _Row:
    """One row of places.csv on its way to a Place, with a place to put its faults."""

    file: Path
    line: int
    cells: Mapping[str, str]
    faults: list[Fault]

    def fault(self, column: str, why: str, todo: str) -> None:
        self.faults.append(Fault(self.file, self.line, column, self.cells.get(column), why, todo))

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def needed(self, column: str) -> str:
        if not self.text(column):
            self.fault(column, "is empty", f"give the place a {column}")
        return self.text(column)

    def number(self, column: str, low: float, high: float) -> float:
        try:
            value = float(self.text(column))
        except ValueError:
            self.fault(column, "is not a number", "write it with a point, as in 40.9760")
            return math.nan
        if not low <= value <= high:
            self.fault(column, f"is not between {low:g} and {high:g}", "check it; lon comes before lat")
        return value

    def kind(self) -> PlaceKind:
        try:
            return PlaceKind(self.text("kind"))
        except ValueError:
            self.fault("kind", "is not a kind of place", f"write one of {', '.join(PlaceKind)}")
            return PlaceKind.SITE

    def country(self) -> str:
        code = self.text("country")
        if code and not re.fullmatch("[A-Z]{2}", code):
            self.fault(
                "country", "is not a country code", "write two capital letters (ISO 3166-1), or nothing"
            )
        return code

    def checked(self) -> bool:
        said = self.text("checked")
        if said not in {"yes", "no"}:
            self.fault("checked", "is neither yes nor no", "write yes where the source is evidence, else no")
        elif said == "yes" and not self.text("source"):
            self.fault("checked", "is yes without a source", "name the evidence in source, or write no")
        return said == "yes"

    def place_id(self, known: Mapping[str, tuple[Path, int]]) -> str:
        place_id = self.needed("place_id")
        if ";" in place_id:
            self.fault("place_id", "holds a semicolon, which separates ids in a list", "choose another id")
        if place_id in known:
            file, line = known[place_id]
            self.fault(
                "place_id", f"is already the place of {file} line {line}", "give every place its own id"
            )
        return place_id

    def place(self, known: Mapping[str, tuple[Path, int]]) -> Place:
        aliases = (alias.strip() for alias in self.text("aliases").split(";"))
        return Place(
            place_id=self.place_id(known),
            name=self.needed("name"),
            name_ar=self.text("name_ar"),
            kind=self.kind(),
            country=self.country(),
            lon=self.number("lon", -180, 180),
            lat=self.number("lat", -90, 90),
            radius_km=self.number("radius_km", 0, 20038),  # half of the equator
            aliases=tuple(dict.fromkeys(filter(None, aliases))),
            geonames_id=self.text("geonames_id"),
            source=self.text("source"),
            checked=self.checked(),
            note=self.text("note"),
        )


class _Reading:
    """The reading of one or more folders: the places so far and every fault met."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.faults: list[Fault] = []
        self._lines: dict[str, tuple[Path, int]] = {}

    def folder(self, folder: Path) -> None:
        shapes = [found for name in SHAPE_FILES for found in self._shapes(folder / name)]
        by_id = dict(self._rows(folder / "places.csv"))
        listed = set(self._lines)
        for file, place_id, drawn in shapes:
            if place_id not in listed:
                todo = "add the place to places.csv, or take its outline out"
                self.faults.append(Fault(file, None, "place_id", place_id, "is not in places.csv", todo))
            elif place_id in by_id:
                by_id[place_id] = _with_shape(by_id[place_id], drawn)
        self.places |= by_id

    def _fault(self, file: Path, line: int | None, why: str, todo: str, value: str | None = None) -> None:
        self.faults.append(Fault(file, line, None, value, why, todo))

    def _text(self, file: Path) -> str | None:
        try:
            raw = file.read_bytes()
        except OSError as error:
            self._fault(file, None, f"cannot be read ({error.strerror})", "check the folder's name")
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._fault(
                file, line, "is not UTF-8", "save the file as UTF-8", repr(raw[error.start : error.end])
            )
            return None

    def _rows(self, file: Path) -> Iterator[tuple[str, Place]]:
        text = self._text(file)
        if text is None:
            return
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = next(lines, [])
            if not self._header_holds(file, header):
                return
            first = lines.line_num + 1
            for cells in lines:
                line, first = first, lines.line_num + 1
                if cells:
                    yield from self._row(file, line, header, cells)
        except csv.Error as error:
            self._fault(file, lines.line_num, f"is not CSV ({error})", "check the quotes of that line")

    def _header_holds(self, file: Path, header: list[str]) -> bool:
        before = len(self.faults)
        for column in sorted({c for c in header if c not in COLUMNS or header.count(c) > 1}):
            why = "stands twice" if column in COLUMNS else "is not a column of places.csv"
            self.faults.append(
                Fault(file, 1, column or "(no name)", None, why, f"keep to {', '.join(COLUMNS)}")
            )
        for column in COLUMNS:
            if column not in header:
                self.faults.append(
                    Fault(file, 1, column, None, "is missing", "add the column, empty if need be")
                )
        return len(self.faults) == before

    def _row(self, file: Path, line: int, header: list[str], cells: list[str]) -> Iterator[tuple[str, Place]]:
        if len(cells) != len(header):
            why = f"has {len(cells)} cells for {len(header)} columns"
            self._fault(file, line, why, "quote the cell that holds a comma")
            return
        place = _Row(file, line, dict(zip(header, cells, strict=True)), self.faults).place(self._lines)
        if self._lines.setdefault(place.place_id, (file, line)) == (file, line):
            yield place.place_id, place

    def _shapes(self, file: Path) -> Iterator[tuple[Path, str, Shape]]:
        if not file.exists():
            return
        text = self._text(file)
        if text is None:
            return
        try:
            features = json.loads(text)["features"]
            for feature in features:
                said = feature["properties"]
                drawn = Shape(str(said["source"]), bool(said["schematic"]), _geometry(feature["geometry"]))
                yield file, str(said["place_id"]), drawn
        except json.JSONDecodeError as error:
            self._fault(file, error.lineno, f"is not JSON ({error.msg})", "mend that line")
        except (KeyError, TypeError) as error:
            todo = "give each feature a geometry and the properties place_id, source and schematic"
            self._fault(file, None, f"is not a FeatureCollection of places ({error})", todo)


def _geometry(found: Any) -> dict[str, Any]:
    """Hand a GeoJSON geometry on, or raise KeyError or TypeError where it is none."""
    if not isinstance(found, dict):
        raise TypeError("a feature without geometry")
    return {part: found[part] for part in ("type", "coordinates")}


def _with_shape(place: Place, drawn: Shape) -> Place:
    """Give the place with its outline."""
    kept = {name: getattr(place, name) for name in place.__dataclass_fields__}
    return Place(**{**kept, "shape": drawn})
