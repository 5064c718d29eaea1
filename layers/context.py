"""Changes of control, closures, contacts and what else there was: what the movements happened in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import CONTEXT_KINDS
from layers.frames import layer_frame

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.gazetteer import Gazetteer


def context(events: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return the context layer: one row an event, EPSG:4326."""
    return layer_frame(events[events["kind"].isin(CONTEXT_KINDS)], places, gazetteer)
