"""Places in a language that writes names with capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.articles.atlas import CURATED, OF_MILLIONS, WELL_KNOWN
from claims.articles.mention import Mention
from claims.articles.unnamed import Finder
from geo.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.articles.sentences import Sentence

__all__ = ["Capitals"]

LONGEST: Final = 6  # words of a name


class Capitals(Finder):
    """Names are what is written with capitals and is known; people and organisations are left out."""

    def find(self, sentence: Sentence) -> list[Mention]:
        """Find the places that a sentence names, in their order."""
        found: list[Mention] = []
        for start, end in self._runs(sentence):
            for mention in self._of_run(sentence, start, end):
                if not found or mention.start >= found[-1].end:
                    found.append(mention)
        found = [self._as_ground(sentence, one) for one in self._borders(sentence, found)]
        return sorted([*found, *self._unnamed(sentence, found)], key=lambda one: one.start)

    def _runs(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Give the runs of capitalised words, small words of names within them taken in."""
        tokens, words = sentence.tokens, sentence.words
        inner = self._lexicon.place_words["inner"]
        at = 0
        while at < len(tokens):
            if not _is_capital(tokens[at].text):
                at += 1
                continue
            start = at
            at += 1
            while at < len(tokens):
                if _is_capital(tokens[at].text) or (tokens[at].text.isdigit() and tokens[at - 1].text == "-"):
                    at += 1
                    continue
                small = at
                while (
                    small < len(tokens)
                    and small - at < 2
                    and any(s == small + 1 for s, _ in inner.at(words, small))
                ):
                    small += 1
                if small > at and small < len(tokens) and _is_capital(tokens[small].text):
                    at = small + 1
                    continue
                break
            yield start, at

    def _of_run(self, sentence: Sentence, start: int, end: int) -> Iterator[Mention]:
        """Give the places and nations that a run of capitalised words names."""
        start = self._first_of_a_name(sentence, start, end)
        groups = self._lexicon.place_words["groups"]
        if (
            start >= end
            or self._is_an_organisation(sentence, start, end)
            or any(stop >= end for stop, _ in groups.at(sentence.words, start))
        ):
            return
        while start < end and self._known(sentence, start, end) <= 0 and self._is_nation(sentence, start):
            yield self._nation(sentence, start, start + 1)
            start += 1
        if start < end:
            yield from self._of_name(sentence, start, end)

    def _first_of_a_name(self, sentence: Sentence, start: int, end: int) -> int:
        """Leave out words that begin no name, unless the whole is one: "The Gambia", "New Delhi"."""
        never = self._lexicon.place_words["never"]
        words = sentence.words
        while start < end and (
            any(stop == start + 1 for stop, _ in never.at(words, start))
            or (start == 0 and words[0] in self._lexicon.vocabulary)
        ):
            if end - start > 1 and self._known(sentence, start, end) > 0:
                break
            start += 1
        return start

    def _of_name(self, sentence: Sentence, start: int, end: int) -> Iterator[Mention]:
        """Give the place that a name is, if it is one and no person's, ruler's or government's."""
        known = self._known(sentence, start, end)
        if known < 0:
            yield self._nation(sentence, start, end)
        elif _is_short(sentence, start, end) and known < OF_MILLIONS:
            return
        elif self._is_ruled(sentence, end) and known < OF_MILLIONS:
            self._note_person(sentence, end - 1, end)
        elif known > 0 and not self._is_titled(sentence, start, known):
            if not (self._is_speaker(sentence, start, end) or self._is_ruled(sentence, end)) and (
                known >= WELL_KNOWN or self._is_placed(sentence, start, end)
            ):
                yield self._widened(sentence, start, end)
        elif known <= 0 and (split := self._split(sentence, start, end)):
            yield from split
        elif self._is_titled(sentence, start, known) or self._bears_a_title(sentence, start, end):
            self._note_person(sentence, start, end)
        elif end - start > 1 and self._is_of_names(sentence, start, end):
            self._note_person(sentence, start, end, sure=False)

    def _is_titled(self, sentence: Sentence, start: int, known: float) -> bool:
        """Tell a name with a person's title, unless it is that of a curated place: "Sheikh Zayed district"."""
        words, titles = sentence.words, self._lexicon.titles
        return (start > 0 and words[start - 1] in titles) or (words[start] in titles and known < CURATED)

    def _bears_a_title(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell a run with a title in it: "Prime Minister Alan García"."""
        return any(sentence.words[at] in self._lexicon.titles for at in range(start, end))

    def _is_of_names(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell a run that may be a person's name from a headline and a title: "Ica as Peru Bolts", "of Lima"."""
        small = self._lexicon.prepositions, self._lexicon.standing["boundaries"]
        articles = self._lexicon.grammar["articles"]
        return not any(
            sentence.words[at] in articles
            or (at > start and any(next(phrases.at(sentence.words, at), None) for phrases in small))
            for at in range(start, end)
        )

    def _note_person(self, sentence: Sentence, start: int, end: int, *, sure: bool = True) -> None:
        """Keep the words of a name; of one without a title not those by which a town is well known."""
        names = (token.text for token in sentence.tokens[start:end] if len(token.text) > 3)
        self._people |= {fold(name) for name in names if sure or self._atlas.knows(name) < WELL_KNOWN}

    def _split(self, sentence: Sentence, start: int, end: int) -> list[Mention]:
        """Read a run of a name with words of parts or kinds written with capitals: "Northern Loreto Province"."""
        words, places = sentence.words, self._lexicon.place_words
        left, right = start, end
        while left < right - 1 and next(places["before"].at(words, left), None):
            left += 1
        for length in (3, 2, 1):
            if right - length > left and any(
                s == right for s, _ in places["after"].at(words, right - length)
            ):
                right -= length
                break
        if (left, right) == (start, end) or self._known(sentence, left, right) <= 0:
            return []
        written = self._written(sentence.tokens, start, end)
        return [Mention(start, end, written, self._written(sentence.tokens, left, right))]

    def _known(self, sentence: Sentence, start: int, end: int) -> float:
        if end - start > LONGEST:
            return 0.0
        return self._atlas.knows(self._written(sentence.tokens, start, end))

    def _is_nation(self, sentence: Sentence, at: int) -> bool:
        text = sentence.tokens[at].text
        parts = text.split("-")
        return all(part[:1].isupper() and self._atlas.knows(part) < 0 for part in parts)

    def _nation(self, sentence: Sentence, start: int, end: int) -> Mention:
        written = self._written(sentence.tokens, start, end)
        return Mention(start, end, written, written, nation=True)

    def _is_an_organisation(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell a run with a word of organisations in it, or right behind it: the Lagos Times, Lima police."""
        words, organisations = sentence.words, self._lexicon.organisations
        return end - start > 1 and any(
            words[at] in organisations and _is_capital(sentence.tokens[at].text) for at in range(start, end)
        )

    def _is_speaker(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell a capital that stands for its government: what it says, fears and wants."""
        words = sentence.words
        if any(
            stop == start
            for at in range(max(start - 2, 0), start)
            for stop, _ in self._lexicon.standing["quoting"].at(words, at)
        ):
            return True
        if start and next(self._lexicon.prepositions.at(words, start - 1), None):
            return False
        return end < len(words) and next(self._lexicon.standing["governing"].at(words, end), None) is not None

    def _is_placed(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell a name with a word beside it that says it is a place's."""
        words = sentence.words
        if end < len(words) and next(self._lexicon.place_words["after"].at(words, end), None):
            return True
        before = start - 1
        return before >= 0 and (
            words[before] in self._lexicon.between - {"the", "a", "an", "of"}
            or next(self._lexicon.prepositions.at(words, before), None) is not None
            or words[before] in {",", "and", "or", "the"}
            or next(self._lexicon.frames.at(words, before), None) is not None
        )

    def _as_ground(self, sentence: Sentence, mention: Mention) -> Mention:
        """Make a nation's adjective its country where its soil or waters are named."""
        end = mention.end
        if not mention.nation or end >= len(sentence.words):
            return mention
        for stop, _ in self._lexicon.place_words["ground"].at(sentence.words, end):
            return Mention(mention.start, stop, mention.text, mention.core)
        return mention

    def _is_ruled(self, sentence: Sentence, end: int) -> bool:
        """Tell a name of who rules: the Somoza regime."""
        words = sentence.words
        return end < len(words) and next(self._lexicon.place_words["rule"].at(words, end), None) is not None

    def _borders(self, sentence: Sentence, found: list[Mention]) -> Iterator[Mention]:
        """Join a border with the countries that are named around it: "the Peruvian border", "the border with Peru"."""
        words, said = sentence.words, self._lexicon.place_words
        taken: set[int] = set()
        by_start = {mention.start: mention for mention in found}
        by_end = {mention.end: mention for mention in found}
        for start, stop, _ in said["border"].within(words, 0, len(words)):
            if stop < len(words) and (
                next(self._lexicon.actors.at(words, stop), None)
                or next(said["border_of"].at(words, stop), None)
            ):
                continue
            first, last = start, stop
            if start in by_end and (by_end[start].nation or by_end[start].text == by_end[start].core):
                first = by_end[start].start
                while first in by_end and by_end[first].nation:
                    first = by_end[first].start
            elif start >= 2 and words[start - 1] == "'s" and start - 1 in by_end:
                first = by_end[start - 1].start
            after = stop
            while after < len(words) and words[after] in self._lexicon.grammar["border_of"]:
                after += 1
                if after in by_start and not by_start[after].said:
                    last = after = by_start[after].end
            if (first, last) == (start, stop):
                continue
            taken |= set(range(first, last))
            written = self._written(sentence.tokens, first, last)
            yield Mention(first, last, written, written, border=True)
        yield from (one for one in found if taken.isdisjoint(range(one.start, one.end)))


def _is_short(sentence: Sentence, start: int, end: int) -> bool:
    """Tell letters that stand for something: "INA"."""
    text = sentence.tokens[start].text
    return end == start + 1 and text.isupper() and len(text) <= 5 and text.isalpha()


def _is_capital(text: str) -> bool:
    """Tell a word of a name: "Lima", "al-Qasr", "T-4"."""
    return any(part[:1].isupper() for part in text.split("-"))
