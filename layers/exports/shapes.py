"""Layers whose rows are of one shape, as programs want them that style a layer by its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.frames import CRS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import geopandas as gpd

__all__ = ["layers_and_shapes", "of_one_type"]

_NATURAL: Final = {"crossings": "lines", "withdrawals": "lines", "deployments": "points", "context": "points"}
"""What the rows of a layer are; those that are something else stand in a layer of their own, as deployments_areas."""

_KINDS: Final = {
    "points": (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT),
    "lines": (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING),
    "areas": (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON),
}
_SEVERAL: Final[Mapping[int, Callable[..., np.ndarray]]] = {
    shapely.GeometryType.POINT: shapely.multipoints,
    shapely.GeometryType.LINESTRING: shapely.multilinestrings,
    shapely.GeometryType.POLYGON: shapely.multipolygons,
}
_NAMES: Final = {
    "points": ("Point", "MultiPoint"),
    "lines": ("LineString", "MultiLineString"),
    "areas": ("Polygon", "MultiPolygon"),
}


def layers_and_shapes(rows: gpd.GeoDataFrame) -> Iterator[tuple[str, str, str, gpd.GeoDataFrame]]:
    """Give each layer by its name, with the layer and the shape that it is styled as; natural ones though they are empty."""
    kinds = shapely.get_type_id(rows.geometry.to_numpy())
    shaped = {shape: np.isin(kinds, ids) for shape, ids in _KINDS.items()}
    assert ((kinds < 0) | np.logical_or.reduce([*shaped.values()])).all(), (
        "a mark is a point, a line or an area"
    )
    for layer, natural in _NATURAL.items():
        on = rows["layer"].eq(layer).to_numpy()
        # What is on no map stands in the table all the same.
        yield layer, layer, natural, rows[on & (shaped[natural] | (kinds < 0))]
        for shape in (shape for shape in shaped if shape != natural):
            if (on & shaped[shape]).any():
                yield f"{layer}_{shape}", layer, shape, rows[on & shaped[shape]]


def of_one_type(rows: gpd.GeoDataFrame, shape: str) -> tuple[gpd.GeoDataFrame, str]:
    """Give rows of a shape whose geometries are of one type, and its name: single ones, or several where one is."""
    geometry = rows.geometry.to_numpy()
    single, several = _NAMES[shape]
    if np.isin(shapely.get_type_id(geometry), _KINDS[shape][1]).any():
        return rows.set_geometry(_as_several(geometry), crs=CRS), several
    return rows, single


def _as_several(shapes: np.ndarray) -> np.ndarray:
    """Give single shapes as several of one: a layer of QGIS holds either the one or the other."""
    single = np.flatnonzero(np.isin(shapely.get_type_id(shapes), [ids[0] for ids in _KINDS.values()]))
    several = shapes.copy()
    if len(single):
        parts = shapes[single]
        make = _SEVERAL[shapely.GeometryType(int(shapely.get_type_id(parts[0])))]
        several[single] = make(parts, indices=np.arange(len(parts)))
    return several
