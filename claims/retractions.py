"""Which sources no longer stand, and so which claims bear nothing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.coded import rows_in
from claims.model import SourceState

if TYPE_CHECKING:
    import pandas as pd


def retracted(sources: pd.DataFrame) -> np.ndarray:
    """Return which sources were retracted."""
    found: np.ndarray = sources["state"].eq(SourceState.RETRACTED).to_numpy(dtype=bool)
    return found


def fallen(sources: pd.DataFrame) -> np.ndarray:
    """Return which sources were retracted, or repeat one that has fallen."""
    found = retracted(sources)
    original = rows_in(sources["repeats"], sources["source_id"])
    for _ in range(len(sources) if found.any() else 0):
        further = found | (found[original] & (original >= 0))
        if (further == found).all():
            break
        found = further
    return found


def fallen_claims(claims: pd.DataFrame, sources: pd.DataFrame) -> np.ndarray:
    """Return which claims are a fallen source's, or go back to one as their root."""
    ids = sources["source_id"]
    none = np.append(fallen(sources), False)
    found: np.ndarray = none[rows_in(claims["source_id"], ids)] | none[rows_in(claims["root"], ids)]
    return found


def standing_of(claims: pd.DataFrame, sources: pd.DataFrame | None) -> dict[str, np.ndarray]:
    """Return of each claim whether it has fallen, whether its source was retracted, and whether that is a repost.

    Args:
        claims: `Collection.claims`.
        sources: `Collection.sources`; None where all stand and none repeats another.
    """
    if sources is None:
        return {name: np.zeros(len(claims), dtype=bool) for name in ("fallen", "retracted", "repost")}
    row = rows_in(claims["source_id"], sources["source_id"])
    return {
        "fallen": fallen_claims(claims, sources),
        "retracted": np.append(retracted(sources), False)[row],
        "repost": np.append(sources["repeats"].ne("").to_numpy(dtype=bool), False)[row],
    }
