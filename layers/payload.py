"""What the page carries: events as columns of numbers, their texts and their claims' texts, and the basemap.

engine/data.js reads what is written here; the two change together.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from claims.model import MOVEMENT_KINDS, ROLES, CountUnit, DateKind, Dispute, Kind, Modality, Status
from geo.gazetteer import PlaceKind
from layers.blobs import columns_blob, json_blob, texts_blob
from layers.clock import NO_DAY, days_of
from layers.frames import places_frame, spots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    import geopandas as gpd

    from claims.model import Collection
    from geo.basemap import Basemap
    from geo.gazetteer import Gazetteer

LAYERS: Final = ("crossings", "withdrawals", "deployments", "context")

DEGREE: Final = 10_000
"""Coordinates travel as whole ten-thousandths of a degree (11 m at the equator)."""

POINT, LINE = shapely.GeometryType.POINT, shapely.GeometryType.LINESTRING

AREA: Final = 4
"""The mark of an event that is drawn as an area or a road."""

NO_COUNT: Final = -1
OPEN_COUNT: Final = -2
NONE: Final = -1

CLAIM_TEXTS: Final = (
    "actor_text",
    "speakers",
    "via",
    *ROLES,
    "date_text",
    "count_text",
    "quote",
    "note",
)


def payload(
    collection: Collection, layers: Mapping[str, gpd.GeoDataFrame], gazetteer: Gazetteer
) -> dict[str, str]:
    """Return the blobs of a collection by name: columns, names, texts and claims.

    Args:
        collection: With its claims, of which those of the layers' events are carried.
        layers: By the names of `LAYERS`.
        gazetteer: Holds every place_id.
    """
    events = pd.concat([layers[name] for name in LAYERS])
    layer = np.repeat(np.arange(len(LAYERS)), [len(layers[name]) for name in LAYERS])
    order = np.lexsort((days_of(events["date_start"]), -events["claims"].to_numpy(), layer))
    events, layer = events.iloc[order], layer[order]
    places = _used_places(events, gazetteer)
    row = events.index.get_indexer(collection.claims["event_id"])
    claims = collection.claims.iloc[np.argsort(row, kind="stable")[np.count_nonzero(row < 0) :]]
    # Packing runs in libraries that let other threads run meanwhile.
    with ThreadPoolExecutor(max_workers=1) as aside:
        claim_texts = aside.submit(texts_blob, {name: claims[name] for name in CLAIM_TEXTS})
        shapes = _Shapes()
        arrays: dict[str, np.ndarray] = {"layer": layer.astype("uint8")}
        arrays |= _event_columns(events) | _roles(events, places) | _mark_columns(events, places, shapes)
        arrays |= _actor_columns(events, collection.actors) | _place_columns(places, shapes)
        arrays |= _claim_columns(claims, events, collection) | shapes.arrays()
        return {
            "columns": columns_blob(arrays),
            "names": json_blob(_names(collection)),
            "texts": texts_blob(_event_texts(events, places)),
            "claims": claim_texts.result(),
        }


def _place_columns(places: pd.DataFrame, shapes: _Shapes) -> dict[str, np.ndarray]:
    outlines = places["geometry"].to_numpy()
    return {
        "place_lon": _degrees(places["lon"]),
        "place_lat": _degrees(places["lat"]),
        "place_radius": np.rint(places["radius_km"].to_numpy() * 10).astype("int32"),
        "place_country": (places["kind"] == PlaceKind.COUNTRY).to_numpy().astype("uint8"),
        "place_schematic": places["schematic"].to_numpy().astype("uint8"),
        "place_shape": shapes.add_all(outlines, shapely.get_type_id(outlines) != POINT),
    }


def _codes(cells: pd.Series, enum: type[StrEnum]) -> np.ndarray:
    """Return the place of each word in its enum; 255 where the cell is empty and the enum has no such word."""
    codes = pd.Index([str(member) for member in enum]).get_indexer(cells)
    unsigned: np.ndarray = codes.astype("uint8")  # -1 becomes 255
    return unsigned


def _degrees(cells: Any) -> np.ndarray:
    whole: np.ndarray = np.rint(np.asarray(cells, dtype=float) * DEGREE).astype("int32")
    return whole


def _counts(cells: pd.Series) -> np.ndarray:
    numbers = cells.to_numpy(dtype=float)
    whole = np.where(np.isfinite(numbers), np.minimum(numbers, 2**31 - 1), NO_COUNT)
    return np.where(np.isinf(numbers), OPEN_COUNT, whole).astype("int32")


def _days(cells: pd.Series) -> np.ndarray:
    return np.clip(days_of(cells), NO_DAY, None).astype("int32")


def _event_columns(events: pd.DataFrame) -> dict[str, np.ndarray]:
    disputes = ("occurrence", "count", "date", "place")
    disputed = sum(
        (_codes(events[f"disputed_{name}"], Dispute).astype("uint8") & 3) << (2 * bit)
        for bit, name in enumerate(disputes)
    )
    return {
        "kind": _codes(events["kind"], Kind),
        "status": _codes(events["status"], Status),
        "date_kind": _codes(events["date_kind"], DateKind),
        "start": _days(events["date_start"]),
        "end": _days(events["date_end"]),
        "disputed": np.asarray(disputed, dtype="uint8"),
        "precision": events["geo_precision"].fillna(0).astype("uint8").to_numpy(),
        "count_low": _counts(events["count_low"]),
        "count_high": _counts(events["count_high"]),
        "count_unit": _codes(events["count_unit"], CountUnit),
        "n_claims": events["claims"].astype("uint16").to_numpy(),
        "n_sources": events["sources"].astype("uint16").to_numpy(),
        "n_roots": events["roots"].astype("uint16").to_numpy(),
        "n_denying": events["roots_denying"].astype("uint16").to_numpy(),
    }


def _used_places(events: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    places = places_frame(gazetteer)
    used = np.concatenate([places.index.get_indexer(events[f"{role}_id"]) for role in ROLES])
    return places.iloc[np.unique(used[used >= 0])]


def _roles(events: pd.DataFrame, places: pd.DataFrame) -> dict[str, np.ndarray]:
    return {role: _numbers(events[f"{role}_id"], places) for role in ROLES}


class _Shapes:
    """Areas, roads and stretches of frontier, each carried once."""

    def __init__(self) -> None:
        self._number: dict[bytes, int] = {}
        self._shapes: list[shapely.Geometry] = []
        self._seen: dict[int, int] = {}

    def add(self, geometry: shapely.Geometry | None) -> int:
        """Return the number of a geometry; NONE for none."""
        if geometry is None:
            return NONE
        # The same object comes many times, and is told by itself before it is told by its bytes.
        if id(geometry) not in self._seen:
            number = self._number.setdefault(shapely.to_wkb(geometry), len(self._shapes))
            if number == len(self._shapes):
                self._shapes.append(geometry)
            self._seen[id(geometry)] = number
        return self._seen[id(geometry)]

    def add_all(self, geometries: np.ndarray, wanted: np.ndarray | bool = True) -> np.ndarray:
        """Return the numbers of the geometries that are wanted; NONE for the others."""
        numbers = np.full(len(geometries), NONE, dtype="int32")
        for row in np.flatnonzero(~shapely.is_missing(geometries) & wanted):
            numbers[row] = self.add(geometries[row])
        return numbers

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the shapes as rings: of which shape, closed or not, and their coordinates."""
        return rings(self._shapes, "shape")


