"""What is looked for in the texts of an edition: what was taken out of it, and how that is called."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from claims.model import ROLES
from claims.publication.daywords import spelled_days
from claims.publication.echoes import LEAST, folded
from claims.publication.places import texts_telling
from claims.publication.rows import TEXTS

if TYPE_CHECKING:
    import numpy as np

    from claims.model import Collection, Publication
    from claims.publication.places import Coarsened
    from claims.publication.rows import Tables
    from geo.gazetteer import Gazetteer

__all__ = ["MEASURES", "ids_unpublished", "places_said", "withheld_texts"]

_SHORTEST_ID: Final = 3
"""Letters and digits: what is shorter is a part of other things."""

MEASURES: Final = frozenset(
    {"toponym", "outlet", "day", "claims.date_text", "claims.count_text", "claims.count"}
)
"""Kinds of things that are withheld of one row and said of another that does not: there they are published."""

_COUNTS: Final = frozenset({"claims.count", "claims.count_text"})


def withheld_texts(
    tables: Tables,
    collection: Collection,
    gazetteer: Gazetteer,
    gone: np.ndarray,
    found: Coarsened,
    publication: Publication,
) -> tuple[list[str], list[str]]:
    """Give what is looked for, and what is looked for as whole words alone: days in their spellings.

    Args:
        tables: Without what goes.
        collection: Whole.
        gazetteer: Holds every place_id.
        gone: Of which of its claims nothing is published.
        found: The places that were made coarse.
        publication: What is said of the collection.
    """
    explicit = list(tables.withheld)
    _names_remembered(tables, collection, gazetteer)
    _rows_remembered(tables, collection, gone)
    return _secrets(tables, explicit, found, publication, places_said(tables, gazetteer))


def places_said(tables: Tables, gazetteer: Gazetteer) -> set[tuple[str, str]]:
    """Give all spellings of the places that claims name and do not withhold: none of them is a secret."""
    ids = {one for role in ROLES for one in tables.frames["claims"][f"{role}_id"].unique() if one}
    places = [place for one in ids if (place := gazetteer.get(one))]
    return {("toponym", folded(text)) for place in places for text in (place.place_id, *place.spellings)}


def ids_unpublished(tables: Tables, collection: Collection) -> list[str]:
    """Give the ids of claims, sources and events that the edition does not have; a short number names nothing."""
    found = []
    for name, key in (("claims", "claim_id"), ("sources", "source_id"), ("events", "event_id")):
        ids = getattr(collection, name)[key]
        lost = ids[~ids.isin(tables.frames[name][key]) | ids.isin(tables.unnamed)]
        found += [one for one in lost if len(folded(one).replace(" ", "")) >= _SHORTEST_ID]
    return [one for one in found if not _is_short_number(one)]


def _rows_remembered(tables: Tables, collection: Collection, gone: np.ndarray) -> None:
    """Remember what rows said that are gone: the claims, events that lost all of theirs, sources that nobody names."""
    claims = collection.claims[gone]
    tables.remember("claims", claims, (*TEXTS["claims"], "date_start", "date_end", "count"))
    kept = tables.frames["claims"]
    events = collection.events[
        collection.events["event_id"].isin(claims["event_id"])
        & ~collection.events["event_id"].isin(kept["event_id"])
    ]
    tables.remember("events", events, TEXTS["events"])
    lost = collection.sources["source_id"].isin(claims["source_id"])
    lost &= ~collection.sources["source_id"].isin(kept["source_id"])
    sources = collection.sources[lost]
    tables.remember("sources", sources, [name for name in TEXTS["sources"] if name != "language"])


def _names_remembered(tables: Tables, collection: Collection, gazetteer: Gazetteer) -> None:
    """Remember how actors and places are called that claims name no more, where they were withheld."""
    kept = tables.frames["claims"]
    old = collection.claims.set_index("claim_id").loc[kept["claim_id"]].reset_index()
    now = set(kept["actors"].str.split(";").explode())
    lost = set(old["actors"].str.split(";").explode()) - now
    actors = collection.actors[collection.actors["actor"].isin(lost)]
    tables.remember("actors", actors, ("actor", *TEXTS["actors"]))
    for role in ROLES:
        ids = old[f"{role}_id"].to_numpy()[
            kept[f"{role}_id"].eq("").to_numpy() & kept[role].eq("").to_numpy()
        ]
        places = [place for one in set(ids) if one and (place := gazetteer.get(one))]
        tables.withheld += [("toponym", text) for place in places for text in place.spellings]


def _secrets(
    tables: Tables,
    explicit: list[tuple[str, str]],
    found: Coarsened,
    publication: Publication,
    public: set[tuple[str, str]],
) -> tuple[list[str], list[str]]:
    """Give what is looked for in texts, and as whole words: what was taken out, but for what a row says that does not withhold it as a whole."""
    said = tables.said() | public
    sought = [one for one in explicit if one[0] not in MEASURES or (one[0], folded(one[1])) not in said]
    sought += [
        (kind, text) for kind, text in tables.withheld[len(explicit) :] if (kind, folded(text)) not in said
    ]
    # A short number that counts nobody is a part of everything.
    texts = [text for kind, text in sought if kind in _COUNTS or not _is_short_number(text)]
    if not publication.names_kept:
        texts += [
            text
            for place in found.withheld
            for text in texts_telling(place)
            if ("toponym", folded(text)) not in said
        ]
    days = {text for kind, text in sought if kind == "day"}
    return texts, [told for day in sorted(days) for told in spelled_days(dt.date.fromisoformat(day))]


def _is_short_number(text: str) -> bool:
    letters = folded(text).replace(" ", "")
    return letters.isdigit() and len(letters) < LEAST
