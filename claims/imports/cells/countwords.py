"""A number in digits between words that say how it is meant and what it counts, in the languages of other tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from claims.imports.cells.foreignwords import around_numbers, meaning
from claims.model import CountQualifier
from geo.toponyms import plain

__all__ = ["Worded", "worded"]

UNDER: Final = "under"
"""Of what counts less than the number said; the other words are those of `CountQualifier`."""

_BESIDE: Final = "'\u2019."  # signs within and behind words
_PARTS: Final = re.compile(r"(\D*?)\s*(\d[\d.,]*\d|\d)\s*(\D*)")


@dataclass(frozen=True, slots=True)
class Worded:
    """What words say of a number.

    Attributes:
        digits: The number as written.
        qualifier: How it is meant.
        under: Whether the number itself is not meant, but less.
        unit: Words of `CountUnit`; "" where nothing is said of it.
    """

    digits: str
    qualifier: CountQualifier
    under: bool
    unit: str


def worded(text: str) -> Worded | None:
    """Take a cell apart; None where it holds a word that is not known, several numbers, or nothing but one."""
    found = _PARTS.fullmatch(text)
    if found is None or not (_are_words(found[1]) and _are_words(found[3])):
        return None
    lead, digits, rest = plain(found[1]), found[2], plain(found[3])
    before, behind = around_numbers()
    meant = before.get(lead) if lead else CountQualifier.EXACT
    for unit, tail in _parted(rest):
        after = behind.get(tail) if tail else CountQualifier.EXACT
        if meant is None or after is None or CountQualifier.EXACT not in {meant, after}:
            continue
        said = after if meant == CountQualifier.EXACT else meant
        under = said == UNDER
        return Worded(digits, CountQualifier.AT_MOST if under else CountQualifier(said), under, unit)
    return None


def _are_words(text: str) -> bool:
    """Tell whether a text holds words or nothing: a sign, as of what is below nothing, has a meaning of its own."""
    letters = all(char.isalpha() or char.isspace() or char in _BESIDE for char in text)
    return letters and bool(plain(text)) == bool(text)


def _parted(rest: str) -> list[tuple[str, str]]:
    """Part what stands behind a number in every way that begins or ends with a unit, or has none."""
    units, words = meaning("count_unit"), rest.split()
    ways = [("", rest)]
    for at in range(len(words) + 1):
        first, last = " ".join(words[:at]), " ".join(words[at:])
        ways += [(units[first], last)] if first in units else []
        ways += [(units[last], first)] if last in units else []
    return ways
