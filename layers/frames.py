"""Events as rows with a geometry, a radius of doubt and all that a mark shows: what every layer shares."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from claims.model import ROLES, Kind
from claims.whereabouts import AREA
from geo.gazetteer import PlaceKind
from layers.certainty import CERTAINTIES, certainty, place_steps

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from layers.arrows import Arrows

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
    "certainty": "how sure the place is: gate, place, near, stretch, region, side; '' where unplaced",
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


@lru_cache(maxsize=2)
def places_frame(gazetteer: Gazetteer) -> pd.DataFrame:
    """Return the gazetteer as columns by place_id: name, name_ar, kind, country, lon, lat, radius_km, geometry, schematic, step.

    It is made once for a gazetteer, which does not change; whoever reads it leaves it as it is.

    The geometry (EPSG:4326) is the place's outline, or its point where it has none; the step is
    how sure the place itself is (`layers.certainty`).
    """
    fields = ("name", "name_ar", "kind", "country", "lon", "lat", "radius_km")
    places = list(gazetteer)
    columns = {field: [getattr(place, field) for place in places] for field in fields}
    frame = pd.DataFrame(columns, index=pd.Index([place.place_id for place in places], name="place_id"))
    geometry = shapely.points(frame["lon"].to_numpy(dtype=float), frame["lat"].to_numpy(dtype=float))
    for row, place in enumerate(places):
        if place.shape is not None:
            geometry[row] = place.geometry
    frame = frame.assign(geometry=geometry, schematic=[place.schematic for place in places])
    return frame.assign(step=place_steps(frame))


def layer_frame(
    events: pd.DataFrame,
    geometry: np.ndarray,
    places: pd.DataFrame,
    *,
    radius_km: np.ndarray,
    arrows: Arrows | None = None,
) -> gpd.GeoDataFrame:
    """Put events and their geometry into a layer with the columns of `COLUMNS`.

    Args:
        events: From `claims.events.events_of`.
        geometry: One for each event, None where it is unplaced.
        places: From `places_frame`.
        radius_km: Radius of doubt of each event's point, NaN for what is none.
        arrows: The events' arrows, for layers of movements.
    """
    steps = certainty(
        places,
        events["geo_precision"].to_numpy(),
        places.index.get_indexer(spots(events, places)),
        tuple(
            places.index.get_indexer(events[f"{role}_id"]) for role in ("origin", "crossing", "destination")
        ),
        arrows,
    )
    extras = {
        "certainty": np.array(CERTAINTIES, dtype=object)[steps],
        "radius_km": radius_km,
        "stub_from": np.zeros(len(events), dtype=bool) if arrows is None else arrows.stub_from,
        "stub_to": np.zeros(len(events), dtype=bool) if arrows is None else arrows.stub_to,
        "stretch": np.full(len(events), None, dtype=object) if arrows is None else arrows.stretch,
    }
    frame = gpd.GeoDataFrame(events.assign(**extras), geometry=geometry, crs=CRS)
    return frame[list(COLUMNS)]


def spots(events: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    """Return the place_id on which what has no line is drawn: the place itself, else the gate or end said.

    A country is no spot. Of a withdrawal the place that is left comes first. engine/data.js does the same.
    """
    countries = places.index[places["kind"] == PlaceKind.COUNTRY]
    ids = {role: events[f"{role}_id"].where(~events[f"{role}_id"].isin(countries), "") for role in ROLES}
    leaves = events["kind"].eq(Kind.WITHDRAWAL)
    found = ids["place"]
    for role, other in (("crossing", "origin"), ("destination", "crossing"), ("origin", "destination")):
        found = found.where(found.ne(""), ids[role].where(~leaves, ids[other]))
    return found


def standing(events: pd.DataFrame, places: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return where what does not move is drawn: geometries, and the radius of doubt of the points.

    An area or a road is drawn as such where the claim is of a part of it or of it all; a whole country
    is no place on this map.

    Args:
        events: From `claims.events.events_of`.
        places: From `places_frame`.
    """
    at = places.index.get_indexer(spots(events, places))
    geometry: np.ndarray = np.where(at >= 0, places["geometry"].to_numpy()[at], np.array(None))
    least = events["geo_precision"].map(AREA).fillna(0.0).to_numpy()
    is_point = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    radius = np.where(is_point, np.maximum(places["radius_km"].to_numpy()[at], least), np.nan)
    return geometry, radius
