"""From which day to which a row is shown by a program that has a clock of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from claims.clock import BY_DAYS
from claims.model import DateKind

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["spans"]


def spans(rows: gpd.GeoDataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the first and the last day (datetime64[s]) of rows of events or claims, as the map's clock shows them.

    What is dated `by` a last day begins as many days before as the map shows it; a claim of what lasts `since` a day was last
    seen on the day it was reported. NaT in both where no day is said. These are the days on which `claims.clock.strength` is over
    0, for programs that can only be told a span.
    """
    kind, start, end = rows["date_kind"], rows["date_start"], rows["date_end"]
    if "reported" in rows:
        end = end.fillna(rows["reported"].where(kind.eq(DateKind.SINCE)))
    by = kind.eq(DateKind.BY) & start.isna()
    return start.where(~by, end - pd.Timedelta(days=BY_DAYS)).fillna(end), end
