"""The clock: how strongly each event is on the map of a day.

The one rule (design.md, "What is on the map on day D"), the same in engine/clock.js and held to
tests/clock_cases.json by both:

A mode is a span of days that ends on D: `day` is D alone, `window` the last N days with D, `sofar`
all days to D; none reaches before the collection's first day, so that what was years before stays off
the map. The strength with which an event is shown on the span is

- `on` one of several possible days: the share of those days that the span holds, so that an event of
  the 7th or the 8th is half as strong on each;
- `throughout` and `since` (until last seen): 1 when any of its days is in the span;
- `by` its last day: 1 when that day is in the span, else `FAINT` when one of the `BY_DAYS` days
  before it is;
- no days: 0, it is listed beside the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model import DateKind, Mode

if TYPE_CHECKING:
    import datetime as dt

    import numpy.typing as npt
    import pandas as pd

    Days = npt.NDArray[np.int64]

__all__ = [
    "BY_DAYS",
    "FAINT",
    "LONGEST_WINDOW",
    "NO_DAY",
    "WINDOW_DAYS",
    "days_of",
    "days_shown",
    "strength",
]

FAINT: Final = 0.25

BY_DAYS: Final = 7
"""For how many days before its last a happening that is only dated `by` stands on the map, faintly."""

WINDOW_DAYS: Final = 7
"""The days of a window where none are said."""

LONGEST_WINDOW: Final = 366
"""The most days of a window."""

NO_DAY: Final = np.iinfo(np.int32).min
"""Stands for an unknown day in arrays of days since 1970-01-01."""


def days_of(dates: pd.Series) -> Days:
    """Turn datetime64 values into days since 1970-01-01; NaT becomes `NO_DAY`."""
    days = dates.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(dates.isna().to_numpy(), NO_DAY, days)


def days_shown(day: dt.date, mode: Mode, window: int, opens: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a mode shows on a day; the arguments are those of `strength`."""
    first, last = _span(day.toordinal(), mode, window, opens.toordinal())
    return day.fromordinal(first), day.fromordinal(last)


def _span(day: int, mode: Mode, window: int, opens: int) -> tuple[int, int]:
    """Return the same in whole days, counted from any day."""
    return {Mode.DAY: day, Mode.WINDOW: max(day - window + 1, opens), Mode.SO_FAR: opens}[mode], day


def strength(
    start: Days,
    end: Days,
    kind: npt.NDArray[np.object_],
    day: int,
    mode: Mode = Mode.DAY,
    window: int = WINDOW_DAYS,
    opens: int = NO_DAY + 1,
) -> npt.NDArray[np.float64]:
    """Return how strongly each event is shown, from 0 (not) to 1 (fully).

    Args:
        start: First days since 1970-01-01, `NO_DAY` where unknown; shape (n,).
        end: Last days, likewise.
        kind: Words of `DateKind`, "" where undated.
        day: The day shown.
        mode: The span that ends on it.
        window: Days of the span in `window` mode, 1 or more.
        opens: The collection's first day, before which no span reaches.
    """
    first, last = _span(day, mode, window, opens)
    begin = np.where(start == NO_DAY, end, start)
    overlap = np.minimum(end, last) - np.maximum(begin, first) + 1
    possible = end - begin + 1
    share = np.clip(overlap, 0, None) / np.maximum(possible, 1)
    meets = (overlap > 0).astype(np.float64)
    near = (end - BY_DAYS <= last) & (first <= end)
    by = np.where((first <= end) & (end <= last), 1.0, np.where(near, FAINT, 0.0))
    lasting = (kind == DateKind.THROUGHOUT) | (kind == DateKind.SINCE)
    shown = np.select([kind == DateKind.ON, lasting, kind == DateKind.BY], [share, meets, by], 0.0)
    return np.where(end == NO_DAY, 0.0, shown)
