"""Events or claims as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import shapely

from geo.files.wholefiles import put_whole
from layers.exports.formats import Rows
from layers.frames import COLUMNS
from layers.layers import layers_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

    from claims.model import Collection
    from geo.gazetteer import Gazetteer
    from layers.exports.formats import Export

__all__ = ["claims_geojson", "events_geojson", "write"]

DECIMALS: Final = 1e-5
"""Positions in GeoJSON are rounded to this many degrees (1 m): finer than any source says."""

INTERNAL: Final = frozenset({"geometry", "stretch"})


def write(export: Export, out: Path) -> None:
    """Write GeoJSON, whole or not at all; raises as `put_whole` does."""
    make = claims_geojson if export.rows is Rows.CLAIMS else events_geojson
    put_whole(out, make(export.collection, export.gazetteer))


def events_geojson(
    collection: Collection, gazetteer: Gazetteer, *, event_ids: Container[str] | None = None
) -> str:
    """Return events as GeoJSON: one feature an event, with its claims in the property `claims`.

    Args:
        collection: With its claims.
        gazetteer: Holds every place_id.
        event_ids: Only these; None for all.
    """
    claims = _claims_by_event(collection)
    features = []
    for name, layer in layers_of(collection, gazetteer).items():
        for event_id, row in zip(layer.index, layer.to_dict("records"), strict=True):
            if event_ids is not None and event_id not in event_ids:
                continue
            properties = {"event_id": event_id, "layer": name}
            properties |= {key: _plain(row[key]) for key in COLUMNS if key not in INTERNAL}
            properties["actors"] = row["actors"].split(";") if row["actors"] else []
            is_open = properties["count_high"] == "open"
            properties |= {"count_high": None if is_open else properties["count_high"], "count_open": is_open}
            properties["claims"] = claims.get(str(event_id), [])
            properties["claim_count"] = row["claims"]
            features.append(_feature(str(event_id), row["geometry"], properties))
    return _collection_json(collection, features)


def claims_geojson(
    collection: Collection, gazetteer: Gazetteer, *, event_ids: Container[str] | None = None
) -> str:
    """Return claims as GeoJSON: one feature a claim, with its event's geometry.

    A claim without an event, or whose event has no place below a country, has no geometry.
    """
    geometry = {
        event_id: at
        for layer in layers_of(collection, gazetteer).values()
        for event_id, at in zip(layer.index, layer.geometry, strict=True)
    }
    states = collection.sources.set_index("source_id")["state"]
    features = []
    for row in collection.claims.to_dict("records"):
        if event_ids is None or row["event_id"] in event_ids:
            properties = {str(key): _plain(value) for key, value in row.items()}
            properties["source_state"] = states[row["source_id"]]
            features.append(_feature(row["claim_id"], geometry.get(row["event_id"]), properties))
    return _collection_json(collection, features)


def _claims_by_event(collection: Collection) -> dict[str, list[dict[str, Any]]]:
    sources = collection.sources.set_index("source_id")
    found: dict[str, list[dict[str, Any]]] = {}
    for row in collection.claims.to_dict("records"):
        claim = {str(key): _plain(value) for key, value in row.items() if key != "event_id"}
        claim["outlet"] = sources["outlet"][row["source_id"]]
        claim["url"] = _plain(sources["url"][row["source_id"]])
        claim["source_state"] = sources["state"][row["source_id"]]
        found.setdefault(row["event_id"], []).append(claim)
    return found


def _plain(value: Any) -> Any:
    """Return a cell as JSON knows it: days as ISO, whole numbers whole, what is not said as null."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if value is pd.NaT or value == "":
        return None
    if isinstance(value, float):
        if pd.isna(value):
            return None
        if value == float("inf"):
            return "open"
        return int(value) if value.is_integer() else value
    return value


def _feature(
    feature_id: str, geometry: shapely.Geometry | None, properties: dict[str, Any]
) -> dict[str, Any]:
    return {"type": "Feature", "id": feature_id, "geometry": _geometry(geometry), "properties": properties}


def _geometry(geometry: shapely.Geometry | None) -> dict[str, Any] | None:
    """Return a geometry as RFC 7946 wants it: lon lat of WGS84, rings by the right-hand rule."""
    if geometry is None:
        return None
    rounded = shapely.set_precision(geometry, DECIMALS)
    if shapely.is_empty(rounded):
        # Shorter than a metre: nothing of it is left, and RFC 7946 wants two positions of a line.
        rounded = geometry
    sound: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(rounded)))
    return sound


def _collection_json(collection: Collection, features: Iterable[dict[str, Any]]) -> str:
    facts = collection.facts
    document = {
        "type": "FeatureCollection",
        "title": facts.title,
        "citation": facts.citation,
        "licence": facts.licence,
        "version": facts.version,
        "digest": collection.digest or None,
        "days": None if collection.days is None else [day.isoformat() for day in collection.days],
        "known": None if collection.known is None else collection.known.isoformat(),
        "features": list(features),
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False, default=_number) + "\n"


def _number(value: Any) -> Any:
    """Return numpy's numbers as Python's."""
    return value.item()
