"""Versions of rows, in an order where they have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["orders"]

_NUMBER: Final = r"\d+(?:\.\d+)?"
_DAY: Final = r"\d{4}-\d{2}-\d{2}(?:[T ].*)?"


def orders(versions: pd.Series) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Give the sort of each version and its rank among those of its sort.

    Sort 1 are numbers, as seconds since 1970 or editions (the rank is the number), and 2 are ISO days, with or without a
    time (the rank is in days). Sort 0, with rank 0, has no order: nothing, or words.
    """
    numbers = pd.to_numeric(versions.where(versions.str.fullmatch(_NUMBER)), errors="coerce")
    days = pd.to_datetime(
        versions.where(versions.str.fullmatch(_DAY)), format="ISO8601", utc=True, errors="coerce"
    )
    since = (days - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    numbered, dated = (cells.notna().to_numpy(dtype=bool) for cells in (numbers, days))
    ranks = [numbers.to_numpy(dtype=np.float64, na_value=0), since.to_numpy(dtype=np.float64, na_value=0)]
    return np.select([numbered, dated], [1, 2], 0), np.select([numbered, dated], ranks, 0.0)
