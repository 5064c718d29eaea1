"""The strip on one side of a line, as the western bank of a river that bends."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.ops import polygonize, substring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

__all__ = ["beside"]

_DECIDED: Final = math.sin(
    math.radians(22.5)
)  # a line that runs within this angle of a direction has no such side
_COURSE: Final = 5  # widths of a strip over which a line's course is taken, so that no loop of it counts


def beside(line: BaseGeometry, km: float, side: float | str) -> BaseGeometry:
    """Outline the strip on one side of a line, both on a plane in km.

    Where the line as a whole has a side in the direction, as a river to the southeast has an eastern bank, that side
    keeps its name round every bend. Else only stretches of the line have one, and the strip lies along these.

    Args:
        line: As it runs; a river runs downstream.
        km: How wide.
        side: "left" or "right" as one goes along the line, or a bearing in degrees.

    Returns:
        The strip; empty where the line has no such side.
    """
    merged = shapely.line_merge(line) if line.geom_type.startswith("Multi") else line
    strip = shapely.union_all(
        [_strip(each.simplify(km / 20), km, side) for each in shapely.get_parts(merged)]
    )
    # Where the band meets itself at a bend, splinters are left.
    return shapely.union_all([each for each in shapely.get_parts(strip) if each.area > km * km / 4])


def _strip(line: LineString, km: float, side: float | str) -> BaseGeometry:
    left, right = _banks(line, km)
    if isinstance(side, str):
        return left if side == "left" else right
    facing = _facing(line, side)
    if abs(facing) > _DECIDED:
        return left if facing > 0 else right
    along = [
        (left if hand > 0 else right).intersection(stretch.buffer(km, cap_style="flat"))
        for stretch, hand in _stretches(line, km, side)
    ]
    return shapely.union_all(along)


def _banks(line: LineString, km: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Part the band around a line into what lies left and right of it."""
    band = line.buffer(km, cap_style="flat")
    cuts = shapely.union_all([band.boundary, _lengthened(line, 2 * km)])
    banks: tuple[list[Polygon], list[Polygon]] = ([], [])
    for piece in polygonize(cuts):
        inside = piece.representative_point()
        if band.contains(inside):
            banks[0 if _is_left(line, inside) else 1].append(piece)
    return shapely.union_all(banks[0]), shapely.union_all(banks[1])


def _lengthened(line: LineString, km: float) -> LineString:
    """Let a line go straight on at both ends."""
    points = shapely.get_coordinates(line)
    ends = []
    for end, before in ((points[0], points[1]), (points[-1], points[-2])):
        ahead = end - before
        ends.append(end + ahead / max(float(np.hypot(*ahead)), 1e-9) * km)
    return LineString([ends[0], *points, ends[1]])


def _is_left(line: LineString, point: Point) -> bool:
    at, step = line.project(point), 0.05
    before, after = line.interpolate(max(at - step, 0)), line.interpolate(min(at + step, line.length))
    turn = (after.x - before.x) * (point.y - before.y) - (after.y - before.y) * (point.x - before.x)
    return bool(turn > 0)


def _facing(line: BaseGeometry, bearing: float) -> float:
    """Tell how far the left of a line's course faces a bearing: 1 wholly, -1 its right does, 0 neither."""
    (x, y), (to_x, to_y) = line.coords[0], line.coords[-1]
    length = math.hypot(to_x - x, to_y - y)
    angle = math.radians(bearing)
    return ((to_x - x) * math.cos(angle) - (to_y - y) * math.sin(angle)) / length if length else 0.0


def _stretches(line: LineString, km: float, bearing: float) -> Iterator[tuple[BaseGeometry, int]]:
    """Go through the stretches of a line that have a side in a direction: 1 where it is the left, -1 the right."""
    steps = max(math.ceil(line.length / km), 1)
    ends = np.linspace(0, line.length, steps + 1)

    def hand(at: int) -> int:
        middle = (ends[at] + ends[at + 1]) / 2
        course = substring(line, max(middle - _COURSE * km, 0), min(middle + _COURSE * km, line.length))
        facing = _facing(course, bearing)
        return int(math.copysign(1, facing)) if abs(facing) > _DECIDED else 0

    for side, run in groupby(range(steps), hand):
        of_side = list(run)
        if side:
            yield substring(line, ends[of_side[0]], ends[of_side[-1] + 1]), side
