"""Make data/basemap/extents.csv from countries.parquet beside it: in which longitudes each country lies, by latitude.

Usage: python scripts/build_extents.py [OUT]
"""

from __future__ import annotations

import csv
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.basemap import FOLDER, Layer, read
from geo.extents import BAND, COLUMNS, MARGIN_KM

if TYPE_CHECKING:
    from collections.abc import Iterator

KM_PER_DEGREE = 110.5  # rather too short than too long, so that the margin is kept


def main() -> None:
    """Write the file."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "extents.csv"
    countries = read(Layer.COUNTRIES).sort_values("country")
    with out.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for country, area in zip(countries["country"], countries.geometry, strict=True):
            if country:
                rows.writerows([country, *map("{:g}".format, band)] for band in bands(area))


def bands(area: Any) -> Iterator[tuple[float, float, float]]:
    """Give the south of each band, with the west and east of each stretch of it that is near an area."""
    margin = MARGIN_KM / KM_PER_DEGREE
    _, south, _, north = shapely.bounds(area)
    first = math.floor((south - margin) / BAND)
    for number in range(first, math.ceil((north + margin) / BAND)):
        at = number * BAND
        near = shapely.clip_by_rect(area, -180, at - margin, 180, at + BAND + margin)
        for west, east in stretches(near, margin_at(at)):
            yield at, west, east


def margin_at(south: float) -> float:
    """Return the margin in degrees of longitude, which are shortest at the end of a band that is nearer to a pole."""
    farthest = max(abs(south), abs(south + BAND))
    return MARGIN_KM / (KM_PER_DEGREE * max(math.cos(math.radians(farthest)), 0.01))


def stretches(near: Any, margin: float) -> Iterator[tuple[float, float]]:
    """Give the longitudes of the parts of a geometry, each with the margin, as one where they meet."""
    parts = shapely.get_parts(near)
    edges = sorted((west - margin, east + margin) for west, _, east, _ in shapely.bounds(parts).tolist())
    while edges:
        west, east = edges.pop(0)
        while edges and edges[0][0] <= east:
            east = max(east, edges.pop(0)[1])
        yield math.floor(west * 10) / 10, math.ceil(east * 10) / 10


if __name__ == "__main__":
    main()