def rings(geometries: Iterable[shapely.Geometry], prefix: str) -> dict[str, np.ndarray]:
    """Return polygons and lines as rings in delta-coded whole ten-thousandths of a degree.

    {prefix}_of: the geometry's number by ring; {prefix}_fill: 1 for a polygon's ring; {prefix}_size:
    coordinates by ring; {prefix}_dlon, {prefix}_dlat: differences along each ring, the first from 0.
    """
    of, fill, sizes, deltas = [], [], [], []
    for number, geometry in enumerate(geometries):
        for part in shapely.get_parts(geometry):
            closed = part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors) if closed else (part,):
                at = _degrees(shapely.get_coordinates(ring))
                keep = np.append(True, (np.diff(at, axis=0) != 0).any(axis=1))
                at = at[keep]
                of.append(number)
                fill.append(closed)
                sizes.append(len(at))
                deltas.append(np.diff(at, axis=0, prepend=0))
    delta = np.concatenate(deltas) if deltas else np.empty((0, 2), dtype="int32")
    return {
        f"{prefix}_of": np.array(of, dtype="int32"),
        f"{prefix}_fill": np.array(fill, dtype="uint8"),
        f"{prefix}_size": np.array(sizes, dtype="int32"),
        f"{prefix}_dlon": delta[:, 0].astype("int32"),
        f"{prefix}_dlat": delta[:, 1].astype("int32"),
    }


