"""What the page carries: versions of events as columns of numbers, their texts and their claims' texts, and the basemap.

engine/data.js reads what is written here; the two change together.

A *version* of an event is what was known of it from one day until the next report of it came out (`claims.versions`).
Every column of events has a row for each version: first the last versions, one an event, layer by layer, then the
earlier ones, in the order of their events and days. `version_of` gives the event of each earlier one, `known_from` the
day from which each is what is known. The last versions hold all claims, so that whoever shows what is known today
reads no further. `part_child`, `part_parent`, `share_event` and `share_group` tell of events, by the rows of their last
versions.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.blobs import columns_blob, json_blob, texts_blob
from layers.carried.claims import claim_columns, part_columns, share_columns
from layers.carried.events import actor_columns, event_columns, role_columns
from layers.carried.marks import mark_columns, place_columns, used_places
from layers.carried.names import claim_texts, event_texts, names
from layers.carried.shapes import Shapes, rings
from layers.clock import days_of
from layers.columns import By, Told

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from claims.model import Collection
    from geo.basemap import Basemap
    from geo.gazetteer import Gazetteer

LAYERS: Final = ("crossings", "withdrawals", "deployments", "context")

TOLD: Final = {
    "version_of": Told(By.BEFORE),
    "end": Told(By.ROW, "start"),
    "known_from": Told(By.ROW, "end"),
    "count_low": Told(By.VERSION, signed=True),
    "count_high": Told(By.ROW, "count_low", signed=True),
    "n_sources": Told(By.ROW, "n_claims"),
    "n_roots": Told(By.ROW, "n_sources"),
    "claim_root": Told(By.ROW, "claim_source"),
    "claim_count": Told(By.EVENT, "count_low", signed=True),
    "claim_low": Told(By.ROW, "claim_count", signed=True),
    "claim_high": Told(By.ROW, "claim_low", signed=True),
}
"""What is told by what is likely; of all other columns of versions the earlier ones are told by the last."""


def payload(
    collection: Collection, versions: Mapping[str, gpd.GeoDataFrame], gazetteer: Gazetteer
) -> dict[str, str]:
    """Return the blobs of a collection by name: columns, names, texts and claims.

    Args:
        collection: With its claims, of which those of the layers' events are carried.
        versions: From `layers.layers.versions_drawn`.
        gazetteer: Holds every place_id.
    """
    rows, count, version_of = _rows(versions)
    places = used_places(rows, gazetteer)
    event = pd.Index(rows["event_id"].iloc[:count]).get_indexer(collection.claims["event_id"])
    order = np.argsort(event, kind="stable")[np.count_nonzero(event < 0) :]
    claims, event = collection.claims.iloc[order], event[order]
    shapes = Shapes()
    marks, stubs = mark_columns(rows, places, shapes)
    by_version = {
        "layer": rows["layer"].to_numpy(),
        **event_columns(rows),
        **role_columns(rows, places),
        **marks,
    }
    told = dict.fromkeys(by_version, Told(By.VERSION)) | TOLD
    arrays = {"version_of": version_of, **by_version, **stubs}
    arrays |= actor_columns(rows, collection.actors) | place_columns(places, shapes)
    arrays |= claim_columns(claims, event, rows, collection)
    arrays |= part_columns(claims, event) | share_columns(claims, event) | shapes.arrays()
    # Packing runs in libraries that let other threads run meanwhile.
    with ThreadPoolExecutor(max_workers=1) as aside:
        packed = aside.submit(texts_blob, claim_texts(claims, event, arrays), arrays)
        return {
            "columns": columns_blob(arrays, told),
            "names": json_blob(names(collection)),
            "texts": texts_blob(event_texts(rows, count, places), arrays),
            "claims": packed.result(),
        }


def _rows(versions: Mapping[str, gpd.GeoDataFrame]) -> tuple[pd.DataFrame, int, np.ndarray]:
    """Return the versions in the page's order, how many of them are last ones, and of which events the others are."""
    frames = [
        pd.DataFrame(versions[name]).assign(layer=np.uint8(number)) for number, name in enumerate(LAYERS)
    ]
    rows = pd.concat(frames, ignore_index=True)
    last = rows["last"].to_numpy()
    events = rows[last]
    events = events.iloc[np.lexsort((days_of(events["date_start"]), -events["claims"], events["layer"]))]
    earlier = rows[~last]
    of = pd.Index(events["event_id"]).get_indexer(earlier["event_id"])
    order = np.lexsort((days_of(earlier["known_from"]), of))
    return pd.concat([events, earlier.iloc[order]]), len(events), of[order].astype("int32")


def ground(basemap: Basemap) -> str:
    """Return the basemap as a blob of rings by layer."""
    arrays: dict[str, np.ndarray] = {}
    for name in ("land", "lakes", "divisions", "rivers", "boundaries", "disputed"):
        arrays |= rings(getattr(basemap, name).geometry, name)
    return columns_blob(arrays)
