"""The words of events, claims, places, sources and actors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import strings
from claims.model import ROLES
from layers.carried.codes import NONE
from layers.columns import By, Told
from layers.texts import OUTLET, SAME, Texts, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from claims.model import Collection
    from layers.history import History

EVENT_TEXTS: Final = ("event_id", "title", "title_ar")
PLAIN: Final = ("actor_text", "speakers", "via", "date_text", "quote", "note")
LINK: Final = " > "
"""Between the links of a chain as told."""

CLAIM_TEXTS: Final = (*PLAIN, *ROLES, "count_text")


def event_texts(history: History, order: np.ndarray, places: pd.DataFrame) -> dict[str, Texts]:
    """Return the texts of events and places.

    Args:
        history: Whose versions have each its own words for days and numbers.
        order: The page's order of the versions.
        places: Those that the events name.
    """
    events = history.event[order[: len(history.events)]]
    facts = history.facts
    own = {name: Texts(strings(history.events[name]).take(pa.array(events))) for name in EVENT_TEXTS}
    days, counts = (texts.take(pa.array(order)) for texts in (facts.days.texts, facts.counts.texts))
    own["event_id"] = replace(own["event_id"], counted=True)
    return own | {
        "date_texts": Texts(days, told=Told(By.VERSION, "date_texts_parts"), joined=True),
        "count_texts": Texts(
            counts,
            told=Told(By.VERSION, "count_texts_parts"),
            joined=True,
            numbers=("count_low", "count_high"),
        ),
        **{f"place_{name}": Texts(places[name]) for name in ("name", "name_ar")},
    }


def claim_texts(
    collection: Collection,
    row: np.ndarray,
    event: np.ndarray,
    columns: Mapping[str, np.ndarray],
    places: pd.DataFrame,
) -> dict[str, Texts]:
    """Return the texts of claims.

    A toponym is mostly written as others write the place that the event has in that role, or as that is called. The
    chain as told is mostly the outlet and who speaks.

    Args:
        collection: Whose claims they are.
        row: Of each claim, in the page's order, its row there.
        event: The row of each one's event, -1 for none.
        columns: The page's.
        places: Those that the events name.
    """
    texts = {name: strings(collection.claims[name]).take(pa.array(row)) for name in CLAIM_TEXTS}
    called = strings(places["name"])
    toponyms = {
        role: Texts(
            texts[role], "toponym", Told(By.EVENT, role), np.append(columns[role], NONE)[event], called
        )
        for role in ROLES
    }
    # A source that is not known is none of the last one's.
    outlets = pa.concat_arrays([strings(collection.sources["outlet"]), pa.array([None], pa.string())])
    outlet = outlets.take(pa.array(columns["claim_source"] % len(outlets)))
    chain = pc.binary_join_element_wise(outlet, texts["speakers"], LINK)
    likely = ((chain, f"{mark(OUTLET)}{LINK}{mark(SAME, 'speakers')}"), (outlet, mark(OUTLET)))
    counts = Texts(texts["count_text"], numbers=("claim_count",))
    own = {name: Texts(texts[name]) for name in PLAIN} | {"via": Texts(texts["via"], likely=likely)}
    return own | toponyms | {"count_text": counts}


def names(collection: Collection) -> dict[str, object]:
    """Return what is named on every event: the sources, the actors and their sides."""
    sources, actors, sides = collection.sources, collection.actors, collection.sides
    told = (
        "source_id",
        "outlet",
        "title",
        "author",
        "url",
        "archived_url",
        "language",
        "state",
        "repeats",
        "note",
    )
    published = ("published", "published_earliest", "published_latest")
    return {
        "actor": {name: actors[name].tolist() for name in ("actor", "name", "name_ar", "side", "parent")},
        "side": {name: sides[name].tolist() for name in ("side", "name", "name_ar")},
        "source": {
            **{name: sources[name].tolist() for name in told},
            **{name: _iso(sources[name]) for name in published},
        },
    }


def _iso(days: pd.Series) -> list[str]:
    text: list[str] = days.dt.strftime("%Y-%m-%d").fillna("").tolist()
    return text
