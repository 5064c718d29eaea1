"""The rows that leave some at a time, so that who writes them holds a part of a large collection and not all of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np

from claims.coded import places_in, rows_in
from claims.model import LAYERS
from layers.certainty import CERTAINTIES
from layers.exports.formats import Rows
from layers.exports.rows import claim_rows, event_rows
from layers.frames import CRS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from layers.exports.formats import Export

__all__ = ["ROWS", "claim_parts", "event_parts", "row_parts"]

ROWS: Final = 65_536
"""Of claims that are made into rows at a time."""

_KINDS: Final = {str(kind): number for number, kinds in enumerate(LAYERS.values()) for kind in kinds}
_LAYERS: Final = np.array([*LAYERS, ""], dtype=object)
_CERTAINTIES: Final = np.array(CERTAINTIES, dtype=object)


def row_parts(export: Export) -> Iterator[gpd.GeoDataFrame]:
    """Give what a row of the export is, events or claims, in parts."""
    if export.rows is Rows.CLAIMS:
        yield from (claims for claims, _ in claim_parts(export))
    else:
        yield from (events for _, events in event_parts(export))


def event_parts(export: Export) -> Iterator[tuple[Export, gpd.GeoDataFrame]]:
    """Give `event_rows` in parts, one at least.

    A part has so many events that their claims are some `ROWS`. With it comes the export cut to those, for `claim_rows`.
    """
    for _, part in _cuts(export):
        yield part, event_rows(part)


def claim_parts(
    export: Export, *, by_layer: bool = False
) -> Iterator[tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]]:
    """Give `claim_rows` in parts of `ROWS`; one part at least.

    Of the events no more is held meanwhile than a geometry each.

    Args:
        export: What is to be written.
        by_layer: Whether they stand layer by layer, those of no event last.

    Returns:
        The claims, and the events that they are of: event_id, title, layer, certainty, and geometry (EPSG:4326).
    """
    collection = export.collection
    events, claims = collection.events, collection.claims
    geometry, certainty = _marks(export)
    layer = _layers(events)
    of_event = rows_in(claims["event_id"], events["event_id"]).astype("int32")
    for some in _by_layer(layer, of_event) if by_layer else _in_order(len(claims)):
        rows = np.unique(of_event[some])
        rows = rows[rows >= 0]
        words = {"layer": _LAYERS[layer[rows]], "certainty": _CERTAINTIES[certainty[rows]]}
        drawn = events.iloc[rows][["event_id", "title"]].assign(**words)
        named = gpd.GeoDataFrame(drawn, geometry=geometry[rows], crs=CRS)
        part = dataclasses.replace(collection, claims=claims.iloc[some])
        yield claim_rows(dataclasses.replace(export, collection=part), named), named


def _marks(export: Export) -> tuple[np.ndarray, np.ndarray]:
    """Give the geometry of each event of the collection, None where there is none, and its place in `CERTAINTIES`."""
    count = len(export.collection.events)
    geometry, certainty = np.full(count, None, dtype=object), np.zeros(count, dtype="int8")
    for rows, part in _cuts(export):
        events = event_rows(part)
        geometry[rows] = events.geometry.to_numpy()
        certainty[rows] = places_in(events["certainty"], CERTAINTIES)
    return geometry, certainty


def _cuts(export: Export) -> Iterator[tuple[np.ndarray, Export]]:
    """Cut an export into parts as of `event_parts`, and give the rows that their events have among all."""
    events, claims = export.collection.events, export.collection.claims
    of_event = rows_in(claims["event_id"], events["event_id"])
    sizes = np.bincount(of_event + 1, minlength=len(events) + 1)[1:]
    layer = _layers(events)
    told = np.flatnonzero(sizes)
    told = told[np.argsort(layer[told], kind="stable")]
    number = np.full(len(events) + 1, -1, dtype="int32")
    number[told] = (np.cumsum(sizes[told]) - sizes[told]) // ROWS
    order = np.argsort(number[of_event], kind="stable").astype("int32")
    order = order[np.count_nonzero(of_event < 0) :]
    parts = np.split(told, np.flatnonzero(np.diff(number[told])) + 1)
    ends = np.cumsum([sizes[rows].sum() for rows in parts])
    for rows, of in zip(parts, np.split(order, ends[:-1]), strict=True):
        part = dataclasses.replace(
            export.collection, events=events.iloc[rows], claims=claims.iloc[of], story=None
        )
        yield rows, dataclasses.replace(export, collection=part)


def _by_layer(layer: np.ndarray, of_event: np.ndarray) -> list[np.ndarray]:
    """Give rows of claims in parts, layer by layer, by the layer of each event and of each claim its event, -1 for none."""
    order = np.argsort(np.append(layer, np.int8(len(LAYERS)))[of_event], kind="stable").astype("int32")
    return np.split(order, range(ROWS, len(order), ROWS))


def _in_order(count: int) -> list[slice]:
    return [slice(begins, begins + ROWS) for begins in range(0, max(count, 1), ROWS)]


def _layers(events: pd.DataFrame) -> np.ndarray:
    """Give the place of each event's layer among `LAYERS`."""
    numbers: np.ndarray = events["kind"].map(_KINDS).to_numpy(dtype="int8")
    return numbers
