"""Geometries in well-known binary, as GeoParquet and GeoPackage keep them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Geometries", "read_wkb"]

_POINT, _LINE, _POLYGON, _COLLECTION = 1, 2, 3, 7
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000  # how PostGIS flags them; ISO adds 1000, 2000 or 3000
_HEADER: Final = 5


class Geometries:
    """Geometries, as many as were read.

    Attributes:
        lon: Of points, degrees as written; NaN of what is no point.
        lat: So too.
        alt: The third number of points, NaN where there is none.
        geojson: Of what is no point, its GeoJSON; "" of points and of nothing.
        broken: Which could not be read.
    """

    def __init__(self, found: np.ndarray, broken: np.ndarray) -> None:
        """Take shapes, None where there is none, and which could not be read."""
        points = shapely.get_type_id(found) == 0
        self.lon, self.lat, self.alt = shapely.get_x(found), shapely.get_y(found), shapely.get_z(found)
        others = (~points) & ~shapely.is_missing(found)
        self.geojson = np.full(len(found), "", dtype=object)
        self.geojson[others] = shapely.to_geojson(found[others])
        self.broken = broken


def read_wkb(values: Sequence[bytes | None]) -> Geometries:
    """Read geometries; None is none, and so is one that is empty.

    A collection is read only where it holds no collection itself: what reads it goes down into each, and a value of a
    megabyte can nest deeper than any stack.
    """
    flat = np.array([value if value is None or _is_flat(value) else None for value in values], dtype=object)
    found = shapely.from_wkb(flat, on_invalid="ignore")
    given = np.array([value is not None for value in values], dtype=bool)
    broken = given & shapely.is_missing(found)
    found[shapely.is_empty(found)] = None
    return Geometries(found, broken)


def _is_flat(value: bytes) -> bool:
    """Tell whether a geometry is whole and holds no collection below its first level."""
    try:
        kind, at = _kind(value, 0)
        if kind <= _POLYGON:
            return True
        count, at = _count(value, at)
        for _ in range(count):
            at = _after(value, at)
    except struct.error:
        return False
    return kind <= _COLLECTION


def _after(value: bytes, at: int) -> int:
    """Give where a simple geometry ends; raise struct.error where there is none, or only a part of it."""
    if value[at : at + 1] != value[:1]:
        raise struct.error  # numbers of another order than the whole has
    kind, start = _kind(value, at)
    size = 8 * _dimensions(value, at)
    if kind == _POINT:
        end = start + size
    elif kind == _LINE:
        count, start = _count(value, start)
        end = start + count * size
    elif kind == _POLYGON:
        rings, end = _count(value, start)
        for _ in range(rings):
            count, end = _count(value, end)
            end += count * size
            if end > len(value):
                break
    else:
        raise struct.error
    if end > len(value):
        raise struct.error
    return end


def _code(value: bytes, at: int) -> int:
    return _count(value, at + 1)[0]


def _kind(value: bytes, at: int) -> tuple[int, int]:
    """Give the kind of a geometry and where its content begins."""
    code = _code(value, at)
    return (code & 0xFFFF) % 1000, at + _HEADER + (4 if code & _SRID else 0)


def _dimensions(value: bytes, at: int) -> int:
    code = _code(value, at)
    iso = (code & 0xFFFF) // 1000
    return 2 + bool(code & _Z or iso in {1, 3}) + bool(code & _M or iso in {2, 3})


def _count(value: bytes, at: int) -> tuple[int, int]:
    order = "<I" if value[:1] == b"\1" else ">I"
    return int(struct.unpack_from(order, value, at)[0]), at + 4
