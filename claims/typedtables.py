"""A collection's tables as typed columns: text, days and numbers, null where nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from claims.model import OPTIONAL_TABLES, TABLES, WITHHELD
from geo.files.csvwriting import TEXT
from geo.placefiles import COLUMNS as PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["HEADERS", "MORE", "SCHEMAS", "as_text", "schema_of", "table_of"]

_TYPES: Final = {"day": pa.date32(), "number": pa.float64(), "1-3": pa.float64(), "1-6": pa.float64()}
_NUMBER_KINDS: Final = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)


def schema_of(name: str) -> pa.Schema:
    """Give the columns of a table in their order: days as date32, numbers as double, all else as text."""
    if name == "places":
        return pa.schema([(column, TEXT) for column in PLACES])
    columns = (TABLES | OPTIONAL_TABLES)[name]
    return pa.schema([(column.name, _TYPES.get(str(column.cell), TEXT)) for column in columns])


SCHEMAS: Final = {name: schema_of(name) for name in (*TABLES, *OPTIONAL_TABLES, "places")}
"""Of the tables that a collection may hold, in the order in which they are handed over."""

HEADERS: Final = {name: tuple(schema.names) for name, schema in SCHEMAS.items()}

MORE: Final[Mapping[str, tuple[str, ...]]] = {"claims": (WITHHELD.name,)}
"""Columns that a table may have besides, by its name: what is not for publication."""


def table_of(frame: pd.DataFrame, name: str) -> pa.Table:
    """Give a table of a `Collection` as typed columns.

    Args:
        frame: With the columns of the table, as `claims.model.Collection` holds them.
        name: Of the table.
    """
    schema = SCHEMAS[name]
    columns = [_typed(pa.array(frame[field.name], from_pandas=True), field.type) for field in schema]
    return pa.table(columns, schema=schema)


def _typed(cells: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    typed = pc.cast(cells, kind)
    return pc.if_else(pc.equal(typed, ""), pa.scalar(None, kind), typed) if kind == TEXT else typed


def as_text(cells: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray | None:
    """Give cells as they are written in CSV, "" for null; None where their type is none that a table holds.

    Text stays as it is, days are ISO, numbers are written shortest (2000, 0.5), and what is no number (NaN) is "".
    """
    kind = cells.type
    if pa.types.is_dictionary(kind):
        return as_text(pc.cast(cells, kind.value_type))
    if pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
        return as_text(_days(cells))
    if pa.types.is_floating(kind):
        cells = pc.if_else(pc.is_nan(cells), pa.scalar(None, kind), cells)
    elif not (_is_text(kind) or pa.types.is_date32(kind) or any(of(kind) for of in _NUMBER_KINDS)):
        return None
    return pc.fill_null(pc.cast(cells, TEXT), "")


def _is_text(kind: pa.DataType) -> bool:
    checks = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(check(kind) for check in checks)


def _days(cells: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Give times as days, and as text where one is not of midnight, so that it is told as no day."""
    days = pc.cast(cells, pa.date32(), safe=False)
    whole = pc.equal(pc.cast(days, cells.type), cells)
    return days if pc.all(whole, min_count=0).as_py() else pc.cast(cells, TEXT)
