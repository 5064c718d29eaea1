"""The forms of English and Arabic verbs and nouns: by rule, or as a table lists them."""
# ruff: noqa: RUF001 - quotes and dashes of all kinds are its business

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Form", "arabic_forms", "plural", "verb_forms"]


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


def arabic_forms(listed: str) -> Iterator[tuple[str, Form]]:
    """Give the forms of an Arabic verb, listed as "perfect/imperfect" in the third person, its letters folded."""
    past, _, present = listed.partition("/")
    stem = past.removesuffix("ي")
    for form in (past, stem + "ت", stem + "وا", stem + "تا", stem + "ا"):
        yield form, Form.PAST
    if not present:
        return
    root = present[1:]
    bare = root[:-1] if root.endswith(("ي", "و")) and len(root) > 3 else root
    for prefix in ("ي", "ت"):
        for form in (prefix + root, prefix + bare + "ون", prefix + bare + "وا"):
            yield form, Form.PRESENT
            yield "س" + form, Form.FUTURE
