"""What the page carries: events as compact columns, their words and their claims, and the basemap.

Each part is one blob: columns are little-endian arrays behind a JSON manifest, words are JSON;
both are deflated and written in base64, so that no character of a source stands in the HTML.
engine/data.js reads what is written here; the two change together.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from claims.model import ROLES, CountUnit, DateKind, Dispute, Kind, Modality, Status
from layers.clock import NO_DAY, days_of
from layers.frames import places_frame

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

NO_COUNT: Final = -1
OPEN_COUNT: Final = -2
NONE: Final = -1

CLAIM_TEXTS: Final = (
    "claim_id",
    "actor_text",
    "speakers",
    "via",
    "root",
    *ROLES,
    "date_text",
    "count_text",
    "quote",
)

ENUMS: Final = {
    "kind": Kind,
    "status": Status,
    "modality": Modality,
    "date_kind": DateKind,
    "count_unit": CountUnit,
    "dispute": Dispute,
}


def deflated(data: bytes) -> str:
    """Return bytes deflated and in base64; the same bytes give the same text with one zlib."""
    return base64.b64encode(zlib.compress(data, 9 if len(data) < 1 << 22 else 6)).decode("ascii")


def words(value: object) -> str:
    """Return JSON as a blob."""
    return deflated(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())


def columns(arrays: Mapping[str, np.ndarray]) -> str:
    """Return arrays as a blob: length of the manifest, manifest, arrays each at a multiple of 8 bytes."""
    manifest, parts, offset = [], [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
        data += b"\0" * (-len(data) % 8)
        manifest.append([name, array.dtype.name, offset, len(array)])
        parts.append(data)
        offset += len(data)
    head = json.dumps(manifest, separators=(",", ":")).encode()
    head += b" " * (-(len(head) + 4) % 8)
    return deflated(len(head).to_bytes(4, "little") + head + b"".join(parts))


def payload(
    collection: Collection, layers: Mapping[str, gpd.GeoDataFrame], gazetteer: Gazetteer
) -> dict[str, str]:
    """Return the blobs of a collection by name: columns, words and claims.

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
    shapes = _Shapes()
    shape_of_place = [shapes.add(gazetteer[place_id].geometry) for place_id in places.index]
    claims = collection.claims
    row_of_event = pd.Series(np.arange(len(events)), index=events.index)
    claim_event = claims["event_id"].map(row_of_event).fillna(NONE).astype("int32").to_numpy()
    claims = claims.iloc[np.argsort(claim_event, kind="stable")]
    claim_event = np.sort(claim_event, kind="stable")

    arrays: dict[str, np.ndarray] = {"layer": layer.astype("uint8")}
    arrays |= _event_columns(events) | _geometry_columns(events, shapes)
    arrays |= _roles(events, places)
    arrays |= _actor_columns(events, collection.actors)
    arrays |= {
        "place_lon": _degrees(places["lon"]),
        "place_lat": _degrees(places["lat"]),
        "place_radius": np.rint(places["radius_km"].to_numpy() * 10).astype("int32"),
        "place_shape": np.array(shape_of_place, dtype="int32"),
    }
    arrays |= _claim_columns(claims, claim_event, collection)
    return {
        "columns": columns(arrays | shapes.arrays()),
        "words": words(_event_words(events, places, collection)),
        "claims": words({name: claims[name].tolist() for name in CLAIM_TEXTS}),
    }


def _codes(cells: pd.Series, enum: type[StrEnum]) -> np.ndarray:
    """Return the place of each word in its enum; 255 where the cell is empty and the enum has no such word."""
    place = {str(member): number for number, member in enumerate(enum)}
    codes: np.ndarray = cells.map(place).fillna(255).astype("uint8").to_numpy()
    return codes


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
        "stub_from": events["stub_from"].astype("uint8").to_numpy(),
        "stub_to": events["stub_to"].astype("uint8").to_numpy(),
    }


