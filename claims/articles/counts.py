"""Numbers of people, vehicles, families and groups in a sentence, with the range that their words mean."""
# ruff: noqa: RUF001 - quotes and dashes of all kinds are its business

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.model import CountQualifier, CountUnit

if TYPE_CHECKING:
    from collections.abc import Collection

    from claims.articles.lexicon import Lexicon
    from claims.articles.sentences import Sentence

__all__ = ["Count", "Number", "bare", "counts", "number_at", "range_of"]

ABOUT: Final = 0.1  # "about 200" means within so much of it
FEWEST_ALONE: Final = 3  # "one" and "two" alone seldom count anybody
MOST: Final = 1e12  # no larger number counts anybody
REACH: Final = 6  # words between a number and what it counts
_DIGITS: Final = re.compile(r"(?!0\d)\d[\d,٬]*(?:[.٫]\d+)?")
_SMALL: Final = 90  # number words over it multiply


@dataclass(frozen=True, slots=True)
class Count:
    """A number of movers.

    Attributes:
        start: The number of its first word in the sentence.
        end: The number of the word after what it counts.
        text: Its words, without what it counts.
        count: The number said; None where the word is vague.
        low: The least that is meant; None for an open end.
        high: The most that is meant; None for an open end.
        qualifier: How it is meant.
        unit: What it counts.
    """

    start: int
    end: int
    text: str
    count: float | None
    low: float | None
    high: float | None
    qualifier: CountQualifier
    unit: CountUnit


@dataclass(frozen=True, slots=True)
class Number:
    """A number as its words say it, whatever it counts.

    Attributes:
        stop: The number of the word after its last.
        count: The number said; None where the word is vague.
        low: The least that is meant; None for an open end.
        high: The most that is meant; None for an open end.
        qualifier: How it is meant.
    """

    stop: int
    count: float | None
    low: float | None
    high: float | None
    qualifier: CountQualifier


def counts(
    sentence: Sentence, lexicon: Lexicon, taken: Collection[int] = (), nations: Collection[int] = ()
) -> list[Count]:
    """Find the numbers of a sentence that count movers.

    Args:
        sentence: The sentence.
        lexicon: The words of its language.
        taken: Words that belong to dates or names.
        nations: Words that are a nation's people ("Peruvians"), or its adjective.
    """
    found: list[Count] = []
    at = 0
    while at < len(sentence.words):
        read = None if at in taken else _at(sentence, lexicon, at, taken, nations)
        if read is None:
            at += 1
            continue
        found.append(read)
        at = read.end
    return found


def bare(sentence: Sentence, lexicon: Lexicon, start: int) -> Count | None:
    """Read a number in digits that stands without a noun ("the figure was 6,650"), as one of people."""
    read = number_at(sentence.words, start, lexicon)
    if read is None or not any(_DIGITS.fullmatch(word) for word in sentence.words[start : read.stop]):
        return None
    text = sentence.written(start, read.stop)
    return Count(start, read.stop, text, read.count, read.low, read.high, read.qualifier, CountUnit.PEOPLE)


def _at(
    sentence: Sentence, lexicon: Lexicon, start: int, taken: Collection[int], nations: Collection[int]
) -> Count | None:
    """Read the number that begins at a word, with what it counts."""
    read = number_at(sentence.words, start, lexicon, taken)
    unit = _unit(sentence, lexicon, read.stop, read.count, nations) if read else None
    if read is None or unit is None:
        return None
    end, counted = unit
    text = sentence.written(start, read.stop)
    return Count(start, end, text, read.count, read.low, read.high, read.qualifier, counted)


def number_at(
    words: tuple[str, ...], start: int, lexicon: Lexicon, taken: Collection[int] = ()
) -> Number | None:
    """Read the number that begins at a word, whatever it counts; None where none does.

    Args:
        words: In the form in which tables list them.
        start: The number of the word.
        lexicon: The words of their language.
        taken: Words that belong to dates or names.
    """
    qualifier, at = CountQualifier.EXACT, start
    for stop, said in lexicon.qualifiers.at(words, start):
        qualifier, at = said, stop
        break
    if at >= len(words) or at in taken:
        return None
    if vague := next(lexicon.vague.at(words, at), None):
        stop, (low, high) = vague
        if low == high:
            return Number(stop, low, low, high or None, CountQualifier.EXACT)
        return Number(stop, None, low, high or None, CountQualifier.VAGUE)
    count, stop = _value(words, at, lexicon)
    if count is None:
        return None
    after = next(lexicon.qualifiers.at(words, stop), None) if stop < len(words) else None
    if after and after[1] == CountQualifier.ABOUT and words[stop] in lexicon.grammar["or_so"]:
        qualifier, stop = after[1], after[0]
    under = _is_under(words[start:at], lexicon)
    return Number(stop, count, *range_of(count, qualifier, under=under), qualifier)


