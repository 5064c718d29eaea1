"""GeoJSON read as text, feature by feature (RFC 7946)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from claims.imports.files.encoded import unreadable
from claims.imports.files.foreign import Format, cells_of, enough, fitting, must_be_a_header
from claims.imports.files.geojson_rules import (
    GEOMETRIES,
    Wrong,
    wrong_collection,
    wrong_feature,
    wrong_geometry,
)
from claims.imports.files.jsontext import JsonText
from claims.imports.files.written import json_text, written
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.imports.files.spooled import Spooled
    from claims.imports.rows import Chunk

__all__ = ["GeojsonTable"]

_ID: Final = "feature.id"
_GEOMETRY: Final = "geometry"
_POINT: Final = ("geometry.lon", "geometry.lat", "geometry.alt")
_OURS: Final = (_ID, *_POINT, _GEOMETRY)
_KEPT: Final = frozenset({"type", "geometry", "properties", "id", "bbox"})
_TYPES: Final = ("FeatureCollection", "Feature", *GEOMETRIES)


class GeojsonTable:
    """A GeoJSON text; a row a feature, or one of a feature or geometry alone.

    What it nests is JSON text. Some features are in memory at a time; their cells lie aside once they were read.

    Attributes:
        name: What faults call it.
        format: GeoJSON.
        header: The keys of its properties; `feature.` and the name of what else a feature has, its id among that; of
            points `geometry.lon`, `geometry.lat`, `geometry.alt`; of other geometries `geometry`, as GeoJSON. None that
            would be empty.
        sheets: None.
    """

    format = Format.GEOJSON
    sheets: tuple[str, ...] = ()

    def __init__(self, file: BinaryIO, name: str, spooled: Spooled, begins: int = 0) -> None:
        """Read it once, for only then its columns are known.

        Args:
            file: Its bytes in UTF-8; they can be sought in.
            name: What faults call it.
            spooled: Where its features are kept, open as long as this is.
            begins: Where its text begins.

        Raises:
            FaultsError: It is no GeoJSON, or its header cannot be used.
        """
        self.name = name
        self._file, self._begins = file, begins
        self._spooled = spooled
        columns: dict[str, None] = {}
        beside: dict[str, None] = {}
        for line, feature, wrong in self._features():
            row = None
            if not wrong:
                row, more = _row(feature)
                columns.update(dict.fromkeys(row))
                beside.update(dict.fromkeys(more))
                fitting(max(columns, beside, key=len), name)
                row |= more
            spooled.put((line, row, [*map(tuple, wrong)]))
        others = [column for column in beside if column not in _OURS]
        ours = [column for column in _OURS if column in beside]
        self.header = must_be_a_header(name, [*columns, *others, *ours])

    def chunks(self, faults: list[Fault], *, rows: int = 20_000) -> Iterator[Chunk]:
        """Give its rows, as `ForeignTable` says; a row's line is the one on which its feature begins."""
        whole = self._whole(faults)
        most = fitting(self.header, self.name, rows)
        while taken := list(islice(whole, most)):
            lines, cells = zip(*taken, strict=True)
            yield cells_of(self.header, cells, lines)

    def _whole(self, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
        """Give the rows that have no fault."""
        for line, row, wrong in self._spooled:
            if enough(faults, self.name, line):
                return
            if row is not None:
                cells = [row.get(column, "") for column in self.header]
                bad = unreadable(self.name, line, self.header, cells)
                if bad is None:
                    yield line, cells
                    continue
                faults.append(bad)
            faults += [self._fault(line, Wrong(*found)) for found in wrong]

    def _fault(self, line: int, wrong: Wrong) -> Fault:
        return Fault(self.name, line, wrong.path or None, wrong.value, wrong.why, wrong.todo)

    def _features(self) -> Iterator[tuple[int, Any, list[Wrong]]]:
        """Give each feature with its line and what is wrong with it.

        Raises:
            FaultsError: What is around them is no GeoJSON.
        """
        text = JsonText(self._file, self.name, self._begins)
        members: dict[str, Any] = {}
        twice: list[str] = []
        text.mark()
        line = text.line
        if text.mark() != "{":
            text.value()
            todo = "let it hold a FeatureCollection, a feature or a geometry"
            raise FaultsError([Fault(self.name, line, None, None, "is no GeoJSON object", todo)])
        for key in text.members():
            twice += [f"has {key!r} twice"] * (key in members)
            if key == "features" and text.mark() == "[":
                members[key] = None
                for _ in text.items():
                    at = text.line
                    feature = text.value()
                    yield at, feature, [*_odd(text), *wrong_feature(feature)]
            else:
                members[key] = text.value()
                twice += text.odd
        if text.mark():
            raise text.fault("goes on after its end", text.mark())
        yield from self._alone(members, twice, line)

    def _alone(
        self, members: dict[str, Any], odd: list[str], line: int
    ) -> Iterator[tuple[int, Any, list[Wrong]]]:
        """Give the row of a feature or a geometry alone; judge a collection."""
        wrong = [Wrong("", None, why, "keep one of them") for why in odd]
        kind = members.get("type")
        if kind == "FeatureCollection":
            if members.get("features") is not None:
                wrong.append(Wrong("features", None, "are no array", "write its features as an array"))
            wrong += wrong_collection(members)
        elif kind == "Feature":
            wrong += wrong_feature(members)
        elif isinstance(kind, str) and kind in GEOMETRIES:
            wrong += wrong_geometry(members, "")
            members = {"type": "Feature", "properties": None, "geometry": members}
        else:
            why = "is missing" if "type" not in members else "is unknown"
            wrong.append(
                Wrong(
                    "type", None if kind is None else json_text(kind), why, f"use one of {', '.join(_TYPES)}"
                )
            )
        if wrong:
            raise FaultsError([self._fault(line, found) for found in wrong])
        if kind != "FeatureCollection":
            yield line, members, []


def _odd(text: JsonText) -> list[Wrong]:
    return [Wrong("", None, why, "write it as JSON has it, each key once") for why in text.odd]


def _row(feature: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Give the cells of the properties of a feature that is right, and of what it has beside them."""
    return {key: written(value) for key, value in (feature["properties"] or {}).items()}, _beside(feature)


def _beside(feature: dict[str, Any]) -> dict[str, str]:
    """Give the cells of what a feature has beside its properties."""
    row = {f"feature.{key}": written(value) for key, value in feature.items() if key not in _KEPT}
    if "id" in feature:
        row[_ID] = written(feature["id"])
    geometry = feature["geometry"]
    if geometry is None:
        return row
    if geometry["type"] == "Point":
        return row | dict(zip(_POINT, map(written, geometry["coordinates"]), strict=False))
    return row | {_GEOMETRY: json_text(geometry)}
