"""The number of a model's proposal, held to what its words say: never a number that nobody said."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from claims.articles.counts import Count, Number, number_at, range_of
from claims.model import CountQualifier, CountUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.articles.lexicon import Lexicon
    from claims.articles.sentences import Sentence

__all__ = ["count_of"]


def count_of(
    cells: Mapping[str, str], sentence: Sentence, first: int, stop: int, lexicon: Lexicon
) -> Count | str:
    """Read the words of a number as rules do, and give it with the range that they mean.

    Args:
        cells: The proposal by the columns of claims.csv.
        sentence: Where the number stands.
        first: The number of its first word.
        stop: That of the word after its last.
        lexicon: The words of the language.

    Returns:
        The count; or why there is none, as the rest of a sentence.
    """
    read = list(_numbers(sentence.words[first:stop], lexicon))
    if not read:
        return "says no number that can be read"
    if not cells["count_unit"]:
        return "is given without what it counts"
    said = _meant(read, cells)
    if said is None:
        given = " to ".join(filter(None, (cells["count"], cells["count_low"], cells["count_high"])))
        return f"does not say {given or 'one number'}"
    qualifier, low, high = said.qualifier, said.low, said.high
    if qualifier == CountQualifier.EXACT and said.count is not None and cells["count_qualifier"]:
        # "More than" may stand apart from the number, where the model has seen it.
        qualifier = CountQualifier(cells["count_qualifier"])
        low, high = range_of(said.count, qualifier)
    text = sentence.written(first, stop)
    return Count(first, stop, text, said.count, low, high, qualifier, CountUnit(cells["count_unit"]))


def _meant(read: Sequence[Number], cells: Mapping[str, str]) -> Number | None:
    """Choose among the numbers that words say the one that a proposal gives, or the range between two of them."""
    given = cells["count"]
    fitting = [one for one in read if _may_be(one, given)]
    if fitting and (given or len(read) == 1):
        return fitting[0]
    ends = {float(cells[name]) for name in ("count_low", "count_high") if cells[name]}
    said = [one for one in read if one.count in ends]
    return _between(said) if len(ends) == len(said) == 2 else None


def _numbers(words: tuple[str, ...], lexicon: Lexicon) -> Iterator[Number]:
    """Give the numbers that words say."""
    at = 0
    while at < len(words):
        read = number_at(words, at, lexicon)
        if read:
            yield read
        at = read.stop if read else at + 1


def _may_be(read: Number, given: str) -> bool:
    """Tell whether a number that is given, if one is, is the one read or within a vague word's range."""
    if not given:
        return True
    number = float(given)
    if read.count is not None:
        return read.count == number
    return (read.low or 0) <= number <= (math.inf if read.high is None else read.high)


def _between(ends: Sequence[Number]) -> Number:
    """Give the range of "between 200 and 300"; the number between them that a model may give, nobody said."""
    low, high = sorted(one.count for one in ends if one.count is not None)
    return Number(ends[-1].stop, None, low, high, CountQualifier.VAGUE)
