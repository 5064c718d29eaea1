"""Places in a language without capitals: by the words that names stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.articles.atlas import CURATED, WELL_KNOWN
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
        if self._is_a_common_word(words, at) or self._is_speaker(words, at):
            return None
        if country := self._nation(words[at], tokens[at].text):
            ground = at > 0 and next(self._lexicon.place_words["ground"].at(words, at - 1), None)
            written = self._written(tokens, at - 1 if ground else at, at + 1)
            return Mention(at, at + 1, written if ground else country, country, nation=not ground)
        if at and words[at - 1] in self._lexicon.grammar["openers"]:
            return None  # a part of a name that no gazetteer has
        expected = self._is_expected(sentence, at, found)
        last = at
        while last < min(len(tokens), at + 4) and tokens[last].text[0].isalnum():
            last += 1
        peopled = self._is_whose(words, at)
        for end in range(last, at, -1):
            for name in _without_prefixes(self._written(tokens, at, end)):
                known = self._atlas.knows(name)
                if end == at + 1 and known < CURATED and self._is_no_name(words, at, known):
                    continue
                own = peopled and name == tokens[at].text  # "forces in-Lima" are not Lima's
                if end == at + 1 and (known < 0 or (known >= WELL_KNOWN and own)):
                    return Mention(at, end, name, name, nation=True)
                if known >= WELL_KNOWN or (known > 0 and expected):
                    kind = at > 0 and next(self._lexicon.place_words["kinds"].at(words, at - 1), None)
                    start = at - 1 if kind else at
                    return Mention(start, end, f"{tokens[start].text} {name}" if kind else name, name)
        return None

    def _nation(self, word: str, text: str) -> str:
        """Give the country whose adjective a word is; "" where it is the country itself, which may be written alike."""
        country = self._lexicon.nations.get(word, "")
        alike = word.endswith("يا") and any(
            self._atlas.knows(name) >= WELL_KNOWN for name in _without_prefixes(text)
        )
        return "" if alike else country

    def _is_whose(self, words: Sequence[str], at: int) -> bool:
        """Tell the name behind movers that are its own: "the army of Peru"; with an article or a full plural they are not."""
        if not at or words[at - 1].startswith(self._lexicon.article) or words[at - 1].endswith(_FULL):
            return False
        return next(self._lexicon.actors.at(words, at - 1), None) is not None

    def _is_no_name(self, words: Sequence[str], at: int, known: float) -> bool:
        """Tell a word that is no name alone: one of the tables, or one that names begin with ("Mount")."""
        if words[at] in self._lexicon.grammar["openers"]:
            return True
        kind = at > 0 and next(self._lexicon.place_words["kinds"].at(words, at - 1), None)
        moving = not kind and next(self._lexicon.frames.at(words, at), None) is not None
        return moving or (0 < known < WELL_KNOWN and words[at] in self._lexicon.vocabulary)

    def _border(self, sentence: Sentence, at: int) -> Mention | None:
        """Give a border with the countries that are named behind it."""
        words, small = sentence.words, self._lexicon.grammar["border_of"]
        for _, stop, _ in self._lexicon.place_words["border"].within(words, at, min(at + 3, len(words))):
            end = stop
            while end < len(words) and (words[end] in small or self._is_country(sentence, end)):
                end += 1
            if end > stop and words[end - 1] not in small and words[at] == words[stop - 1]:
                written = self._written(sentence.tokens, at, end)
                nations = [nation for word in words[stop:end] if (nation := self._lexicon.nations.get(word))]
                joined = " and ".join(nations)
                with_them = f"the border {'with' if len(nations) == 1 else 'between'} {joined}"
                return Mention(at, end, written, with_them if nations else written, border=True)
            break
        return None

    def _is_country(self, sentence: Sentence, at: int) -> bool:
        if sentence.words[at] in self._lexicon.nations:
            return True
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
                lexicon.place_words["never"],
                lexicon.actors,
                lexicon.anaphora,
            )
        )

    def _is_speaker(self, words: Sequence[str], at: int) -> bool:
        """Tell a capital that stands for its government, by the verb beside it: "Lima denied", in either order."""
        speaking = self._lexicon.standing["governing"]
        if at and next(speaking.at(words, at - 1), None):
            return True
        led = at and next(self._lexicon.prepositions.at(words, at - 1), None)
        return not led and at + 1 < len(words) and next(speaking.at(words, at + 1), None) is not None

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


_FULL: Final = ("ون", "ين")
"""Ends of a plural of people that stands before no name of whose they are."""

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
