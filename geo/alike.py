"""The places whose names are most like a toponym that no place bears."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.candidates import CURATED, Candidate, made_of, merged
from geo.kinds import akin, bare, stem
from geo.matches import How
from geo.romanized import latin, skeleton
from geo.toponyms import fold
from geo.world import BLOCK
from geo.worldfile import DEMONYM, FAMOUS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.gazetteer import Gazetteer
    from geo.places import PlaceKind
    from geo.world import World

__all__ = ["similar"]

LESS_ALIKE: Final = 1.0
"""Powers of ten of people by which a place is meant less often that does not bear the name but one like it."""

FEWEST_CONSONANTS: Final = 3
SHORTEST_CLOSE: Final = 5  # letters; shorter names are all close to each other
SHORTEST_FAMOUS: Final = 6  # the same, to be looked for among the best known of the whole world
ALIKE: Final = 75.0  # percent of letters in the order of the other name of the same consonants
CLOSE: Final = 0.8  # share of letters that stay, by optimal string alignment (Boytsov 2011)
CLOSE_TIE: Final = 0.05


@lru_cache(maxsize=16384)
def similar(
    toponym: str, gazetteer: Gazetteer, world: World | None, countries: frozenset[str]
) -> tuple[Candidate, ...]:
    """Give the places of some countries whose names have the consonants of a toponym, or else are spelled closely.

    Where there is none, the best known places of the world whose names are spelled closely.

    A weak likeness gives none: a skeleton of two consonants, a name of four letters, two letters in seven wrong.

    Args:
        toponym: As written; no listed spelling folds to its key.
        gazetteer: The curated places.
        world: The world gazetteer, or None.
        countries: ISO codes of the countries looked in; none for all that the curated gazetteer knows.

    Returns:
        The candidates of the first of the two steps that finds any.
    """
    kinds = akin(stem(toponym)[1])
    name = bare(toponym)
    key, bones = fold(name), skeleton(name)
    if len(bones.removeprefix("a")) < FEWEST_CONSONANTS:  # the "a" stands for a vowel
        return ()
    listed = set(gazetteer.alike(bones)) | set(world.consonants(bones) if world and countries else ())
    alike = [each for each in listed if fuzz.ratio(latin(key), latin(each)) >= ALIKE]
    if found := _inside(alike, How.CONSONANTS, gazetteer, world, countries, kinds):
        return found
    if len(key) < SHORTEST_CLOSE:
        return ()
    block = [*gazetteer.block(bones[:BLOCK]), *(world.block(bones[:BLOCK]) if world and countries else ())]
    if found := _inside(_closest(key, block), How.CLOSE, gazetteer, world, countries, kinds):
        return found
    if world is None or len(key) < SHORTEST_FAMOUS:
        return ()
    named = [found for near in _closest(key, world.famous(bones[:BLOCK])) for found in world.spelled(near)]
    famous = [found for found in named if world.said("prominence", found.row) >= FAMOUS * 100]
    return made_of(famous, How.CLOSE, world, gazetteer, kinds or None)


def _closest(key: str, block: Sequence[str]) -> set[str]:
    """Give those of a block's folded names that are spelled most like a key, if they are enough like it."""
    scored = process.extract(key, block, scorer=OSA.normalized_similarity, score_cutoff=CLOSE, limit=50)
    best = max((score for _, score, _ in scored), default=0)
    return {each for each, score, _ in scored if score > best - CLOSE_TIE}


def _inside(
    keys: Collection[str],
    how: How,
    gazetteer: Gazetteer,
    world: World | None,
    countries: Collection[str],
    kinds: Collection[PlaceKind],
) -> tuple[Candidate, ...]:
    """Make the candidates that bear one of the folded names, in some countries and of the kinds that were said."""
    ours = {place.place_id: place for key in keys for place in gazetteer.spelled(key)}
    own = [
        Candidate(place, how, CURATED - LESS_ALIKE, place.country, ours=True)
        for place in ours.values()
        if (not countries or place.country in countries) and (not kinds or place.kind in kinds)
    ]
    if world is None or not countries:
        return tuple(own)
    named = [found for key in keys for found in world.spelled(key) if found.flag != DEMONYM]
    inside = [found for found in named if world.said("country", found.row) in countries]
    theirs = made_of(inside, how, world, gazetteer, kinds or None)
    return tuple(merged(own, [replace(one, prominence=one.prominence - LESS_ALIKE) for one in theirs]))
