"""From the toponyms of a document to their places, or to candidates where the names together do not decide."""

from __future__ import annotations

from collections import Counter
from itertools import chain, permutations
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geo.alike import similar
from geo.candidates import Candidate, curated, everywhere, of_other_kinds
from geo.cleaning import cleaned
from geo.context import A_COUNTRY, Weights, weigh
from geo.matches import Choice, How, Match
from geo.phrases import Relation, derive
from geo.places import PlaceKind
from geo.readings import Reading, read
from geo.toponyms import fold
from geo.weighed import MOST_CANDIDATES, Weighed
from geo.world import world as shipped_world

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from geo.gazetteer import Gazetteer
    from geo.places import Place
    from geo.world import World

__all__ = ["Offline"]

AT_ONCE: Final = 60  # distinct names that are weighed together; a longer document is taken in runs of so many


class Offline:
    """The gazetteer as a geocoder: curated places first, the world's where a name is not among them.

    The names of one document are decided together (`geo.context`). The world gazetteer is read when a name is not
    one of the curated spellings, or is one only in other countries than the caller asks for, and not before.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        world: Callable[[], World] | None = shipped_world,
        weights: Weights | None = None,
    ) -> None:
        """Geocode by a gazetteer.

        Args:
            gazetteer: The curated places.
            world: Gives the world gazetteer when it is first needed; None to do without.
            weights: How much each sign of a document's context counts.
        """
        self._gazetteer = gazetteer
        self._read_world = world
        self._weights = weights or Weights()

    def geocode(self, toponyms: Sequence[str], *, countries: Collection[str] = ()) -> list[Match]:
        """Find the places of the toponyms of one document, as `geo.matches.Geocoder` says.

        Of each name the first step of spelling that finds any place decides: as listed, folded, without its kind
        word; then its parts ("Toledo, Ohio") or a phrase ("north of Toledo"); then, in the countries of the
        document, the same consonants or a close spelling. Among several places the rest of the document decides.
        """
        run_of = {name: at // AT_ONCE for at, name in enumerate(dict.fromkeys(toponyms))}
        runs: dict[int, list[str]] = {}
        for name in toponyms:
            runs.setdefault(run_of[name], []).append(name)
        found: dict[str, Match] = {}
        for text in runs.values():
            found |= self._document(text, frozenset(countries))
        return [found[name] for name in toponyms]

    def _document(self, text: Sequence[str], countries: frozenset[str]) -> dict[str, Match]:
        """Decide the names of a document, or of a run of a long one."""
        world, readings = self._readings(dict.fromkeys(text), countries)
        weighed = self._weighed([readings[name] for name in text], countries)
        about = countries | _about(weighed.values())
        unknown = [name for name, reading in readings.items() if not reading.known]
        misnamed = self._of_other_kinds(unknown, world)
        if alike := self._alike((name for name in unknown if name not in misnamed), world, about):
            readings |= alike
            weighed = self._weighed([readings[name] for name in text], countries)
        return {
            name: misnamed.get(name) or self._match(name, reading, weighed, about, world)
            for name, reading in readings.items()
        }

    def _readings(
        self, names: Iterable[str], countries: frozenset[str]
    ) -> tuple[World | None, dict[str, Reading]]:
        """Read each name by the curated gazetteer, and where one is not known by the world's too."""

        def ours(name: str) -> Sequence[Candidate]:
            return curated(name, self._gazetteer)

        readings = {name: read(cleaned(name), ours) for name in names}
        if self._read_world is None or all(_is_settled(r, countries) for r in readings.values()):
            return None, readings
        world = self._read_world()

        def all_known(name: str) -> Sequence[Candidate]:
            return everywhere(name, self._gazetteer, world)

        # A phrase without a name ("the border") stays one, though the world has a town that is called so.
        return world, {
            name: read(cleaned(name), all_known) if reading.names else reading
            for name, reading in readings.items()
        }

    def _of_other_kinds(self, names: Iterable[str], world: World | None) -> dict[str, Match]:
        """Say of the names that only places of other kinds bear, that they do."""
        found = {name: of_other_kinds(cleaned(name), self._gazetteer, world) for name in names}
        return {
            name: Match(name, None, places[:MOST_CANDIDATES], How.OTHER_KIND)
            for name, places in found.items()
            if places
        }

    def _alike(self, names: Iterable[str], world: World | None, about: frozenset[str]) -> dict[str, Reading]:
        """Read names that no gazetteer knows as the ones most like them."""
        found = {}
        for name in names:
            clean = cleaned(name)
            if candidates := similar(clean, self._gazetteer, world, about):
                found[name] = Reading(((clean, candidates),))
        return found

    def _weighed(self, text: Sequence[Reading], countries: Collection[str]) -> dict[str, Weighed]:
        """Weigh the candidates of all names in the readings of a text."""
        names = dict(chain.from_iterable(reading.names for reading in text))
        order: dict[str, list[int]] = {name: [] for name in names}
        for at, (name, _) in enumerate(chain.from_iterable(reading.names for reading in text)):
            order[name].append(at)
        weighed = weigh(list(names.values()), list(order.values()), countries, self._weights)
        return {
            name: Weighed(candidates, list(alone), list(shares))
            for (name, candidates), (alone, shares) in zip(names.items(), weighed, strict=True)
        }

    def _match(
        self,
        name: str,
        reading: Reading,
        weighed: Mapping[str, Weighed],
        about: frozenset[str],
        world: World | None,
    ) -> Match:
        """Decide one toponym."""
        if reading.phrase is None:
            return weighed[reading.names[0][0]].match(name)
        inner = [weighed[part].match(part) for part, _ in reading.names]
        places = [match.place for match in inner if match.place]
        if len(places) < len(inner):
            return Match(name, None, tuple(chain.from_iterable(m.candidates for m in inner)), How.AMBIGUOUS)
        if reading.phrase.relation in {Relation.BORDER, Relation.BORDER_SIDE}:
            places += self._countries(about, _named_countries(weighed.values()), world, places)
            if not places:
                return Match(name, None, (), How.UNKNOWN)
            if reading.phrase.relation == Relation.BORDER and (found := self._border_named(places)):
                return Match(name, found, (found,), How.PHRASE)
        place = derive(reading.phrase, places)
        if place is None:
            return Match(name, None, tuple(places), How.NO_OUTLINE)
        choice = next((match.choice for match in inner if match.choice), Choice.ONLY)
        return Match(name, place, (place,), How.PHRASE, choice)

    def _border_named(self, countries: Sequence[Place]) -> Place | None:
        """Give the curated place that is the border of two countries, if there is one."""
        for one, other in permutations(countries, 2):
            for place in self._gazetteer.spelled(fold(f"{one.name}-{other.name} border")):
                return place
        return None

    def _countries(
        self, about: frozenset[str], named: frozenset[str], world: World | None, said: Sequence[Place]
    ) -> list[Place]:
        """Give the countries that a border is of where the text does not say: the two that the document is about.

        They are those in which its places lie, with those that it names, or the two that it names.
        """
        known = {place.country for place in said}
        both = next((codes for codes in (about, about | named, named) if len(codes | known) == 2), None)
        missing = sorted((both or frozenset()) - known)
        own = {p.country: p for p in self._gazetteer if p.kind == PlaceKind.COUNTRY}
        found = [
            own.get(code) or (world.get(f"country-{code.lower()}") if world else None) for code in missing
        ]
        return [place for place in found if place]


def _is_settled(reading: Reading, countries: frozenset[str]) -> bool:
    """Tell whether the curated gazetteer knows the very names of a reading, in the countries asked for if any are."""
    return not reading.may_be_a_name and all(
        any(
            one.how == How.EXACT
            and (not countries or not one.place.country or one.place.country in countries)
            for one in candidates
        )
        for _, candidates in reading.names
    )


def _named_countries(weighed: Iterable[Weighed]) -> frozenset[str]:
    """Give the countries that a document names."""
    likeliest = [
        max(zip(one.shares, one.candidates, strict=True), key=itemgetter(0))
        for one in weighed
        if one.candidates
    ]
    return frozenset(one.place.country for _, one in likeliest if one.place.kind == PlaceKind.COUNTRY)


def _about(weighed: Iterable[Weighed]) -> frozenset[str]:
    """Give the countries in which a good share of a document's names lie."""
    each = [one for one in weighed if one.candidates]
    found: Counter[str] = Counter()
    for one in each:
        for candidate, share in zip(one.candidates, one.shares, strict=True):
            found[candidate.place.country] += share  # type: ignore[assignment]
    return frozenset(code for code, share in found.items() if code and share >= A_COUNTRY * len(each))
