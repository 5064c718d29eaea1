"""Names of any script in Latin letters, and the consonants that all ordinary transcriptions of one name share.

`geo.toponyms.fold` undoes what hardly ever tells two places apart; `skeleton` also what sometimes does, so it is asked
only when no folded spelling is known, and only among the places of the countries in question.
"""
# ruff: noqa: RUF001 - letters that look alike are its business

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from geo.toponyms import plain, without_articles

__all__ = ["latin", "skeleton"]

# ---- to Latin letters

# A word in Arabic script with its vowel signs and marks of direction; digits and punctuation are not of it.
_LETTER: Final = "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06fa-\u06fc\u0750-\u077f"
_SIGN: Final = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200d-\u200f\u202a-\u202e\u2066-\u2069"
_ARABIC: Final = re.compile(f"([{_LETTER}][{_LETTER}{_SIGN}]*)")
_UNSPOKEN: Final = re.compile(f"[{_SIGN}\u0621\u0640]")
_FORMS: Final = str.maketrans("آأإٱكيىےہھۀ", "اااا" + "کییی" + "ههه")

# Arabic, Persian, Kurdish and Pashto letters by what they stand for elsewhere; an apostrophe is ayn.
_VOWELS_OF: Final = {"a": "اة", "e": "ەېێ", "i": "ی", "o": "ۆ", "u": "وۇؤ", "'": "ع", "": "ئ"}
_CONSONANTS_OF: Final = (
    {
        "b": "ب",
        "ch": "چ",
        "d": "دضڈډ",
        "dh": "ذ",
        "dz": "ځ",
        "f": "ف",
        "g": "گګ",
        "gh": "غ",
        "h": "حه",
        "j": "ج",
    }
    | {"k": "ک", "kh": "خښ", "l": "لڵ", "m": "م", "n": "نںڭڼ", "p": "پ", "q": "ق", "r": "رڑړڕ", "s": "سص"}
    | {"sh": "ش", "t": "تطٹټ", "th": "ث", "ts": "څ", "v": "ڤ", "z": "زظ", "zh": "ژږ"}
)
# The article, alone or behind "and" or "to".
_ARTICLE: Final = re.compile("^(?:ال(?=..)|(?:وال|لل)(?=...))")
# What a letter stands for where its neighbours tell. A dot marks a consonant that is written.
_IN_PLACE: Final = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("خو(?=ا)", "خ"),  # not spoken in Persian: khwaja is khaja
        ("تش", "چ"),  # Arabic writes the ch of other languages as t and sh
        ("(?<=[اوی])ه$", "·h"),
        ("ه$", "a"),  # as ta marbuta, for which it is often written
        ("(?<=[^اوی])ح$", "ah"),
        ("^و(?=[اویېێ])|(?<!^)و(?=[اېێة]|ی.)|(?<=.ا)و(?=[وه])", "·w"),
        ("^و(?=.)|(?<=.ا)و(?=.)", "·wa"),
        ("(?<=.ا)و$", "·v"),
        ("^ی(?=.)|(?<=.)ی(?=[اوەة])", "y"),
    )
)
_SOUNDS: Final = str.maketrans(
    {letter: vowel for vowel, letters in _VOWELS_OF.items() for letter in letters}
    | {letter: f"·{sound}" for sound, letters in _CONSONANTS_OF.items() for letter in letters}
)
# Letters that would be read as one, or as one doubled, are kept apart by the vowel that stands between them.
_APART: Final = re.compile(
    r"(?<=([a-z]))·(?=\1)|(?<=[cdgkpstz])·(?=h)|(?<=[dt])·(?=[jz])|(?<=[cs])·(?=z)|(?<=[cz])·(?=s)|(?<=m)·(?=[bp])"
)
_AYN: Final = re.compile("(?<=[aeiou])'")

# Letters of Belarusian and Serbian that are read otherwise than their likes.
_CYRILLIC: Final = str.maketrans("ўЎјЈ", "вВйЙ")


def _from_arabic(word: str) -> list[str]:
    """Write a word of Arabic, Persian or Kurdish in Latin letters, its short vowels left out; the article apart."""
    word = _UNSPOKEN.sub("", word).translate(_FORMS)
    bare = _ARTICLE.sub("", word)
    said = bare
    for pattern, letters in _IN_PLACE:
        said = pattern.sub(letters, said)
    said = _APART.sub("a", said.translate(_SOUNDS))
    said = _AYN.sub("", said.replace("·", "")).replace("'", "a")
    return [_ascii(said)] if bare == word else ["al", _ascii(said)]


def _ascii(word: str) -> str:
    return word if word.isascii() else "".join(filter(str.isalnum, anyascii(word).casefold()))


