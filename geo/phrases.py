"""Phrases: "northeast of Varna", "between Varna and Burgas" are read, and become places with honest outlines.

The words are data/gazetteer/phrases.toml; what a phrase becomes is in `geo.phrasing.derived`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.phrasing.derived import derive, from_id
from geo.phrasing.relations import FARTHEST_KM, Direction, Phrase, Relation
from geo.phrasing.templates import folded, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.phrasing.templates import Language

__all__ = ["Direction", "Phrase", "Relation", "derive", "from_id", "parse", "readings"]

LONGEST: Final = 200
"""Characters; no toponym is longer, and no pattern runs on more."""

_DIRECTIONS: Final = ("toward", "side", "adjective", "middle", "handed")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_TOKEN: Final = re.compile(r"[^\W\d_]+")
# What is not seen but breaks words: controls, marks of direction, joiners, tatweel, Arabic vowel signs.
_UNSEEN: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# Spaces, punctuation of both scripts, dashes.
_EDGES: Final = ' .,;:!?"\u201c\u201d\u201e\u00ab\u00bb\u060c\u061b\u061f\u2013\u2014-'


def parse(text: str) -> Phrase | None:
    """Read a phrase; None where the text is none.

    Many names look like one: "North Macedonia", "West Bengal", "South Africa". So look the whole text up in the
    gazetteer first, and ask here only where it is not known.

    Args:
        text: As written, English or Arabic, in any case; longer than 200 characters it is no phrase.

    Returns:
        The likeliest of its `readings`.
    """
    return next(iter(readings(text)), None)


def readings(text: str) -> tuple[Phrase, ...]:
    """Read a phrase in every way that its words allow, the likeliest first.

    "between Trinidad and Tobago and Barbados" and "the Ulan-Ude-Chita road" part into two names in several ways; the
    names that the gazetteer knows decide.
    """
    if len(text) > LONGEST:
        return ()
    if not (text.isascii() and text.isprintable()):
        text = _UNSEEN.sub("", text)
    tokens = _TOKEN.findall(text.lower())
    language = languages()["en"]
    if not text.isascii() and _ARABIC.search(text):
        language = languages()["ar"]
        tokens = [folded(token) for token in tokens]
    if language.keys.isdisjoint(tokens):
        return ()
    return tuple(dict.fromkeys(_read(" ".join(text.split()).strip(_EDGES), frozenset(tokens), language)))


def _read(text: str, tokens: frozenset[str], language: Language) -> Iterator[Phrase]:
    decided = None
    for form in language.forms:
        if decided not in {None, form.entry}:
            return
        if form.keys.isdisjoint(tokens) or not (found := form.pattern.fullmatch(text)):
            continue
        for phrase in _phrases(form.relation, found.groupdict(), language):
            decided = form.entry
            yield phrase


def _phrases(relation: Relation, said: dict[str, str | None], language: Language) -> Iterator[Phrase]:
    """Make the phrases of what a template found: one, or one for each way to part a pair of names."""
    parts = {key: value for key, value in said.items() if value is not None}
    word = next((parts[key] for key in _DIRECTIONS if key in parts), None)
    direction = None if word is None else language.directions[folded(word)]
    km = _kilometres(parts, language)
    if "unit" in parts and km is None:
        return
    first = [_name(parts["a"])] if "a" in parts else []
    if "of_a" in parts:
        of, lost = language.of
        first = [lost + parts["of_a"] if parts["of_a"].startswith(of) else parts["of_a"]]
    second = [_name(parts["b"])] if "b" in parts else []
    pair = next((key for key in parts if key.startswith("pair_")), None)
    pairs = _parted(parts[pair], pair.removeprefix("pair_"), language) if pair else [()]
    for both in pairs:
        names = (*first, *both, *second)
        if all(_is_name(name, language) for name in names):
            yield Phrase(relation, names, direction, km)


def _name(text: str) -> str:
    """Clean a name: no punctuation around it, no lower-case article before it."""
    return text.strip(_EDGES).removeprefix("the ").strip(_EDGES)


def _is_name(name: str, language: Language) -> bool:
    """Tell whether a name is one: it has letters, is no mere "east", and no word of the sentence is within it."""
    words = folded(name).split()
    if not _TOKEN.search(name) or " ".join(words) in language.no_names or words[0] in language.not_first:
        return False
    within = words[1:] if words[0] in language.articles else words
    return language.stop.isdisjoint(within) and not words[-1].endswith(language.not_last)


def _parted(text: str, kind: str, language: Language) -> Iterator[tuple[str, str]]:
    """Part two names wherever one of the separators stands, the surer separators first."""
    for separator in language.pairs[kind]:
        for found in separator.finditer(text):
            left, right = _name(text[: found.start()]), _name(text[found.end() :])
            last = re.split(r"[\s-]", left)[-1].lower()
            if left and right and not (found[0] == "-" and last in language.articles):
                yield left, right


def _kilometres(parts: dict[str, str], language: Language) -> float | None:
    """Give the distance said, of a range its middle; None where there is none, or none that makes sense."""
    if "unit" not in parts:
        return None
    said = [_number(parts[key], language) for key in ("low", "high") if key in parts]
    km = round(sum(said) / len(said) * language.units[folded(parts["unit"])], 1)
    return km if 0 < km <= FARTHEST_KM else None


def _number(text: str, language: Language) -> float:
    """Read a number; a comma before three digits parts thousands, any other is a decimal point."""
    if text.lower() in language.numbers:
        return float(language.numbers[text.lower()])
    return float(re.sub(r",(?=\d{3}$)", "", text).replace(",", "."))
