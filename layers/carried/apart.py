"""Which claims name places that do not meet, so that the page can set them against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from claims.events import Apart


def apart_columns(apart: Apart, order: np.ndarray, row: np.ndarray) -> dict[str, np.ndarray]:
    """Return the claims that name places which do not meet, by the versions of which they are.

    `apart_version` is the version's row in the page, ascending; `apart_claim` numbers the claim among those of the
    page, `apart_role` is the role's place in `ROLES`, and claims of one `apart_place` name the same place.

    Args:
        apart: Of the versions.
        order: The page's order of the versions.
        row: The claims of the page's events, in the page's order.
    """
    version, claim = np.argsort(order)[apart.event], np.argsort(row)
    number = claim[np.searchsorted(row, apart.claim, sorter=claim)]
    told = np.lexsort((number, apart.role, version))
    return {
        "apart_version": version[told].astype("int32"),
        "apart_claim": number[told].astype("int32"),
        "apart_role": apart.role[told].astype("uint8"),
        "apart_place": apart.place[told].astype("int32"),
    }
