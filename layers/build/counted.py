"""What places gain and lose on each day: events counted, so that a map of millions is drawn without reading them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import LAYERS, Status
from layers.build.partition import months_of
from layers.built.format import COUNTS, SO_FAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["added", "by_month", "gains", "so_far"]

_PLACE: Final = ["layer", "place_id", "lon", "lat"]
_GAINS: Final = [name for name in COUNTS.names if name not in {"day", *_PLACE}]
_DISPUTES: Final = ("disputed_occurrence", "disputed_count", "disputed_date", "disputed_place")
_LAYERS: Final = {name: number for number, name in enumerate(LAYERS)}


def gains(events: pa.Table) -> pa.Table:
    """Count events by the days on which they come on the map and leave it.

    Args:
        events: From `layers.build.partition.layered`; those without a day are not counted.

    Returns:
        The columns of `COUNTS`, in the order of day, layer and place.
    """
    events = events.filter(pc.is_valid(events["shown_from"]))
    disputed = np.zeros(events.num_rows, dtype=bool)
    for name in _DISPUTES:
        disputed |= pc.fill_null(pc.not_equal(events[name], ""), False).to_numpy()  # noqa: FBT003 - Arrow's way
    said = {
        "layer": pd.Series(events["layer"].to_pandas()).map(_LAYERS).to_numpy(dtype="int8"),
        "place_id": pc.fill_null(events["spot"], "").to_pandas(),
        "lon": events["spot_lon"].to_pandas(),
        "lat": events["spot_lat"].to_pandas(),
    }
    number = {
        "": np.ones(events.num_rows, dtype="int32"),
        "_disputed": disputed.astype("int32"),
        "_denied": pc.equal(events["status"], str(Status.DENIED)).to_numpy().astype("int32"),
    }
    rows = []
    for what, day in (("begun", "shown_from"), ("ended", "shown_until")):
        counted = {f"{what}{of}": numbers for of, numbers in number.items()}
        rows.append(pd.DataFrame({"day": events[day].to_numpy(), **said, **counted}))
    return _summed(pd.concat(rows), ["day", *_PLACE], COUNTS)


def added(tables: Sequence[pa.Table]) -> pa.Table:
    """Add up what was counted in parts."""
    return _summed(pa.concat_tables(tables).to_pandas(), ["day", *_PLACE], COUNTS)


def by_month(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Give what was counted month by month, of months that have something."""
    months = months_of(table["day"].to_numpy())
    ends = [*np.flatnonzero(months[1:] != months[:-1]) + 1, len(months)]
    for begin, end in zip([0, *ends[:-1]], ends, strict=True):
        if end > begin:
            yield str(months[begin]), table.slice(begin, end - begin)


def so_far(before: pa.Table | None, month: pa.Table) -> pa.Table:
    """Give what was gained and lost before the month that follows one, from what was before that and in it.

    Args:
        before: With the columns of `SO_FAR`; None for nothing.
        month: With those of `COUNTS`.
    """
    tables = [month.select(SO_FAR.names)] if before is None else [before, month.select(SO_FAR.names)]
    return _summed(pa.concat_tables(tables).to_pandas(), _PLACE, SO_FAR)


def _summed(rows: pd.DataFrame, by: list[str], schema: pa.Schema) -> pa.Table:
    """Add up rows of one place, and of one day where that is asked, in their order."""
    rows = rows.fillna(dict.fromkeys(_GAINS, 0))
    summed = rows.groupby(by, sort=True, dropna=False)[[name for name in _GAINS if name in rows]].sum()
    frame = summed.reset_index().reindex(columns=schema.names, fill_value=0)
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False, safe=False)
