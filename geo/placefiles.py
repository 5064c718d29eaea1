"""The files of a gazetteer, places.csv and its outlines as GeoJSON, read with all their faults at once."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.errors import Fault, FaultsError
from geo.files.csvfiles import header_faults, read_rows
from geo.outlines import read_outlines
from geo.places import Place, PlaceKind
from geo.slips import slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from geo.outlines import Outline

__all__ = ["COLUMNS", "PLACE_FILES", "SHAPE_FILES", "PlacesRead", "read_places"]

SHAPE_FILES: Final = ("areas.geojson", "roads.geojson", "rivers.geojson")
PLACE_FILES: Final = ("places.csv", *SHAPE_FILES)
COLUMNS: Final = (
    *("place_id", "name", "name_ar", "kind", "country", "lon", "lat", "radius_km", "aliases"),
    *("geonames_id", "source", "checked", "note"),
)


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
            return math.nan
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

    def position(self, country: str) -> tuple[float, float]:
        """Read lon and lat, and doubt them where a slip of the pen explains why they lie outside of the country."""
        lon, lat = self.number("lon", -180, 180), self.number("lat", -90, 90)
        if not math.isnan(lon + lat) and (slipped := slip(country, lon, lat)):
            said = f"{self.text('lon')}, {self.text('lat')}"
            todo = f"write lon {slipped.lon:g} and lat {slipped.lat:g}, or correct the country"
            self.faults.append(Fault(self.file, self.line, "lon, lat", said, slipped.why, todo))
        return lon, lat

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
        if ":" in place_id:
            self.fault("place_id", "holds a colon, with which ids spell phrases", "choose another id")
        if place_id in known:
            file, line = known[place_id]
            self.fault(
                "place_id", f"is already the place of {file} line {line}", "give every place its own id"
            )
        return place_id

    def place(self, known: Mapping[str, tuple[Path, int]]) -> Place:
        aliases = (alias.strip() for alias in self.text("aliases").split(";"))
        # In the order of the columns, and so of the faults.
        place_id, name, kind, country = self.place_id(known), self.needed("name"), self.kind(), self.country()
        lon, lat = self.position(country)
        return Place(
            place_id=place_id,
            name=name,
            name_ar=self.text("name_ar"),
            kind=kind,
            country=country,
            lon=lon,
            lat=lat,
            radius_km=self.number("radius_km", 0, 20038),  # half of the equator
            aliases=tuple(dict.fromkeys(filter(None, aliases))),
            geonames_id=self.text("geonames_id"),
            source=self.text("source"),
            checked=self.checked(),
            note=self.text("note"),
        )


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """The places of one or more folders.

    Attributes:
        places: By id, in the order in which they are listed.
        lines: The file and the line of each.
    """

    places: Mapping[str, Place]
    lines: Mapping[str, tuple[Path, int]]


def read_places(*folders: Path, after: PlacesRead | None = None) -> PlacesRead:
    """Read places.csv, and the GeoJSON files of outlines where they are present, of each folder.

    Args:
        *folders: The gazetteer's folder and any further ones; every id is the place of one row among them all.
        after: What was read before of other folders, which stays as it is.

    Returns:
        The places of all folders and of those before them.

    Raises:
        FaultsError: With every fault of every file.
    """
    reading = _Reading(after or PlacesRead({}, {}))
    for folder in folders:
        reading.folder(folder)
    if reading.faults:
        raise FaultsError(reading.faults)
    return PlacesRead(reading.places, reading.lines)


class _Reading:
    """The reading of one or more folders: the places so far and every fault met."""

    def __init__(self, before: PlacesRead) -> None:
        self.places = dict(before.places)
        self.lines = dict(before.lines)
        self.faults: list[Fault] = []

    def folder(self, folder: Path) -> None:
        file = folder / "places.csv"
        # A row with a fault is no place, yet its outline is not one of nobody.
        outlines = [outline for name in SHAPE_FILES for outline in self._outlines(folder / name)]
        by_id = dict(self._rows(file))
        drawn: set[str] = set()
        for outline in outlines:
            listed = self.lines.get(outline.place_id)
            if listed is None or listed[0] != file:
                todo = "add the place to places.csv beside it, or take its outline out"
                self.faults.append(outline.fault("is not in places.csv", todo))
            elif outline.place_id in drawn:
                self.faults.append(outline.fault("has a second outline", "keep one of them"))
            elif (place := by_id.get(outline.place_id)) and outline.misses(place.lon, place.lat):
                why = f"is at {place.lon:g}, {place.lat:g}, and its outline is elsewhere"
                self.faults.append(outline.fault(why, "check both; lon comes before lat"))
            elif place:
                by_id[outline.place_id] = replace(place, shape=outline.shape)
            drawn.add(outline.place_id)
        self.places |= by_id

    def _outlines(self, file: Path) -> Iterator[Outline]:
        if file.exists():
            yield from read_outlines(file, self.faults)

    def _rows(self, file: Path) -> Iterator[tuple[str, Place]]:
        with read_rows(file, self.faults, known=COLUMNS) as rows:
            if rows.broken:
                return
            if unfit := header_faults(file, rows.header, COLUMNS):
                self.faults += unfit
                return
            for line, cells in rows:
                row = _Row(file, line, dict(zip(rows.header, cells, strict=True)), self.faults)
                place = row.place(self.lines)
                if self.lines.setdefault(place.place_id, (file, line)) == (file, line):
                    yield place.place_id, place
