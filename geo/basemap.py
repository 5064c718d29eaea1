"""The basemap: Natural Earth 1:10m from data/basemap, cut to a view and made as light as the view allows."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import BordermapError
from geo.windows import shown_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["CRS", "FOLDER", "Basemap", "Layer", "clip", "read", "with_margin"]

CRS: Final = "EPSG:4326"
FOLDER: Final = Path(__file__).parents[1] / "data" / "basemap"

STEPS: Final = 5000
"""A view is drawn in this many steps of its width unless told otherwise: half a pixel on a wide screen at zoom 9."""

WIDEST_WITH_DIVISIONS: Final = 40.0
"""Degrees of width above which first-order divisions would only be noise."""


class Layer(StrEnum):
    """The files of data/basemap; their columns stand in data/README.md."""

    BOUNDARIES = "boundaries"
    COASTLINE = "coastline"
    COUNTRIES = "countries"
    DIVISION_LINES = "division_lines"
    DIVISIONS = "divisions"
    LAKES = "lakes"
    LAND = "land"
    PLACES = "places"
    RIVERS = "rivers"


@dataclass(frozen=True, slots=True, eq=False)
class Basemap:
    """What is drawn under the marks of one view; every frame is in EPSG:4326, one simple part a row.

    Land and lakes are for filling: their edges run along the rectangle where it cuts them. Lines never do.

    Attributes:
        bounds: West, south, east and north of what is held, the margin included.
        land: Polygons, no columns.
        coastline: Lines between land and sea, no columns.
        lakes: Polygons; name, rank.
        rivers: Lines; name, name_ar, kind (river, or lake for a centre line through one), rank.
        boundaries: Settled international boundaries as lines; country_a, country_b, status.
        disputed: The other international boundaries, same columns; status is disputed, indefinite,
            line_of_control or lease.
        divisions: Lines between first-order divisions of one country; country.
        countries: Polygons, one row a country; country (ISO 3166-1, "" where none is given), adm0_a3, name,
            name_ar, and label_lon, label_lat: the middle of its largest part in view.
        division_areas: Polygons, one row a division; code (ISO 3166-2 or ""), name, name_ar, country, adm0_a3,
            rank, label_lon, label_lat.
        places: Points; name, name_ar, country, rank (smaller is shown earlier), capital, population, geonames_id, lon, lat.
    """

    bounds: tuple[float, float, float, float]
    land: gpd.GeoDataFrame
    coastline: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    boundaries: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame
    divisions: gpd.GeoDataFrame
    countries: gpd.GeoDataFrame
    division_areas: gpd.GeoDataFrame
    places: gpd.GeoDataFrame

    def layers(self) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
        """Give each frame with its name."""
        for field in fields(self):
            if field.name != "bounds":
                yield field.name, getattr(self, field.name)


def read(
    layer: Layer | str,
    *,
    bbox: tuple[float, float, float, float] | None = None,
    columns: Sequence[str] | None = None,
    folder: Path = FOLDER,
) -> gpd.GeoDataFrame:
    """Read a layer as it is shipped, EPSG:4326.

    Args:
        layer: Which one.
        bbox: West, south, east, north in degrees; only features whose box meets it are read.
        columns: Only these; all by default.
        folder: Where the files are.

    Raises:
        BordermapError: The file is not there.
    """
    path = folder / f"{Layer(layer)}.parquet"
    if not path.is_file():
        raise BordermapError(f"{path} is missing; take data/basemap from the repository again")
    chosen = None if columns is None else [*columns, "geometry"]
    frame = gpd.read_parquet(path, bbox=bbox, columns=chosen)
    # The files spell the CRS out; here it goes by its name.
    return frame.drop(columns="bbox", errors="ignore").set_crs(CRS, allow_override=True)


def clip(
    west: float,
    south: float,
    east: float,
    north: float,
    *,
    margin: float = 0.25,
    windows: tuple[float, float] | None = None,
    tolerance_deg: float | None = None,
    shore: bool = True,
    folder: Path = FOLDER,
) -> Basemap:
    """Cut the basemap to a view with a margin around it.

    Args:
        west: Degrees, as south, east and north.
        south: See west.
        east: Greater than west.
        north: Greater than south.
        margin: On each side, as a part of the view's width and height.
        windows: As for `with_margin`.
        tolerance_deg: How far a line may move to lose vertices; a five-thousandth of the view's width by
            default, 0 keeps every vertex. What is smaller than this is left out.
        shore: Whether the coastline is wanted as lines, too; without it that frame is empty.
        folder: Where the files are.

    Raises:
        BordermapError: The view is no rectangle of the world, or crosses the 180th meridian.
    """
    bounds = with_margin(west, south, east, north, margin, windows)
    width = east - west
    tolerance = width / STEPS if tolerance_deg is None else tolerance_deg
    rank = _deepest_rank(width)

    def near(layer: Layer) -> gpd.GeoDataFrame:
        frame = read(layer, bbox=bounds, folder=folder)
        if "rank" in frame and layer is not Layer.DIVISIONS:
            frame = frame[frame["rank"] <= rank]
        if layer in {Layer.DIVISIONS, Layer.DIVISION_LINES} and width > WIDEST_WITH_DIVISIONS:
            frame = frame.iloc[:0]
        return frame

    def lines(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        # Lightened before it is cut: a bend that only just enters would become a line along the edge.
        return _simple_parts(_cut(_lighter(frame, tolerance), bounds), tolerance)

    def areas(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return _lighter(frame, tolerance)

    def cut(layer: Layer) -> gpd.GeoDataFrame:
        return _cut(near(layer), bounds)

    international = lines(near(Layer.BOUNDARIES))
    settled = international["status"] == "settled"
    places = cut(Layer.PLACES)
    return Basemap(
        bounds=bounds,
        land=areas(_joined(cut(Layer.LAND))),
        coastline=lines(_merged(near(Layer.COASTLINE))) if shore else gpd.GeoDataFrame(geometry=[], crs=CRS),
        lakes=areas(cut(Layer.LAKES)),
        rivers=lines(near(Layer.RIVERS)),
        boundaries=international[settled].reset_index(drop=True),
        disputed=international[~settled].reset_index(drop=True),
        divisions=lines(near(Layer.DIVISION_LINES)),
        countries=_labelled(_coverage(cut(Layer.COUNTRIES), tolerance)),
        division_areas=_labelled(_coverage(cut(Layer.DIVISIONS), tolerance)),
        places=places.assign(lon=places.geometry.x, lat=places.geometry.y),
    )


def with_margin(
    west: float,
    south: float,
    east: float,
    north: float,
    margin: float,
    windows: tuple[float, float] | None = None,
) -> tuple[float, float, float, float]:
    """Return a view's rectangle widened by a part of its size on each side, within the world.

    Args:
        west: Degrees, as south, east and north.
        south: See west.
        east: See west.
        north: See west.
        margin: On each side, as a part of the view's width and height.
        windows: The least and the greatest ratio of width to height of windows into which the view is fitted: what they show
            beside it is held too.

    Raises:
        BordermapError: The view is no rectangle of the world, or crosses the 180th meridian.
    """
    if not all(map(math.isfinite, (west, south, east, north, margin))) or margin < 0:
        raise BordermapError(
            f"the view {west}, {south}, {east}, {north} with margin {margin} is not a rectangle; "
            "give west, south, east, north in degrees"
        )
    if west > east and west <= 180 and east >= -180:
        raise BordermapError(
            f"the view from {west} east to {east} crosses the 180th meridian, which the map cannot draw yet; "
            "give a west smaller than its east"
        )
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BordermapError(
            f"the view {west}, {south}, {east}, {north} is not a rectangle of the world; "
            "give west, south, east, north with -180 <= west < east <= 180 and -90 <= south < north <= 90"
        )
    across, up = (east - west) * margin, (north - south) * margin
    shown = shown_in(west, south, east, north, *windows) if windows else (west, south, east, north)
    return (
        max(min(west - across, shown[0]), -180.0),
        max(min(south - up, shown[1]), -90.0),
        min(max(east + across, shown[2]), 180.0),
        min(max(north + up, shown[3]), 90.0),
    )


def _deepest_rank(width: float) -> int:
    """Natural Earth's scalerank still drawn: all of it in a view of 10 degrees, one less each time it doubles."""
    return max(2, math.floor(10 - math.log2(max(width, 1e-6) / 10)))


