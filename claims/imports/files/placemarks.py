"""What a KML placemark says, as the cells of a row (OGC KML 2.3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree

from claims.imports.files.shownhtml import shown_words
from claims.imports.files.written import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["LAST", "SPAN", "Placemark", "WrongPart"]

_POINT: Final = ("geometry.lon", "geometry.lat", "geometry.alt")
HTML: Final = "description.html"
LAST: Final = (*_POINT, "geometry", HTML)
"""The columns that stand last."""

SPAN: Final = ("begin", "end")
_TIMES: Final = {"TimeStamp": ("when",), "TimeSpan": SPAN}
_PLAIN: Final = ("name", "description", "address", "phoneNumber", "Snippet", "styleUrl", "visibility", "open")
_OURS: Final = frozenset({*_PLAIN, *LAST, "feature.id", "folder", "when", "begin", "end"})
_GEOMETRIES: Final = frozenset(
    {"LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack"}
)
_DEEPEST: Final = 20  # geometries within geometries


class WrongPart(NamedTuple):
    """What is wrong with a part of a placemark: its column, as written, why, and what to do."""

    column: str
    value: str | None
    why: str
    todo: str


class Placemark:
    """A placemark.

    Attributes:
        line: Where it begins.
        cells: `folder`, of the folders it is in; `feature.id`; each element of plain text by its name, of a description
            that is HTML its words, with `description.html` as written; `when`, or `begin` and `end`; each datum of ExtendedData by its name, after `data.` where one of these has it; of a point
            `geometry.lon`, `geometry.lat`, `geometry.alt` as written; of any other geometry `geometry`, as GeoJSON, or as
            XML where GeoJSON has none such.
        wrong: What is wrong with it.
    """

    def __init__(self, element: etree._Element, folders: Iterable[str]) -> None:
        """Read it.

        Args:
            element: It, whole.
            folders: The names of the folders it is in.
        """
        self.line: int = element.sourceline or 1
        self.wrong: list[WrongPart] = []
        self.cells: dict[str, str] = {}
        self._put("folder", " > ".join(folders))
        self._put("feature.id", element.get("id", ""))
        for part in element:
            self._read(part, _kind(part))

    def _read(self, part: etree._Element, kind: str) -> None:
        if kind in _TIMES:
            for child in part:
                if _kind(child) in _TIMES[kind]:
                    self._put(_kind(child), _text(child))
        elif kind == "ExtendedData":
            for name, value in _data(part):
                self._put_datum(name, value)
        elif kind == "Point":
            self._put_point(part)
        elif kind in _GEOMETRIES:
            self._put_geometry(part)
        elif len(part) == 0:
            text = _text(part)
            words = shown_words(text) if kind == "description" else text
            self._put(kind, words)
            if words and words != text:
                self._put(HTML, text)

    def spanned(self) -> None:
        """Give the moment of a TimeStamp as a span, too, for a table in which others have one."""
        if "when" in self.cells and not self.cells.keys() & set(SPAN):
            self.cells |= dict.fromkeys(SPAN, self.cells["when"])

    def _put(self, column: str, text: str) -> None:
        if text:
            self.cells[column] = text

    def _put_datum(self, name: str, value: str) -> None:
        column = f"data.{name}" if name in _OURS else name
        if not name.strip():
            self.wrong.append(WrongPart("ExtendedData", value, "has no name", "name each datum"))
        elif column in self.cells:
            self.wrong.append(WrongPart(column, value, "stands twice", "keep one of them"))
        else:
            self.cells[column] = value

    def _put_point(self, part: etree._Element) -> None:
        written = _coordinates(part)
        positions = list(_positions(written))
        if len(positions) == 1 and positions[0]:
            self.cells |= dict(zip(_POINT, (number.strip() for number in written.split(",")), strict=False))
        elif positions:
            todo = "write it as lon,lat or lon,lat,alt"
            self.wrong.append(WrongPart("Point", written[:60], "is no position", todo))

    def _put_geometry(self, part: etree._Element) -> None:
        try:
            made = _geojson(part, 0)
        except ValueError as error:
            todo = "write its positions as lon,lat or lon,lat,alt with spaces between"
            self.wrong.append(WrongPart(_kind(part), str(error)[:60], "has what is no position", todo))
            return
        xml = etree.tostring(part, encoding="unicode", with_tail=False)
        self._put("geometry", json_text(made) if made else xml)


def _text(part: etree._Element) -> str:
    return (part.text or "").strip()


def _data(part: etree._Element) -> Iterator[tuple[str, str]]:
    """Give names and values of ExtendedData: Data with a value each, and SimpleData of a schema."""
    for element in part:
        kind = _kind(element)
        if kind == "Data":
            value = next((child for child in element if _kind(child) == "value"), None)
            yield element.get("name", ""), "" if value is None else _text(value)
        elif kind == "SchemaData":
            yield from (
                (datum.get("name", ""), _text(datum)) for datum in element if _kind(datum) == "SimpleData"
            )


def _kind(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _coordinates(part: etree._Element) -> str:
    found = part.find("{*}coordinates")
    return "" if found is None else _text(found)


def _positions(text: str) -> Iterator[list[float]]:
    """Give the positions of coordinates; an empty one where one is none."""
    for written in text.split():
        try:
            position = [float(number) for number in written.split(",")]
        except ValueError:
            position = []
        yield position if len(position) in {2, 3} and all(map(math.isfinite, position)) else []


def _geojson(part: etree._Element, depth: int) -> dict[str, Any] | None:
    """Write a geometry as GeoJSON; None where that has none such.

    Raises:
        ValueError: With what is no position.
    """
    kind = _kind(part)
    if kind in {"Point", "LineString", "LinearRing"}:
        found = _line(part)
        return {"type": "Point", "coordinates": found[0]} if kind == "Point" and found else _strung(found)
    if kind == "Polygon":
        rings = part.findall("{*}outerBoundaryIs/{*}LinearRing") + part.findall(
            "{*}innerBoundaryIs/{*}LinearRing"
        )
        return {"type": "Polygon", "coordinates": [_line(ring) for ring in rings]}
    if kind == "MultiGeometry" and depth < _DEEPEST:
        parts = [_geojson(child, depth + 1) for child in part]
        return {"type": "GeometryCollection", "geometries": parts} if all(parts) else None
    return None


def _strung(positions: list[list[float]]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": positions}


def _line(part: etree._Element) -> list[list[float]]:
    text = _coordinates(part)
    found = list(_positions(text))
    if not all(found):
        raise ValueError(text.split()[found.index([])])
    return found
