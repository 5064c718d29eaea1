"""Crossings as lines of `layers.frames.COLUMNS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import Kind
from layers.movements import movement_layer

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.gazetteer import Gazetteer


def crossings(events: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return the layer of crossings: one row an event, EPSG:4326."""
    return movement_layer(events[events["kind"].eq(Kind.CROSSING)], places, gazetteer)
