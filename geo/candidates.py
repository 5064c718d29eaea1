"""The places that one toponym may mean, by the first step of spelling that finds any."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from shapely import Point

from geo.kinds import akin, stem
from geo.matches import How
from geo.places import PlaceKind
from geo.records import SAME_KM, as_curated, kilometres, same_place
from geo.toponyms import fold, plain
from geo.worldfile import CAPITAL, DEMONYM, MAIN, OTHER, OTHER_STEM, STEM

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.gazetteer import Gazetteer
    from geo.places import Place
    from geo.world import Named, World

__all__ = ["Candidate", "curated", "everywhere", "holds", "made_of", "merged", "of_other_kinds", "worldwide"]

CURATED: Final = 5.0
"""Prominence of a curated place that the world gazetteer does not hold: what was curated is what reports name."""

LESS: Final = {CAPITAL: -1.3, MAIN: 0.0, DEMONYM: 0.0, OTHER: 1.5, STEM: 0.5, OTHER_STEM: 2.0}
"""Powers of ten of people by which a place is meant less often under such a name than under its own."""

LESS_BY_KIND: Final = {
    (PlaceKind.COUNTRY, OTHER): 3.5,
    (PlaceKind.GOVERNORATE, OTHER): 2.0,
    (PlaceKind.DISTRICT, OTHER): 2.0,
    (PlaceKind.REGION, OTHER): 2.0,
    (PlaceKind.REGION, STEM): 1.5,
    (PlaceKind.REGION, OTHER_STEM): 3.0,
    (PlaceKind.COUNTRY, OTHER_STEM): 4.0,
}
"""The same for areas: of many people, and rarely meant by a name of another time or language ("Gold Coast")."""

SHORTEST_FOLDED: Final = 4
"""Letters of a folded key; among the world's names shorter ones meet by chance."""

MOST: Final = 24
"""The best known places of a toponym that are weighed, with the `OF_A_COUNTRY` best known of each country."""

OF_A_COUNTRY: Final = 2  # so that two alike in the country that a document is about stay in doubt


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean.

    Attributes:
        place: The place.
        how: The step of spelling that found it.
        prominence: How well known it is under this name, as a power of ten of people.
        less: By how much that is less than under its own name.
        division: Code of the division it lies in or is, from the country down, with points: "CA.08"; "" if unknown.
        demonym: Whether the name is that of its people.
        ours: Whether it is of the curated gazetteer.
    """

    place: Place
    how: How
    prominence: float
    division: str
    demonym: bool = False
    ours: bool = False
    less: float = 0.0


@lru_cache(maxsize=16384)
def curated(toponym: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Give the curated places of the first step that finds any: as listed, folded, without its kind word."""
    key, kinds = stem(toponym)
    steps = (
        (How.EXACT, gazetteer.written(toponym)),
        (How.EXACT, gazetteer.plainly(plain(toponym))),
        (How.FOLDED, gazetteer.spelled(fold(toponym))),
        (How.KIND, tuple(p for p in gazetteer.stemmed(key) if p.kind in kinds)),
    )
    for how, places in steps:
        if places:
            return tuple(Candidate(place, how, CURATED, place.country, ours=True) for place in places)
    return ()


