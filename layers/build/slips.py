"""Days that are a slip of the pen: one of the year 2924 would stretch the map of a whole set by centuries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from claims.imports.merging.sound import FIRST_DAY, LAST_DAY
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["slips", "without"]

_DAYS: Final = ("date_start", "date_end", "reported")
_KNOWN: Final = ("claim_id", "source_id", "file", "line", *_DAYS)
_BOUNDS: Final = tuple(
    pa.scalar(dt.datetime.fromisoformat(day), pa.timestamp("s")) for day in (FIRST_DAY, LAST_DAY)
)


def slips(claims: pa.Table) -> tuple[list[Fault], list[str]]:
    """Find the claims with a day before 1700 or after 2200, as which no import surely knows days.

    Args:
        claims: As `layers.build.rowsread.CLAIMS` has them.

    Returns:
        A fault for each, at the line that it came from, and the ids of their sources.
    """
    outside = pa.array([False] * claims.num_rows, pa.bool_())
    for name in _DAYS:
        outside = pc.or_(outside, pc.fill_null(_is_outside(claims[name]), fill_value=False))
    rows = claims.select(list(_KNOWN)).filter(outside).to_pylist()
    return [_fault(row) for row in rows], [row["source_id"] for row in rows]


def _is_outside(days: pa.ChunkedArray) -> pa.ChunkedArray:
    first, last = _BOUNDS
    return pc.or_(pc.less(days, first), pc.greater(days, last))


def _fault(row: dict[str, object]) -> Fault:
    column, day = next((name, day) for name in _DAYS if (day := row[name]) and _is_slip(str(day)[:10]))
    line = row["line"]
    why = f"is not between {FIRST_DAY[:4]} and {LAST_DAY[:4]}"
    if line is None:
        why = f"of the claim {row['claim_id']!r} {why}"
    return Fault(
        str(row["file"]),
        line if isinstance(line, int) else None,
        column,
        str(day)[:10],
        why,
        "correct the day",
    )


def _is_slip(day: str) -> bool:
    return not FIRST_DAY <= day <= LAST_DAY


def without(tables: dict[str, pa.Table], sources: Sequence[str]) -> dict[str, pa.Table]:
    """Give claims and events of reports without those of some sources, whose claims are each the event of its own."""
    claims, events = tables["claims"], tables["events"]
    gone = pa.array(sources, pa.large_string())
    claims = claims.filter(pc.invert(pc.is_in(claims["source_id"], value_set=gone)))
    kept = pc.is_in(events["event_id"], value_set=pc.unique(claims["event_id"]))
    return tables | {"claims": claims, "events": events.filter(kept)}
