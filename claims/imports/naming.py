"""Ids for what other data sets name: claims, actors and places."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from claims.imports.uniquely import each

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["claim_ids", "dataset_of", "ids_of", "slug"]

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]{1,80}")

_ASCII: Final = re.compile(r"[A-Za-z0-9]+")

LONGEST: Final = 80
"""Characters of a slug; a longer one is cut and told apart by its digest."""


def claim_ids(dataset: str, row_ids: pd.Series) -> np.ndarray:
    """Give the claim of each row its id, `<dataset>-<id>`; dtype object.

    Where a character had to be replaced, the id ends in a digest of the one that the file has, so that two stay two.
    """
    ids: np.ndarray = f"{dataset}-" + each(row_ids, _exactly)
    return ids


def ids_of(names: pd.Series) -> np.ndarray:
    """Give the slug of each name, "" for an empty one; dtype object."""
    return each(names, lambda name: slug(name) if name else "")


def dataset_of(said: str, otherwise: str) -> str:
    """Give what rows are counted to: what the user says, or else another name, as an id is written."""
    return slug(said or otherwise)


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """Write a name in small letters, figures and hyphens, of whatever script, as an id is written.

    Names that differ only in case, blanks and signs have the same slug: to a reader they are one.
    """
    letters = _letters(name.casefold())
    if not letters:
        return f"x{_digest(name)}"
    return letters if len(letters) <= LONGEST else f"{letters[:LONGEST].rstrip('-')}-{_digest(name)}"


def _exactly(row_id: str) -> str:
    if _PLAIN.fullmatch(row_id):
        return row_id
    kept = "".join(sign if sign in "-_." or _is_letter(sign) else "-" for sign in row_id)
    return f"{kept[:LONGEST]}-{_digest(row_id)}"


def _letters(text: str) -> str:
    if text.isascii():
        return "-".join(_ASCII.findall(text))
    parted = "".join(sign if _is_letter(sign) else " " for sign in text)
    return "-".join(parted.split())


def _is_letter(sign: str) -> bool:
    """Tell letters, figures, and the marks without which words of some scripts cannot be told apart."""
    return unicodedata.category(sign)[0] in "LMN"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
