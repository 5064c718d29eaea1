"""A model's proposals tied to the text: each quote, place, mover and number to where it stands; what does not is refused."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from claims.articles.asked.numbers import count_of
from claims.articles.asked.refusals import Refusal, shortened
from claims.articles.mention import Mention
from claims.model import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.articles.asked.answers import Answered
    from claims.articles.asked.words import Words
    from claims.articles.counts import Count
    from claims.articles.lexicon import Lexicon
    from claims.articles.sentences import Sentence

__all__ = ["Tied", "Tying"]

FEWEST: Final = 2
"""Words of a quote; one word alone says nothing of who and where."""

_KINDS: Final = ("after", "gates", "kinds", "border")
"""The lists of a language's [places] whose words may stand with a name and belong to none."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A proposal with where its words stand.

    Attributes:
        part: The part of the text that it is about, from 1.
        answered: As the model wrote it.
        sentence: The number of the sentence in which its quote begins.
        start: Where the quote begins in the text, in characters.
        end: Where it ends.
        ends: By role, the number of the sentence that names the place, and how.
        words: By column, its words as they stand in the text; "" where they do not.
        count: How many; None where no number is said.
    """

    part: int
    answered: Answered
    sentence: int
    start: int
    end: int
    ends: dict[str, tuple[int, Mention]]
    words: dict[str, str]
    count: Count | None


class _NotThereError(Exception):
    """A proposal whose words do not stand in the text."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(column, why)
        self.column = column
        self.why = why


@dataclass(frozen=True, slots=True)
class Tying:
    """A text to which proposals are tied.

    Attributes:
        text: The whole text.
        sentences: Its sentences.
        lexicon: The words of its language.
        named: The places that rules find in each sentence.
        refused: What was refused so far; `tied` adds to it.
    """

    text: str
    sentences: Sequence[Sentence]
    lexicon: Lexicon
    named: Sequence[Sequence[Mention]]
    refused: list[Refusal] = field(default_factory=list)

    def tied(self, several: Iterable[Answered], part: int, words: Words) -> list[Tied]:
        """Tie the proposals of an answer; those whose quote, place or number is not in the text are refused.

        Args:
            several: The proposals, sound as rows.
            part: Which part of the text they are about.
            words: That part.
        """
        found = []
        for one in several:
            try:
                found.append(self._tied(one, part, words))
            except _NotThereError as error:
                value = shortened(one.cells[error.column])
                self.refused.append(Refusal(part, one.number, error.column, value, error.why))
        return found

    def _tied(self, one: Answered, part: int, words: Words) -> Tied:
        start, end = self._quote(one.cells["quote"], words)
        told = {}
        for column in ("actor_text", "speakers", "via", "date_text"):
            told[column] = self._told(one, part, column, words, start)
        ends = {}
        for role in ROLES:
            if said := one.cells.get(role, ""):
                ends[role] = self._mention(role, said, words, start, end)
        count = self._count(one, part, words, start, end)
        return Tied(part, one, self._sentence_at(start), start, end, ends, told, count)

    def _quote(self, quote: str, words: Words) -> tuple[int, int]:
        if len(quote.split()) < FEWEST:
            raise _NotThereError("quote", "is a single word")
        if not (spans := words.spans(quote)):
            raise _NotThereError("quote", "does not stand in the text")
        return spans[0]

    def _told(self, one: Answered, part: int, column: str, words: Words, near: int) -> str:
        """Give some words as the text has them; words of the model's own are left out and told."""
        if not (said := one.cells[column]):
            return ""
        if span := _nearest(words.spans(said, any_case=True), near, near):
            return self.text[slice(*span)]
        why = "does not stand in the text"
        self.refused.append(Refusal(part, one.number, column, shortened(said), why, whole=False))
        return ""

    def _mention(self, role: str, said: str, words: Words, start: int, end: int) -> tuple[int, Mention]:
        """Give where a place is named, in the quote or nearest to it."""
        span = _nearest(words.spans(said, any_case=True), start, end)
        if span is None:
            raise _NotThereError(role, "does not stand in the text")
        number = self._sentence_at(span[0])
        first, stop = _covering(self.sentences[number], *span)
        for mention in self.named[number]:
            if self._is_meant(mention, self.sentences[number].words, first, stop):
                return number, mention
        text = self.text[slice(*span)]
        borders = self.lexicon.place_words["border"].within(self.sentences[number].words, first, stop)
        return number, Mention(first, stop, text, text, border=any(borders))

    def _is_meant(self, mention: Mention, words: Sequence[str], first: int, stop: int) -> bool:
        """Tell whether a place that rules found is the one that some words name, with or without its article and kind."""
        if mention.said:
            return mention.start <= first and stop <= mention.end
        if mention.nation or mention.start < first or stop < mention.end:
            return False
        around = [*range(first, mention.start), *range(mention.end, stop)]
        kinds = [self.lexicon.place_words[name] for name in _KINDS if name in self.lexicon.place_words]
        return all(
            words[at] in self.lexicon.between or any(next(phrases.at(words, at), None) for phrases in kinds)
            for at in around
        )

    def _count(self, one: Answered, part: int, words: Words, start: int, end: int) -> Count | None:
        cells = one.cells
        if not (said := cells["count_text"]):
            return None
        span = _nearest(words.spans(said, any_case=True), start, end)
        if span is None:
            raise _NotThereError("count_text", "does not stand in the text")
        sentence = self.sentences[self._sentence_at(span[0])]
        count = count_of(cells, sentence, *_covering(sentence, *span), self.lexicon)
        if isinstance(count, str):
            self.refused.append(Refusal(part, one.number, "count_text", shortened(said), count, whole=False))
            return None
        return count

    def _sentence_at(self, at: int) -> int:
        """Give the number of the sentence at a place in the text."""
        return max(bisect_right(self.sentences, at, key=lambda one: one.start) - 1, 0)


def _nearest(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Give the span within a stretch of the text, else the one that is nearest to it."""
    return min(spans, key=lambda span: (max(start - span[0], span[1] - end, 0), span[0]), default=None)


def _covering(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Give the numbers of the first word that a stretch of the text touches, and of the word after the last."""
    touched = [at for at, token in enumerate(sentence.tokens) if token.start < end and token.end > start]
    return touched[0], touched[-1] + 1
