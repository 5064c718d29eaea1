"""What GeoJSON must be, object by object (RFC 7946)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.imports.files.written import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["GEOMETRIES", "Wrong", "wrong_collection", "wrong_feature", "wrong_geometry"]

GEOMETRIES: Final = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
)  # fmt: skip

_DEPTHS: Final = {name: depth for depth, name in zip((0, 1, 1, 2, 2, 3), GEOMETRIES, strict=False)}
"""How many arrays lie around the positions of each."""

# What an object of each kind must not have, for the meaning of another would come with it (RFC 7946, 7.1).
_NOT_IN_GEOMETRY: Final = ("geometry", "properties", "features")
_NOT_IN_FEATURE: Final = ("coordinates", "geometries", "features")
_NOT_IN_COLLECTION: Final = ("coordinates", "geometries", "geometry", "properties")
_PLAIN: Final = {"type", "properties", "geometry"}
_PLAIN_POINT: Final = {"type", "coordinates"}
_LONGEST_TOLD: Final = 60
_DEGREES: Final = ("CRS84", "4326")


class Wrong(NamedTuple):
    """What is wrong with a member: where it is, as written, why, and what to do."""

    path: str
    value: str | None
    why: str
    todo: str


def wrong_collection(members: dict[str, Any]) -> Iterator[Wrong]:
    """Give what is wrong with a FeatureCollection but for its features.

    Args:
        members: Its members; `features` may be left out of them.
    """
    if "features" not in members:
        yield Wrong("features", None, "is missing", "add the array of its features")
    yield from _foreign("", members, _NOT_IN_COLLECTION, "FeatureCollection")
    yield from _box("", members)


def wrong_feature(feature: Any) -> Iterator[Wrong]:
    """Give what is wrong with a feature and its geometry."""
    if _is_plain(feature):  # as most often, and told at a fraction of what the rest takes
        return
    if not isinstance(feature, dict):
        yield Wrong("", _told(feature), "is no feature", "write it as an object whose type is 'Feature'")
        return
    if feature.get("type") != "Feature":
        yield _type("", feature, ("Feature",))
        return
    if not isinstance(feature.get("properties", False), (dict, type(None))):
        yield _is("properties", feature, "no object", "write its properties as an object, or null")
    if "geometry" not in feature:
        yield Wrong("geometry", None, "is missing", "write its geometry, or null where it has none")
    elif feature["geometry"] is not None:
        yield from wrong_geometry(feature["geometry"], "geometry")
    identity = feature.get("id", "")
    if isinstance(identity, bool) or not isinstance(identity, (str, int, float)):
        yield _is("id", feature, "no text and no number", "write it as one of them, or leave it out")
    yield from _foreign("", feature, _NOT_IN_FEATURE, "Feature")
    yield from _box("", feature)


def _is_plain(feature: Any) -> bool:
    """Tell a feature of nothing but its properties and a point, which surely is right."""
    if type(feature) is not dict or feature.keys() != _PLAIN or feature["type"] != "Feature":
        return False
    point, properties = feature["geometry"], feature["properties"]
    return (
        type(properties) is dict
        and type(point) is dict
        and point.keys() == _PLAIN_POINT
        and point["type"] == "Point"
        and not _position(point["coordinates"])
    )


def wrong_geometry(geometry: Any, path: str, *, within: bool = False) -> Iterator[Wrong]:
    """Give what is wrong with a geometry.

    Args:
        geometry: It, or what stands for it.
        path: Where it is.
        within: Whether it is in a GeometryCollection, which must not hold another.
    """
    if not isinstance(geometry, dict):
        yield Wrong(
            path, _told(geometry), "is no geometry", "write it as an object with type and coordinates"
        )
        return
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in GEOMETRIES:
        yield _type(path, geometry, GEOMETRIES)
        return
    if kind == "GeometryCollection":
        yield from _gathered(geometry, path, within=within)
    else:
        at = _below(path, "coordinates")
        found = geometry.get("coordinates")
        why = _coordinates(found, kind)
        if why:
            yield Wrong(
                at, None if found is None else _told(found), why, f"write the coordinates of a {kind}"
            )
    yield from _foreign(path, geometry, _NOT_IN_GEOMETRY, kind)
    yield from _box(path, geometry)


def _gathered(geometry: dict[str, Any], path: str, *, within: bool) -> Iterator[Wrong]:
    at = _below(path, "geometries")
    parts = geometry.get("geometries")
    if within:
        yield Wrong(
            path, None, "is a GeometryCollection inside of one", "put its geometries into the outer one"
        )
    elif not isinstance(parts, list):
        yield _is(at, {at: parts}, "no array", "write its geometries as an array")
    else:
        for number, part in enumerate(parts, 1):
            yield from wrong_geometry(part, f"{at}.{number}", within=True)


def _coordinates(found: Any, kind: str) -> str:
    """Say what is wrong with coordinates; "" where nothing is."""
    if found is None:
        return "are missing"
    lines = [found]
    for _ in range(_DEPTHS[kind]):
        if not all(isinstance(line, list) for line in lines):
            return f"are no {kind}"
        if kind.endswith(("String", "Polygon")) and _ == _DEPTHS[kind] - 1:
            why = next(filter(None, (_line(line, ring=kind.endswith("Polygon")) for line in lines)), "")
            if why:
                return why
        lines = [part for line in lines for part in line]
    return next(filter(None, map(_position, lines)), "")


def _line(line: list[Any], *, ring: bool) -> str:
    fewest = 4 if ring else 2
    if len(line) < fewest:
        return f"have a {'ring' if ring else 'line'} of {len(line)} positions, under {fewest}"
    return "have a ring whose last position is not its first" if ring and line[0] != line[-1] else ""


def _position(position: Any) -> str:
    if not isinstance(position, list):
        return "have a position that is no array"
    if len(position) not in {2, 3}:
        return f"have a position of {len(position)} numbers, not 2 or 3"
    return "" if all(map(_is_number, position)) else "have a position of what is no number"


def _is_number(value: Any) -> bool:
    return type(value) is int or (type(value) is float and math.isfinite(value))


def _box(path: str, members: dict[str, Any]) -> Iterator[Wrong]:
    box = members.get("bbox", [0] * 4)
    if not isinstance(box, list) or len(box) not in {4, 6} or not all(map(_is_number, box)):
        yield Wrong(
            _below(path, "bbox"),
            _told(box),
            "is no bounding box",
            "write it as 4 or 6 numbers, or leave it out",
        )
    crs = members.get("crs")
    if crs is not None and not any(name in json_text(crs) for name in _DEGREES):
        todo = "bring it to longitude and latitude in degrees first"
        yield Wrong(_below(path, "crs"), _told(crs), "is another reference system", todo)


def _foreign(path: str, members: dict[str, Any], never: tuple[str, ...], kind: str) -> Iterator[Wrong]:
    for name in never:
        if name in members:
            yield Wrong(_below(path, name), None, f"has no meaning in a {kind}", "leave it out")


def _type(path: str, members: dict[str, Any], known: tuple[str, ...]) -> Wrong:
    if "type" not in members:
        return Wrong(_below(path, "type"), None, "is missing", f"write it as {' or '.join(map(repr, known))}")
    kind = members["type"]
    alike = [name for name in known if isinstance(kind, str) and name.casefold() == kind.casefold()]
    return _is(
        _below(path, "type"),
        {_below(path, "type"): kind},
        "unknown",
        f"write it as {' or '.join(map(repr, alike or known))}",
    )


def _is(path: str, members: dict[str, Any], what: str, todo: str) -> Wrong:
    missing = path not in members
    return Wrong(
        path, None if missing else _told(members[path]), "is missing" if missing else f"is {what}", todo
    )


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _told(value: Any) -> str:
    text = json_text(value)
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}..."
