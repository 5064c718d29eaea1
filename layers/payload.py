"""What the page carries: versions of events as columns of numbers, their texts and their claims' texts, and the basemap.

engine/data.js reads what is written here; the two change together.

A *version* of an event is what was known of it from one day until the next report of it came out (`claims.versions`).
Every column of events has a row for each version: first the last versions, one an event, layer by layer, then the
earlier ones, in the order of their events and days. `version_of` gives the event of each earlier one, `known_from` the
day from which each is what is known. The last versions hold all claims, so that whoever shows what is known today
reads no further. Pairs of related events (`part_child`, `part_parent` and their like), `share_event` and `share_group`
tell of events, by the rows of their last versions, each from the day on which it is known (`part_known`, `share_known`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from claims.coded import rows_in
from layers.blobs import columns_blob, json_blob, texts_blob
from layers.carried.apart import apart_columns
from layers.carried.claims import claim_columns, relation_columns, share_columns
from layers.carried.codes import NONE
from layers.carried.events import actor_columns, event_columns
from layers.carried.marks import Places, mark_columns
from layers.carried.names import claim_texts, event_texts, names
from layers.carried.shapes import Shapes, rings
from layers.columns import By, Told
from layers.history import LAYER_OF

if TYPE_CHECKING:
    from claims.model import Collection
    from geo.basemap import Basemap
    from layers.history import History

FIRST: Final = ("columns", "names")
"""The blobs that are read before anything is drawn: they stand before the engine, all others behind it."""

TOLD: Final = {
    "version_of": Told(By.BEFORE),
    "apart_version": Told(By.BEFORE),
    "end": Told(By.ROW, "start"),
    "known_from": Told(By.ROW, "end"),
    "count_low": Told(By.VERSION, signed=True),
    "count_high": Told(By.ROW, "count_low", signed=True),
    "n_sources": Told(By.ROW, "n_claims"),
    "n_roots": Told(By.ROW, "n_sources"),
    "actor": Told(By.VERSION, "actor_size"),
    "place_lon": Told(By.BEFORE),
    "claim_root": Told(By.ROW, "claim_source"),
    "certainty": Told(By.ROW, "precision"),
    "claim_precision": Told(By.EVENT, "precision"),
    "claim_unit": Told(By.EVENT, "count_unit"),
    "claim_date_kind": Told(By.EVENT, "date_kind"),
    "claim_status": Told(By.EVENT, "status"),
    "claim_count": Told(By.EVENT, "count_low", signed=True),
    "claim_low": Told(By.ROW, "claim_count", signed=True),
    "claim_high": Told(By.ROW, "claim_low", signed=True),
}
"""What is told by what is likely; of all other columns of versions the earlier ones are told by the last."""


def payload(collection: Collection, history: History) -> dict[str, str]:
    """Return the blobs of a collection by name: columns, names, claim-columns, texts and claims.

    The first two (`FIRST`) are all that the first marks need.

    Args:
        collection: With its claims; those of no event are carried behind those of the events.
        history: From `layers.history.history_of`.
    """
    order, version_of = in_order(history)
    number = np.full(len(history.events) + 1, NONE)
    number[history.event[order[: len(history.events)]]] = np.arange(len(history.events))
    event = number[rows_in(collection.claims["event_id"], history.events["event_id"])]
    row = np.roll(np.argsort(event, kind="stable"), -np.count_nonzero(event < 0))
    shapes = Shapes()
    places = Places(history, shapes)
    marks, stubs = mark_columns(history, places, shapes)
    by_version = event_columns(history) | places.roles(history) | marks
    told = dict.fromkeys(by_version, Told(By.VERSION)) | TOLD
    arrays = {
        "version_of": version_of,
        **{name: column[order] for name, column in by_version.items()},
        **stubs,
    }
    arrays |= actor_columns(history.facts.actors.take(pa.array(order)), collection.actors) | places.columns()
    arrays |= shapes.arrays()
    claims = claim_columns(collection, row, event[row], arrays)
    claims |= relation_columns(collection.claims, event) | share_columns(collection.claims, event)
    claims |= apart_columns(history.facts.apart, order, row)
    everything = arrays | claims
    # Packing runs in libraries that let other threads run meanwhile.
    with ThreadPoolExecutor(max_workers=1) as aside:
        texts = aside.submit(
            texts_blob, claim_texts(collection, row, event[row], everything, places.frame), everything
        )
        return {
            "columns": columns_blob(arrays, told),
            "names": json_blob(names(collection)),
            "claim-columns": columns_blob(claims, told, arrays),
            "texts": texts_blob(event_texts(history, order, places.frame), everything),
            "claims": texts.result(),
        }


def in_order(history: History) -> tuple[np.ndarray, np.ndarray]:
    """Return the order of the versions in the page, and the rows of the events of which the earlier ones are.

    Events stand layer by layer, those with most claims first, then by their days.
    """
    count = len(history.events)
    layer = LAYER_OF[history.ends.kind[:count]]
    events = np.lexsort((history.facts.days.start[:count], -history.facts.claims[:count], layer))
    number = np.empty(count, dtype="int32")
    number[history.event[events]] = np.arange(count)
    of = number[history.event[count:]]
    earlier = np.lexsort((history.known_from[count:], of))
    return np.append(events, earlier + count), of[earlier]


def ground(basemap: Basemap) -> str:
    """Return the basemap as a blob of rings by layer."""
    arrays: dict[str, np.ndarray] = {}
    for name in ("land", "lakes", "divisions", "rivers", "boundaries", "disputed"):
        arrays |= rings(getattr(basemap, name).geometry, name)
    return columns_blob(arrays)
