"""The day of which an edition is: none before what it tells of was reported, and none that has not come."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import BordermapError

if TYPE_CHECKING:
    import numpy as np

    from claims.model import Collection

__all__ = ["refuse_day", "today_in"]


def today_in(timezone: str) -> dt.date:
    """Give the day that it is in a time zone: a collection's days are those of its own."""
    return dt.datetime.now(zoneinfo.ZoneInfo(timezone)).date()


def refuse_day(collection: Collection, gone: np.ndarray, day: dt.date) -> None:
    """Refuse a day of which no edition can be.

    Args:
        collection: Whole.
        gone: Of which of its claims nothing is published on that day.
        day: On which it is published.

    Raises:
        BordermapError: The day has come nowhere yet, or what would be published was reported after it.
    """
    # Where the day begins first it is a day on.
    if day > today_in(collection.facts.timezone) + dt.timedelta(days=1):
        raise BordermapError(f"no edition can be of {day}, which has not come; say a day up to today")
    claims, sources = collection.claims[~gone], collection.sources
    published = sources.loc[sources["source_id"].isin(claims["source_id"]), "published"]
    last = max(pd.to_datetime(claims["reported"]).max(), pd.to_datetime(published).max())
    if not claims.empty and last.date() > day:
        raise BordermapError(
            f"no edition can be of {day}: it would tell what came out up to {last.date()}; say that day or a later one"
        )
