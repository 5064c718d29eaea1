"""Where the sentences of a text name a place, and how they name it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.candidates import curated, everywhere
from geo.cleaning import cleaned
from geo.matches import How
from geo.places import PlaceKind
from geo.toponyms import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.articles.lexicon import Lexicon
    from claims.articles.sentences import Sentence, Token
    from geo.gazetteer import Gazetteer
    from geo.world import World

__all__ = ["Atlas", "Mention", "mentions"]

WELL_KNOWN: Final = 4.3
"""Power of ten of people from which on a name is taken for a place's with no word beside it that says so."""

OF_MILLIONS: Final = 6.5
"""The same for what may be a ruler's name or letters that stand for something."""

CURATED: Final = 9.0
"""What is added for a curated place; no place has so many people."""

LONGEST: Final = 6  # words of a name


@dataclass(frozen=True, slots=True)
class Mention:
    """Some words of a sentence that name a place.

    Attributes:
        start: The first word's number in its sentence.
        end: The number of the word after the last.
        text: The words as written; of "the border" and the like too.
        core: The name alone, without the words that say a part or a kind.
        nation: Whether it is a nation's adjective or people ("Peruvian"), which tells of a country but names no place.
        said: Of a place without a name, which sort it is ("border", "town"); "" where it has one.
    """

    start: int
    end: int
    text: str
    core: str
    nation: bool = False
    said: str = ""


class Atlas:
    """What is known of names: whether a place bears one, and whether it is a nation's."""

    def __init__(self, gazetteer: Gazetteer, world: World) -> None:
        """Ask both gazetteers."""
        self._gazetteer = gazetteer
        self._world = world
        self.knows = lru_cache(maxsize=16384)(self._knows)

    def is_country(self, name: str) -> bool:
        """Tell whether a name is a country's, or its people's."""
        found = everywhere(cleaned(name), self._gazetteer, self._world)
        return any(one.place.kind == PlaceKind.COUNTRY for one in found)

    def _knows(self, name: str) -> float:
        """Give how well a name is known as a place's, as a power of ten of people; -1 for a nation's, 0 for none."""
        clean = cleaned(name)
        if not clean:
            return 0.0
        ours = curated(clean, self._gazetteer)
        found = everywhere(clean, self._gazetteer, self._world)
        if found and max(found, key=lambda one: one.prominence).demonym:
            return -1.0
        if ours and ours[0].place.kind == PlaceKind.COUNTRY and plain(clean) != plain(ours[0].place.name):
            # A country's other spellings are other names of it or its people's; only a name is a place.
            return (
                CURATED
                if any(not one.demonym and one.place.kind == PlaceKind.COUNTRY for one in found)
                else -1.0
            )
        named = {How.EXACT, How.FOLDED}
        return max(
            (one.prominence + (CURATED if one.ours and one.how in named else 0.0) for one in found),
            default=0.0,
        )


def mentions(text: str, told: Sequence[Sentence], lexicon: Lexicon, atlas: Atlas) -> list[list[Mention]]:
    """Find the places that each sentence names, in their order.

    Args:
        text: The whole text.
        told: Its sentences.
        lexicon: The words of its language.
        atlas: What is known of names.
    """
    finder = _Capitals(text, lexicon, atlas) if lexicon.capitals else _Beside(text, lexicon, atlas)
    return finder.without_people([finder.find(sentence) for sentence in told])


class _Finder:
    """What both ways of finding share."""

    def __init__(self, text: str, lexicon: Lexicon, atlas: Atlas) -> None:
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
            if next(self._lexicon.actors.at(words, stop - 1), None) or (
                stop < len(words)
                and (next(self._lexicon.actors.at(words, stop), None) or next(being.at(words, stop), None))
            ):
                continue
            end = stop
            written = self._written(sentence.tokens, start, stop)
            yield Mention(start, stop, written, written, said=said)

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


class _Capitals(_Finder):
    """Names are what is written with capitals and is known; people and organisations are left out."""

    def find(self, sentence: Sentence) -> list[Mention]:
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
        elif (_is_short(sentence, start, end) or self._is_ruled(sentence, end)) and known < OF_MILLIONS:
            self._note_person(sentence, end - 1, end)
        elif known > 0 and not self._is_titled(sentence, start, known):
            if not (self._is_speaker(sentence, start, end) or self._is_ruled(sentence, end)) and (
                known >= WELL_KNOWN or self._is_placed(sentence, start, end)
            ):
                yield self._widened(sentence, start, end)
        elif known <= 0 and (split := self._split(sentence, start, end)):
            yield from split
        elif end - start > 1 or self._is_titled(sentence, start, known):
            self._note_person(sentence, start, end)

    def _is_titled(self, sentence: Sentence, start: int, known: float) -> bool:
        """Tell a name with a person's title, unless it is that of a curated place: "Sheikh Zayed district"."""
        words, titles = sentence.words, self._lexicon.titles
        return (start > 0 and words[start - 1] in titles) or (words[start] in titles and known < CURATED)

    def _note_person(self, sentence: Sentence, start: int, end: int) -> None:
        self._people |= {fold(token.text) for token in sentence.tokens[start:end] if len(token.text) > 3}

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
            yield Mention(first, last, written, written)
        yield from (one for one in found if taken.isdisjoint(range(one.start, one.end)))


class _Beside(_Finder):
    """Names are what is known and stands where a place would: behind a preposition, a kind of place, or a verb."""

    def find(self, sentence: Sentence) -> list[Mention]:
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
                return Mention(at, end, written, written)
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


def _is_short(sentence: Sentence, start: int, end: int) -> bool:
    """Tell letters that stand for something: "INA"."""
    text = sentence.tokens[start].text
    return end == start + 1 and text.isupper() and len(text) <= 5 and text.isalpha()


def _is_capital(text: str) -> bool:
    """Tell a word of a name: "Lima", "al-Qasr", "T-4"."""
    return any(part[:1].isupper() for part in text.split("-"))
