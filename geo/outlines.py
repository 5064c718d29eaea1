"""The outlines of places, read from GeoJSON with all their faults."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.errors import Fault, FaultsError
from geo.files.textfiles import read_text
from geo.places import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Outline", "read_outlines"]

# How many lists lie around the positions of one line, and how few positions a line has (RFC 7946, 3.1).
_DEPTHS: Final = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
_FEWEST: Final = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
_WORLD: Final = (180.0, 90.0)
_BESIDE: Final = 1.0  # degrees that a place may lie outside of its outline's box, as a port before its coast


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a place.

    Attributes:
        file: Where it stands.
        place_id: The place's id.
        shape: The outline.
        bounds: West, south, east, north in degrees.
    """

    file: Path
    place_id: str
    shape: Shape
    bounds: tuple[float, float, float, float]

    def misses(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies over a degree outside of the outline's box; never of one that is not known (NaN)."""
        west, south, east, north = self.bounds
        aside = all(lon + turn < west - _BESIDE or lon + turn > east + _BESIDE for turn in (0, 360, -360))
        return aside or lat < south - _BESIDE or lat > north + _BESIDE

    def fault(self, why: str, todo: str) -> Fault:
        """Make a fault of it."""
        return Fault(self.file, None, "place_id", self.place_id, why, todo)


def read_outlines(file: Path, faults: list[Fault]) -> Iterator[Outline]:
    """Give the outlines of a GeoJSON file.

    Args:
        file: A FeatureCollection of areas or lines, EPSG:4326 (RFC 7946), each with the properties place_id, source
            and schematic.
        faults: Where faults are put; a feature with one gives no outline.
    """
    try:
        features = _features(json.loads(read_text(file)))
    except FaultsError as error:
        faults += error.faults
        return
    except json.JSONDecodeError as error:
        faults.append(Fault(file, error.lineno, None, None, f"is not JSON ({error.msg})", "mend that line"))
        return
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        faults.append(_no_collection(file, None, error))
        return
    for number, feature in enumerate(features, 1):
        try:
            yield _outline(file, feature)
        except (KeyError, TypeError) as error:
            faults.append(_no_collection(file, number, error))
        except _UnfitError as error:
            todo = "write its positions as [lon, lat] in degrees, rings closed and side by side"
            faults.append(
                Fault(file, None, "place_id", str(feature["properties"]["place_id"]), str(error), todo)
            )


class _UnfitError(Exception):
    """Coordinates that draw nothing; what is wrong with them, as the rest of a sentence."""


def _no_collection(file: Path, number: int | None, error: Exception) -> Fault:
    where = "" if number is None else f" in feature {number}"
    todo = "give each feature a geometry and the properties place_id, source and schematic"
    return Fault(file, None, None, None, f"is not a FeatureCollection of places{where} ({error})", todo)


def _features(found: Any) -> list[Any]:
    if found["type"] != "FeatureCollection" or not isinstance(found["features"], list):
        raise TypeError("its type is another, or its features are no list")
    features: list[Any] = found["features"]
    return features


def _outline(file: Path, feature: Any) -> Outline:
    said, drawn = feature["properties"], feature["geometry"]
    if not isinstance(said["schematic"], bool):  # the text "false" would pass for true
        raise TypeError(f"schematic is {said['schematic']!r}, neither true nor false")
    if not isinstance(drawn, dict) or drawn["type"] not in _DEPTHS or not drawn["coordinates"]:
        raise TypeError("a feature whose geometry is neither an area nor a line")
    kind, coordinates = drawn["type"], drawn["coordinates"]
    lines = list(_lines(coordinates, _DEPTHS[kind]))
    positions = _positions(lines)
    _refuse_undrawable(kind, lines)
    if "Polygon" in kind:
        _refuse_tangled(positions, lines, [coordinates] if kind == "Polygon" else coordinates)
    west, south = positions.min(axis=0).tolist()
    east, north = positions.max(axis=0).tolist()
    shape = Shape(str(said["source"]), said["schematic"], {"type": kind, "coordinates": coordinates})
    return Outline(file, str(said["place_id"]), shape, (west, south, east, north))


def _lines(coordinates: Any, depth: int) -> Iterator[Any]:
    """Give each list of positions of nested coordinates."""
    if not isinstance(coordinates, list) or not coordinates:
        raise _UnfitError("has an outline without positions")
    if depth == 0:
        yield coordinates
        return
    for part in coordinates:
        yield from _lines(part, depth - 1)


def _positions(lines: list[Any]) -> Any:
    """Give the lon and lat of all positions, one after the other."""
    try:
        found = np.array(list(chain.from_iterable(lines)))
    except ValueError:
        raise _UnfitError("has an outline with positions of several lengths") from None
    if found.dtype.kind not in "if" or found.ndim != 2 or found.shape[1] not in {2, 3}:
        raise _UnfitError("has an outline whose positions are not pairs of numbers")
    found = found[:, :2]
    if not (np.abs(found) <= _WORLD).all():  # nor is what is no number
        raise _UnfitError(
            "has an outline with a lon not between -180 and 180 or a lat not between -90 and 90"
        )
    return found


def _refuse_undrawable(kind: str, lines: list[Any]) -> None:
    if (fewest := min(map(len, lines))) < _FEWEST[kind]:
        raise _UnfitError(f"has an outline of {fewest} positions, where a {kind} needs {_FEWEST[kind]}")
    if "Polygon" in kind and any(line[0] != line[-1] for line in lines):
        raise _UnfitError("has an outline with a ring that does not end where it begins")


def _refuse_tangled(positions: Any, rings: list[Any], polygons: list[Any]) -> None:
    """Refuse an area whose rings cross, which cannot be cut or measured.

    Its geometry is made from the positions at hand, in a tenth of the time that the place's own takes.
    """
    ring_of = np.repeat(np.arange(len(rings)), list(map(len, rings)))
    polygon_of = np.repeat(np.arange(len(polygons)), list(map(len, polygons)))
    drawn = shapely.linearrings(positions, indices=ring_of)
    area = shapely.multipolygons(shapely.polygons(drawn, indices=polygon_of))
    if not shapely.is_valid(area):
        raise _UnfitError(f"has an outline that crosses itself ({shapely.is_valid_reason(area)})")