def _cut(frame: gpd.GeoDataFrame, bounds: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    """Keep what lies in the rectangle, of the same dimension as before."""
    found = frame.geometry.to_numpy()
    box = shapely.box(*bounds)
    shapely.prepare(box)
    outside = ~shapely.contains_properly(box, found)
    cut = found.copy()
    cut[outside] = shapely.intersection(found[outside], box)
    frame = frame.set_geometry(gpd.GeoSeries(cut, index=frame.index, crs=frame.crs))
    # A line that touches the rectangle leaves points behind, an area leaves lines: neither is a part of the map.
    mixed = shapely.get_type_id(cut) == shapely.GeometryType.GEOMETRYCOLLECTION
    if mixed.any():
        dimension = shapely.get_dimensions(found)
        frame.loc[mixed, "geometry"] = [
            _of_dimension(geometry, wanted)
            for geometry, wanted in zip(cut[mixed], dimension[mixed], strict=True)
        ]
    kept = (shapely.get_dimensions(frame.geometry.to_numpy()) == shapely.get_dimensions(found)) & ~(
        frame.geometry.is_empty.to_numpy()
    )
    return frame[kept].reset_index(drop=True)


def _of_dimension(geometry: Any, dimension: int) -> Any:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == dimension])


def _joined(land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put tiles of land together again, so that no seam shows."""
    whole = shapely.coverage_union_all(land.geometry.to_numpy())
    return gpd.GeoDataFrame(geometry=[whole] if len(land) else [], crs=land.crs)


def _merged(shores: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put the pieces of a coastline together again."""
    parts = shapely.get_parts(shores.geometry.to_numpy())
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts))) if len(parts) else parts
    return gpd.GeoDataFrame(geometry=merged, crs=shores.crs)


def _lighter(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Drop vertices part by part; a world of islands in one geometry would take half a minute."""
    frame = _simple_parts(frame, tolerance)
    return frame.set_geometry(frame.geometry.simplify(tolerance)) if tolerance > 0 else frame


def _simple_parts(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """One part a row, without those too small to be seen."""
    frame = frame.explode(ignore_index=True)
    west, south, east, north = frame.geometry.bounds.to_numpy().T
    seen = np.maximum(east - west, north - south) > tolerance
    return frame[seen].reset_index(drop=True)


def _coverage(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Lighten neighbouring areas together, so that they keep one line between them."""
    if tolerance > 0 and len(frame):
        frame = frame.set_geometry(
            gpd.GeoSeries(shapely.coverage_simplify(frame.geometry.to_numpy(), tolerance), crs=frame.crs)
        )
    return frame


def _labelled(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the point of the largest part in view that is farthest from its edges."""
    middles = []
    for geometry in frame.geometry:
        parts = shapely.get_parts(geometry)
        largest = parts[np.argmax(shapely.area(parts))]
        west, south, east, north = shapely.bounds(largest)
        fineness = max(east - west, north - south) / 50
        middles.append(shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, fineness))[0])
    at = np.array(middles).reshape(-1, 2)
    return frame.assign(label_lon=at[:, 0], label_lat=at[:, 1])
