"""What is a name at all, before it is looked up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from geo.kinds import says_nothing

__all__ = ["cleaned"]

LONGEST: Final = 200
_PLAIN: Final = re.compile(r"[A-Za-z]{2}[A-Za-z0-9 '.,()-]*")
_NO_NAME: Final = re.compile(r"[<>{}\\|^@=*_]|//")
_NO_LETTERS: Final = frozenset({"Sm", "Sc", "So", "Co", "Cn", "Cs"})


@lru_cache(maxsize=16384)
def cleaned(name: str) -> str:
    """Clean a name's spaces; what nobody would take for a name becomes none.

    A name has two letters, or one that is a syllable or a word ("津"), and no signs of mathematics, currency,
    drawing or code; no toponym has 200 characters.
    """
    clean = " ".join(name.split())
    if len(clean) > LONGEST:
        return ""
    if _PLAIN.fullmatch(clean):  # as most names are, told without a look at each character
        return "" if says_nothing(clean) else clean
    kinds = [unicodedata.category(character) for character in clean]
    letters = sum(kind[0] == "L" for kind in kinds)
    signs = letters + kinds.count("Nd") + kinds.count("Lo")
    is_name = (
        letters
        and signs > 1
        and not says_nothing(clean)
        and _NO_LETTERS.isdisjoint(kinds)
        and not _NO_NAME.search(clean)
    )
    return clean if is_name else ""
