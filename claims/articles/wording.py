"""Phrases of several words, found in a sentence by their first word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["GAP", "Phrases", "listed"]

GAP: Final = "~"
"""In a phrase: up to `WIDEST` words of any kind."""

WIDEST: Final = 4

_ALONE: Final = ""  # in place of the second word of a phrase of one

_PARTING: Final = frozenset((sign,) for sign in ",;:.()،؛") | {()}

Of = TypeVar("Of")


def listed(text: str) -> list[str]:
    """Give the phrases of a table's entry, one a line."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class Phrases(Generic[Of]):
    """Phrases, each with what it stands for."""

    def __init__(self, pairs: Iterable[tuple[str, Of]]) -> None:
        """Hold phrases of lower-case words, with `GAP` for words that may stand between."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], Of]]] = {}
        for phrase, stands_for in pairs:
            first, *others = phrase.split()
            self._by_first.setdefault(first, []).append((tuple(others), stands_for))
        self._by_second: dict[str, dict[str, list[int]]] = {}
        for first, several in self._by_first.items():
            several.sort(key=lambda pair: -len(pair[0]))
            seconds = self._by_second[first] = {}
            for number, (rest, _) in enumerate(several):
                seconds.setdefault(rest[0] if rest else _ALONE, []).append(number)

    def words(self) -> Iterator[str]:
        """Give every word of every phrase."""
        for first, several in self._by_first.items():
            yield first
            for rest, _ in several:
                yield from rest

    def at(self, words: Sequence[str], start: int) -> Iterator[tuple[int, Of]]:
        """Give every phrase that begins at a word: the word after its end, and what it stands for; the longest first."""
        seconds = self._by_second.get(words[start])
        if seconds is None:
            return
        several = self._by_first[words[start]]
        for number in _fitting(seconds, words, start + 1):
            rest, stands_for = several[number]
            end = _end(words, start + 1, rest)
            if end:
                yield end, stands_for

    def within(self, words: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int, Of]]:
        """Give where the longest phrase at each word of a run begins and ends, and what it stands for."""
        for at in range(start, end):
            if words[at] in self._by_first:
                for stop, stands_for in self.at(words, at):
                    if stop <= end:
                        yield at, stop, stands_for
                        break


def _fitting(seconds: Mapping[str, list[int]], words: Sequence[str], at: int) -> Sequence[int]:
    """Give the numbers of the phrases whose second word stands here, in their order; an adverb may part the two."""
    found = [*seconds.get(_ALONE, ()), *seconds.get(GAP, ())]
    if at < len(words):
        found += seconds.get(words[at], ())
        if words[at].endswith("ly") and at + 1 < len(words):
            found += seconds.get(words[at + 1], ())
    return sorted(found) if len(found) > 1 else found


def _tails(words: Sequence[str], at: int, rest: Sequence[str]) -> Iterator[int]:
    """Give the ends of what follows a gap; a gap holds no sign that parts clauses."""
    for skipped in range(1, WIDEST + 1):
        if words[at + skipped - 1 : at + skipped] in _PARTING:
            return
        yield _end(words, at + skipped, rest)


def _end(words: Sequence[str], at: int, rest: Sequence[str]) -> int:
    """Give the word after a phrase of which the rest should stand here; 0 where it does not."""
    for number, word in enumerate(rest):
        if word == GAP:
            return next(filter(None, _tails(words, at, rest[number + 1 :])), 0)
        if at + 1 < len(words) and words[at] != word and words[at].endswith("ly"):
            at += 1  # an adverb parts a verb from its particle: "pulled quickly out"
        if at >= len(words) or words[at] != word:
            return 0
        at += 1
    return at
