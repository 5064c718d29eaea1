"""Crossings as lines of `layers.frames.COLUMNS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import Kind
from layers.frames import layer_frame

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.gazetteer import Gazetteer


def crossings(events: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return the layer of crossings: one row an event, EPSG:4326."""
    return layer_frame(events[events["kind"].eq(Kind.CROSSING)], places, gazetteer)
