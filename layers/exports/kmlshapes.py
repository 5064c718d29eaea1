"""Geometries as KML, in its text: many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from lxml import etree

from geo.files.csvwriting import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["kml_shapes"]

_POINT, _LINE = shapely.GeometryType.POINT, shapely.GeometryType.LINESTRING

_ALONG_THE_GROUND: Final = "<tessellate>1</tessellate>"
"""Of what is drawn along the ground, not through the earth."""


def kml_shapes(geometries: np.ndarray) -> pa.Array:
    """Return the element of each geometry (EPSG:4326, lon lat; as `positioned` gives it) as text, null for None.

    What is of several parts is a MultiGeometry.
    """
    kind = shapely.get_type_id(geometries)
    at = np.full(len(geometries), -1)
    simple, others = np.isin(kind, (_POINT, _LINE)), kind > _LINE
    at[simple] = np.arange(simple.sum())
    # Areas are the same few again and again.
    codes, different = pd.factorize(shapely.to_wkb(geometries[others]))
    at[others] = simple.sum() + codes
    made = [_of_geojson(text) for text in shapely.to_geojson(shapely.from_wkb(different))]
    texts = pa.concat_arrays([_simple(geometries[simple]), pa.array(made, TEXT), pa.array([None], TEXT)])
    return texts.take(pa.array(at % len(texts)))


def _simple(geometries: np.ndarray) -> pa.Array:
    """Write points and lines."""
    positions, of = shapely.get_coordinates(geometries, return_index=True)
    written = pa.array([f"{lon},{lat}" for lon, lat in positions.tolist()], TEXT)
    begins = pa.array(np.searchsorted(of, np.arange(len(geometries) + 1)), pa.int32())
    joined = pc.binary_join(pa.ListArray.from_arrays(begins, written), pa.scalar(" ", TEXT))
    point = pa.array(shapely.get_type_id(geometries) == _POINT)
    opens = pc.if_else(point, "<Point>", f"<LineString>{_ALONG_THE_GROUND}").cast(TEXT)
    closes = pc.if_else(point, "</Point>", "</LineString>").cast(TEXT)
    begin, end, nothing = (pa.scalar(text, TEXT) for text in ("<coordinates>", "</coordinates>", ""))
    return pc.binary_join_element_wise(opens, begin, joined, end, closes, nothing)


def _of_geojson(text: str) -> str:
    shape = orjson.loads(text)
    return str(etree.tostring(_kml_shape(shape["type"], shape["coordinates"]), encoding="unicode"))


def _kml_shape(kind: str, coordinates: Sequence[Any]) -> Any:
    """Return the element of a geometry, given as GeoJSON has it."""
    if kind.startswith("Multi"):
        shape = etree.Element("MultiGeometry")
        shape.extend(_kml_shape(kind.removeprefix("Multi"), part) for part in coordinates)
        return shape
    shape = etree.Element(kind)
    if kind == "Point":
        return _at(shape, [coordinates])
    shape.append(etree.fromstring(_ALONG_THE_GROUND))
    if kind == "LineString":
        return _at(shape, coordinates)
    for number, ring in enumerate(coordinates):
        edge = etree.SubElement(shape, "innerBoundaryIs" if number else "outerBoundaryIs")
        _at(etree.SubElement(edge, "LinearRing"), ring)
    return shape


def _at(shape: Any, positions: Sequence[Sequence[float]]) -> Any:
    etree.SubElement(shape, "coordinates").text = " ".join(f"{lon},{lat}" for lon, lat in positions)
    return shape
