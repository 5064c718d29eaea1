"""The rows that leave as typed columns: days as days, null where nothing is said, and geometries cut at the meridian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.files.csvwriting import TEXT
from layers.exports.formats import Rows
from layers.exports.plain import said
from layers.exports.positions import positioned
from layers.exports.rows import claim_rows, event_rows
from layers.frames import CRS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    import pandas as pd

    from layers.exports.formats import Export

__all__ = ["GEOMETRY", "geometry_batches", "placed_rows", "typed_rows"]

GEOMETRY: Final = "geometry"
_WKB: Final = {"ARROW:extension:name": "geoarrow.wkb"}
_ROWS: Final = 65_536
"""Of what is held in memory twice while it is written."""


def placed_rows(export: Export, rows: Rows) -> gpd.GeoDataFrame:
    """Give `event_rows` or `claim_rows` with geometries that cross no 180th meridian (`layers.exports.positions`)."""
    events = event_rows(export)
    events = events.set_geometry(positioned(events.geometry.to_numpy()), crs=CRS)
    return claim_rows(export, events) if rows is Rows.CLAIMS else events


def typed_rows(rows: gpd.GeoDataFrame) -> pa.Table:
    """Give the columns of rows but their geometry: days as date32, numbers and booleans as they are, all else as text."""
    return pa.table({name: _typed(rows[name]) for name in rows.columns if name != GEOMETRY})


def geometry_batches(rows: gpd.GeoDataFrame) -> pa.RecordBatchReader:
    """Give the same with the geometry as WKB, some rows at a time, as GDAL takes them."""
    schema = typed_rows(rows.head(0)).schema.append(pa.field(GEOMETRY, pa.binary(), metadata=_WKB))
    return pa.RecordBatchReader.from_batches(schema, _batches(rows, schema))


def _batches(rows: gpd.GeoDataFrame, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for begins in range(0, len(rows), _ROWS):
        some = rows.iloc[begins : begins + _ROWS]
        wkb = pa.array(shapely.to_wkb(some.geometry.to_numpy()), pa.binary())
        yield from typed_rows(some).append_column(GEOMETRY, wkb).cast(schema).combine_chunks().to_batches()


def _typed(cells: pd.Series) -> pa.Array | pa.ChunkedArray:
    column = pa.array(cells, from_pandas=True)
    if pa.types.is_timestamp(column.type):
        return pc.cast(column, pa.date32())
    if any(of(column.type) for of in (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)):
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        return said(whole.cast(TEXT))
    return column