@lru_cache(maxsize=16384)
def latin(name: str) -> str:
    """Write a name in Latin letters, to be compared with what transcriptions make of it.

    Names in Latin letters are what `geo.toponyms.plain` makes of them. Arabic script gives the consonants, the long
    vowels and the article as a word ("al"); its short vowels are unknown, so it is seldom what a person would write.
    Other scripts are transliterated letter by letter.

    Args:
        name: A toponym in any script; any string at all.

    Returns:
        Lower-case words of a to z and digits, joined by one space; "" where the name holds no letter or digit.
    """
    if name.isascii():
        return plain(name)
    written: list[str] = []
    for at, piece in enumerate(_ARABIC.split(unicodedata.normalize("NFKC", name).translate(_CYRILLIC))):
        written += _from_arabic(piece) if at % 2 else map(_ascii, plain(piece).split())
    return " ".join(filter(None, written))


# ---- to what transcriptions share

# Spellings of consonants by the one letter that stands for all of them in a skeleton.
_SPELLINGS: Final = {
    # Turkish and French write h for kh, Kurdish x; Russian g for h, Turkish g (with or without its breve) for gh.
    "h": "h kh x gh g",
    "k": "k q ck",
    # Turkish c is j and c with a cedilla is ch; Slavic c is ts; Russian has no j but dzh, Arabic no zh but j.
    "j": "j c dj dzh dsch dz dzs zh zs ch tch tsch tsj cz cs ts tz",
    # Without its cedilla a Turkish s is sh; Hungarian and Polish write sz.
    "s": "s sh sch sz sj",
    "sj": "shch schtsch chtch szcz stch stsj",
    # Arabic writes f for the v of others, and b for their p.
    "v": "v f ph",
    "b": "b p",
    "d": "d dh",
    "t": "t th",
    **{letter: letter for letter in "lmnrz0123456789"},
}
_LETTER_OF: Final = {spelling: letter for letter, listed in _SPELLINGS.items() for spelling in listed.split()}
_SPELLING: Final = re.compile("t(?=sh)|" + "|".join(sorted(_LETTER_OF, key=len, reverse=True)) + "|.")

# The article glued to the head of a name: only before a consonant, and where enough is left.
_GLUED_ARTICLE: Final = re.compile(
    r"^[aeu](?:l(?=[b-df-hj-np-tv-z][a-z]{2})|(?=(sh|th|dh|ch|[tdrzsn])\1[a-z]{4})\1)"
)
# A name written in the French way, where ch is sh.
_FRENCH: Final = re.compile(r"ou|[éèïî]|\bech\b", re.IGNORECASE)
_FRENCH_CH: Final = re.compile("(?<!t)ch(?!t)")
# Latin spellings that are not what they seem; each for its reason.
_RESPELT: Final = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"\bcheik", "sheik"),  # the French word in names that are not French
        ("cht", "kht"),  # German and Polish ch
        (r"\bc(?=[lr])", "k"),
        ("sc(?=[eiy])", "s"),  # Italian
        ("gu(?=[ei])", "g"),  # French
        ("m(?=[bp])", "n"),  # n is spoken m before b
        ("kh[vw](?=a)", "kh"),  # Persian khwaja is khaja
        (r"(?<=[eoy])j(?=[^aeiouyj]|$)|(?<=[iu])j(?=[^aeiouyj ])", "y"),  # German and Slavic j
        ("(?<=[klptvz])j(?=[aeiou])", "y"),
        ("(?<=[iy])w", "v"),  # German and Polish w; Arabic has none after i
        ("ou(?=[aei])|u(?=a|e[iy])|(?<=a)u(?=[eio])", "w"),  # Zouara and Zuara are Zuwara
        (r"(?<![aeou][iy])(?<=[ae])t(?= )", ""),  # ta marbuta that is heard before another word
    )
)
_FINAL_H: Final = re.compile(r"(?<=[aeiou])h\b")
_SPOKEN_W: Final = re.compile(r"\bw|w(?=[aeiouy])")
_VOWELS: Final = frozenset("aeiouy")


@lru_cache(maxsize=16384)
def skeleton(name: str) -> str:
    """Give the consonants that all ordinary transcriptions of a name have in common.

    Dropped are the article, vowels, y, w that is not before a vowel, h at the end of a word, and doubling; consonants
    that transcriptions exchange are one: "Qandahar" and "Kandagar", "Zuwara", "Zouara" and its Arabic form. A name
    that begins with a vowel keeps an "a" for it. Other places may well have the same skeleton.

    Args:
        name: A toponym in any script; any string at all.

    Returns:
        The key; "" where fewer than two consonants are left.
    """
    text = " ".join(without_articles(latin(name).split()))
    if not _ARABIC.search(name):
        text = _respelt(text, french=_FRENCH.search(name) is not None)
    text = _SPOKEN_W.sub("v", _FINAL_H.sub("", text))
    heard = [_LETTER_OF.get(spelling, "") for spelling in _SPELLING.findall(text)]
    key = "".join([each for each, before in zip(heard, ["", *heard], strict=False) if each != before])
    if len(key) < 2:
        return ""
    return "a" + key if text[0] in _VOWELS else key


def _respelt(text: str, *, french: bool) -> str:
    """Bring a name in Latin letters to one way of spelling its sounds."""
    text = _GLUED_ARTICLE.sub("", text)
    if french:
        text = _FRENCH_CH.sub("sh", text)
    for pattern, letters in _RESPELT:
        text = pattern.sub(letters, text)
    return text
