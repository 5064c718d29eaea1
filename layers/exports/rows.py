"""Events and claims as the rows of a table that leaves, with a geometry each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from claims.coded import rows_in, strings
from claims.model import CLAIMS
from layers.frames import COLUMNS, CRS
from layers.layers import layers_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.exports.formats import Export

__all__ = ["ADDED_TO_CLAIMS", "ADDED_TO_EVENTS", "CLAIM_COLUMNS", "EVENT_COLUMNS", "claim_rows", "event_rows"]

_INNER: Final = ("claims", "stretch", "geometry")

ADDED_TO_EVENTS: Final[Mapping[str, str]] = {
    "event_id": "the event's id",
    "layer": "the layer of the map that it is on",
    "count_open": "whether the number has no upper end; its count_high is empty then",
    "claim_count": "number of claims",
}
"""What a row of events has beside the columns of a layer (`layers.frames.COLUMNS`), and what it says."""

ADDED_TO_CLAIMS: Final[Mapping[str, str]] = {
    "outlet": "the outlet of its source",
    "url": "the address of its source",
    "source_state": "whether its source stands: ok, corrected or retracted",
    "event_title": "the title of its event, empty where it is of none",
    "layer": "the layer of the map that its event is on, likewise",
}
"""What a row of claims has beside the columns of claims.csv, and what it says."""

EVENT_COLUMNS: Final = (
    "event_id",
    "layer",
    *(name for name in COLUMNS if name not in _INNER),
    "count_open",
    "claim_count",
)
"""Of a row of events, before its geometry."""

CLAIM_COLUMNS: Final = (
    *(column.name for column in CLAIMS),
    *ADDED_TO_CLAIMS,
)
"""Of a row of claims, before its geometry."""


def event_rows(export: Export) -> gpd.GeoDataFrame:
    """Return the events that have claims, layer by layer.

    Returns:
        The columns of `EVENT_COLUMNS`, which are those of `layers.frames.COLUMNS` with event_id, layer, claim_count (how
        many claims) and count_open (whether the number has no upper end; its count_high is NaN then), and geometry
        (EPSG:4326; None where unplaced). Days are datetime64[s], numbers float64 or int64, texts "" where nothing is said.
    """
    layers = layers_of(export.collection, export.gazetteer)
    events = pd.concat([layer.assign(layer=name) for name, layer in layers.items()])
    is_open = np.isinf(events["count_high"])
    events = events.rename(columns={"claims": "claim_count"}).assign(
        count_high=events["count_high"].mask(is_open), count_open=is_open
    )
    rows: gpd.GeoDataFrame = events.rename_axis("event_id").reset_index()[[*EVENT_COLUMNS, "geometry"]]
    return rows


def claim_rows(export: Export, events: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """Return the claims in their own order, those of no event among them.

    Args:
        export: What is to be written.
        events: Its `event_rows`, where they are there already.

    Returns:
        The columns of `CLAIM_COLUMNS`, which are those of claims.csv with the outlet, url and state of the source, and the
        title and layer of the event ("" where there is none); and the event's geometry (EPSG:4326; None where there is
        no event, or it is unplaced). Types as of `event_rows`.
    """
    events = event_rows(export) if events is None else events
    collection = export.collection
    claims = collection.claims.reset_index(drop=True)
    sources = collection.sources.reset_index(drop=True)
    of_source = rows_in(claims["source_id"], sources["source_id"])
    of_event = rows_in(claims["event_id"], events["event_id"])
    added = {
        "outlet": _taken(sources["outlet"], of_source),
        "url": _taken(sources["url"], of_source),
        "source_state": _taken(sources["state"], of_source),
        "event_title": _taken(events["title"], of_event),
        "layer": _taken(events["layer"], of_event),
    }
    geometry = np.append(events.geometry.to_numpy(), [None])[of_event]
    return gpd.GeoDataFrame(claims.assign(**added), geometry=geometry, crs=CRS)


def _taken(texts: pd.Series, rows: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """Return the texts at some rows, "" for -1."""
    held = pa.concat_arrays([strings(texts), pa.array([""])])
    return pd.array(held.take(pa.array(rows % len(held))), dtype="str")
