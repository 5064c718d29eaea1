"""Events as rows with a geometry, a radius of doubt and all that a mark shows: what every layer shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from claims.events import AREA
from claims.model import ROLES
from geo.gazetteer import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.gazetteer import Gazetteer
    from layers.arrows import Arrow

CRS: Final = "EPSG:4326"

COLUMNS: Final = {
    "title": "the event in English",
    "title_ar": "the event in Arabic",
    "kind": "crossing, withdrawal, deployment, control_change, closure or contact",
    "status": "reported, confirmed, denied, planned, requested or rejected",
    "date_start": "first possible day, datetime64[s]; NaT where unknown",
    "date_end": "last possible day, likewise",
    "date_kind": "on, throughout, since, by; '' where undated",
    "date_texts": "the days in the sources' words",
    **{f"{role}_id": f"the {role}'s place_id, '' where none is said" for role in ROLES},
    "geo_precision": "ACLED's 1 to 3, NaN where unplaced",
    "radius_km": "radius of doubt about the mark's own place; NaN for lines, areas and the unplaced",
    "count_low": "lowest number meant, NaN where none is said",
    "count_high": "highest number meant, infinity where open",
    "count_unit": "people, vehicles, factions or families",
    "count_texts": "the numbers in the sources' words",
    "actors": "actor ids separated by ;",
    "claims": "number of claims",
    "sources": "number of publications",
    "roots": "number of independent sources",
    "roots_denying": "how many of them deny it",
    "disputed_occurrence": "'' or conflicts",
    "disputed_count": "'', differs or conflicts",
    "disputed_date": "'', differs or conflicts",
    "disputed_place": "'' or conflicts",
    "stub_from": "the line's first point is no place, only a side",
    "stub_to": "the line's last point is no place, only a side",
    "stretch": "the frontier within which an unknown gate lies (EPSG:4326), or None",
    "geometry": "LineString of a movement, Point or area of what stays; None where unplaced",
}
"""The columns of every layer, in order; the index is event_id."""


def places_frame(gazetteer: Gazetteer) -> pd.DataFrame:
    """Return the gazetteer as columns by place_id: name, name_ar, kind, country, lon, lat, radius_km, geometry.

    The geometry (EPSG:4326) is the place's outline, or its point where it has none.
    """
    fields = ("name", "name_ar", "kind", "country", "lon", "lat", "radius_km")
    rows = [tuple(getattr(place, field) for field in fields) for place in gazetteer]
    index = pd.Index([place.place_id for place in gazetteer], name="place_id")
    frame = pd.DataFrame(rows, index=index, columns=list(fields))
    points = shapely.points(frame["lon"].to_numpy(dtype=float), frame["lat"].to_numpy(dtype=float))
    outlines = np.array([place.geometry for place in gazetteer], dtype=object)
    return frame.assign(geometry=np.where(shapely.is_geometry(outlines), outlines, points))


def layer_frame(
    events: pd.DataFrame,
    geometry: Sequence[shapely.Geometry | None] | np.ndarray,
    *,
    radius_km: np.ndarray | None = None,
    arrows: Sequence[Arrow | None] = (),
) -> gpd.GeoDataFrame:
    """Put events and their geometry into a layer with the columns of `COLUMNS`.

    Args:
        events: From `claims.events.events_of`.
        geometry: One for each event.
        radius_km: Radius of doubt of each event's point.
        arrows: The arrow of each event, for layers of movements.
    """
    extras = {
        "radius_km": np.full(len(events), np.nan) if radius_km is None else radius_km,
        "stub_from": np.array(
            [found is not None and found.stub_from for found in arrows] or [False] * len(events)
        ),
        "stub_to": np.array(
            [found is not None and found.stub_to for found in arrows] or [False] * len(events)
        ),
        "stretch": np.array(
            [None if found is None else found.stretch for found in arrows] or [None] * len(events),
            dtype=object,
        ),
    }
    frame = gpd.GeoDataFrame(events.assign(**extras), geometry=np.asarray(geometry, dtype=object), crs=CRS)
    return frame[list(COLUMNS)]


def standing(events: pd.DataFrame, gazetteer: Gazetteer) -> tuple[np.ndarray, np.ndarray]:
    """Return where what does not move is drawn: geometries, and the radius of doubt of the points.

    The place itself, else the end or gate that is said. An area or a road is drawn as such where the
    claim is of a part of it or of it all; a whole country is no place on this map.
    """
    place_ids = events["place_id"]
    for role in ("crossing", "destination", "origin"):
        place_ids = place_ids.where(place_ids.ne(""), events[f"{role}_id"])
    geometry = np.full(len(events), None, dtype=object)
    radius = np.full(len(events), np.nan)
    least = events["geo_precision"].map(AREA).fillna(0.0).to_numpy()
    for row, place_id in enumerate(place_ids):
        place = gazetteer[place_id] if place_id else None
        if place is None or place.kind is PlaceKind.COUNTRY:
            continue
        if place.geometry is not None:
            geometry[row] = place.geometry
        else:
            geometry[row] = shapely.Point(place.lon, place.lat)
            radius[row] = max(place.radius_km, least[row])
    return geometry, radius
