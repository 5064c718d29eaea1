"""The files of a gazetteer, places.csv and its outlines as GeoJSON, read with all their faults at once."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.errors import Fault, FaultsError
from geo.places import Place, PlaceKind, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["COLUMNS", "SHAPE_FILES", "read_places"]

SHAPE_FILES: Final = ("areas.geojson", "roads.geojson", "rivers.geojson")
COLUMNS: Final = (
    *("place_id", "name", "name_ar", "kind", "country", "lon", "lat", "radius_km", "aliases"),
    *("geonames_id", "source", "checked", "note"),
)
_OUTLINES: Final = frozenset({"Polygon", "MultiPolygon", "LineString", "MultiLineString"})


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


def read_places(*folders: Path) -> dict[str, Place]:
    """Read places.csv, and the GeoJSON files of outlines where they are present, of each folder.

    Args:
        *folders: The gazetteer's folder and any further ones; every id is the place of one row among them all.

    Returns:
        The places by id, in the order in which they are listed.

    Raises:
        FaultsError: With every fault of every file.
    """
    reading = _Reading()
    for folder in folders:
        reading.folder(folder)
    if reading.faults:
        raise FaultsError(reading.faults)
    return reading.places


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
                by_id[place_id] = replace(by_id[place_id], shape=drawn)
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
                drawn = Shape(str(said["source"]), _truth(said["schematic"]), _geometry(feature["geometry"]))
                yield file, str(said["place_id"]), drawn
        except json.JSONDecodeError as error:
            self._fault(file, error.lineno, f"is not JSON ({error.msg})", "mend that line")
        except (KeyError, TypeError) as error:
            todo = "give each feature a geometry and the properties place_id, source and schematic"
            self._fault(file, None, f"is not a FeatureCollection of places ({error})", todo)


def _truth(said: Any) -> bool:
    """Hand a JSON truth value on; the text "false" would pass for true."""
    if not isinstance(said, bool):
        raise TypeError(f"schematic is {said!r}, neither true nor false")
    return said


def _geometry(found: Any) -> dict[str, Any]:
    """Hand the geometry of an area or a line on, or raise KeyError or TypeError where it is none."""
    if not isinstance(found, dict) or found["type"] not in _OUTLINES or not found["coordinates"]:
        raise TypeError("a feature whose geometry is neither an area nor a line")
    return {part: found[part] for part in ("type", "coordinates")}
