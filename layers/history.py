"""All versions of a collection's events with their marks: what was known of each on each day, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.coded import places_in
from claims.model import ROLES, Kind
from claims.versions import versions_of
from layers.ends import Ends
from layers.frames import places_frame
from layers.marks import marks_of

if TYPE_CHECKING:
    import pandas as pd

    from claims.events import Facts
    from claims.model import Collection
    from geo.gazetteer import Gazetteer
    from layers.marks import Marks

LAYER_OF: Final = np.array([min(number, 3) for number in range(len(Kind))], dtype="uint8")
"""The layer of each of `Kind`: the movements' and deployments' own, and the context's."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Versions of events as columns, the last ones first, as `claims.versions.Versions` has them.

    Attributes:
        events: The rows of `Collection.events` that have claims.
        event: Of each version the row of its event there.
        known_from: The day from which each is what is known, since 1970-01-01.
        facts: What each says.
        ends: Its places as rows of `places`.
        marks: What is drawn of it.
        places: From `layers.frames.places_frame`.
    """

    events: pd.DataFrame
    event: np.ndarray
    known_from: np.ndarray
    facts: Facts
    ends: Ends
    marks: Marks
    places: pd.DataFrame


def history_of(collection: Collection, gazetteer: Gazetteer) -> History:
    """Compute and draw all versions of a collection's events.

    Args:
        collection: With its claims.
        gazetteer: Holds every place_id of the claims.
    """
    places = places_frame(gazetteer)
    versions = versions_of(collection.claims, collection.events, places, collection.sources)
    facts = versions.facts
    kind = places_in(versions.events["kind"], Kind)[versions.event]
    row = places.index.get_indexer(facts.place_ids.to_pylist())
    ends = Ends(kind, facts.geo_precision, {role: row[facts.ends[role]] for role in ROLES})
    marks = marks_of(ends, places, gazetteer)
    return History(versions.events, versions.event, versions.known_from, facts, ends, marks, places)
