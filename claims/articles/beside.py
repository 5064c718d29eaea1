"""Places in a language without capitals: by the words that names stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.articles.atlas import WELL_KNOWN
from claims.articles.mention import Mention
from claims.articles.unnamed import Finder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.articles.sentences import Sentence

__all__ = ["Beside"]


class Beside(Finder):
    """Names are what is known and stands where a place would: behind a preposition, a kind of place, or a verb."""

    def find(self, sentence: Sentence) -> list[Mention]:
        """Find the places that a sentence names, in their order."""
        found: list[Mention] = []
        at = 0
        while at < len(sentence.words):
            mention = self._border(sentence, at) or self._at(sentence, at, found)
            if mention:
                found.append(mention)
                at = mention.end
            else:
                at += 1
        return sorted([*found, *self._unnamed(sentence, found)], key=lambda one: one.start)

    def _at(self, sentence: Sentence, at: int, found: Sequence[Mention]) -> Mention | None:
        """Give the place that is named from this word on."""
        tokens, words = sentence.tokens, sentence.words
        if self._is_a_common_word(words, at):
            return None
        expected = self._is_expected(sentence, at, found)
        last = at
        while last < min(len(tokens), at + 4) and tokens[last].text[0].isalnum():
            last += 1
        for end in range(last, at, -1):
            for name in _without_prefixes(self._written(tokens, at, end)):
                known = self._atlas.knows(name)
                peopled = at > 0 and next(self._lexicon.actors.at(words, at - 1), None) is not None
                if end == at + 1 and (known < 0 or (known >= WELL_KNOWN and peopled)):
                    return Mention(at, end, name, name, nation=True)
                if known >= WELL_KNOWN or (known > 0 and expected):
                    kind = at > 0 and next(self._lexicon.place_words["kinds"].at(words, at - 1), None)
                    start = at - 1 if kind else at
                    return Mention(start, end, f"{tokens[start].text} {name}" if kind else name, name)
        return None

    def _border(self, sentence: Sentence, at: int) -> Mention | None:
        """Give a border with the countries that are named behind it."""
        words = sentence.words
        for _, stop, _ in self._lexicon.place_words["border"].within(words, at, min(at + 3, len(words))):
            end = stop
            while end < len(words) and (
                words[end] in self._lexicon.grammar["border_of"] or self._is_country(sentence, end)
            ):
                end += 1
            if (
                end > stop
                and words[end - 1] not in self._lexicon.grammar["border_of"]
                and words[at] == words[stop - 1]
            ):
                written = self._written(sentence.tokens, at, end)
                return Mention(at, end, written, written, border=True)
            break
        return None

    def _is_country(self, sentence: Sentence, at: int) -> bool:
        names = _without_prefixes(sentence.tokens[at].text)
        return any(self._atlas.is_country(name) for name in names)

    def _is_a_common_word(self, words: Sequence[str], at: int) -> bool:
        """Tell a preposition, a kind of place or a mover, which begins no name here."""
        lexicon = self._lexicon
        return any(
            next(phrases.at(words, at), None)
            for phrases in (
                lexicon.prepositions,
                lexicon.place_words["kinds"],
                lexicon.actors,
                lexicon.anaphora,
            )
        )

    def _is_expected(self, sentence: Sentence, at: int, found: Sequence[Mention]) -> bool:
        """Tell whether the word before, or "and" with a place before it, makes a place likely."""
        words, before = sentence.words, at - 1
        if before < 0:
            return False
        return bool(
            next(self._lexicon.prepositions.at(words, before), None)
            or next(self._lexicon.place_words["kinds"].at(words, before), None)
            or next(self._lexicon.frames.at(words, before), None)
            or words[before] in self._lexicon.between
            or (sentence.tokens[at].text[:1] == "و" and found and found[-1].end == at)
        )


_PREFIXES: Final = ("و", "ب", "ل", "ف")


def _without_prefixes(written: str) -> Iterator[str]:
    """Give a name as written, then without the letters that are written with its first word: "and", "in", "to"."""
    yield written
    if len(written) < 5 or not written.startswith(_PREFIXES):
        return
    yield written[1:]
    if written.startswith("لل"):
        yield "ال" + written[2:]
    if written.startswith(("وب", "ول")):
        yield written[2:]
