"""The words of a text that a proposal quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model import QUOTE_WORDS, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.articles.clauses import Clause
    from claims.articles.counts import Count
    from claims.articles.movers import Mover
    from claims.articles.reads import Read
    from claims.articles.standing import Standing

__all__ = ["quote", "window"]

STUB: Final = 5
"""So many signs and words behind the last that is told, a comma first, are no part of it."""


def quote(clause: Clause, who: Mover | None, standing: Standing, numbers: Iterable[Count]) -> tuple[int, int]:
    """Give where the clause's own words stand in the text, at most 25 of them.

    The words that deny, plan or hedge it, and its number, are among them where they are near enough: "no soldier
    crossed" is never quoted as "soldier crossed".
    """
    first = clause.inner
    if who and clause.inner <= who.start < clause.trigger.start:
        first = who.start
    first = min(max(first, clause.trigger.end - QUOTE_WORDS + 4), clause.trigger.start)
    last = max([clause.right, *(placed.mention.end for _, placed in clause.roles)])
    last = _without_stub(clause, last)
    deciding = _deciding(clause, standing)
    for start, end in (*deciding, *((one.start, one.end) for one in numbers)):
        if clause.trigger.end - start <= QUOTE_WORDS:
            first = min(first, start)
        if end - first <= QUOTE_WORDS:
            last = max(last, end)
    return window(clause.read, first, last)


def _without_stub(clause: Clause, last: int) -> int:
    """Leave off the few words behind a comma that begin what is not quoted: "on Sunday, the" ministry said."""
    told = [clause.trigger.end, *(placed.mention.end for _, placed in clause.roles)]
    told += [at + 1 for at in clause.read.dated if at < last]
    words = clause.sentence.words
    commas = [at for at in range(max(*told, last - STUB), last) if words[at] == ","]
    return commas[-1] if commas else last


def _deciding(clause: Clause, standing: Standing) -> list[tuple[int, int]]:
    """Give where the words that say how it is put stand in the sentence, nearest to the verb."""
    words = clause.sentence.words
    phrase = tuple(standing.why.split())
    if not phrase or standing.status in {Status.REPORTED, Status.CONFIRMED}:
        return []
    found = [at for at in range(len(words)) if words[at : at + len(phrase)] == phrase]
    nearest = min(found, key=lambda at: abs(at - clause.trigger.start), default=None)
    return [] if nearest is None else [(nearest, nearest + len(phrase))]


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
