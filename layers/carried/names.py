"""The words of events, places, sources and actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from claims.model import Collection


def event_texts(rows: pd.DataFrame, count: int, places: pd.DataFrame) -> dict[str, Any]:
    """Return the texts of events and places.

    Args:
        rows: All versions; the words for days and numbers are each version's own.
        count: How many of them, the first ones, are the last versions of their events.
        places: Those that the events name.
    """
    events = rows.iloc[:count]
    return {
        **{name: events[name] for name in ("event_id", "title", "title_ar")},
        **{name: rows[name] for name in ("date_texts", "count_texts")},
        **{f"place_{name}": places[name].astype(str).tolist() for name in ("name", "name_ar")},
    }


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
