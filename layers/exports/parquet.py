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
from layers.exports.typedrows import placed_rows, typed_rows
from layers.frames import CRS

if TYPE_CHECKING:
    from collections.abc import Mapping
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
    with whole_path(out) as aside:
        put_table(typed_rows(rows), rows.geometry.to_numpy(), about(export), aside)


def put_table(table: pa.Table, geometry: np.ndarray | None, said: Mapping[str, Any], path: Path) -> None:
    """Write a table as Parquet; as GeoParquet 1.1 (geoparquet.org) with the covering column `bbox` where it has geometries.

    Args:
        table: Its columns.
        geometry: Of each row (EPSG:4326, lon lat), None where there is none; None for a table of none.
        said: What the file says of itself, as JSON under the key `about`.
        path: Where.
    """
    schema, metadata = table.schema.remove_metadata(), {"about": json.dumps(said, ensure_ascii=False)}
    if geometry is not None:
        schema = schema.append(pa.field("geometry", pa.binary())).append(pa.field("bbox", _BOX))
        metadata["geo"] = json.dumps(_geo(geometry))
    with pq.ParquetWriter(path, schema.with_metadata(metadata), compression="zstd") as writer:
        for begins in range(0, max(table.num_rows, 1), _ROWS):
            rows = table.slice(begins, _ROWS)
            columns = list(rows.columns)
            if geometry is not None:
                columns += _shapes(geometry[begins : begins + _ROWS])
            writer.write_table(pa.table(columns, schema=schema.with_metadata(metadata)))


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
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
