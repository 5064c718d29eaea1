"""Numbers that add to a movement just told: "3,200 came at Lima, 600 at Ica", "Peru: 4,000", "by Sunday it was 900"."""
# ruff: noqa: RUF001 - dashes of all kinds are its business

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from claims.articles.counts import bare
from claims.articles.quoting import window
from claims.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.articles.counts import Count
    from claims.articles.lexicon import Lexicon
    from claims.articles.placing import Placed
    from claims.articles.proposals import Days, Proposal
    from claims.articles.reads import Read
    from claims.articles.when import When

__all__ = ["Figures"]

REACH: Final = 6  # words from "the figure" to the number
TABLE: Final = 5  # sentences from a crossing with its number to a line with a number more
LEAST: Final = 10  # a lower number alone counts nobody

_ENDS: Final = frozenset((sign,) for sign in (*",.;:)", "and")) | {()}
_HEADING: Final = frozenset((sign,) for sign in ":-–—")
_KINDS: Final = frozenset({Kind.CROSSING, Kind.WITHDRAWAL, Kind.DEPLOYMENT})


class Figures:
    """Reads such numbers of one text."""

    def __init__(self, words: Lexicon, when: When) -> None:
        """Take what is known of the days of the text."""
        self._words = words
        self._when = when
        self._crossing: Proposal | None = None

    def of(self, read: Read, found: Sequence[Proposal], last: Sequence[Proposal]) -> Iterator[Proposal]:
        """Propose what the numbers of a sentence add to its own claims, or to the last before it."""
        base = next((one for one in (*reversed(found), *last) if one.kind in _KINDS), self._crossing)
        if base and read.number - base.sentence <= (TABLE if base is self._crossing else 1):
            yield from self._listed(read, base, found) if not base.background else ()
        counted = [one for one in found if one.kind == Kind.CROSSING and one.count and not one.background]
        self._crossing = counted[-1] if counted else self._crossing
        base = self._crossing
        if found or base is None or read.number - base.sentence > TABLE:
            return
        told = list(self._headed(read, base)) or list(self._figure(read, base))
        if told:
            self._crossing = replace(base, sentence=read.number)
        yield from told

    def _listed(self, read: Read, base: Proposal, found: Sequence[Proposal]) -> Iterator[Proposal]:
        """Read a number with a preposition and a place behind it."""
        told = {end.mention.start for one in found for end in one.ends.values()}
        words = read.sentence.words
        for count in read.counts:
            for placed in read.places:
                start, end = placed.mention.start, placed.mention.end
                if placed.nation or start in told or not count.end < start <= count.end + 2:
                    continue
                if words[end : end + 1] not in _ENDS:
                    continue  # "30 vehicles from Lima drove": the number has a verb of its own
                for stop, role in self._words.prepositions.at(words, count.end):
                    if stop <= start:
                        why = "a number and a place more"
                        yield self._more(read, base, {role: placed}, count, (count.start, end), why)
                        break

    def _headed(self, read: Read, base: Proposal) -> Iterator[Proposal]:
        """Read a line that gives a place, a colon or dash, and a number."""
        words = read.sentence.words
        for placed in read.places:
            at = placed.mention.end
            first = placed.mention.start
            if placed.nation or words[at : at + 1] not in _HEADING:
                continue
            if first and words[first - 1].isalnum():
                continue
            if (count := self._number(read, at + 1, 2)) is not None:
                role = "destination" if "destination" in base.ends else next(iter(base.ends))
                why = "a place and its number"
                yield self._more(read, base, {role: placed}, count, (first, count.end), why)

    def _figure(self, read: Read, base: Proposal) -> Iterator[Proposal]:
        """Read a number that is said to be the figure, the total or the like."""
        words = read.sentence.words
        taken = -1
        for start, stop, _ in self._words.standing["figures"].within(words, 0, len(words)):
            count = self._number(read, stop, REACH)
            if count is None or count.start <= taken:
                continue
            taken = count.start
            days = self._when.near(read, start)
            yield self._more(
                read,
                base,
                base.ends,
                count,
                (start, count.end),
                "a figure",
                days if read.spans else base.days,
            )

    def _own(self, read: Read, base: Proposal) -> dict[str, Placed]:
        """Give the place that a sentence with a figure names, as the end that the movement has."""
        own = [one for one in read.places if not one.nation]
        role = "destination" if "destination" in base.ends else next(iter(base.ends))
        return {role: own[-1]} if own else {}

    def _number(self, read: Read, start: int, reach: int) -> Count | None:
        """Give the first number alone within some words of one, in none that belongs to a date or a place."""
        for at in range(start, min(start + reach, len(read.sentence.words))):
            if at in read.dated | read.placed:
                continue
            count = bare(read.sentence, self._words, at)
            if count and (count.count or count.low or 0) >= LEAST:
                after = read.sentence.words[count.end : count.end + 1]
                return None if after and after[0] in self._words.not_counted else count
        return None

    def _more(
        self,
        read: Read,
        base: Proposal,
        ends: Mapping[str, Placed],
        count: Count,
        span: tuple[int, int],
        why: str,
        days: Days | None = None,
    ) -> Proposal:
        start, end = window(read, *span)
        return replace(
            base,
            sentence=read.number,
            ends=ends,
            days=days or base.days,
            count=count,
            quote=read.text[start:end],
            quote_start=start,
            quote_end=end,
            why=f"{why}; {base.why}",
        )
