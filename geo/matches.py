"""What a geocoder answers: the place of a toponym, or its candidates, and how it came to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.places import Place

__all__ = ["Choice", "Geocoder", "How", "Match"]


class How(StrEnum):
    """How the spelling was matched, or why no place is given; an earlier one is never overridden by a later."""

    EXACT = "exact"  # the spelling is listed, whatever its case, accents and punctuation
    FOLDED = "folded"  # a listed spelling folds to the same key
    KIND = "kind"  # the name without a kind word, the text's ("Toledo province") or the list's ("Province of Toledo")
    CONSONANTS = "consonants"  # a listed spelling has the same consonants
    CLOSE = "close"  # a listed spelling differs by a letter or two
    PHRASE = "phrase"  # a place derived from others ("northeast of ...")
    ONLINE = "online"  # an online geocoder was asked
    NO_OUTLINE = "no outline"  # a phrase around a place of which too little is known to draw it
    AMBIGUOUS = "ambiguous"  # several places bear the name
    UNLIKELY = "unlikely"  # places bear the name, but what else the document names lies elsewhere
    OTHER_KIND = "other kind"  # places bear the name, none is of the kind that was said
    UNKNOWN = "unknown"  # no place bears the name


class Choice(StrEnum):
    """Why this place and no other that bears the name."""

    ONLY = ""  # no other is known
    CONTEXT = "by context"  # the other names of the document, or the words beside this one, decide
    PROMINENT = "best known"  # far better known than the others of the name


@dataclass(frozen=True, slots=True)
class Match:
    """What is known of a toponym.

    Attributes:
        toponym: The name as written.
        place: The place, or None; never a guess among equals.
        candidates: The places the name may mean, the likeliest first; of very many only the likeliest.
        how: How the spelling was matched, or why there is no place.
        choice: Why this place among the candidates.
    """

    toponym: str
    place: Place | None
    candidates: tuple[Place, ...]
    how: How
    choice: Choice = Choice.ONLY

    @property
    def told(self) -> str:
        """How the match came about, in words: "folded, by context"."""
        return ", ".join(filter(None, (self.how, self.choice)))


class Geocoder(Protocol):
    """Whatever turns the toponyms of one document into places: the gazetteer, an online service, or both in turn."""

    def geocode(self, toponyms: Sequence[str], *, countries: Collection[str] = ()) -> list[Match]:
        """Find the places of the toponyms of one document, decided together.

        Args:
            toponyms: The names as written, in the order of the text; repeats count once each.
            countries: ISO 3166-1 alpha-2 codes of the countries the document is surely about; none for unknown.

        Returns:
            One match for each toponym, in their order.
        """
        ...
