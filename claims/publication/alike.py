"""An earlier version of a collection, withholding what the later one does too."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.model import ROLES, Publication
from claims.publication.columns import OF_SOURCE
from claims.publication.withholding import withholds
from geo.phrasing.relations import spelled
from geo.ways import distances_km

if TYPE_CHECKING:
    from claims.model import Collection
    from geo.gazetteer import Gazetteer

__all__ = ["withheld_alike"]

_NOTHING: Final = Publication()


def withheld_alike(
    old: Collection, new: Collection, old_places: Gazetteer, new_places: Gazetteer
) -> Collection:
    """Give an earlier version of a collection without what the later one withholds either.

    What was withheld since is not to be told as what is gone. Of what claims withhold that the earlier version lacks, that of
    their sources holds there all the same. With a place that the later version makes coarse goes what the same claim named
    in its stead before, and what lay as near but is named no more: it may be the place under another id.

    Args:
        old: The earlier version, whole.
        new: The later one, whole.
        old_places: Hold every place_id of the earlier one.
        new_places: Likewise.
    """
    if not (withholds(old) or withholds(new)):
        return old
    words = {
        claim_id: [*old.withheld.get(claim_id, ()), *new.withheld.get(claim_id, ())]
        for claim_id in old.claims["claim_id"]
        if claim_id in old.withheld or claim_id in new.withheld
    }
    whole = []
    some_claim = old.claims.drop_duplicates("source_id").set_index("source_id")["claim_id"].to_dict()
    for source_id, said in _of_sources(new):
        if source_id in some_claim:
            words.setdefault(some_claim[source_id], []).append(said)
        else:
            whole.append(f"sources.{said.removeprefix(OF_SOURCE)}")
    one, other = (collection.facts.publication or _NOTHING for collection in (old, new))
    both = _both(one, other)
    if both.coarsen_places is not None:
        instead = [*_named_instead(old, new), *_near_before(old, new, old_places, new_places)]
        both = dataclasses.replace(both, coarsen_places=(*both.coarsen_places, *instead))
    facts = dataclasses.replace(
        old.facts, publication=dataclasses.replace(both, withheld=(*both.withheld, *whole))
    )
    withheld = {claim_id: tuple(dict.fromkeys(said)) for claim_id, said in words.items()}
    return dataclasses.replace(old, withheld=withheld, facts=facts)


def _of_sources(collection: Collection) -> list[tuple[str, str]]:
    """List the columns of sources that claims withhold, as source_id and word."""
    source_of = dict(zip(collection.claims["claim_id"], collection.claims["source_id"], strict=True))
    return [
        (source_of[claim_id], word)
        for claim_id, words in collection.withheld.items()
        for word in words
        if word.startswith(OF_SOURCE)
    ]


def _named_instead(old: Collection, new: Collection) -> list[str]:
    """List the places that claims of the earlier version name where they now name one that is made coarse."""
    chosen = (new.facts.publication or _NOTHING).coarsen_places
    if not chosen:
        return []

    def is_coarse(place_id: str) -> bool:
        phrase = spelled(place_id)
        return place_id in chosen or (phrase is not None and not set(phrase.names).isdisjoint(chosen))

    columns = [f"{role}_id" for role in ROLES]
    before, now = (each.claims.set_index("claim_id")[columns] for each in (old, new))
    both = before.index.intersection(now.index)
    found: dict[str, None] = {}
    for column in columns:
        cells = now.loc[both, column]
        coarse = {one for one in pd.unique(cells) if one and is_coarse(one)}
        found |= dict.fromkeys(before.loc[both, column][cells.isin(coarse)])
    return [one for one in found if one]


def _near_before(old: Collection, new: Collection, old_places: Gazetteer, new_places: Gazetteer) -> list[str]:
    """List the places that only the earlier version's claims name, as near as is made coarse to one of the later version's."""
    publication = new.facts.publication or _NOTHING
    chosen = [place for one in publication.coarsen_places or () if (place := new_places.get(one))]
    named = [place for one in _named(old) - _named(new) if (place := old_places.get(one))]
    if not (chosen and named) or publication.coarsen_km is None:
        return []
    ends = np.array([(place.lon, place.lat) for place in named])
    near = [distances_km((place.lon, place.lat), ends) <= publication.coarsen_km for place in chosen]
    return sorted(
        place.place_id for place, is_near in zip(named, np.any(near, axis=0), strict=True) if is_near
    )


def _named(collection: Collection) -> set[str]:
    return {one for role in ROLES for one in collection.claims[f"{role}_id"].unique() if one}


def _both(one: Publication, other: Publication) -> Publication:
    """Give what withholds what either does."""
    coarse = [each for each in (one, other) if each.coarsen_km is not None]
    chosen = [each.coarsen_places for each in coarse]
    places = None if None in chosen else tuple(place for some in chosen for place in some or ())
    return Publication(
        withheld=(*one.withheld, *other.withheld),
        sources=(*one.sources, *other.sources),
        coarsen_km=max((each.coarsen_km or 0 for each in coarse), default=None),
        coarsen_places=places if coarse else None,
        coarsen_known=max((each.coarsen_known for each in coarse), default=Publication().coarsen_known),
        names_kept=all(each.names_kept for each in coarse),
        delay_days=max(one.delay_days, other.delay_days),
    )
