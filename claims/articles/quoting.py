"""The words of a text that a proposal quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import QUOTE_WORDS

if TYPE_CHECKING:
    from claims.articles.clauses import Clause
    from claims.articles.movers import Mover
    from claims.articles.reads import Read

__all__ = ["quote", "window"]


def quote(clause: Clause, who: Mover | None) -> tuple[int, int]:
    """Give where the clause's own words stand in the text, at most 25 of them."""
    first = clause.inner
    if who and clause.inner <= who.start < clause.trigger.start:
        first = who.start
    first = max(first, clause.trigger.end - QUOTE_WORDS + 4)
    last = max([clause.right, *(placed.mention.end for _, placed in clause.roles)])
    return window(clause.read, min(first, clause.trigger.start), last)


def window(read: Read, first: int, last: int) -> tuple[int, int]:
    """Give where some words of a sentence stand in the text, at most 25 of them, without signs before them."""
    tokens = read.sentence.tokens
    while first < last - 1 and not tokens[first].text[0].isalnum():
        first += 1
    start, end = tokens[first].start, tokens[min(last, len(tokens)) - 1].end
    words = 0
    for token in tokens[first:last]:
        words += token.start == start or read.text[token.start - 1].isspace()
        if words > QUOTE_WORDS:
            break
        end = token.end
    return start, end
