"""The spelling of place names: `plain` and `fold` bring the ways one name is written to one key.

Both undo differences between writers, not between names, so a key seldom is that of two places that a reader tells
apart (Tours, Turs). They are no similarity: names that need a judgement ("Constantinople" and "Istanbul") are
spellings to be listed in the gazetteer, and what transcriptions of one name have in common at the cost of some doubt
is `geo.romanized.skeleton`.
"""
# ruff: noqa: RUF001 - letters that look alike are its business

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from anyascii import anyascii

__all__ = ["fold", "plain", "without_articles", "words"]

# Apostrophes, quotes and marks that stand for hamza and ayn: written or left out at will.
_NOT_WRITTEN: Final = frozenset("'’‘‛`´ʔʕ\"“”„‟.′″՚׳״")

# Letters that Unicode does not decompose but writers exchange: Latin ones, then Arabic, Persian and Kurdish forms.
_EXCHANGED: Final = (
    {"ı": "i", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ə": "e", "ǝ": "e", "ł": "l", "ŋ": "n", "œ": "oe"}
    | {"æ": "ae", "þ": "th", "ɛ": "e", "ɔ": "o", "&": " and "}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ۍ": "ي", "ک": "ك", "ڪ": "ك", "گ": "ك", "ګ": "ك"}
    | {"ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۆ": "و", "ۇ": "و", "ڕ": "ر", "ړ": "ر", "ڵ": "ل", "ڤ": "ف"}
    | {"ډ": "د", "ټ": "ت", "ڼ": "ن", "ء": "", "ـ": "", "ٴ": ""}
)


class _Characters(dict[int, str]):
    """What becomes of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = becomes = _character(chr(code))
        return becomes


def _character(character: str) -> str:
    """Give the letters that a character stands for, a space where it parts words, or nothing."""
    if "\uac00" <= character <= "\ud7a3":  # Korean syllables are letters enough
        return character
    if character in _NOT_WRITTEN or unicodedata.category(character) == "Sk":
        return ""
    lower = unicodedata.normalize("NFKD", character).casefold()
    return "".join(map(_piece, unicodedata.normalize("NFKD", lower)))


def _piece(piece: str) -> str:
    """Give what becomes of a lower-case character without its diacritics."""
    category = unicodedata.category(piece)
    if piece in _EXCHANGED:
        return _EXCHANGED[piece]
    if _not_seen(piece, category):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(piece))
    if category[0] not in "LMN":
        return " "
    foreign = not piece.isascii() and unicodedata.name(piece, "").startswith("LATIN")
    return "".join(filter(str.isalnum, anyascii(piece).casefold())) if foreign else piece


def _not_seen(piece: str, category: str) -> bool:
    """Tell whether a character is a diacritic, a half ring, a glyph's selector, a control or a mark of direction."""
    if category[0] == "C":
        return not piece.isspace()
    ring_or_selector = "\u02b0" <= piece <= "\u02ff" or "\ufe00" <= piece <= "\ufe0f"
    return ring_or_selector or category == "Me" or bool(unicodedata.combining(piece))


_CHARACTERS: Final = _Characters()

# A full stop that parts words ("Mt.Elbrus"), not the letters of an abbreviation ("U.S.").
_PARTING_STOP: Final = re.compile(r"(?<=[^\W_]{2})\.(?=[^\W_])")

# Words that are cut short before a name.
_CUT_SHORT: Final = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=16384)
def plain(name: str) -> str:
    """Write a name in lower case without what writers leave out or exchange at will.

    Case, diacritics, Arabic vowel signs and tatweel, apostrophes and half rings, hamza, full stops, punctuation and
    characters that are not seen do not count, nor do the forms of one letter: dotless i, Persian kaf, fullwidth
    letters, digits of any script. "St.", "Mt." and "Ft." before a name are written out. No letter changes its sound.

    Args:
        name: A toponym in any script; any string at all.

    Returns:
        Its words joined by one space; "" where it holds no letter or digit.
    """
    if "." in name:
        name = _PARTING_STOP.sub(" ", name)
    parts = name.translate(_CHARACTERS).split()
    if not _CUT_SHORT.keys().isdisjoint(parts):
        parts[:-1] = [_CUT_SHORT.get(part, part) for part in parts[:-1]]
    return " ".join(parts)


# The article before a sun letter takes its sound: ar-Riyad, ash-Shariqah, ez-Zarqa, and glued: Ezzarqa.
_ARTICLE: Final = frozenset({"al", "el", "ul", "il", "the", "ال"})
_SUN_ARTICLE: Final = re.compile(r"[aeiu](t|th|d|dh|r|z|s|sh|ch|n|j|dj)$")
_GLUED_ARTICLE: Final = re.compile(r"^[aeu](?:(?=(sh|th|dh|ch|[tdrzsn])\1)\1|l(?=[b-df-hj-np-tv-z]\w{2}))")
# ... and behind "and" or "to" in Arabic script.
_ARABIC_ARTICLE: Final = re.compile(r"^(?:ال(?=\w{2})|(?:وال|لل)(?=\w{3}))")
# What ties two words in Persian and Turkic names: Pol-e Dokhtar, Bandar-i Lengeh, Kuh-ye Nur.
_TIE: Final = frozenset({"e", "i", "ye", "yi"})