@lru_cache(maxsize=16384)
def worldwide(toponym: str, world: World, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Give the places of the world gazetteer of the first step that finds any, the best known first.

    A place that is curated too stands under its curated record.
    """
    folded, written = fold(toponym), plain(toponym)
    every = world.spelled(folded)
    named = [found for found in every if not _is_stem(found, world)]
    exact = [found for found in named if found.plain == written]
    key, kinds = stem(toponym)
    of_kind = [found for found in world.spelled(key) if kinds] if key != folded else []
    for how, several, wanted in (
        (How.EXACT, exact, None),
        (How.FOLDED, named if len(folded) >= SHORTEST_FOLDED else [], None),
        (How.KIND, of_kind, kinds),
        (How.KIND, of_kind, akin(kinds)),
        (How.KIND, every if len(folded) >= SHORTEST_FOLDED else [], None),
    ):
        if found := made_of(several, how, world, gazetteer, wanted):
            return found
    return ()


_STEMS: Final = (STEM, OTHER_STEM)
_STEPS: Final = tuple(How)  # in the order in which they are tried


def _is_stem(found: Named, world: World) -> bool:
    """Tell a name that is a place's only without its kind word; a division's is as good as its own."""
    return found.flag in _STEMS and world.said("kind", found.row) not in akin({PlaceKind.GOVERNORATE})


@lru_cache(maxsize=16384)
def everywhere(toponym: str, gazetteer: Gazetteer, world: World) -> tuple[Candidate, ...]:
    """Give the places of both gazetteers that a toponym may mean, the curated ones first."""
    return tuple(merged(curated(toponym, gazetteer), worldwide(toponym, world, gazetteer)))


def of_other_kinds(toponym: str, gazetteer: Gazetteer, world: World | None) -> tuple[Place, ...]:
    """Give the places that bear a toponym without the kind word that it says, which none of them is."""
    key, kinds = stem(toponym)
    if not kinds:
        return ()
    ours = [Candidate(place, How.OTHER_KIND, CURATED, "", ours=True) for place in gazetteer.stemmed(key)]
    theirs = made_of(world.spelled(key), How.OTHER_KIND, world, gazetteer, None) if world else ()
    return tuple(candidate.place for candidate in merged(ours, theirs))


def made_of(
    several: Sequence[Named],
    how: How,
    world: World,
    gazetteer: Gazetteer,
    kinds: Collection[PlaceKind] | None,
) -> tuple[Candidate, ...]:
    """Make the candidates of named places of the world, each once under its strongest name, the best known first.

    No country that has a place of the name is left out, because the document may be about it.
    """
    if not several:
        return ()
    best: dict[int, Named] = {}
    for found in several:
        if found.row not in best or found.flag < best[found.row].flag:
            best[found.row] = found
    known = sorted(
        ((world.said("prominence", row) / 100 - _less(found, world), row) for row, found in best.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    made: dict[str, Candidate] = {}
    of_country: Counter[str] = Counter()
    for prominence, row in known:
        if kinds is not None and world.said("kind", row) not in kinds:
            continue
        country = world.said("country", row)
        if len(made) >= MOST and of_country[country] >= OF_A_COUNTRY:
            continue
        of_country[country] += 1
        place = as_curated(world.place(row), gazetteer)
        made.setdefault(
            place.place_id,
            Candidate(
                place,
                How.KIND if how == How.EXACT and best[row].flag in _STEMS else how,
                prominence,
                world.division(row),
                demonym=best[row].flag == DEMONYM,
                less=_less(best[row], world),
            ),
        )
    return tuple(made.values())


def _less(found: Named, world: World) -> float:
    """Powers of ten by which a place is meant less often under this name than under its own."""
    return LESS_BY_KIND.get((world.said("kind", found.row), found.flag), LESS[found.flag])


def merged(ours: Sequence[Candidate], theirs: Sequence[Candidate]) -> list[Candidate]:
    """Put curated and other candidates together: those of the earlier step of spelling, of both where it is the same.

    Of two records of one place the curated one stays; it takes the other's division, and its prominence where that
    is greater, whatever step found it.
    """
    if any(other.how == How.EXACT for other in theirs):
        ours = [own for own in ours if own.how == How.EXACT]
    kept = list(ours)
    rest = []
    for other in theirs:
        twin = next((at for at, own in enumerate(ours) if same_place(own.place, other.place)), None)
        if twin is not None:
            kept[twin] = replace(
                kept[twin],
                prominence=max(kept[twin].prominence, other.prominence),
                division=other.division or kept[twin].division,
            )
        elif not ours or _STEPS.index(other.how) <= _STEPS.index(ours[0].how):
            rest.append(other)
    return kept + rest


# A town holds its quarters, but no other town.
_AREAS: Final = frozenset({PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.REGION, PlaceKind.TOWN})


def holds(outer: Candidate, inner: Candidate) -> bool:
    """Tell whether a place lies in another: in that country or division by its code, else within its radius."""
    if outer.place.place_id == inner.place.place_id:
        return False
    if outer.place.kind == PlaceKind.COUNTRY:
        return outer.place.country == inner.place.country
    if outer.division.count(".") and outer.place.kind in akin({PlaceKind.GOVERNORATE}):
        return f"{inner.division}.".startswith(f"{outer.division}.") or _in_reach(outer, inner)
    return outer.place.kind in _AREAS and _in_reach(outer, inner)


def _in_reach(outer: Candidate, inner: Candidate) -> bool:
    if inner.place.kind == PlaceKind.COUNTRY:
        return False
    if (outline := outer.place.geometry) is not None:
        return bool(outline.intersects(Point(inner.place.lon, inner.place.lat)))
    reach = max(outer.place.radius_km, SAME_KM if outer.place.kind == PlaceKind.TOWN else 0.0)
    return kilometres(outer.place, inner.place) <= reach
