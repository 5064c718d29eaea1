"""From a toponym to its place, or to the candidates where the name alone does not decide."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.matches import How, Match
from geo.places import Place, PlaceKind
from geo.toponyms import fold, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geo.gazetteer import Gazetteer

__all__ = ["How", "Match", "geocode"]


# Words that say what a place is, by the kinds they may mean. A word is taken for its kind only at either end of a name.
_KIND_WORDS: Final[Mapping[PlaceKind, str]] = {
    PlaceKind.TOWN: "city town village مدينة بلدة قرية",
    PlaceKind.CROSSING: "crossing crossings gate checkpoint معبر منفذ بوابة",
    PlaceKind.BASE: "base airbase airfield airport garrison قاعدة مطار",
    PlaceKind.CAMP: "camp camps مخيم مخيمات",
    PlaceKind.SITE: "dam bridge field oilfield station سد جسر حقل محطة",
    PlaceKind.DISTRICT: "district neighbourhood neighborhood subdistrict suburb قضاء ناحية حي",
    PlaceKind.GOVERNORATE: "governorate governate province muhafazah محافظة",
    PlaceKind.REGION: "region desert countryside area valley zone strip mountains ريف بادية صحراء منطقة إقليم وادي جبل",
    PlaceKind.COUNTRY: "republic kingdom state جمهورية مملكة دولة",
    PlaceKind.ROAD: "road highway route corridor motorway طريق",
    PlaceKind.RIVER: "river نهر",
}
# Words that go with a kind word and say nothing of their own.
_BESIDE: Final = (
    "the of border military air refugee displacement oil gas pumping international الحدودي العسكري الدولي"
)


def _of_words(text: str) -> frozenset[str]:
    return frozenset(folded for word in text.split() for folded in words(word))


_KINDS_OF_WORD: Final = {
    word: frozenset(kind for kind, listed in _KIND_WORDS.items() if word in _of_words(listed))
    for word in _of_words(" ".join(_KIND_WORDS.values()))
}
_BESIDE_WORDS: Final = _of_words(_BESIDE)


def _stem(name: str) -> tuple[str, frozenset[PlaceKind]]:
    """Split a name into its key without kind words, and the kinds that they say."""
    rest = list(words(name))
    kinds: frozenset[PlaceKind] = frozenset()
    for end in (-1, 0):
        while len(rest) > 1 and (rest[end] in _KINDS_OF_WORD or rest[end] in _BESIDE_WORDS):
            kinds |= _KINDS_OF_WORD.get(rest.pop(end), frozenset())
    return "".join(rest), kinds


@lru_cache(maxsize=16)
def _stems(gazetteer: Gazetteer) -> dict[str, tuple[Place, ...]]:
    """Index the places by their spellings without kind words."""
    found: dict[str, dict[str, Place]] = {}
    for place in gazetteer:
        for spelling in place.spellings:
            found.setdefault(_stem(spelling)[0], {})[place.place_id] = place
    return {key: tuple(places.values()) for key, places in found.items()}


def geocode(
    toponym: str,
    gazetteer: Gazetteer,
    *,
    kinds: Collection[PlaceKind] | None = None,
    countries: Collection[str] | None = None,
) -> Match:
    """Find the place that a toponym names.

    The first of these that finds any place decides: the spelling as listed; a listed spelling that folds alike; the
    name without its kind words ("crossing", "province", "airbase" and their Arabic words) among places of that kind.
    Where it finds several, the toponym is ambiguous and no place is given.

    Args:
        toponym: The name as written, in Latin or Arabic script.
        gazetteer: The known places.
        kinds: Only places of these kinds; None for any.
        countries: Only places of these countries (ISO 3166-1 alpha-2) and such as lie in several; None for any.

    Returns:
        The match; without place where the name is ambiguous, unknown, or known only of another kind.
    """

    def allowed(places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(
            place
            for place in places
            if (kinds is None or place.kind in kinds)
            and (countries is None or not place.country or place.country in countries)
        )

    toponym = toponym.strip()
    for how, places in (
        (How.EXACT, gazetteer.written(toponym)),
        (How.FOLDED, gazetteer.spelled(fold(toponym))),
    ):
        if found := allowed(places):
            return _match(toponym, found, how)
    stem, said = _stem(toponym)
    named = allowed(_stems(gazetteer).get(stem, ())) if said else ()
    if found := tuple(place for place in named if place.kind in said):
        return _match(toponym, found, How.KIND)
    return Match(toponym, None, named, How.OTHER_KIND if named else How.UNKNOWN)


def _match(toponym: str, found: tuple[Place, ...], how: How) -> Match:
    """Make the match of one place, or of several."""
    if len(found) == 1:
        return Match(toponym, found[0], found, how)
    return Match(toponym, None, found, How.AMBIGUOUS)
