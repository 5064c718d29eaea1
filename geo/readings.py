"""How a toponym is read: as one name, as a name within another ("Toledo, Ohio"), or as a phrase around names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo import phrases
from geo.candidates import holds
from geo.phrases import Relation
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.candidates import Candidate
    from geo.phrases import Phrase

    Lookup = Callable[[str], Sequence[Candidate]]

__all__ = ["Reading", "read"]

# "Toledo, Ohio"; "Toledo (Ohio)"; "Toledo/Ohio" is not sure enough.
_PAIR: Final = re.compile(r"\s*([^,،()]+?)\s*[,،(]\s*([^()]+?)\s*\)?\s*")

MAYBE_NAMES: Final = frozenset({Relation.PART, Relation.TOWARDS})
"""Phrases that many names look like: "North Ossetia"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A toponym as one or more names that are weighed with the rest of the document.

    Attributes:
        names: The names in it, in order, each with its candidates; the first of a pair only with those in the second,
            one in a phrase only with those that the phrase makes sense of. It is then called after what narrows it
            ("Toledo, Ohio"), because the bare name may stand elsewhere in the document and mean another place.
        phrase: The phrase around the names, or None.
    """

    names: tuple[tuple[str, tuple[Candidate, ...]], ...]
    phrase: Phrase | None = None

    @property
    def known(self) -> bool:
        """Whether every name in it is known."""
        return all(candidates for _, candidates in self.names)

    @property
    def may_be_a_name(self) -> bool:
        """Whether the whole may be a name that a larger gazetteer knows."""
        return self.phrase is not None and self.phrase.relation in MAYBE_NAMES


def read(toponym: str, lookup: Lookup) -> Reading:
    """Read a toponym: whole where it is known, else as a pair or a phrase whose names all are, else whole.

    Args:
        toponym: As written, spaces cleaned.
        lookup: Gives the candidates of a name.

    Returns:
        The reading.
    """
    whole = Reading(((toponym, tuple(lookup(toponym))),))
    if whole.known:
        return whole
    others = (*_pairs(toponym, lookup), *_phrases(toponym, lookup))
    return next((reading for reading in others if reading.known), whole)


def _pairs(toponym: str, lookup: Lookup) -> Iterator[Reading]:
    if pair := _PAIR.fullmatch(toponym):
        head, tail = pair[1], pair[2]
        around = tuple(lookup(tail)) or read(tail, lookup).names[0][1]
        # A country is meant before a region of its name that reaches beyond it.
        around = tuple(one for one in around if one.place.kind == PlaceKind.COUNTRY) or around
        within = tuple(one for one in lookup(head) if any(holds(other, one) for other in around))
        yield Reading(((f"{head}, {tail}", within), (tail, around)))


def _phrases(toponym: str, lookup: Lookup) -> Iterator[Reading]:
    for phrase in phrases.readings(toponym):
        yield Reading(tuple(_narrowed(name, phrase, lookup) for name in phrase.names), phrase)


def _narrowed(name: str, phrase: Phrase, lookup: Lookup) -> tuple[str, tuple[Candidate, ...]]:
    """Give a name of a phrase with the candidates that the phrase makes sense of."""
    every = _candidates(name, lookup)
    fit = tuple(one for one in every if one.place.kind in phrase.kinds)
    return (name if len(fit) == len(every) else f"{name}, {phrase.relation}"), fit


def _candidates(name: str, lookup: Lookup) -> tuple[Candidate, ...]:
    """Give the candidates of a name within a phrase, which may itself be the first of a pair."""
    reading = next(
        (r for r in (Reading(((name, tuple(lookup(name))),)), *_pairs(name, lookup)) if r.known), None
    )
    return reading.names[0][1] if reading else ()
