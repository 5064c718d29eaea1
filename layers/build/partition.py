"""The partition function: rows of claims in, placed and layered rows of their events out; pure, and a column at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from claims.clock import BY_DAYS, NO_DAY, days_of
from claims.model import DateKind
from layers.built.format import NO_MONTH, ON_MAP
from layers.ends import ends_of, spots
from layers.exports.formats import Export
from layers.exports.positions import positioned
from layers.exports.rows import event_rows
from layers.exports.typedrows import GEOMETRY, typed_rows
from layers.frames import places_frame

if TYPE_CHECKING:
    import geopandas as gpd

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["MONTH", "layered", "months_of"]

MONTH: Final = "month"
"""The column that says in which month an event begins."""


def layered(collection: Collection, gazetteer: Gazetteer) -> pa.Table:
    """Put claims together into events, and draw these.

    Whoever parts claims so that all of an event are in one part may do this part by part, in any process: the rows of all
    parts are those of the whole.

    Args:
        collection: With the claims, the events and the sources of a part.
        gazetteer: Holds every place_id of the claims, the same for all parts.

    Returns:
        A row an event that has claims: the columns of `layers.exports.rows.EVENT_COLUMNS` typed, those of
        `layers.built.format.ON_MAP`, `MONTH` ("2024-12"), and geometry as WKB (EPSG:4326, lon lat; null where unplaced),
        in the order of layer, month, first day, place and id.
    """
    rows = event_rows(Export(collection, gazetteer))
    geometry = pa.array(shapely.to_wkb(positioned(rows.geometry.to_numpy())), pa.binary())
    table = typed_rows(rows)
    for name, column in zip(ON_MAP.names, _on_map(rows, gazetteer), strict=True):
        table = table.append_column(ON_MAP.field(name), column)
    begins = days_of(rows["date_start"].fillna(rows["date_end"]))
    table = table.append_column(MONTH, pa.array(months_of(begins), pa.large_string()))
    return table.append_column(GEOMETRY, geometry).take(pa.array(_order(table, begins)))


def months_of(days: np.ndarray) -> np.ndarray:
    """Give the month of days since 1970-01-01, `NO_MONTH` for `NO_DAY`; dtype object."""
    known = days != NO_DAY
    months = np.where(known, days, 0).astype("datetime64[D]").astype("datetime64[M]")
    uniques, number = np.unique(months, return_inverse=True)
    words: np.ndarray = np.array([str(month) for month in uniques], dtype=object)[number]
    return np.where(known, words, NO_MONTH)


def _on_map(rows: gpd.GeoDataFrame, gazetteer: Gazetteer) -> list[pa.Array]:
    """Give the columns of `ON_MAP`."""
    start, end = days_of(rows["date_start"]), days_of(rows["date_end"])
    kind = rows["date_kind"].to_numpy(dtype=object)
    begin = np.where(start == NO_DAY, end, start)
    first = np.where(kind == DateKind.BY, end - BY_DAYS, begin)
    undated = (end == NO_DAY) | (kind == "")
    places = places_frame(gazetteer)
    spot = spots(ends_of(rows, places), places)
    nowhere = spot < 0
    ids = np.append(places.index.to_numpy(dtype=object), "")[spot]
    lon, lat = (np.append(places[name].to_numpy(dtype=float), np.nan)[spot] for name in ("lon", "lat"))
    columns = ((first, undated), (end, undated), (ids, nowhere), (lon, nowhere), (lat, nowhere))
    return [pa.array(cells, one.type, mask=bare) for one, (cells, bare) in zip(ON_MAP, columns, strict=True)]


def _order(table: pa.Table, begins: np.ndarray) -> np.ndarray:
    """Give the rows in their order."""
    keys = pd.DataFrame({name: table[name].to_pandas() for name in ("layer", MONTH, "spot", "event_id")})
    keys["begins"] = begins
    by = ["layer", MONTH, "begins", "spot", "event_id"]
    order: np.ndarray = keys.sort_values(by, kind="stable").index.to_numpy()
    return order
