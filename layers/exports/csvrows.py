"""Events or claims as one CSV table (RFC 4180, UTF-8), each line of which says what it is of."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv
import shapely

from claims.coded import strings
from geo.files.wholefiles import whole_file
from layers.exports.about import about_texts
from layers.exports.formulas import formula_safe
from layers.exports.plain import days, said
from layers.exports.positions import marked_at, positioned
from layers.exports.rowparts import row_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from geo.files.wholefiles import WholeFile
    from layers.exports.formats import Export

__all__ = ["OF_COLLECTION", "put_tables", "tables", "tables_of", "write"]

CHUNK: Final = 10_000
"""How many rows are made into text at a time."""

OF_COLLECTION: Final = {name: f"collection_{name}" for name in ("title", "url", "first_day", "last_day")}
"""What `about` says is called so in a column, where a row has such a thing of its own."""

BOM: Final = "\ufeff"
"""By which a spreadsheet knows UTF-8."""


def write(export: Export, out: Path) -> None:
    """Write CSV, whole or not at all; raises as `whole_file` does.

    Where it shall be safe in a spreadsheet, it begins with a byte order mark, and texts are as `formula_safe` has them.
    """
    put_tables(tables(export), out, safe=export.safe)


def put_tables(parts: Iterable[pa.Table], out: Path, *, safe: bool) -> None:
    """Write tables of the same columns one after the other, likewise."""
    with whole_file(out) as file:
        file.write(BOM if safe else "")
        for number, table in enumerate(parts):
            _put(file, formula_safe(table) if safe else table, header=number == 0)


def _put(file: WholeFile, table: pa.Table, *, header: bool) -> None:
    text = io.BytesIO()
    pyarrow.csv.write_csv(table, text, pyarrow.csv.WriteOptions(include_header=header))
    file.write(text.getvalue().decode())


def tables(export: Export) -> Iterator[pa.Table]:
    """Give the rows some at a time, one table at least.

    The columns are those of `event_rows` or `claim_rows`, lon and lat of the mark, wkt (its geometry, EPSG:4326), and the
    same on every line what the export says of itself. Days are date32, texts null where nothing is said.
    """
    yield from tables_of(row_parts(export), export)


def tables_of(parts: Iterable[gpd.GeoDataFrame], export: Export) -> Iterator[pa.Table]:
    """Give parts of rows as the same tables; `export` is what they are of."""
    same = {OF_COLLECTION.get(name, name): text for name, text in about_texts(export).items()}
    for rows in parts:
        for first in range(0, max(len(rows), 1), CHUNK):
            yield _table(rows.iloc[first : first + CHUNK], same)


def _table(rows: gpd.GeoDataFrame, same: Mapping[str, str]) -> pa.Table:
    geometries = positioned(rows.geometry.to_numpy())
    lon, lat = marked_at(geometries)
    columns = {name: _column(rows[name]) for name in rows.columns.drop("geometry")}
    columns |= {"lon": _numbers(lon), "lat": _numbers(lat)}
    columns["wkt"] = pa.array(shapely.to_wkt(geometries, rounding_precision=-1), type=pa.string())
    columns |= {
        name: pa.repeat(pa.scalar(text or None, pa.string()), len(rows)) for name, text in same.items()
    }
    return pa.table(columns)


def _column(column: pd.Series) -> pa.Array:
    match column.dtype.kind:
        case "M":
            return days(column)
        case "f":
            return _numbers(column.to_numpy())
        case "b" | "i" | "u":
            return pa.array(column)
        case _:
            return said(strings(column))


def _numbers(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers, mask=np.isnan(numbers))
