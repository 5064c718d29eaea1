"""Geometries as elements of KML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["kml_shape"]


def kml_shape(kind: str, coordinates: Sequence[Any]) -> Any:
    """Return the element of a geometry, given as GeoJSON has it; what is of several parts is a MultiGeometry."""
    if kind.startswith("Multi"):
        shape = etree.Element("MultiGeometry")
        shape.extend(kml_shape(kind.removeprefix("Multi"), part) for part in coordinates)
        return shape
    shape = etree.Element(kind)
    if kind == "Point":
        return _at(shape, [coordinates])
    # Drawn along the ground, not through the earth.
    etree.SubElement(shape, "tessellate").text = "1"
    if kind == "LineString":
        return _at(shape, coordinates)
    for number, ring in enumerate(coordinates):
        edge = etree.SubElement(shape, "innerBoundaryIs" if number else "outerBoundaryIs")
        _at(etree.SubElement(edge, "LinearRing"), ring)
    return shape


def _at(shape: Any, positions: Sequence[Sequence[float]]) -> Any:
    etree.SubElement(shape, "coordinates").text = " ".join(f"{lon},{lat}" for lon, lat in positions)
    return shape
