"""The table of phrases made into patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from geo.phrasing.relations import Direction, Relation, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Form", "Language", "folded", "languages"]

# Letters that writers of Arabic exchange; the first stands for all.
_ALIKE: Final = ("اأإآٱ", "يىی", "هةۀ", "كک")
_FOLDED: Final = str.maketrans({letter: same[0] for same in _ALIKE for letter in same})
_CLASS: Final = {same[0]: f"[{same}]" for same in _ALIKE}

_PIECE: Final = re.compile(r"\[|\]|\{[^}]*\}|[^\[\]{}]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_PAIR: Final = re.compile(r"[a-c] (\w+) [a-c]")
_NUMBER: Final = r"\d{1,5}(?:[.,]\d{1,3})?"
_DIRECTED: Final = frozenset({"toward", "side", "adjective", "middle", "handed"})
_NAMES: Final = frozenset({"a", "b", "of_a"})
_COMMON: Final = _NAMES | {"possessive"}  # says little of whether a template fits


@dataclass(frozen=True)
class Form:
    """One template, ready to be matched.

    Attributes:
        relation: What it says.
        entry: Its entry in the table; templates of one entry are readings of one another.
        keys: Folded words; a text without any of them does not fit.
        make: Makes its pattern.
    """

    relation: Relation
    entry: int
    keys: frozenset[str]
    make: Callable[[], re.Pattern[str]] = field(repr=False, compare=False)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches a whole text, with the names and the direction as groups; made when a text may fit."""
        return self.make()


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language, folded but for the separators of pairs.

    Attributes:
        forms: In the order of the table.
        keys: A text without any of these folded words is no phrase.
        stop: Words that are in no name.
        of: What stands for "of" where it is written with its name, and the letter that its article loses by it.
        articles: Words that belong to a name though they look like others.
        no_names: What is no name by itself.
        not_first: Words with which no name begins.
        not_last: Ends with which no name ends.
        pairs: What parts two names, by kind, the surest first.
        directions: By their words.
        numbers: By their words.
        units: Kilometres in each.
    """

    forms: tuple[Form, ...]
    keys: frozenset[str]
    stop: frozenset[str]
    of: tuple[str, str]
    articles: frozenset[str]
    no_names: frozenset[str]
    not_first: frozenset[str]
    not_last: tuple[str, ...]
    pairs: Mapping[str, tuple[re.Pattern[str], ...]]
    directions: Mapping[str, Direction]
    numbers: Mapping[str, float]
    units: Mapping[str, float]


def folded(word: str) -> str:
    """Bring a word of either script to the form in which the table's words are compared."""
    return word.lower().translate(_FOLDED)


@cache
def languages() -> dict[str, Language]:
    """Read the languages of the table by their codes."""
    units = {folded(unit): km for unit, km in table()["units"].items()}
    return {code: _language(table()[code], units) for code in ("en", "ar")}


