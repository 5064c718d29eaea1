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

from claims.model import ROLES
from layers.blobs import columns_blob, json_blob, texts_blob
from layers.carried.claims import claim_columns, part_columns, share_columns
from layers.carried.events import actor_columns, event_columns, role_columns
from layers.carried.marks import mark_columns, place_columns, used_places
from layers.carried.names import event_texts, names
from layers.carried.shapes import Shapes, rings
from layers.clock import days_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from claims.model import Collection
    from geo.basemap import Basemap
    from geo.gazetteer import Gazetteer

LAYERS: Final = ("crossings", "withdrawals", "deployments", "context")

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
    # Packing runs in libraries that let other threads run meanwhile.
    with ThreadPoolExecutor(max_workers=1) as aside:
        claim_texts = aside.submit(texts_blob, {name: claims[name] for name in CLAIM_TEXTS})
        shapes = Shapes()
        arrays: dict[str, np.ndarray] = {"version_of": version_of, "layer": rows["layer"].to_numpy()}
        arrays |= event_columns(rows) | role_columns(rows, places) | mark_columns(rows, places, shapes)
        arrays |= actor_columns(rows, collection.actors) | place_columns(places, shapes)
        arrays |= claim_columns(claims, event, rows, collection)
        arrays |= part_columns(claims, event) | share_columns(claims, event) | shapes.arrays()
        return {
            "columns": columns_blob(arrays),
            "names": json_blob(names(collection)),
            "texts": texts_blob(event_texts(rows, count, places)),
            "claims": claim_texts.result(),
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
