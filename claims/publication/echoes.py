"""Find texts that repeat what is withheld, whatever their case, accents and punctuation."""
# ruff: noqa: RUF001 - letters that look alike are its business

from __future__ import annotations

import html
import re
import urllib.parse
from typing import TYPE_CHECKING, Final

from geo.toponyms import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Echoes", "folded"]

LEAST: Final = 4
"""Letters and digits: what is shorter is found in everything, and is looked for as whole words alone."""

_FEWEST: Final = 2
"""So many letters or digits at least have a text that is looked for at all."""

_LONG: Final = 8
"""So many letters are found within a word too, as in the address of a page; fewer only where a word begins."""

_GLUED: Final = re.compile("[\u0590-\u08ff]")
"""Scripts whose words begin with the article or "and" and "in" of the sentence: looked for within words."""

_BEFORE: Final = ("و", "ف", "ب", "ك", "ل", "وب", "ول", "ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل")
"""What is written before a word of those scripts without a space: "and", "in", "like", "to", and the article."""

_OWNED: Final = re.compile(r"['’‘ʼ][sS]?(?!\w)")
"""The end of "Hit's", which is a word by itself where whole words are looked for."""


def folded(text: str) -> str:
    """Give a text as it is compared (`geo.toponyms.plain`)."""
    return plain(_OWNED.sub(" ", text))


def _ways(text: str) -> set[str]:
    """Give a text as it is compared, as it stands and as it reads where it is part of an address or of a page."""
    ways = {folded(text)}
    if "%" in text or "&" in text:
        read = html.unescape(text)
        for _ in range(2):  # an address within an address is written so twice
            read = html.unescape(urllib.parse.unquote_plus(read))
        ways.add(folded(read))
    return ways


def _glued(text: str) -> Iterator[str]:
    """Give what a text becomes behind "to": of the article the first letter is no longer written then."""
    yield text
    if text.startswith("ال"):
        rest = text.removeprefix("ال")
        yield f"لل{rest}"
        if rest.startswith("ل"):
            yield f"ل{rest}"


class Echoes:
    """What is withheld, and whether a text repeats some of it.

    A text that says the same in other words is not found, nor is one that quotes a part of it.
    """

    def __init__(self, withheld: Iterable[str], whole: Iterable[str] = ()) -> None:
        """Take in the texts; those of fewer than `LEAST` letters and digits are looked for as whole words.

        Args:
            withheld: Texts, found from the beginning of a word on, and within words where they are long.
            whole: Texts that are found as whole words alone, however long they are.
        """
        self._words: dict[str, set[str]] = {}
        self._within: dict[str, set[str]] = {}
        self._whole: dict[str, set[str]] = {}
        for text in {way for one in whole for way in _ways(one)}:
            self._take_whole(text)
        for text in {glued for one in withheld for way in _ways(one) for glued in _glued(way)}:
            letters = text.replace(" ", "")
            if len(letters) < LEAST:
                self._take_whole(text)
                continue
            self._words.setdefault(text[:LEAST], set()).add(text)
            if len(letters) >= _LONG or _GLUED.search(letters):
                self._within.setdefault(letters[:LEAST], set()).add(letters)
        self._known: dict[str, bool] = {}

    def _take_whole(self, text: str) -> None:
        if len(text.replace(" ", "")) < _FEWEST:
            return
        for ahead in ("", *(_BEFORE if _GLUED.match(text) else ())):
            self._whole.setdefault((ahead + text).split(" ")[0], set()).add(f"{ahead}{text} ")

    def __bool__(self) -> bool:
        """Tell whether anything is looked for."""
        return bool(self._words or self._whole)

    def is_in(self, text: str) -> bool:
        """Tell whether a text repeats some of what is withheld."""
        if not (text and self):
            return False
        if text not in self._known:
            self._known[text] = bool(self.first_in(text))
        return self._known[text]

    def first_in(self, text: str) -> str:
        """Give what a text repeats, as it is compared; nothing where it repeats none of it."""
        return next(filter(None, map(self._found_in, sorted(_ways(text)))), "")

    def _found_in(self, text: str) -> str:
        begins = [0, *(at + 1 for at, letter in enumerate(text) if letter == " ")]
        if found := _begins_at_one(self._words, text, begins):
            return found
        if self._whole and (found := self._found_whole(text, begins)):
            return found
        if not self._within:
            return ""
        letters = text.replace(" ", "")
        return _begins_at_one(self._within, letters, range(len(letters) - LEAST + 1))

    def _found_whole(self, text: str, begins: list[int]) -> str:
        words = text.split(" ")
        if self._whole.keys().isdisjoint(words):
            return ""
        ended = f"{text} "
        found = (
            one
            for at, word in zip(begins, words, strict=True)
            for one in self._whole.get(word, ())
            if ended.startswith(one, at)
        )
        return next(found, "")


def _begins_at_one(withheld: dict[str, set[str]], text: str, places: Iterable[int]) -> str:
    """Give something withheld that begins at one of the places of a text; nothing where none does."""
    for at in places:  # plainly, for it is done at each letter of all that is published
        for one in withheld.get(text[at : at + LEAST], ()):
            if text.startswith(one, at):
                return one
    return ""
