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


def movement_layer(events: pd.DataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Draw movements as lines; one whose direction is unknown is a point at the end that is said."""
    found = arrows(events, gazetteer)
    geometry, radius = standing(events, gazetteer)
    drawn = np.array([arrow is not None for arrow in found], dtype=bool)
    lines = [arrow.points for arrow in found if arrow is not None]
    if lines:
        sizes = np.array([len(points) for points in lines])
        indices = np.repeat(np.arange(len(lines)), sizes)
        geometry[drawn] = shapely.linestrings(
            np.concatenate([np.array(points) for points in lines]), indices=indices
        )
        radius[drawn] = np.nan
    return layer_frame(events, geometry, radius_km=radius, arrows=found)