def without_articles(parts: list[str]) -> list[str]:
    """Drop the Arabic article in all its forms, and what ties words in Persian names.

    Args:
        parts: The words of a name, each as `plain` writes it.

    Returns:
        The words without the article; never without the last word that is left.
    """
    kept: list[str] = []
    for part, after in zip_longest(parts, parts[1:], fillvalue=""):
        sun = _SUN_ARTICLE.match(part) if len(part) <= 3 else None
        if after and (part in _ARTICLE or (kept and part in _TIE) or (sun and after.startswith(sun[1]))):
            continue
        if part.isascii():
            # Glued only within a name ("Beni Ezzarqa"): at its head it may be the word itself ("Assos").
            kept.append(_GLUED_ARTICLE.sub("", part) if kept else part)
        else:
            kept.append(_ARABIC_ARTICLE.sub("", part))
    return kept


# Scripts that write every sound: their letters have their Latin ones. Greek, Cyrillic, Armenian; Georgian.
_ALPHABET: Final = re.compile("[\u0370-\u058f\u10a0-\u10ff]+")


def _in_latin(letters: re.Match[str]) -> str:
    """Transliterate letters one by one, but for the two with which Armenian writes u."""
    return "".join(filter(str.isalnum, anyascii(letters[0].replace("ու", "u")).casefold()))


# Spellings of one sound; the last three are umlauts written out.
_ONE_SOUND: Final = {
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "dj": "j",
    "dzh": "j",
    "tch": "ch",
    "aw": "au",
    "ow": "au",
    "ae": "a",
    "oe": "o",
    "ue": "u",
}
_SPELLING: Final = re.compile("|".join(_ONE_SOUND))
_DOUBLED: Final = re.compile(r"([a-z]h?)\1+")
_DOUBLED_LETTER: Final = re.compile(r"([^\W\d])\1+")
_FINAL_A: Final = re.compile(r"(?<=.)(?:ah|eh|a|e)$")
# In Arabic script ta marbuta, ha and alef at the end of a word are one: Sebha is written with each.
_FINAL_ALEF: Final = re.compile(r"(?<=\w{2})ا$")

# Roman numbers are no doubled letters.
_NUMBERS: Final = frozenset({"ii", "iii", "vii", "viii", "xii", "xiii", "xvii", "xviii", "xx"})

# Words of which many names are made, each in its spellings; the key is what the rules above leave of each.
_SAME_WORD: Final = {
    "der": "deir",
    "tel": "tal",
    "til": "tal",
    "jebel": "jabal",
    "jibal": "jabal",
    "gebel": "jabal",
    "gabal": "jabal",
    "om": "um",
    "abo": "abu",
    "ebu": "abu",
    "bet": "beit",
    "beni": "bani",
    "ben": "bin",
    "ibn": "bin",
    "ued": "wadi",
    "uadi": "wadi",
    "kfar": "kafr",
    "kefr": "kafr",
    "kufr": "kafr",
    "borj": "burj",
    "kasr": "qasr",
    "gasr": "qasr",
    "khirbat": "khirba",
    "khirbet": "khirba",
    "cheikh": "sheikh",
    "shekh": "sheikh",
    "seih": "sheikh",
    "medina": "madina",
}


def _sound(word: str) -> str:
    """Bring the transcriptions of one sound to one letter."""
    if not word.isascii():
        return _FINAL_ALEF.sub("ه", _DOUBLED_LETTER.sub(r"\1", word))
    if word in _NUMBERS:
        return word
    word = word[:1] + word[1:].replace("y", "i")
    word = _SPELLING.sub(lambda spelling: _ONE_SOUND[spelling[0]], word)
    word = _DOUBLED.sub(r"\1", word).replace("ai", "ei")
    word = _FINAL_A.sub("a", word)
    return _SAME_WORD.get(word, word)


@lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """Fold a name word by word, the article left out.

    Args:
        name: A toponym in any script, as written.

    Returns:
        Its folded words in order; empty where the name holds no letter or digit.
    """
    text = plain(name)
    if not text.isascii():
        text = _ALPHABET.sub(_in_latin, text)
    return tuple(map(_sound, without_articles(text.split())))


def fold(name: str) -> str:
    """Give the key under which all ordinary spellings of a name meet.

    The rules, each with its cases in tests/test_toponyms.py:

    1. What `plain` leaves out does not count: case, diacritics, Arabic vowel signs, apostrophes and half rings.
    2. Hyphens, spaces and punctuation do not count: "Abu Dhabi" is "Abudhabi".
    3. The article does not count: English "the"; Arabic al-, el-, ar-, ash-, ez-, glued within a name ("Beni Ezzarqa",
       "Beni Alzarqa"), in Arabic script al-, wal- and lil-; nor does the tie of Persian names: "Pol-e Dokhtar".
    4. One sound is spelt in one way: ou and oo are u; ee and y are i; ay, ai and ey are ei; aw and ow are au; dj and
       dzh are j; tch is ch; ae, oe and ue are umlauts without their dots; doubled letters are one; final -ah, -eh
       and -e are -a.
    5. Deir, Dayr and Der, Tal, Tall and Tel, Jabal, Jebel and Gebel, and other such words are each one word.
    6. In Arabic script the forms of a letter are one, ta marbuta and alef at the end are ha, hamza does not count.
    7. Cyrillic, Greek, Armenian and Georgian letters are their Latin ones.

    Args:
        name: A toponym in any script, as written.

    Returns:
        The key, without spaces; "" where the name holds no letter or digit.
    """
    return "".join(words(name))
