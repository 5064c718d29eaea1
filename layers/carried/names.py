"""The words of events, claims, places, sources and actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model import ROLES
from layers.columns import By, Told
from layers.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd

    from claims.model import Collection

PLAIN: Final = ("actor_text", "speakers", "via", "date_text", "quote", "note")
CLAIM_TEXTS: Final = (*PLAIN, *ROLES, "count_text")


def event_texts(rows: pd.DataFrame, count: int, places: pd.DataFrame) -> dict[str, Texts]:
    """Return the texts of events and places.

    Args:
        rows: All versions; the words for days and numbers are each version's own.
        count: How many of them, the first ones, are the last versions of their events.
        places: Those that the events name.
    """
    events = rows.iloc[:count]
    return {
        **{name: Texts(events[name]) for name in ("event_id", "title", "title_ar")},
        "date_texts": Texts(rows["date_texts"], told=Told(By.VERSION)),
        "count_texts": Texts(rows["count_texts"], told=Told(By.VERSION), numbers=("count_low", "count_high")),
        **{f"place_{name}": Texts(places[name].astype(str).tolist()) for name in ("name", "name_ar")},
    }


def claim_texts(
    claims: pd.DataFrame, event: np.ndarray, columns: Mapping[str, np.ndarray]
) -> dict[str, Texts]:
    """Return the texts of claims.

    Args:
        claims: In the order of their events.
        event: The row of each claim's event.
        columns: The page's; a toponym is mostly written as others write the place that the event has in that role.
    """
    toponyms = {
        role: Texts(claims[role], "toponym", Told(By.EVENT, role), columns[role][event]) for role in ROLES
    }
    counts = Texts(claims["count_text"], numbers=("claim_count",))
    return {**{name: Texts(claims[name]) for name in PLAIN}, **toponyms, "count_text": counts}


def names(collection: Collection) -> dict[str, object]:
    """Return what is named on every event: the sources and the actors."""
    sources, actors = collection.sources, collection.actors
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
        "source": {
            **{name: sources[name].tolist() for name in told},
            **{name: _iso(sources[name]) for name in published},
        },
    }


def _iso(days: pd.Series) -> list[str]:
    text: list[str] = days.dt.strftime("%Y-%m-%d").fillna("").tolist()
    return text