def _used_places(events: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    used = pd.unique(events[[f"{role}_id" for role in ROLES]].to_numpy().ravel())
    places = places_frame(gazetteer)
    return places.loc[places.index.isin(used)]


def _roles(events: pd.DataFrame, places: pd.DataFrame) -> dict[str, np.ndarray]:
    number = pd.Series(np.arange(len(places)), index=places.index)
    return {role: events[f"{role}_id"].map(number).fillna(NONE).astype("int32").to_numpy() for role in ROLES}


class _Shapes:
    """Areas, roads and stretches of frontier, each carried once."""

    def __init__(self) -> None:
        self._number: dict[bytes, int] = {}
        self._shapes: list[shapely.Geometry] = []

    def add(self, geometry: shapely.Geometry | None) -> int:
        """Return the number of a geometry; NONE for none."""
        if geometry is None:
            return NONE
        key = shapely.to_wkb(geometry)
        if key not in self._number:
            self._number[key] = len(self._shapes)
            self._shapes.append(geometry)
        return self._number[key]

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


def _geometry_columns(events: gpd.GeoDataFrame, shapes: _Shapes) -> dict[str, np.ndarray]:
    """Return each mark's own points (0 unplaced, 1 a point, 2 or 3 a line), or the place whose shape it is."""
    kinds = shapely.get_type_id(events.geometry.to_numpy())
    moves = events["kind"].isin(("crossing", "withdrawal")).to_numpy()
    simple = (kinds == 0) | (
        (kinds == 1) & moves & (shapely.get_num_coordinates(events.geometry.to_numpy()) <= 3)
    )
    points = np.where(simple, events.geometry.to_numpy(), None)
    at = shapely.get_coordinates(points)
    shaped = ~simple & (kinds >= 0)
    areas = [
        shapes.add(geometry) if is_shape else NONE
        for geometry, is_shape in zip(events.geometry, shaped, strict=True)
    ]
    return {
        "points": np.where(simple, shapely.get_num_coordinates(points), 0).astype("uint8"),
        "lon": _degrees(at[:, 0]),
        "lat": _degrees(at[:, 1]),
        "radius": np.rint(events["radius_km"].fillna(0).to_numpy() * 10).astype("int32"),
        "shape": np.array(areas, dtype="int32"),
        "stretch": np.array([shapes.add(line) for line in events["stretch"]], dtype="int32"),
    }


def _lists(cells: pd.Series, number: pd.Series, name: str) -> dict[str, np.ndarray]:
    """Return lists in cells as numbers, with the length of each list."""
    listed = cells.str.split(";").explode()
    listed = listed[listed.ne("")]
    sizes = listed.groupby(level=0, sort=False).size() if len(listed) else pd.Series(dtype=int)
    return {
        f"{name}_size": sizes.reindex(cells.index, fill_value=0).astype("uint16").to_numpy(),
        name: listed.str.strip().map(number).astype("uint16").to_numpy(),
    }


def _actor_columns(events: pd.DataFrame, actors: pd.DataFrame) -> dict[str, np.ndarray]:
    number = pd.Series(np.arange(len(actors)), index=actors["actor"])
    return _lists(events["actors"].fillna(""), number, "actor")


def _claim_columns(
    claims: pd.DataFrame, claim_event: np.ndarray, collection: Collection
) -> dict[str, np.ndarray]:
    source = pd.Series(np.arange(len(collection.sources)), index=collection.sources["source_id"])
    return {
        "claim_event": claim_event,
        "claim_source": claims["source_id"].map(source).astype("int32").to_numpy(),
        "claim_status": _codes(claims["status"], Status),
        "claim_modality": _codes(claims["modality"], Modality),
        "claim_start": _days(claims["date_start"]),
        "claim_end": _days(claims["date_end"]),
        "claim_date_kind": _codes(claims["date_kind"], DateKind),
        "claim_reported": _days(claims["reported"]),
        "claim_count_low": _counts(claims["count_low"]),
        "claim_count_high": _counts(claims["count_high"]),
        "claim_count_unit": _codes(claims["count_unit"], CountUnit),
    }


def _event_words(events: pd.DataFrame, places: pd.DataFrame, collection: Collection) -> dict[str, object]:
    sources, actors = collection.sources, collection.actors
    return {
        "event": {
            "id": events.index.tolist(),
            **{name: events[name].tolist() for name in ("title", "title_ar", "date_texts", "count_texts")},
        },
        "place": {name: places[name].astype(str).tolist() for name in ("name", "name_ar", "kind", "country")},
        "actor": {name: actors[name].tolist() for name in ("actor", "name", "name_ar", "side")},
        "source": {
            **{
                name: sources[name].tolist()
                for name in ("source_id", "outlet", "title", "author", "url", "state")
            },
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
    return columns(arrays)
