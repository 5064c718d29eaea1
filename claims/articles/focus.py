"""The place that a clause means which names none of its own: one just named, or where the last claim was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.articles.clauses import Clause
    from claims.articles.lexicon import Lexicon
    from claims.articles.placing import Placed
    from claims.articles.proposals import Proposal
    from claims.articles.reads import Read

__all__ = ["BACK", "Focus"]

BACK: Final = 3
"""Sentences over which a place, or what was said of it, is still meant."""

_FROM: Final = ("origin", "place", "crossing", "destination")
_TO: Final = ("destination", "place", "crossing", "origin")


class Focus:
    """What is remembered of the places of one text."""

    def __init__(self, reads: Sequence[Read], words: Lexicon) -> None:
        """Look for places in these sentences."""
        self._reads = reads
        self._words = words
        self._last: Sequence[Proposal] = ()

    def note(self, found: Sequence[Proposal]) -> None:
        """Keep the last claims."""
        if found:
            self._last = found

    def of(self, clause: Clause) -> Placed | None:
        """Give the place that a clause means without naming it; None where it names one that no gazetteer knows."""
        if self._names_an_unknown(clause.read, clause.left, clause.right):
            return None
        return next(iter(self._candidates(clause)), None)

    def before(self, read: Read) -> Placed | None:
        """Give the place that a sentence means which names none: of the last claims, of the sentences before."""
        if self._names_an_unknown(read, 0, len(read.sentence.words)):
            return None
        return next(iter(self._behind(read, _TO)), None)

    def _candidates(self, clause: Clause) -> Iterator[Placed]:
        """Give what may be meant: of the same sentence, of the last claims, of the sentences before."""
        yield from self._led(clause.read, clause.trigger.start)
        yield from self._behind(clause.read, _FROM if clause.trigger.frame.object == "origin" else _TO)

    def _behind(self, read: Read, order: Sequence[str]) -> Iterator[Placed]:
        """Give what a sentence may mean of the last claims, then of the sentences before."""
        number = read.number
        if self._last and number - self._last[-1].sentence <= BACK:
            ends = self._last[-1].ends
            yield from (
                ends[role] for role in order if role in ends and ends[role].place.kind != PlaceKind.COUNTRY
            )
        for earlier in reversed(self._reads[max(number - BACK, 0) : number]):
            if earlier.sentence.paragraph >= read.sentence.paragraph - 1:
                yield from self._led(earlier, len(earlier.sentence.words))

    def _led(self, read: Read, before: int) -> Iterator[Placed]:
        """Give the places of a sentence that a preposition or an owner's sign sets, the last first."""
        words = read.sentence.words
        for placed in reversed(read.places):
            at = placed.mention.start
            if placed.nation or at >= before or placed.place.kind == PlaceKind.COUNTRY:
                continue
            owner = words[placed.mention.end : placed.mention.end + 1] == ("'s",)
            kind = not self._words.capitals and placed.mention.text != placed.mention.core
            if (
                owner
                or kind
                or any(
                    next(self._words.prepositions.at(words, one), None) for one in range(max(at - 2, 0), at)
                )
            ):
                yield placed

    def _names_an_unknown(self, read: Read, left: int, right: int) -> bool:
        """Tell words that name a place of their own which no gazetteer knows."""
        words, tokens = read.sentence.words, read.sentence.tokens
        known = read.placed | read.moving | read.dated
        return any(
            at not in known and self._is_led(words, at) and self._is_a_name(words[at], tokens[at].text)
            for at in range(max(left, 1), right)
        )

    def _is_led(self, words: Sequence[str], at: int) -> bool:
        """Tell whether a preposition stands right before, or a kind of place where names have no capitals."""
        kinds = () if self._words.capitals else self._words.place_words["kinds"].at(words, at - 1)
        return (
            next(self._words.prepositions.at(words, at - 1), None) is not None
            or next(iter(kinds), None) is not None
        )

    def _is_a_name(self, word: str, text: str) -> bool:
        """Tell a capital, or where there are none a word that no table lists."""
        if self._words.capitals:
            return text[:1].isupper()
        return (
            word.isalpha() and word not in self._words.vocabulary and not word.startswith(self._words.article)
        )
