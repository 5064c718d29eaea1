"""Who says what a sentence tells: the words before "said" and "told", or behind "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from claims.articles.lexicon import Lexicon
    from claims.articles.reads import Read

__all__ = ["is_confirmed", "speakers"]

LONGEST: Final = 8  # words


def speakers(read: Read, lexicon: Lexicon) -> str:
    """Give the words for who speaks in a sentence; "" where nobody is named."""
    words, tokens = read.sentence.words, read.sentence.tokens
    for _, stop, _ in lexicon.standing["quoting"].within(words, 0, len(words)):
        end = stop
        while end < min(stop + LONGEST, len(words)) and words[end] not in {",", ".", ";", "،"}:
            end += 1
        if end > stop:
            return read.text[tokens[stop].start : tokens[end - 1].end]
    for at, _, _ in lexicon.standing["speaking"].within(words, 0, len(words)):
        first = at
        while first > max(at - LONGEST, 0) and words[first - 1] not in _STOPS:
            first -= 1
        if first < at:
            return read.text[tokens[first].start : tokens[at - 1].end]
    return ""


def is_confirmed(read: Read, countries: Collection[str], lexicon: Lexicon) -> bool:
    """Tell whether a party confirms what a sentence tells: "Peru's army CONFIRMED that its soldiers had left Leticia".

    Args:
        read: The sentence.
        countries: ISO codes of the countries whose people moved, or in which its places lie.
        lexicon: The words of its language.
    """
    words = read.sentence.words
    return any(
        at - LONGEST <= placed.mention.start < at and placed.place.country in countries
        for at, _, _ in lexicon.standing["confirming"].within(words, 0, len(words))
        for placed in read.places
    )


_STOPS: Final = frozenset(',;:."“”،؛')
