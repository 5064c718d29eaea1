"""The words by which lists of `layers.shown.Shown` narrow what is shown of a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import LAYERS, Kind, Status
from claims.story import CERTAINTY_WORDS, DISPUTE_WORDS

if TYPE_CHECKING:
    from claims.model import Collection

__all__ = ["words_of"]


def words_of(collection: Collection) -> dict[str, tuple[str, ...]]:
    """Give by list the words that it may hold, in their order: actors and sides are the collection's own."""
    return {
        "layers": tuple(LAYERS),
        "kinds": tuple(map(str, Kind)),
        "status": tuple(map(str, Status)),
        "certainty": tuple(CERTAINTY_WORDS),
        "disputed": tuple(DISPUTE_WORDS),
        "actors": tuple(collection.actors["actor"]),
        "sides": tuple(dict.fromkeys(collection.actors["side"])),
    }
