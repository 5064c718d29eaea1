"""What a part of a collection keeps of its tables: what its claims name, and nothing that they do not."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from claims.model import Collection
    from layers.exports.formats import Export

__all__ = ["is_part", "kept_of"]


def is_part(export: Export) -> bool:
    """Say whether an export is cut: to days, to what was known, or by filters."""
    collection = export.collection
    return collection.days is not None or collection.known is not None or bool(export.filters)


def kept_of(export: Export) -> Collection:
    """Return an export's collection; of one that is cut, only the sources, actors and events that its claims name.

    The names of those actors' sides go along. A source that one of these repeats stays, and so does an actor that one of them is a part of.
    """
    collection = export.collection
    if not is_part(export):
        return collection
    claims = collection.claims
    named = claims["actors"].str.split(";").explode()
    actors = _with_those_named(collection.actors, "actor", "parent", named)
    return dataclasses.replace(
        collection,
        events=collection.events[collection.events["event_id"].isin(claims["event_id"])],
        sources=_with_those_named(collection.sources, "source_id", "repeats", claims["source_id"]),
        actors=actors,
        sides=collection.sides[collection.sides["side"].isin(actors["side"])],
    )


def _with_those_named(rows: pd.DataFrame, key: str, other: str, named: pd.Series) -> pd.DataFrame:
    """Give the rows that are named, and those that these name, and so on."""
    kept = rows[key].isin(named)
    while True:
        more = kept | rows[key].isin(rows[other][kept])
        if more.equals(kept):
            return rows[kept]
        kept = more
