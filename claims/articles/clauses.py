"""The clauses of a sentence, each around a verb or noun of movement, with the places in it by their roles."""
# ruff: noqa: RUF001 - quotes and dashes of all kinds are its business

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.articles.roles import SUBJECT, role_of
from claims.articles.triggers import Trigger, triggers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.articles.lexicon import Lexicon
    from claims.articles.placing import Placed
    from claims.articles.reads import Read
    from claims.articles.sentences import Sentence

__all__ = ["Clause", "clauses"]

PUT_IN: Final = 6
"""Words of who speaks, put in between commas."""

_SIGNS: Final = frozenset(";:—–()؛")
_STOPS: Final = frozenset(";:؛")


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger with the words that belong to it.

    Attributes:
        read: Its sentence, with what was found in it.
        trigger: The verb or noun.
        left: The first word of the clause.
        right: The word after the last.
        inner: The first word behind the verb before it, where that stands in the same clause.
        reach: The first word from which a word of plan, request or refusal still reaches the verb.
        scope: The same of denial.
        roles: The places of the clause, each with its role: direct, subject, origin, destination, crossing, place.
    """

    read: Read
    trigger: Trigger
    left: int
    right: int
    inner: int
    reach: int
    scope: int
    roles: Sequence[tuple[str, Placed]]

    @property
    def sentence(self) -> Sentence:
        """Its sentence."""
        return self.read.sentence

    @property
    def dated(self) -> bool:
        """Whether a date stands in it."""
        return any(self.left <= span.start < self.right for span in self.read.spans)


def clauses(read: Read, lexicon: Lexicon) -> Iterator[list[Clause]]:
    """Go through the clauses of a sentence, each in all that its verb or noun may mean, the longest phrase first."""
    found = list(triggers(read, lexicon))
    hard, soft = _edges(read, lexicon, [meant[0] for meant in found])
    edges = hard + soft
    for number, several in enumerate(found):
        start = several[0].start
        left = max((edge for edge in edges if edge <= start), default=0)
        reach = max((edge for edge in hard if edge <= start), default=0)
        inner = max(left, found[number - 1][0].end if number else 0)
        ahead = len(read.sentence.words)
        if number + 1 < len(found):
            ahead = _before(found[number + 1][0], several[0].end, read, edges, lexicon)
        scope = _scope(read, lexicon, start)
        yield [
            Clause(
                read,
                trigger,
                left,
                right := min([edge for edge in edges if edge >= trigger.end] + [max(ahead, trigger.end)]),
                inner,
                reach,
                scope,
                [
                    (role, placed)
                    for placed in read.places
                    if left <= placed.mention.start < max(right, trigger.end)
                    and not placed.nation
                    and (role := role_of(placed, trigger, read, lexicon))
                    and (role == SUBJECT or placed.mention.start >= start or inner == left)
                ],
            )
            for trigger in several
        ]


def _before(trigger: Trigger, floor: int, read: Read, edges: Sequence[int], lexicon: Lexicon) -> int:
    """Give where the words of the next trigger's own subject may begin: right behind the "and" before it."""
    words = read.sentence.words
    for at in range(trigger.start - 1, max(trigger.start - 12, floor - 1, 0), -1):
        if at + 1 in edges:
            break
        own = any(at < start < trigger.start for start, _ in read.actors)
        if own and words[at] in lexicon.grammar["joining"]:
            return at
    return trigger.start


def _edges(read: Read, lexicon: Lexicon, found: Sequence[Trigger]) -> tuple[list[int], list[int]]:
    """Give the words at which a clause begins or ends, and those at which only an infinitive does."""
    words = read.sentence.words
    held = read.placed | {at for trigger in found for at in range(trigger.start, trigger.end)}
    aside = set() if lexicon.capitals else _asides(words)
    edges = [0, len(words), *(at + 1 for at, word in enumerate(words) if word in _SIGNS and at not in aside)]
    for name in ("boundaries", "speaking"):
        for start, stop, _ in lexicon.standing[name].within(words, 1, len(words)):
            if name == "speaking" and _is_put_in(words, start, stop):
                continue
            if (
                start not in held
                and start not in read.dated
                and words[start - 1] not in lexicon.grammar["like"]
            ):
                edges += [start, stop]
    infinitives = [
        at
        for at, word in enumerate(words[:-1])
        if word in lexicon.grammar["infinitive"]
        and held.isdisjoint({at, at + 1})
        and _is_a_verb(words, at + 1, read, lexicon)
    ]
    return edges, infinitives


def _asides(words: Sequence[str]) -> set[int]:
    """Give the brackets around a few words, which part no clause where the verb comes first."""
    return {
        sign
        for at, word in enumerate(words)
        if word == "("
        for stop in range(at + 1, min(at + PUT_IN, len(words)))
        if words[stop] == ")"
        for sign in (at, stop)
    }


def _is_put_in(words: Sequence[str], start: int, stop: int) -> bool:
    """Tell "the marines, an officer SAID, remain": between commas, so that the clause goes on behind."""
    before = [at for at in range(max(start - PUT_IN, 0), start) if words[at] == ","]
    return words[stop : stop + 1] == (",",) and bool(before) and before[-1] > 1


def _is_a_verb(words: Sequence[str], at: int, read: Read, lexicon: Lexicon) -> bool:
    """Tell a small word behind "to" that belongs to no place and no mover."""
    return (
        read.sentence.tokens[at].text[:1].islower()
        and words[at] not in lexicon.between
        and read.moving.isdisjoint({at, at + 1})
        and next(lexicon.anaphora.at(words, at), None) is None
    )


def _scope(read: Read, lexicon: Lexicon, start: int) -> int:
    """Give the word from which a denial reaches the verb: behind the last "but" or semicolon."""
    words = read.sentence.words
    turns = [stop for _, stop, _ in lexicon.standing["turning"].within(words, 0, start)]
    return max([0, *turns, *(at + 1 for at in range(start) if words[at] in _STOPS)])
