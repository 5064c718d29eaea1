"""What each version of an event is, as numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import ROLES, CountUnit, DateKind, Dispute, Kind, Status
from layers.carried.codes import counts, days, numbers, words
from layers.certainty import CERTAINTIES

DISPUTES = ("occurrence", "count", "date", "place")


def event_columns(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the facts of each version.

    `disputed` has two bits for each of `DISPUTES`, the word's place in `Dispute`. `statuses` has the bit of the
    version's own status, counted by its place in `Status`, and that of denied where any of its claims denies.
    """
    disputed = sum(
        (words(rows[f"disputed_{name}"], Dispute) & 3) << (2 * bit) for bit, name in enumerate(DISPUTES)
    )
    status = words(rows["status"], Status)
    denied = 1 << list(Status).index(Status.DENIED)
    statuses = (1 << status.astype("int32")) | np.where(rows["roots_denying"] > 0, denied, 0)
    return {
        "kind": words(rows["kind"], Kind),
        "status": status,
        "statuses": statuses.astype("uint8"),
        "date_kind": words(rows["date_kind"], DateKind),
        "start": days(rows["date_start"]),
        "end": days(rows["date_end"]),
        "known_from": days(rows["known_from"]),
        "disputed": np.asarray(disputed, dtype="uint8"),
        "precision": rows["geo_precision"].fillna(0).astype("uint8").to_numpy(),
        "certainty": pd.Index(CERTAINTIES).get_indexer(rows["certainty"]).astype("uint8"),
        "count_low": counts(rows["count_low"]),
        "count_high": counts(rows["count_high"]),
        "count_unit": words(rows["count_unit"], CountUnit),
        "n_claims": rows["claims"].astype("uint16").to_numpy(),
        "n_sources": rows["sources"].astype("uint16").to_numpy(),
        "n_roots": rows["roots"].astype("uint16").to_numpy(),
        "n_denying": rows["roots_denying"].astype("uint16").to_numpy(),
    }


def role_columns(rows: pd.DataFrame, places: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the numbers of each version's places by role."""
    return {role: numbers(rows[f"{role}_id"], places.index) for role in ROLES}


def actor_columns(rows: pd.DataFrame, actors: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return each version's actors as numbers, with how many it has."""
    lists = pc.split_pattern(pa.array(rows["actors"].to_numpy(dtype=object), pa.string()), ";")
    listed = pd.Index(actors["actor"]).get_indexer(lists.flatten().to_numpy(zero_copy_only=False))
    sizes = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    named = listed >= 0  # an event without actors is one empty name
    event = np.repeat(np.arange(len(rows)), sizes)
    return {
        "actor_size": np.bincount(event[named], minlength=len(rows)).astype("uint16"),
        "actor": listed[named].astype("uint16"),
    }
