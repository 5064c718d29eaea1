"""Write places as they are read: a row of places.csv, and an outline of a file of GeoJSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.placefiles import COLUMNS

if TYPE_CHECKING:
    from geo.places import Place

__all__ = ["outline_of", "place_row"]


def outline_of(place: Place) -> dict[str, Any]:
    """Give the outline of a place that has one as a feature of areas.geojson."""
    assert place.shape is not None
    said = {"place_id": place.place_id, "source": place.shape.source, "schematic": place.shape.schematic}
    return {"type": "Feature", "properties": said, "geometry": place.shape.geojson}


def place_row(place: Place) -> dict[str, str]:
    """Write a place as a row of places.csv."""
    aliases = ";".join(place.aliases)
    said = {column: getattr(place, column, "") for column in COLUMNS} | {"aliases": aliases}
    said["checked"] = "yes" if place.checked else "no"
    return {column: repr(cell) if isinstance(cell, float) else str(cell) for column, cell in said.items()}
