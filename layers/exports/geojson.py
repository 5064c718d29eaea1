"""Events or claims as GeoJSON (RFC 7946), a feature a line, written as it is made."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import shapely

from claims.coded import rows_in
from claims.events import of_events
from claims.model import CLAIMS
from geo.files.wholefiles import whole_file
from layers.exports.about import about
from layers.exports.formats import Export, Rows
from layers.exports.plain import records
from layers.exports.positions import positioned
from layers.exports.rows import claim_rows, event_rows

if TYPE_CHECKING:
    from collections.abc import Collection as Collected
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import geopandas as gpd

    from claims.model import Collection
    from geo.gazetteer import Gazetteer

    Members = Iterable[tuple[str, Iterable[str]]]

__all__ = ["claims_geojson", "events_geojson", "geojson", "write"]

CHUNK: Final = 10_000
"""How many rows are made into text at a time."""

_OF_CLAIM: Final = (*(column.name for column in CLAIMS), "outlet", "url", "source_state")
_IN_EVENT: Final = tuple(name for name in _OF_CLAIM if name != "event_id")


def write(export: Export, out: Path, members: Members = ()) -> None:
    """Write GeoJSON, whole or not at all; raises as `whole_file` does. The members are those of `geojson`."""
    with whole_file(out) as file:
        for piece in geojson(export, members):
            file.write(piece)


def geojson(export: Export, members: Members = (), parts: Iterable[Export] | None = None) -> Iterator[str]:
    """Give GeoJSON piece by piece.

    An event is a feature with its claims in the property `claims`; a claim is one with its event's geometry, which is null
    where it is of no event, or of one that has no place below a country.

    Args:
        export: What is to be written.
        parts: Of which the features are, one after the other; None for the export itself.
        members: Further members of the document, each a name and the pieces of its JSON; they stand behind the features.
    """
    yield '{"type": "FeatureCollection"'
    for name, value in about(export).items():
        yield f",\n{_text(name)}: {_text(value)}"
    yield ',\n"features": ['
    features = _claims if export.rows is Rows.CLAIMS else _events
    between = "\n"
    for chunk in itertools.chain.from_iterable(map(features, [export] if parts is None else parts)):
        text = b",\n".join(map(orjson.dumps, chunk)).decode()
        if text:
            yield between + text
            between = ",\n"
    yield "\n]"
    for name, pieces in members:
        yield f",\n{_text(name)}: "
        yield from pieces
    yield "\n}\n"


def events_geojson(
    collection: Collection, gazetteer: Gazetteer, *, event_ids: Collected[str] | None = None
) -> str:
    """Return a collection's events as GeoJSON, all or some; the gazetteer holds every place_id."""
    part = collection if event_ids is None else of_events(collection, event_ids)
    return "".join(geojson(Export(part, gazetteer)))


def claims_geojson(
    collection: Collection, gazetteer: Gazetteer, *, event_ids: Collected[str] | None = None
) -> str:
    """Return a collection's claims as GeoJSON, all or those of some events; the gazetteer holds every place_id."""
    part = collection if event_ids is None else of_events(collection, event_ids)
    return "".join(geojson(Export(part, gazetteer, rows=Rows.CLAIMS)))


def _events(export: Export) -> Iterator[Iterator[dict[str, Any]]]:
    events = event_rows(export)
    claims = claim_rows(export, events)[[*_IN_EVENT]]
    of_event = rows_in(export.collection.claims["event_id"], events["event_id"])
    order = np.argsort(of_event, kind="stable")
    starts = np.searchsorted(of_event[order], np.arange(len(events) + 1))
    for first in range(0, len(events), CHUNK):
        rows = events.iloc[first : first + CHUNK]
        begins = starts[first : first + len(rows) + 1]
        told = records(claims.iloc[order[begins[0] : begins[-1]]])
        yield _with_claims(rows, told, (begins - begins[0]).tolist())


def _with_claims(
    rows: gpd.GeoDataFrame, told: list[dict[str, Any]], begins: list[int]
) -> Iterator[dict[str, Any]]:
    for at, feature in enumerate(_features(rows, "event_id")):
        properties = feature["properties"]
        properties["actors"] = (properties["actors"] or "").split(";") if properties["actors"] else []
        properties["claims"] = told[begins[at] : begins[at + 1]]
        yield feature


def _claims(export: Export) -> Iterator[Iterator[dict[str, Any]]]:
    rows = claim_rows(export)[[*_OF_CLAIM, "geometry"]]
    for first in range(0, len(rows), CHUNK):
        yield _features(rows.iloc[first : first + CHUNK], "claim_id")


def _features(rows: gpd.GeoDataFrame, key: str) -> Iterator[dict[str, Any]]:
    geometries = shapely.to_geojson(positioned(rows.geometry.to_numpy()))
    for geometry, properties in zip(geometries, records(rows.drop(columns="geometry")), strict=True):
        yield {
            "type": "Feature",
            "id": properties[key],
            "geometry": None if geometry is None else orjson.Fragment(geometry),
            "properties": properties,
        }


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()
