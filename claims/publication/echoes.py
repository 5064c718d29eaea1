"""Find texts that repeat what is withheld, whatever their case, accents and punctuation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.toponyms import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Echoes", "folded"]

LEAST: Final = 4
"""Letters and digits: what is shorter is found in everything, and is not looked for."""

_LONG: Final = 8
"""So many letters are found within a word too, as in the address of a page; fewer only where a word begins."""

_GLUED: Final = re.compile("[\u0590-\u08ff]")
"""Scripts whose words begin with the article or "and" and "in" of the sentence: looked for within words."""


def folded(text: str) -> str:
    """Give a text as it is compared (`geo.toponyms.plain`)."""
    return plain(text)


class Echoes:
    """What is withheld, and whether a text repeats some of it.

    A text that says the same in other words is not found, nor is one that quotes a part of it.
    """

    def __init__(self, withheld: Iterable[str]) -> None:
        """Take in the texts; those of fewer than `LEAST` letters and digits are passed over."""
        self._words: dict[str, set[str]] = {}
        self._within: dict[str, set[str]] = {}
        for text in {folded(one) for one in withheld}:
            letters = text.replace(" ", "")
            if len(letters) < LEAST:
                continue
            self._words.setdefault(text[:LEAST], set()).add(text)
            if len(letters) >= _LONG or _GLUED.search(letters):
                self._within.setdefault(letters[:LEAST], set()).add(letters)
        self._known: dict[str, bool] = {}

    def __bool__(self) -> bool:
        """Tell whether anything is looked for."""
        return bool(self._words)

    def heard_in(self, text: str) -> bool:
        """Tell whether a text repeats some of what is withheld."""
        if not (text and self._words):
            return False
        if text not in self._known:
            self._known[text] = self._heard(folded(text))
        return self._known[text]

    def _heard(self, text: str) -> bool:
        begins = [0, *(at + 1 for at, letter in enumerate(text) if letter == " ")]
        if any(_found(self._words, text, at) for at in begins):
            return True
        if not self._within:
            return False
        letters = text.replace(" ", "")
        return any(_found(self._within, letters, at) for at in range(len(letters) - LEAST + 1))


def _found(withheld: dict[str, set[str]], text: str, at: int) -> bool:
    return any(text.startswith(one, at) for one in withheld.get(text[at : at + LEAST], ()))
