"""What words of an address mean, as the page reads them (layers/engine/address.js)."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Final

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER: Final = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.ASCII | re.IGNORECASE)


def day_of(word: object) -> dt.date | None:
    """Return the day that a word spells as ISO does; None where it spells none."""
    if not isinstance(word, str) or not DAY.fullmatch(word):
        return None
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        return None


def number_of(word: str | None) -> int | None:
    """Return a number of 1 or more, rounded as JavaScript rounds; None where a word is none, or is beyond all that can be told."""
    if word is None or not NUMBER.fullmatch(word):
        return None
    number = float(word)
    return math.floor(min(number, 1e9) + 0.5) if 1 <= number < math.inf else None


def at_least(word: str | None) -> int:
    """Return how many independent sources are asked for: one, where a word is no number."""
    return number_of(word) or 1


def listed(word: str | None) -> set[str]:
    """Return the words of a list; the empty set where there is none."""
    return set() if word is None else set(word.split(","))
