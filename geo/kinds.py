"""Words that say what a place is: "crossing", "province", "airbase" and their like in other languages."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.places import PlaceKind
from geo.toponyms import plain, words

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["akin", "bare", "says_nothing", "stem"]

_WORDS: Final[dict[str, str]] = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "gazetteer" / "kinds.toml").read_text("utf-8")
)


def _folded(text: str) -> frozenset[str]:
    return frozenset(folded for word in text.split() for folded in words(word))


_BESIDE: Final = _folded(_WORDS["beside"])
_KINDS: Final[dict[str, frozenset[PlaceKind]]] = {}
for _kind in PlaceKind:
    for _word in _folded(_WORDS[_kind]):
        _KINDS[_word] = _KINDS.get(_word, frozenset()) | {_kind}

_SAYING: Final = _BESIDE | _KINDS.keys()

_ALONE: Final = _folded(_WORDS["alone"])

# One country's province is another's county, and what one source calls a region is to another a governorate.
_ORDERS: Final = frozenset({PlaceKind.GOVERNORATE, PlaceKind.DISTRICT})
_DIVISIONS: Final = _ORDERS | {PlaceKind.REGION}


@lru_cache(maxsize=16384)
def stem(name: str) -> tuple[str, frozenset[PlaceKind]]:
    """Split a name into its folded key without kind words, and the kinds that those words say.

    Only words at either end count, so that a name is never cut in two, and one word always stays.

    Args:
        name: A toponym as written.

    Returns:
        The key as `geo.toponyms.fold` gives it, and the kinds; no kinds where no kind word stood there.
    """
    rest = list(words(name))
    kinds: frozenset[PlaceKind] = frozenset()
    for end in (-1, 0):
        while len(rest) > 1 and rest[end] in _SAYING:
            kinds |= _KINDS.get(rest.pop(end), frozenset())
    return "".join(rest), kinds


def bare(name: str) -> str:
    """Give a name in plain letters (`geo.toponyms.plain`) without the kind words at its ends; one word stays."""
    rest = plain(name).split()
    for end in (-1, 0):
        while len(rest) > 1 and "".join(words(rest[end])) in _SAYING:
            rest.pop(end)
    return " ".join(rest)


def says_nothing(name: str) -> bool:
    """Tell a name of kind words, directions and the like alone ("the camp", "north"), which names no place."""
    return all(word in _ALONE for word in words(name))


def akin(kinds: Collection[PlaceKind]) -> frozenset[PlaceKind]:
    """Widen kinds to those that sources mix up with them: the orders of divisions; a mere region stays one."""
    return frozenset(kinds) | (_DIVISIONS if _ORDERS.intersection(kinds) else frozenset())
