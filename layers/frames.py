"""Events as rows with a geometry, a radius of doubt and all that a mark shows: what every layer shares."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from claims.model import ROLES, CountUnit, Kind, Status
from geo.areas import areas_of
from layers.certainty import CERTAINTIES, place_steps
from layers.ends import ends_of
from layers.marks import marks_of

if TYPE_CHECKING:
    from enum import StrEnum

    from geo.gazetteer import Gazetteer

CRS: Final = "EPSG:4326"


def _one_of(words: type[StrEnum]) -> str:
    """Say the words of which there is one."""
    *first, last = words
    return f"{', '.join(first)} or {last}"


COLUMNS: Final = {
    "title": "the event in English",
    "title_ar": "the event in Arabic",
    "kind": _one_of(Kind),
    "status": _one_of(Status),
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
    "count_unit": _one_of(CountUnit),
    "count_texts": "the numbers in the sources' words",
    "actors": "actor ids separated by ;",
    "claims": "number of claims",
    "sources": "number of publications",
    "roots": "number of independent sources",
    "roots_denying": "how many of them deny it",
    "reposts": "how many of the publications repeat another",
    "sources_retracted": "how many of the publications were retracted",
    "rests_on_retracted": "no report that says it still stands",
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
    fields = ("name", "name_ar", "kind", "country")
    places = list(gazetteer)
    columns = {field: [getattr(place, field) for place in places] for field in fields}
    areas = areas_of(places)
    frame = pd.DataFrame(columns, index=areas.index).join(areas)
    frame = frame.assign(schematic=[place.schematic for place in places])
    return frame.assign(step=place_steps(frame))


def layer_frame(events: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Draw events as a layer with the columns of `COLUMNS`.

    Args:
        events: From `claims.events.events_of`.
        places: From `places_frame`.
        gazetteer: The same places.
    """
    marks = marks_of(ends_of(events, places), places, gazetteer)
    drawn = events.assign(
        certainty=np.array(CERTAINTIES, dtype=object)[marks.certainty],
        radius_km=marks.radius_km,
        stub_from=marks.stub_from,
        stub_to=marks.stub_to,
        stretch=marks.stretch,
    )
    return gpd.GeoDataFrame(drawn, geometry=marks.geometry, crs=CRS)[list(COLUMNS)]
