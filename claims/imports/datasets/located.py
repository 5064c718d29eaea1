"""The places of a data set's rows, by their positions and its codes for how sure these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.imports.datasets.precision import places
from claims.imports.places.placing import asks

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from claims.imports.checking import Checked
    from claims.imports.places.placing import Placed, Placer

__all__ = ["located"]


def located(
    rows: Checked,
    read: Mapping[str, np.ndarray],
    placer: Placer,
    scheme: str,
    codes: pd.Series,
    name: pd.Series,
    within: pd.Series,
) -> tuple[dict[str, np.ndarray], Placed]:
    """Give place_id and geo_precision of claims.csv, and what was found.

    Args:
        rows: All of them sound.
        read: Of each row `country` (ISO code), `lon` and `lat` (degrees, EPSG:4326).
        placer: Finds the places.
        scheme: `ACLED_GEO` or `UCDP_WHERE` of `claims.imports.datasets.precision`.
        codes: Of each row its code of the scheme.
        name: What it calls the place.
        within: In which area that is; "" where none is said.
    """
    precision, area, radius = places(scheme, codes)
    asked = asks(
        name=name,
        country=read["country"],
        lon=read["lon"],
        lat=read["lat"],
        area=area,
        radius_km=radius,
        within=within,
    )
    placed = placer.placed(asked, rows.file, rows.lines)
    known = placed.place_ids != ""
    return {"place_id": placed.place_ids, "geo_precision": np.where(known, precision, "")}, placed
