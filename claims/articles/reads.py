"""A sentence with what was found in it: places, dates, numbers, movers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.counts import Count
    from claims.articles.dates import Span
    from claims.articles.placing import Placed
    from claims.articles.sentences import Sentence

__all__ = ["Read"]


@dataclass(frozen=True)
class Read:
    """A sentence with what was found in it.

    Attributes:
        number: Which sentence of the text it is, from 0.
        sentence: The sentence.
        places: The places it names, in order.
        spans: Its dates.
        counts: Its numbers of movers.
        actors: Where it names movers: the first word, the word after the last.
        text: The whole text.
    """

    number: int
    sentence: Sentence
    places: Sequence[Placed]
    spans: Sequence[Span]
    counts: Sequence[Count]
    actors: Sequence[tuple[int, int]]
    text: str

    @cached_property
    def dated(self) -> set[int]:
        """The words that belong to dates."""
        return {at for span in self.spans for at in range(span.start, span.end)}

    @cached_property
    def placed(self) -> set[int]:
        """The words that name places."""
        return {at for one in self.places for at in range(one.mention.start, one.mention.end)}

    @cached_property
    def counted(self) -> set[int]:
        """The words that belong to numbers and what they count."""
        return {at for count in self.counts for at in range(count.start, count.end)}

    @cached_property
    def moving(self) -> set[int]:
        """The words that are movers."""
        return {at for start, end in self.actors for at in range(start, end)}

    @cached_property
    def ends(self) -> dict[int, Placed]:
        """The places by the word after their last."""
        return {one.mention.end: one for one in self.places}
