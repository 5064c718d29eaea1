"""From the places that a text names to where they are, all of them decided together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.articles.atlas import WELL_KNOWN
from geo.matches import How
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from claims.articles.mention import Mention
    from geo.matches import Geocoder
    from geo.places import Place

__all__ = ["Placed", "place_all"]


BORDER: Final = "the border with {}"
"""How `geo/phrases.py` is asked for the border of a country, whatever the language of the text."""

TRIED: Final = 4
"""Countries of a text that are tried for the second one of a border of which it names one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with its place.

    Attributes:
        mention: The words.
        place: Where it is.
        nation: Whether it only tells of a country ("Peruvian").
    """

    mention: Mention
    place: Place

    @property
    def nation(self) -> bool:
        """Whether it only tells of a country."""
        return self.mention.nation

    @property
    def is_border(self) -> bool:
        """Whether it is where countries meet, or a gate between them."""
        return self.place.kind == PlaceKind.CROSSING or (
            not self.place.country and self.place.kind not in {PlaceKind.ROAD, PlaceKind.RIVER}
        )


def place_all(
    found: Sequence[Sequence[Mention]],
    geocoder: Geocoder,
    knows: Callable[[str], float],
    countries: Collection[str] = (),
) -> list[list[Placed]]:
    """Place the mentions of a text's sentences; a mention that no place is known for is left out.

    A name with words of a part or kind that lead nowhere is placed by the name alone. "The border" is that of the two
    countries which the text is most about; "the town" the last town that was named. How well a name is known, as a power
    of ten of people, tells `knows`.
    """
    named = [one for each in found for one in each if not one.said]
    read = _places(geocoder, [one.text for one in named], countries)
    about = _about(named, read)
    for code in about[:TRIED]:
        rest = [one.text for one in named if one.border and one.text not in read]
        read = _places(geocoder, rest, (code,)) | read
    rest = [name for one in named if one.text not in read for name in dict.fromkeys((one.text, one.core))]
    read = _places(geocoder, rest, countries or about[:2], about) | read
    places = {
        name: one.place
        for name, one in read.items()
        if _is_near(one.place, about) or (knows(name) >= WELL_KNOWN and not one.guessed)
    }
    last = _Last(_border(geocoder, about, places, read))
    result = []
    for each in found:
        placed = []
        for mention in each:
            place = (
                last.meant(mention.said)
                if mention.said
                else places.get(mention.text) or places.get(mention.core)
            )
            if place:
                placed.append(Placed(mention, place))
                if not mention.nation:
                    last.note(place)
        result.append(placed)
    return result


@dataclass(frozen=True, slots=True)
class _Read:
    """A place that a name was read as, and how."""

    place: Place
    how: How

    @property
    def guessed(self) -> bool:
        """Whether the name is only spelled like the place's."""
        return self.how in {How.CLOSE, How.CONSONANTS}

    @property
    def is_strip(self) -> bool:
        """Whether it is a border, made of the countries that are named around it."""
        return self.how == How.PHRASE and not self.place.country and self.place.kind == PlaceKind.REGION


def _is_near(place: Place, about: Sequence[str]) -> bool:
    """Tell a place that lies where the text is; a village elsewhere is another of the name, which no gazetteer has."""
    return not place.country or not about or place.country in about[:TRIED] or place.kind == PlaceKind.COUNTRY


def _places(
    geocoder: Geocoder, names: Sequence[str], countries: Collection[str], about: Collection[str] = ()
) -> dict[str, _Read]:
    """Give the places of names by name; of one alone of its name also where only the text's countries speak for it."""
    if not names:
        return {}
    found = {}
    for match in geocoder.geocode(names, countries=countries):
        here = [place for place in match.candidates if place.country in about]
        if place := match.place or (here[0] if match.how == How.UNLIKELY and len(here) == 1 else None):
            found[match.toponym] = _Read(place, match.how)
    return found


def _about(named: Sequence[Mention], read: Mapping[str, _Read]) -> list[str]:
    """Give the countries of a text's names, the most frequent first; those of names that are surely read count."""
    sure = [read[one.text].place.country for one in named if one.text in read and not read[one.text].guessed]
    return [code for code, _ in Counter(sure).most_common() if code]


def _border(
    geocoder: Geocoder, about: Sequence[str], places: Mapping[str, Place], read: Mapping[str, _Read]
) -> Place | None:
    """Give the border that a text means by "the border": one that it names, else that of its two countries."""
    strips = [one.place for one in read.values() if one.is_strip]
    borders = Counter(place.place_id for place in strips)
    if borders:
        chosen = borders.most_common(1)[0][0]
        return next(place for place in strips if place.place_id == chosen)
    if len(about) < 2:
        return None
    names = {place.country: place.name for place in places.values() if place.kind == PlaceKind.COUNTRY}
    for one, other in (about[:2], about[1::-1]):
        if one in names:
            return geocoder.geocode([BORDER.format(names[one])], countries=(other,))[0].place
    return None


class _Last:
    """The places that a text named last, for those it then says without a name."""

    def __init__(self, border: Place | None) -> None:
        self._border = border
        self._named: list[Place] = []

    def note(self, place: Place) -> None:
        self._named.append(place)

    def meant(self, said: str) -> Place | None:
        if said == "border":
            return self._border
        wanted = _KINDS.get(said, _ANY)
        found = next((place for place in reversed(self._named) if place.kind in wanted), None)
        if found is None and said in _LOOSE:
            found = next((place for place in reversed(self._named) if place.kind in _ANY), None)
        return found


_ANY: Final = frozenset(PlaceKind) - {PlaceKind.COUNTRY}
_LOOSE: Final = frozenset({"crossing", "area"})
"""What may be a part of any place: "the gate", "the airport"."""

_KINDS = {
    "country": {PlaceKind.COUNTRY},
    "crossing": {PlaceKind.CROSSING},
    "town": {PlaceKind.TOWN},
    "island": _ANY,
    "area": {
        PlaceKind.GOVERNORATE,
        PlaceKind.DISTRICT,
        PlaceKind.REGION,
        PlaceKind.CAMP,
        PlaceKind.BASE,
        PlaceKind.SITE,
    },
}
