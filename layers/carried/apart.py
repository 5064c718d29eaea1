"""Which claims name places that do not meet, so that the page can set them against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from claims.events import telling
from claims.model import ROLES
from claims.whereabouts import places_apart

if TYPE_CHECKING:
    from claims.model import Collection


def apart_columns(
    collection: Collection, row: np.ndarray, event: np.ndarray, disputed: np.ndarray, places: pd.DataFrame
) -> dict[str, np.ndarray]:
    """Return the claims that name places which do not meet.

    `apart_claim` numbers the claim among those of the page, `apart_role` is the role's place in `ROLES`, and claims
    of one `apart_place` name the same place.

    Args:
        collection: Whose claims they are.
        row: Those of the page's events, in the page's order.
        event: The page's row of each one's event.
        disputed: Which of the page's events are disputed on their place.
        places: From `layers.frames.places_frame`.
    """
    at = np.flatnonzero(disputed[event])
    claims = telling(collection.claims.iloc[row[at]].assign(event=event[at], number=at))
    parts = [_in_role(claims, f"{role}_id", places).assign(role=code) for code, role in enumerate(ROLES)]
    apart = pd.concat(parts)
    return {
        "apart_claim": apart["number"].to_numpy().astype("int32"),
        "apart_role": apart["role"].to_numpy().astype("uint8"),
        "apart_place": pd.factorize(apart["place"])[0].astype("int32"),
    }


def _in_role(claims: pd.DataFrame, column: str, places: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of the claims whose place in a column does not meet another, with that place."""
    found = pd.DataFrame(places_apart(claims, column, places), columns=["event", "place"])
    told = claims[["event", "number", column]].rename(columns={column: "place"})
    return told[told.set_index(["event", "place"]).index.isin(found.set_index(["event", "place"]).index)]
