"""The layer of a kind of movement: lines with their direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.arrows import arrows
from layers.frames import layer_frame, standing

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.gazetteer import Gazetteer


def movement_layer(events: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Draw movements as lines; one whose direction is unknown is a point at the end that is said."""
    found = arrows(events, places, gazetteer)
    geometry, radius = standing(events, places)
    drawn = ~shapely.is_missing(found.line)
    return layer_frame(
        events,
        np.where(drawn, found.line, geometry),
        places,
        radius_km=np.where(drawn, np.nan, radius),
        arrows=found,
    )
