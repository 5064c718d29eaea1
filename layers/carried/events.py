"""What each version of an event is, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import rows_in
from claims.model import Status
from layers.carried.codes import counts, days, unsigned
from layers.history import LAYER_OF

if TYPE_CHECKING:
    import pandas as pd

    from layers.history import History

DENIED: Final = list(Status).index(Status.DENIED)


def event_columns(history: History) -> dict[str, np.ndarray]:
    """Return the facts of each version.

    `disputed` has two bits each for occurrence, count, date and place: the word's place in `claims.model.Dispute`.
    `statuses` has the bit of the version's own status, counted by its place in `Status`, and that of denied where any
    of its claims denies.
    """
    facts = history.facts
    disputes = (facts.disputed_occurrence, facts.counts.disputed, facts.days.disputed, facts.disputed_place)
    denied = np.where(facts.roots_denying > 0, 1 << DENIED, 0)
    return {
        "layer": LAYER_OF[history.ends.kind],
        "kind": unsigned(history.ends.kind),
        "status": unsigned(facts.status),
        "statuses": unsigned(1 << facts.status.astype("int32") | denied),
        "date_kind": unsigned(facts.days.kind),
        "start": days(facts.days.start),
        "end": days(facts.days.end),
        "known_from": days(history.known_from),
        "disputed": unsigned(
            np.stack([dispute << 2 * bit for bit, dispute in enumerate(disputes)]).sum(axis=0)
        ),
        "precision": unsigned(np.nan_to_num(facts.geo_precision)),
        "certainty": history.marks.certainty,
        "count_low": counts(facts.counts.low),
        "count_high": counts(facts.counts.high),
        "count_unit": unsigned(facts.counts.unit),
        "n_claims": facts.claims.astype("int32"),
        "n_sources": facts.sources.astype("int32"),
        "n_roots": facts.roots.astype("int32"),
        "n_denying": facts.roots_denying.astype("int32"),
        "n_reposts": facts.reposts.astype("int32"),
        "rests": unsigned(facts.rests_on_retracted),
    }


def actor_columns(actors: pa.Array, known: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return each version's actors as numbers, with how many it has.

    Args:
        actors: Ids separated by `;`, in the order of the page.
        known: `Collection.actors`.
    """
    lists = pc.split_pattern(actors, ";")
    listed = rows_in(lists.flatten(), known["actor"])
    sizes = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    named = listed >= 0  # an event without actors is one empty name
    version = np.repeat(np.arange(len(actors)), sizes)
    return {
        "actor_size": np.bincount(version[named], minlength=len(actors)).astype("int32"),
        "actor": listed[named].astype("int32"),
    }