def _language(said: dict[str, Any], units: dict[str, float]) -> Language:
    towards = said["directions"]

    def words(*kinds: str) -> list[str]:
        return [word for lists in towards.values() for kind in kinds for word in lists.get(kind, ())]

    lists = said["words"] | {
        "toward": words("points", "short"),
        "side": words("points", "adjectives"),
        "adjective": words("adjectives"),
        "middle": words("middle"),
        "handed": words("handed"),
        "unit": list(units),
        "number": list(said["numbers"]),
    }
    pairs = {kind: tuple(separators) for kind, separators in said["pairs"].items()}
    maker = _Maker(lists, pairs, said["lead"], said["glued"], said["of"][0])
    forms = tuple(
        Form(Relation(entry["relation"]), at, maker.keys(template), partial(maker.pattern, template))
        for at, entry in enumerate(said["phrases"])
        for template in entry["templates"]
    )
    by_word = {
        folded(word): Direction(name)
        for name, kinds in towards.items()
        for listed in kinds.values()
        for word in listed
    }
    return Language(
        forms=forms,
        keys=frozenset[str]().union(*(form.keys for form in forms)),
        stop=frozenset(map(folded, said["stop"])),
        of=(said["of"][0], said["of"][1]),
        articles=frozenset(said["articles"]),
        no_names=frozenset(by_word) | frozenset(map(folded, lists["border"] + lists.get("the", []))),
        not_first=frozenset(said["not_first"]),
        not_last=tuple(said["not_last"]),
        pairs={kind: tuple(map(_separator, separators)) for kind, separators in pairs.items()},
        directions=by_word,
        numbers=said["numbers"],
        units=units,
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """What the templates of one language are made of."""

    lists: Mapping[str, list[str]]
    pairs: Mapping[str, tuple[str, ...]]
    lead: list[str]
    glued: list[str]
    of: str

    def pattern(self, template: str) -> re.Pattern[str]:
        """Make the pattern of a template."""
        before = f"(?:{_any(self.lead)} )?" + (f"{_any(self.glued)}?" if self.glued else "")
        return re.compile(before + "".join(map(self._piece, _PIECE.findall(template))), re.IGNORECASE)

    def keys(self, template: str) -> frozenset[str]:
        """Give the words of which a text that fits has one: those of the first list it must hold, or else its own."""
        needed = list(_needed(template))
        lists = [self.lists[name] for name in needed if name in self.lists]
        pairs = [self.pairs[name] for name in needed if name in self.pairs]
        own = [[piece] for piece in needed if piece not in self.lists and piece not in self.pairs]
        words = next(found for found in (*lists, *own, *pairs) if any(map(_LETTERS.search, found)))
        keys = {folded(max(reversed(_LETTERS.findall(word)), key=len)) for word in words}
        return frozenset(glue + key for key in keys for glue in ("", *self.glued))

    def _piece(self, piece: str) -> str:
        if not piece.startswith("{"):
            brackets = {"[": "(?:", "]": ")?"}
            return brackets.get(piece) or "|".join(map(_spelled, piece.split("|")))
        name = piece[1:-1]
        if pair := _PAIR.fullmatch(name):
            return f"(?P<pair_{pair[1]}>.+)"
        if name in _NAMES:
            return f"{_spelled(self.of) if name == 'of_a' else ''}(?P<{name}>.+?)"
        if name == "distance":
            return self._distance()
        return f"(?P<{name}>{_any(self.lists[name])})" if name in _DIRECTED else _any(self.lists[name])

    def _distance(self) -> str:
        number = f"(?:{_NUMBER}|{_any(self.lists['number'])})" if self.lists["number"] else _NUMBER
        return (
            rf"(?:{_any(self.lists['about'])} )?(?P<low>{number})(?: ?{_any(self.lists['until'])} ?(?P<high>{_NUMBER}))?"
            rf"[ -]?(?P<unit>{_any(self.lists['unit'])})\.?(?: ?\([^()]{{1,40}}\))?"
        )


def _needed(template: str) -> Iterator[str]:
    """Go through what a template must hold: names of lists and of kinds of pairs, and words of its own."""
    depth = 0
    for piece in _PIECE.findall(template):
        depth += {"[": 1, "]": -1}.get(piece, 0)
        name = piece.strip("{}").replace("distance", "unit")
        if depth == 0 and piece != "]" and name not in _COMMON:
            yield pair[1] if (pair := _PAIR.fullmatch(name)) else name


def _any(words: list[str]) -> str:
    """Make a pattern of any of some words, the longest first."""
    return f"(?:{'|'.join(map(_spelled, sorted(words, key=len, reverse=True)))})"


def _separator(text: str) -> re.Pattern[str]:
    return re.compile(_spelled(text), re.IGNORECASE)


def _spelled(word: str) -> str:
    return "".join(_CLASS.get(letter, re.escape(letter)) for letter in folded(word))
