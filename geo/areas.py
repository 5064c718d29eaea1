"""Places as a table of where they are and how far they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.places import Place

__all__ = ["areas_of"]


def areas_of(places: Iterable[Place]) -> pd.DataFrame:
    """Give of each place, by place_id, the area in which it surely is.

    Returns:
        lon, lat, radius_km, and geometry: the outline, or the point of what has none (EPSG:4326).
    """
    listed = list({place.place_id: place for place in places}.values())
    fields = ("lon", "lat", "radius_km")
    columns = {field: [getattr(place, field) for place in listed] for field in fields}
    index = pd.Index([place.place_id for place in listed], name="place_id", dtype="object")
    frame = pd.DataFrame(columns, index=index, dtype=float)
    geometry = shapely.points(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    for row, place in enumerate(listed):
        if place.shape is not None:
            geometry[row] = place.geometry
    return frame.assign(geometry=geometry)