def _mark_columns(events: gpd.GeoDataFrame, places: pd.DataFrame, shapes: _Shapes) -> dict[str, np.ndarray]:
    """Return what is drawn of each event, by places where it stands on places.

    mark: 0 nothing, 1 a point, 2 a line, 3 a line through its gate, 4 an area or road. A line runs from
    `origin` to `destination`, but where from_stub or to_stub is not 0 it begins or ends at that stub, counted
    from 1. A point stands on its place, else gate, else end, as `layers.frames.spots` has it. `shape` and
    `stretch` number the shapes.
    """
    geometry = events.geometry.to_numpy()
    sizes = shapely.get_num_coordinates(geometry)
    at_spot = _numbers(spots(events, places), places)
    # A withdrawal along a road, say, has no ends: its line is the road's own.
    own = np.append(places["geometry"].to_numpy(), [None])[at_spot]
    standing = shapely.equals_exact(geometry, own, tolerance=0.0)
    moves = events["kind"].isin(MOVEMENT_KINDS).to_numpy() & ~standing
    lines = moves & (shapely.get_type_id(geometry) == LINE)
    points = shapely.get_type_id(geometry) == POINT
    mark = np.select([points, lines, sizes > 0], [1, sizes, AREA], 0)
    coordinates, of = shapely.get_coordinates(np.where(lines, geometry, None), return_index=True)
    ends = {
        "stub_from": coordinates[np.diff(of, prepend=-1) > 0],
        "stub_to": coordinates[np.diff(of, append=len(events)) > 0],
    }
    stubs = np.concatenate([at[events[name].to_numpy(dtype=bool)[lines]] for name, at in ends.items()])
    unique, number = np.unique(_degrees(stubs), axis=0, return_inverse=True)
    columns, begin = {}, 0
    for name in ends:
        is_stub = events[name].to_numpy(dtype=bool) & lines
        column = np.zeros(len(events), dtype="int32")
        column[is_stub] = number[begin : begin + is_stub.sum()] + 1
        begin += is_stub.sum()
        columns[name] = column
    return columns | {
        "mark": mark.astype("uint8"),
        "radius": np.rint(events["radius_km"].fillna(0).to_numpy() * 10).astype("int32"),
        "stub_lon": unique[:, 0].astype("int32"),
        "stub_lat": unique[:, 1].astype("int32"),
        "shape": shapes.add_all(geometry, mark == AREA),
        "stretch": shapes.add_all(events["stretch"].to_numpy()),
    }


def _numbers(place_ids: pd.Series, places: pd.DataFrame) -> np.ndarray:
    numbers: np.ndarray = pd.Index(places.index).get_indexer(place_ids).astype("int32")
    return numbers


def _actor_columns(events: pd.DataFrame, actors: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return each event's actors as numbers, with how many it has."""
    lists = pc.split_pattern(pa.array(events["actors"].to_numpy(dtype=object), pa.string()), ";")
    listed = pd.Index(actors["actor"]).get_indexer(lists.flatten().to_numpy(zero_copy_only=False))
    sizes = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    named = listed >= 0  # an event without actors is one empty name
    event = np.repeat(np.arange(len(events)), sizes)
    return {
        "actor_size": np.bincount(event[named], minlength=len(events)).astype("uint16"),
        "actor": listed[named].astype("uint16"),
    }


def _claim_columns(
    claims: pd.DataFrame, events: pd.DataFrame, collection: Collection
) -> dict[str, np.ndarray]:
    """Return the claims' columns, in the order of their events: n_claims says how many are of each.

    Days are told as their distance to the event's: mostly 0, which deflates to nothing.
    """
    source = pd.Index(collection.sources["source_id"])
    event = events.index.get_indexer(claims["event_id"])
    start, end = (_days(events[name])[event] for name in ("date_start", "date_end"))
    return {
        "claim_source": source.get_indexer(claims["source_id"]).astype("int32"),
        "claim_status": _codes(claims["status"], Status),
        "claim_modality": _codes(claims["modality"], Modality),
        "claim_date_kind": _codes(claims["date_kind"], DateKind),
        "claim_start": _distance(_days(claims["date_start"]), start),
        "claim_end": _distance(_days(claims["date_end"]), end),
        "claim_reported": _distance(_days(claims["reported"]), end),
    }


def _distance(days: np.ndarray, since: np.ndarray) -> np.ndarray:
    """Return days as their distance to other days, or to 1970 where those are unknown; `NO_DAY` stays."""
    return np.where(days == NO_DAY, NO_DAY, days - np.where(since == NO_DAY, 0, since)).astype("int32")


def _event_texts(events: pd.DataFrame, places: pd.DataFrame) -> dict[str, Any]:
    return {
        "event_id": events.index.tolist(),
        **{name: events[name] for name in ("title", "title_ar", "date_texts", "count_texts")},
        **{f"place_{name}": places[name].astype(str).tolist() for name in ("name", "name_ar")},
    }


def _names(collection: Collection) -> dict[str, object]:
    """Return what is named on every event: the sources and the actors."""
    sources, actors = collection.sources, collection.actors
    return {
        "actor": {name: actors[name].tolist() for name in ("actor", "name", "name_ar", "side")},
        "source": {
            **{name: sources[name].tolist() for name in ("outlet", "title", "author", "url", "state")},
            "published": _iso(sources["published"]),
        },
    }


def _iso(days: pd.Series) -> list[str]:
    text: list[str] = days.dt.strftime("%Y-%m-%d").fillna("").tolist()
    return text


def ground(basemap: Basemap) -> str:
    """Return the basemap as a blob of rings by layer."""
    arrays: dict[str, np.ndarray] = {}
    for name in ("land", "lakes", "divisions", "rivers", "boundaries", "disputed"):
        arrays |= rings(getattr(basemap, name).geometry, name)
    return columns_blob(arrays)
