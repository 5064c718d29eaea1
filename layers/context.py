"""Changes of control, closures and contacts: what the movements happened in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import CONTEXT_KINDS
from layers.frames import layer_frame, standing

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def context(events: pd.DataFrame, places: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the context layer: one row an event, EPSG:4326."""
    around = events[events["kind"].isin(CONTEXT_KINDS)]
    geometry, radius = standing(around, places)
    return layer_frame(around, geometry, places, radius_km=radius)
