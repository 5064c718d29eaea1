"""The spelling of place names: `fold` brings the ways one name is written to one key.

Folding only undoes differences that never tell two places apart. It is not a similarity: names that need a judgement
("Constantinople" and "Istanbul") are spellings to be listed in the gazetteer.
"""
# ruff: noqa: RUF001 - letters that look alike are its business

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["fold", "words"]

# Apostrophes and the half rings that stand for hamza and ayn: written or left out at will.
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘`´ʹʻʼʽʾʿˈ′ʔʕ\"“”."))

# Letters that Unicode does not decompose but writers exchange: Turkish dotless i, Arabic and Persian letter forms.
_LETTERS: Final = str.maketrans(
    {"ı": "i", "ß": "ss", "ø": "o", "đ": "d", "ə": "e"}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "گ": "ك", "ة": "ه", "ە": "ه", "ہ": "ه"}
    | dict.fromkeys("ءـ\u200c\u200d\u200e\u200f")
)

_WORD: Final = re.compile(r"[^\W_]+")

# Vowels that transcriptions of Arabic write in several ways, in the order in which they are replaced.
_VOWELS: Final = (
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee|iy(?=[aeiou])"), "i"),
    (re.compile(r"ay|ai|ey"), "ei"),
)
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")
_FINAL_A: Final = re.compile(r"(?<=.)(?:ah|eh|a|e)$")

# The article before a sun letter takes its sound: ar-Riyad, ash-Shariqah, ez-Zarqa, and glued: Ezzarqa.
_ARTICLE: Final = frozenset({"al", "el", "ul", "il", "the"})
_SUN_ARTICLE: Final = re.compile(r"[aeiu](t|th|d|dh|r|z|s|sh|n)$")
_GLUED_ARTICLE: Final = re.compile(r"^[aeu](?=(t|d|r|z|s|n)\1)(.)")
_ARABIC_ARTICLE: Final = re.compile(r"^ال(?=\w{2})")

# First words that are one word in several spellings; the key is what the rules above leave of each.
_SAME_WORD: Final = {
    "der": "deir",
    "tel": "tal",
    "til": "tal",
    "jebel": "jabal",
    "jibal": "jabal",
    "um": "um",
}


def _plain(name: str) -> str:
    """Drop case, diacritics, vowel signs, apostrophes and the forms of one letter."""
    name = unicodedata.normalize("NFKD", name).translate(_APOSTROPHES)
    name = "".join(c for c in name if not unicodedata.combining(c)).casefold().translate(_LETTERS)
    return "".join(str(unicodedata.digit(c)) if not c.isascii() and c.isdigit() else c for c in name)


def _without_articles(parts: list[str]) -> list[str]:
    """Drop the Arabic article in all its forms, but never the last word that is left."""
    kept = []
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else ""
        sun = _SUN_ARTICLE.match(part)
        if after and (part in _ARTICLE or (sun and after.startswith(sun[1]))):
            continue
        # Glued only within a name ("Beni Ezzarqa"): at its head it may be the word itself ("Assos").
        part = _GLUED_ARTICLE.sub("", part) if at else part  # noqa: PLW2901 - the word as it goes on
        kept.append(_ARABIC_ARTICLE.sub("", part))
    return kept


def _sound(word: str) -> str:
    """Bring the transcriptions of one sound to one letter."""
    for pattern, letter in _VOWELS:
        word = pattern.sub(letter, word)
    word = _DOUBLED.sub(r"\1", word)
    word = _FINAL_A.sub("a", word) if word.isascii() else word
    return _SAME_WORD.get(word, word)


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """Fold a name word by word, the article left out.

    Args:
        name: A toponym in Latin or Arabic script, as written.

    Returns:
        Its folded words in order; empty where the name holds no letter or digit.
    """
    return tuple(map(_sound, _without_articles(_WORD.findall(_plain(name)))))


def fold(name: str) -> str:
    """Give the key under which all ordinary spellings of a name meet.

    The rules, each with its cases in tests/test_toponyms.py:

    1. Case, diacritics, Arabic vowel signs and tatweel, apostrophes and half rings do not count.
    2. Hyphens, spaces and punctuation do not count: "Abu Dhabi" is "Abudhabi".
    3. The article does not count: English "the"; Arabic al-, el-, ar-, ash-, ez-, glued "Ezzarqa", Arabic-script al-.
    4. ou and oo are u; ee is i; ay, ai and ey are ei; doubled letters are one; final -ah, -eh and -e are -a.
    5. Deir, Dayr and Der, Tal, Tall and Tel, Jabal and Jebel are each one word.
    6. In Arabic script the forms of alef are one, final ya is alef maqsura, ta marbuta is ha, hamza does not count.

    Args:
        name: A toponym in Latin or Arabic script, as written.

    Returns:
        The key, without spaces; "" where the name holds no letter or digit.
    """
    return "".join(words(name))
