"""Who says what a sentence tells: the words before "said" and "told", or behind "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from claims.articles.lexicon import Lexicon
    from claims.articles.reads import Read

__all__ = ["speakers"]

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


_STOPS: Final = frozenset(',;:."“”،؛')
