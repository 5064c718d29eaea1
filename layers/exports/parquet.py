"""Events or claims as GeoParquet 1.1, with a box around each that readers choose by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.files.wholefiles import whole_path
from layers.exports.about import about
from layers.exports.typedrows import GEOMETRY, placed_rows, typed_rows
from layers.frames import CRS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy as np

    from layers.exports.formats import Export

__all__ = ["put_table", "write"]

_ROWS: Final = 65_536
"""Of a row group: what is held in memory twice while it is written."""

_EDGES: Final = ("xmin", "ymin", "xmax", "ymax")
_BOX: Final = pa.struct([(edge, pa.float64()) for edge in _EDGES])


def write(export: Export, out: Path) -> None:
    """Write GeoParquet, whole or not at all; raises as `whole_path` does."""
    rows = placed_rows(export, export.rows)
    geometry = rows.geometry.to_numpy()
    pieces = (typed_rows(rows.iloc[begins : begins + _ROWS]) for begins in _begins(len(rows)))
    with whole_path(out) as aside:
        _put(typed_rows(rows.head(0)).schema, pieces, geometry, about(export), aside)


def put_table(table: pa.Table, geometry: np.ndarray | None, said: Mapping[str, Any], path: Path) -> None:
    """Write a table as Parquet; as GeoParquet 1.1 (geoparquet.org) with the covering column `bbox` where it has geometries.

    Args:
        table: Its columns.
        geometry: Of each row (EPSG:4326, lon lat), None where there is none; None for a table of none.
        said: What the file says of itself, as JSON under the key `about`.
        path: Where.
    """
    pieces = (table.slice(begins, _ROWS) for begins in _begins(table.num_rows))
    _put(table.schema.remove_metadata(), pieces, geometry, said, path)


def _begins(rows: int) -> range:
    return range(0, max(rows, 1), _ROWS)


def _put(
    columns: pa.Schema,
    pieces: Iterator[pa.Table],
    geometry: np.ndarray | None,
    said: Mapping[str, Any],
    path: Path,
) -> None:
    """Write pieces of `_ROWS` rows."""
    metadata = {"about": json.dumps(said, ensure_ascii=False)}
    schema = columns
    if geometry is not None:
        schema = schema.append(pa.field(GEOMETRY, pa.binary())).append(pa.field("bbox", _BOX))
        metadata["geo"] = json.dumps(_geo(geometry))
    schema = schema.with_metadata(metadata)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for number, piece in enumerate(pieces):
            cells = list(piece.cast(columns).columns)
            if geometry is not None:
                cells += _shapes(geometry[number * _ROWS : (number + 1) * _ROWS])
            writer.write_table(pa.table(cells, schema=schema))


def _shapes(geometry: np.ndarray) -> list[pa.Array]:
    """Give geometries as WKB, and their boxes; null where there is none."""
    missing = shapely.is_missing(geometry)
    edges = [pa.array(edge, pa.float64()) for edge in shapely.bounds(geometry).T]
    boxes = pa.StructArray.from_arrays(edges, fields=list(_BOX), mask=pa.array(missing))
    return [pa.array(shapely.to_wkb(geometry), pa.binary()), boxes]


def _geo(geometry: np.ndarray) -> dict[str, Any]:
    """Give the metadata that GeoParquet 1.1 asks for."""
    kinds = gpd.GeoSeries(geometry).geom_type.dropna().unique()
    column: dict[str, Any] = {
        "encoding": "WKB",
        "crs": pyproj.CRS(CRS).to_json_dict(),
        "geometry_types": sorted(kinds),
        "covering": {"bbox": {edge: ["bbox", edge] for edge in _EDGES}},
    }
    if len(kinds):
        column["bbox"] = shapely.total_bounds(geometry).tolist()
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
