"""Events or claims as GeoParquet 1.1, with a box around each that readers choose by."""

from __future__ import annotations

import base64
import itertools
import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.files.wholefiles import whole_path
from layers.exports.about import about
from layers.exports.positions import positioned
from layers.exports.rowparts import ROWS, row_parts
from layers.exports.typedrows import GEOMETRY, typed_rows
from layers.frames import CRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from layers.exports.formats import Export

    Piece = tuple[pa.Table, np.ndarray | None]
    """Columns of some rows, and the geometry of each; None for rows of a table that has none."""

__all__ = ["put_parts", "put_rows", "put_table", "write"]

_EDGES: Final = ("xmin", "ymin", "xmax", "ymax")
_BOX: Final = pa.struct([(edge, pa.float64()) for edge in _EDGES])


def write(export: Export, out: Path) -> None:
    """Write GeoParquet, whole or not at all; raises as `whole_path` does.

    Rows are made and written in parts, each a row group.
    """
    put_rows(row_parts(export), about(export), out)


def put_rows(parts: Iterable[gpd.GeoDataFrame], said: Mapping[str, Any], out: Path) -> None:
    """Write parts of rows, one at least, likewise; `said` is what the file says of itself."""
    with whole_path(out) as aside:
        pieces = ((typed_rows(rows), positioned(rows.geometry.to_numpy())) for rows in parts)
        put_parts(pieces, said, aside)


def put_table(table: pa.Table, geometry: np.ndarray | None, said: Mapping[str, Any], path: Path) -> None:
    """Write a table as Parquet; as GeoParquet 1.1 (geoparquet.org) with the covering column `bbox` where it has geometries.

    Args:
        table: Its columns.
        geometry: Of each row (EPSG:4326, lon lat), None where there is none; None for a table of none.
        said: What the file says of itself, as JSON under the key `about`.
        path: Where.
    """
    bare = table.replace_schema_metadata()
    begins = range(0, max(table.num_rows, 1), ROWS)
    shapes = (None if geometry is None else geometry[at : at + ROWS] for at in begins)
    put_parts(zip((bare.slice(at, ROWS) for at in begins), shapes, strict=True), said, path)


def put_parts(pieces: Iterator[Piece], said: Mapping[str, Any], path: Path) -> None:
    """Write as `put_table` does what comes in parts, of the same columns, one at least; each is a row group."""
    columns, geometry = first = next(pieces)
    schema = columns.schema
    if geometry is not None:
        schema = schema.append(pa.field(GEOMETRY, pa.binary())).append(pa.field("bbox", _BOX))
    seen = _Seen()
    with pq.ParquetWriter(path, schema, compression="zstd", store_schema=False) as writer:
        for columns, geometry in itertools.chain([first], pieces):
            shapes = [] if geometry is None else seen.shapes(geometry)
            writer.write_table(pa.table([*columns.columns, *shapes], schema=schema))
        told = {"about": json.dumps(said, ensure_ascii=False)}
        told |= {} if geometry is None else {"geo": json.dumps(seen.geo())}
        # Arrow reads only what its own schema says, which it would write before it is known what the rows hold.
        whole = base64.b64encode(schema.with_metadata(told).serialize())
        writer.add_key_value_metadata(told | {"ARROW:schema": whole})


class _Seen:
    """What the geometries that were written are together, which the file says at its end."""

    def __init__(self) -> None:
        self._kinds: set[str] = set()
        self._box = np.array([np.nan] * len(_EDGES))

    def shapes(self, geometry: np.ndarray) -> list[pa.Array]:
        """Give geometries as WKB, and their boxes; null where there is none."""
        kinds, at = np.unique(shapely.get_type_id(geometry), return_index=True)
        self._kinds |= {geometry[one].geom_type for one in at[kinds >= 0]}
        edges = np.ascontiguousarray(shapely.bounds(geometry).T)
        west, south, east, north = self._box
        low = np.fmin((west, south), np.fmin.reduce(edges[:2], axis=1, initial=np.nan))
        high = np.fmax((east, north), np.fmax.reduce(edges[2:], axis=1, initial=np.nan))
        self._box = np.concatenate([low, high])
        missing = pa.array(shapely.is_missing(geometry))
        boxes = pa.StructArray.from_arrays(
            [pa.array(edge) for edge in edges], fields=list(_BOX), mask=missing
        )
        return [pa.array(shapely.to_wkb(geometry), pa.binary()), boxes]

    def geo(self) -> dict[str, Any]:
        """Give the metadata that GeoParquet 1.1 asks for."""
        column: dict[str, Any] = {
            "encoding": "WKB",
            "crs": pyproj.CRS(CRS).to_json_dict(),
            "geometry_types": sorted(self._kinds),
            "covering": {"bbox": {edge: ["bbox", edge] for edge in _EDGES}},
        }
        if self._kinds:
            column["bbox"] = self._box.tolist()
        return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
