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

__all__ = ["MisreadError", "count_of"]


class MisreadError(Exception):
    """A number that its words do not say."""


def count_of(
    cells: Mapping[str, str], sentence: Sentence, first: int, stop: int, lexicon: Lexicon
) -> Count | None:
    """Read the words of a number as rules do, and give it with the range that they mean.

    Args:
        cells: The proposal by the columns of claims.csv.
        sentence: Where the number stands.
        first: The number of its first word.
        stop: That of the word after its last.
        lexicon: The words of the language.

    Returns:
        The count; None where the words say no number that can be read, or the proposal not what is counted.

    Raises:
        MisreadError: The proposal gives another number than the words.
    """
    read = list(_numbers(sentence.words[first:stop], lexicon))
    if not read or not cells["count_unit"]:
        return None
    meant = [one for one in read if _may_be(one, cells["count"])]
    if not meant:
        raise MisreadError
    said = _between(read) if len(read) > 1 and not cells["count"] else meant[0]
    qualifier, low, high = said.qualifier, said.low, said.high
    if qualifier == CountQualifier.EXACT and said.count is not None and cells["count_qualifier"]:
        # "More than" may stand apart from the number, where the model has seen it.
        qualifier = CountQualifier(cells["count_qualifier"])
        low, high = range_of(said.count, qualifier)
    text = sentence.written(first, stop)
    return Count(first, stop, text, said.count, low, high, qualifier, CountUnit(cells["count_unit"]))


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


def _between(several: Sequence[Number]) -> Number:
    """Give the range of "between 200 and 300"."""
    lows = [0.0 if one.low is None else one.low for one in several]
    highs = [math.inf if one.high is None else one.high for one in several]
    high = max(highs)
    return Number(several[-1].stop, None, min(lows), high if high < math.inf else None, CountQualifier.VAGUE)
