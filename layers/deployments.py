"""Deployments as points, roads and areas of `layers.frames.COLUMNS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import Kind
from layers.frames import layer_frame, standing

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def deployments(events: pd.DataFrame, places: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the layer of deployments: one row an event, EPSG:4326."""
    deployed = events[events["kind"].eq(Kind.DEPLOYMENT)]
    geometry, radius = standing(deployed, places)
    return layer_frame(deployed, geometry, places, radius_km=radius)
