"""The forms of English and Arabic verbs and nouns: by rule, or as a table lists them."""
# ruff: noqa: RUF001 - Arabic letters are its business

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Form", "arabic_forms", "arabic_nation", "arabic_noun", "plural", "verb_forms"]


class Form(StrEnum):
    """Which form of a word a trigger is."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"
    FUTURE = "future"
    NOUN = "noun"


_VOWELS: Final = "aeiou"
_BY_LENGTH: Final = {
    8: (Form.BASE, *[Form.PRESENT] * 2, *[Form.PAST] * 2, Form.PARTICIPLE, Form.ING, Form.PRESENT),
    7: (Form.BASE, *[Form.PRESENT] * 2, *[Form.PAST] * 2, *[Form.ING] * 2),
    6: (Form.BASE, Form.PRESENT, *[Form.PAST] * 2, *[Form.ING] * 2),
    5: (Form.BASE, Form.PRESENT, Form.PAST, Form.PARTICIPLE, Form.ING),
    4: (Form.BASE, Form.PRESENT, Form.PAST, Form.ING),
    2: (Form.PAST, Form.ING),
    3: (Form.PAST, Form.PRESENT, Form.ING),
}


def verb_forms(base: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Form]]:
    """Give the forms of a verb with what each is.

    A past that serves as participle too is told as past. Where base and past are one word, it is told as past.
    """
    if base in irregular:
        forms = irregular[base]
        yield from zip(forms, _BY_LENGTH[len(forms)], strict=True)
        return
    yield base, Form.BASE
    yield plural(base), Form.PRESENT
    if base.endswith("e"):
        yield base + "d", Form.PAST
        yield (base if base.endswith(("ee", "oe", "ye")) else base[:-1]) + "ing", Form.ING
    elif base.endswith("y") and base[-2] not in _VOWELS:
        yield base[:-1] + "ied", Form.PAST
        yield base + "ing", Form.ING
    else:
        doubled = base + base[-1] if _doubles(base) else base
        yield doubled + "ed", Form.PAST
        yield doubled + "ing", Form.ING


def plural(word: str) -> str:
    """Give a noun's plural, or a verb's third person, by rule."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _doubles(base: str) -> bool:
    """Tell a verb of one syllable that ends in one vowel and one consonant: "trap", "trapped"."""
    if len(base) < 3 or base[-1] in "aeiouwxy" or base[-2] not in _VOWELS or base[-3] in _VOWELS:
        return False
    return sum(letter in _VOWELS for letter in base) == 1


_THEM: Final = ("ها", "هم", "هما")
"""What is written with a verb for whom or what it is done to; with "ه" alone it would be another word too often."""

_THEIR: Final = ("ه", *_THEM)


def arabic_forms(listed: str) -> Iterator[tuple[str, Form]]:
    """Give the forms of an Arabic verb, listed as "perfect/imperfect" in the third person, its letters folded."""
    past, _, present = listed.partition("/")
    stem = past.removesuffix("ي")
    open_stem = stem + "ا" if stem != past else past
    for form in (past, stem + "ت", stem + "وا", stem + "تا", stem + "ا", stem + "نا"):
        yield form, Form.PAST
    for form in (open_stem, stem + "ت", stem + "و"):
        yield from ((form + them, Form.PAST) for them in _THEM)
    if not present:
        return
    root = present[1:]
    bare = root[:-1] if root.endswith(("ي", "و")) and len(root) > 3 else root
    for prefix in ("ي", "ت"):
        for form in (
            *(prefix + root, prefix + bare + "ون", prefix + bare + "وا", prefix + bare + "ان"),
            *(prefix + root + them for them in _THEM),
        ):
            yield form, Form.PRESENT
            yield "س" + form, Form.FUTURE
    yield "ن" + root, Form.PRESENT
    yield "سن" + root, Form.FUTURE


def arabic_noun(noun: str) -> Iterator[str]:
    """Give the forms of an Arabic noun, its letters folded: with the article, of two, before another, with "their"."""
    yield noun
    yield "ال" + noun
    if (
        noun.endswith(("ين", "ون")) and len(noun) > 4
    ):  # a plural of people: before another noun its n falls off
        yield noun[:-1]
        yield from (noun[:-1] + their for their in _THEIR)
        return
    stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
    yield from (stem + their for their in _THEIR)
    for two in ("ان", "ين"):
        yield stem + two
        yield "ال" + stem + two
        yield stem + two[:-1]
    if stem == noun:
        yield noun + "ا"


def arabic_nation(adjective: str, country: str) -> Iterator[str]:
    """Give the forms of an Arabic adjective of a nation, its letters folded, but that which is the country's own name."""
    for ending in ("", "ا", "ه", "ين", "ون", "ان", "ات", "تين", "تان"):
        for article in ("", "ال"):
            form = article + adjective + ending
            if form != country:
                yield form