def _value(words: tuple[str, ...], at: int, lexicon: Lexicon) -> tuple[float | None, int]:
    """Read a number in digits or words: 2,000; 1.5 million; twenty-five; two hundred and fifty."""
    total, part, stop, seen = 0.0, 0.0, at, False
    while stop < len(words):
        word = words[stop]
        if _DIGITS.fullmatch(word):
            if seen:
                break
            part, seen = float(re.sub("[,٬]", "", word).replace("٫", ".")), True
        elif (value := _spelled(word, lexicon)) is not None:
            if value > _SMALL and not seen and lexicon.capitals:
                break  # "hundred" alone counts nothing; where there is no "a" it does
            if value > _SMALL:
                part = (part or 1.0) * value
                if value >= 1000:
                    total, part = total + part, 0.0
            elif seen and 0 < part < 100 and not (part < 10 <= value and not lexicon.capitals):
                break  # ones stand before tens only in Arabic
            else:
                part += value
            seen = True
        elif not (
            seen
            and word in lexicon.grammar["and"]
            and stop + 1 < len(words)
            and _spelled(words[stop + 1], lexicon)
        ):
            break
        stop += 1
    return (total + part, stop) if seen and total + part <= MOST else (None, at)


def _spelled(word: str, lexicon: Lexicon) -> float | None:
    if word in lexicon.numbers:
        return lexicon.numbers[word]
    tens, dash, ones = word.partition("-")
    if dash and tens in lexicon.numbers and ones in lexicon.numbers:
        return lexicon.numbers[tens] + lexicon.numbers[ones]
    return None


def _is_under(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Tell "fewer than" from "no more than"."""
    return words[-1:] != () and words[-1] in lexicon.grammar["than"] and words[0] not in lexicon.grammar["no"]


def range_of(
    value: float, qualifier: CountQualifier, *, under: bool = False
) -> tuple[float | None, float | None]:
    """Give the least and most that a number with its qualifier means; None for an open end.

    Args:
        value: The number said.
        qualifier: How it is meant.
        under: Whether the number itself is out, as in "fewer than".
    """
    if qualifier == CountQualifier.AT_LEAST:
        return value, None
    if qualifier == CountQualifier.AT_MOST:
        return None, value - 1 if under else value
    if qualifier == CountQualifier.ABOUT:
        return round(value * (1 - ABOUT)), round(value * (1 + ABOUT))
    return value, value


def _unit(
    sentence: Sentence, lexicon: Lexicon, start: int, value: float | None, nations: Collection[int]
) -> tuple[int, CountUnit] | None:
    """Give the word after what a number counts, and its unit; people where it stands alone before a verb."""
    words = sentence.words
    for at in range(start, min(start + REACH, len(words))):
        if found := next(lexicon.actors.at(words, at), None):
            return _last_noun(words, *found, lexicon)
        if at in nations and not _goes_on(words, at + 1, lexicon, nations):
            return at + 1, CountUnit.PEOPLE
        if words[at] in lexicon.not_counted or words[at] in _STOPS:
            break
        if at > start and next(lexicon.frames.at(words, at), None):
            break
    few = value is not None and value < FEWEST_ALONE
    return (start, CountUnit.PEOPLE) if not few and _stands_alone(words, start, value, lexicon) else None


def _last_noun(words: tuple[str, ...], end: int, unit: CountUnit, lexicon: Lexicon) -> tuple[int, CountUnit]:
    """Give the last of several nouns: "army trucks" are trucks."""
    while end < len(words) and (more := next(lexicon.actors.at(words, end), None)):
        end, unit = more
    return end, unit


def _goes_on(words: tuple[str, ...], at: int, lexicon: Lexicon, nations: Collection[int]) -> bool:
    """Tell whether a noun follows a nation's adjective: "300 Peruvian nurses"."""
    return at in nations or any(
        next(lexicon.actors.at(words, later), None) for later in range(at, min(at + 2, len(words)))
    )


def _stands_alone(words: tuple[str, ...], start: int, value: float | None, lexicon: Lexicon) -> bool:
    """Tell a number before a verb or preposition: "1,000 fled", "300 at the river and 120 through the hills"."""
    if start >= len(words) or words[start] in lexicon.not_counted:
        return False
    if not lexicon.grammar["per_cent"].isdisjoint(words[start + 1 : start + 2]):
        return False  # "70 in the hundred"
    if words[start] in lexicon.grammar["alone"] or next(lexicon.frames.at(words, start), None):
        return True
    return value is not None and next(lexicon.prepositions.at(words, start), None) is not None


_STOPS: Final = frozenset(',;:.()—–"“”')
