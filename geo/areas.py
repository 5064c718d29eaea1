"""Places as a table of where they are and how far they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

from geo.borders import world
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.places import Place

__all__ = ["areas_of"]


def areas_of(places: Iterable[Place]) -> pd.DataFrame:
    """Give of each place, by place_id, the area in which it surely is.

    Returns:
        lon, lat, radius_km, and geometry: the outline, or the point of what has none (EPSG:4326). A country that brings
        no outline has Natural Earth's: no circle around its middle holds all of its towns.
    """
    listed = list({place.place_id: place for place in places}.values())
    fields = ("lon", "lat", "radius_km")
    columns = {field: [getattr(place, field) for place in listed] for field in fields}
    index = pd.Index([place.place_id for place in listed], name="place_id", dtype="object")
    frame = pd.DataFrame(columns, index=index, dtype=float)
    geometry = shapely.points(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    for row, place in enumerate(listed):
        if (outline := _outline(place)) is not None:
            geometry[row] = outline
    return frame.assign(geometry=geometry)


def _outline(place: Place) -> BaseGeometry | None:
    if place.shape is None and place.kind is PlaceKind.COUNTRY:
        return world().area(place.country)
    return place.geometry if place.shape is not None else None
