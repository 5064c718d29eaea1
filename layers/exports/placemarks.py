"""Rows as placemarks of KML, in its text: a column at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import strings
from geo.files.csvwriting import TEXT
from layers.exports.inert import as_name, as_xml, xml_safe
from layers.exports.kmlshapes import kml_shapes
from layers.exports.plain import iso, said
from layers.exports.positions import positioned
from layers.exports.spans import spans

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["placemarks"]


def placemarks(rows: gpd.GeoDataFrame, name: pd.Series, says: pd.Series, style: pd.Series) -> pa.Array:
    """Return the placemark of each row: with the span of its days, all its columns that say something, and its geometry.

    Args:
        rows: Of events or claims.
        name: Of each, as its source has it.
        says: Of each the description, as inert HTML.
        style: Of each the id of its style.
    """
    columns = [
        _within(f'<Data name="{of}"><value>', _cells(rows[of]), "</value></Data>")
        for of in rows
        if of != "geometry"
    ]
    parts = [
        *("<Placemark><name>", as_xml(as_name(name)), '</name><Snippet maxLines="0"/>'),
        *("<description>", as_xml(says), "</description>", _days(rows)),
        *("<styleUrl>#", strings(style), "</styleUrl><ExtendedData>", *columns, "</ExtendedData>"),
        *(kml_shapes(positioned(rows.geometry.to_numpy())), "</Placemark>"),
    ]
    return _joined(*parts)


def _days(rows: gpd.GeoDataFrame) -> pa.Array:
    first, last = map(iso, spans(rows))
    edges = _joined(_within("<begin>", first, "</begin>"), _within("<end>", last, "</end>"))
    return _within("<TimeSpan>", said(edges), "</TimeSpan>")


def _cells(column: pd.Series) -> pa.Array:
    """Return a column's cells as text, null for what says nothing."""
    match column.dtype.kind:
        case "M":
            return iso(column)
        case "b":
            return pa.array(column).cast(TEXT)
        case "f" | "i" | "u":
            return _figures(column.to_numpy())
        case _:
            return said(as_xml(xml_safe(column)))


def _figures(numbers: np.ndarray) -> pa.Array:
    """Write numbers, whole ones as such."""
    told = np.isfinite(numbers)
    whole = told & (np.where(told, numbers, 0) % 1 == 0)
    written = pa.array(np.where(whole, numbers, 0).astype(np.int64), mask=~whole).cast(TEXT)
    parted = np.full(len(numbers), None, dtype=object)
    parted[told & ~whole] = [str(number) for number in numbers[told & ~whole].tolist()]
    return pc.coalesce(written, pa.array(parted, TEXT))


def _within(begin: str, texts: pa.Array, end: str) -> pa.Array:
    """Put texts between two others; null stays null."""
    if texts.null_count == len(texts):
        return pa.nulls(len(texts), TEXT)
    return pc.binary_join_element_wise(_text(begin), _text(texts), _text(end), _text(""))


def _joined(*parts: pa.Array | str) -> pa.Array:
    """Put texts one after the other, without those that are null."""
    nothing = _text("")
    # Begun with a text that is there, as Arrow loses a row in which all are null.
    return pc.binary_join_element_wise(nothing, *map(_text, parts), nothing, null_handling="skip")


def _text(part: pa.Array | str) -> pa.Array | pa.Scalar:
    return pa.scalar(part, TEXT) if isinstance(part, str) else part.cast(TEXT)
