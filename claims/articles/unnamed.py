"""What both ways of finding names share: places said without one, and the words around a name that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.articles.mention import Mention
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.articles.atlas import Atlas
    from claims.articles.lexicon import Lexicon
    from claims.articles.sentences import Sentence, Token

__all__ = ["Finder"]

SITED: Final = 4
"""Words from an article to the site that it goes with."""


class Finder:
    """What both ways of finding share."""

    def __init__(self, text: str, lexicon: Lexicon, atlas: Atlas) -> None:
        """Find in one text, with the words of its language and what is known of names."""
        self._text = text
        self._lexicon = lexicon
        self._atlas = atlas

        self._people: set[str] = set()

    def without_people(self, found: list[list[Mention]]) -> list[list[Mention]]:
        """Leave out names that the text also gives to people."""
        return [
            [one for one in each if one.said or one.nation or fold(one.core) not in self._people]
            for each in found
        ]

    def _written(self, tokens: Sequence[Token], start: int, end: int) -> str:
        return self._text[tokens[start].start : tokens[end - 1].end]

    def _unnamed(self, sentence: Sentence, taken: Sequence[Mention]) -> Iterator[Mention]:
        """Give the places that are said without a name where no name stands."""
        held = {at for mention in taken for at in range(mention.start, mention.end)}
        words = sentence.words
        being = self._lexicon.place_words["not_before"]
        end = 0
        for start, stop, said in self._lexicon.anaphora.within(words, 0, len(words)):
            if start < end or not held.isdisjoint(range(start, stop)):
                continue
            guard = next(self._lexicon.actors.at(words, start - 1), None) if start else None
            if guard and guard[0] > start:
                continue  # "the guard of the border", where it stands last
            if next(self._lexicon.actors.at(words, stop - 1), None) or (
                stop < len(words)
                and (next(self._lexicon.actors.at(words, stop), None) or next(being.at(words, stop), None))
            ):
                continue
            end = stop
            held |= set(range(start, stop))
            written = self._written(sentence.tokens, start, stop)
            yield Mention(start, stop, written, written, said=said)
        yield from self._sites(sentence, held)

    def _sites(self, sentence: Sentence, held: set[int]) -> Iterator[Mention]:
        """Give the sites that are said by what they are ("the customs hall"); they lie where the text was last."""
        words, articles = sentence.words, self._lexicon.grammar["articles"]
        for at, stop, _ in self._lexicon.place_words["sites"].within(words, 1, len(words)):
            first = at - 1
            while first > max(at - SITED, 0) and words[first] not in articles and words[first].isalpha():
                first -= 1
            if words[first] not in articles or not held.isdisjoint(range(first, stop)):
                continue
            if not self._is_told_where(sentence, stop) and not next(
                self._lexicon.actors.at(words, stop - 1), None
            ):
                written = self._written(sentence.tokens, first, stop)
                yield Mention(first, stop, written, written, said="site")

    def _is_told_where(self, sentence: Sentence, at: int) -> bool:
        """Tell whether a preposition behind a site, and a name behind that, say where it is."""
        words, tokens = sentence.words, sentence.tokens
        if at >= len(words):
            return False
        led = next(self._lexicon.prepositions.at(words, at), None)
        never = self._lexicon.place_words["never"]
        return led is not None and any(
            tokens[one].text[:1].isupper() and not next(never.at(words, one), None)
            for one in range(led[0], min(led[0] + 3, len(words)))
        )

    def _widened(
        self, sentence: Sentence, start: int, end: int, *, core: tuple[int, int] | None = None
    ) -> Mention:
        """Take in the words around a name that say a part of it or what kind of place it is."""
        words, places = sentence.words, self._lexicon.place_words
        bare = core or (start, end)
        if (
            end < len(words) - 1
            and words[end] == "'s"
            and (after := next(places["before"].at(words, end + 1), None))
        ):
            end = after[0]
        elif end < len(words) and (after := next(places["after"].at(words, end), None)):
            peopled = after[0] < len(words) and next(self._lexicon.actors.at(words, after[0]), None)
            end = end if peopled else after[0]
        for length in (3, 2, 1):
            if start >= length and any(
                stop == start for stop, _ in places["before"].at(words, start - length)
            ):
                start -= length
                break
            if start >= length and any(stop == start for stop, _ in places["of"].at(words, start - length)):
                start -= length
                break
        return Mention(
            start, end, self._written(sentence.tokens, start, end), self._written(sentence.tokens, *bare)
        )
