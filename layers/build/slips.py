"""Days that are a slip of the pen: one of the year 2924 would stretch the map of a whole set by centuries."""

from __future__ import annotations

import re
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
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def slips(claims: pa.Table) -> tuple[list[Fault], list[str]]:
    """Find the claims with a day before 1700 or after 2200, as which no import surely knows days.

    Args:
        claims: As `layers.build.rowsread.CLAIMS` has them, or as text, as which a cell may be no day: that is not told here.

    Returns:
        A fault for each, at the line that it came from, and the ids of their sources.
    """
    outside = pa.array([False] * claims.num_rows, pa.bool_())
    written = {name: _written(claims[name]) for name in _DAYS}
    for days in written.values():
        outside = pc.or_(outside, pc.or_(pc.less(days, FIRST_DAY), pc.greater(days, LAST_DAY)))
    known = claims.select(list(_KNOWN))
    for name, days in written.items():
        known = known.set_column(known.schema.get_field_index(name), name, days)
    rows = [row for row in known.filter(outside).to_pylist() if any(_is_slip(row[name]) for name in _DAYS)]
    return [_fault(row) for row in rows], [row["source_id"] for row in rows]


def _written(days: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give days as 2024-12-07, of which the later is the greater; what is not said is within the bounds."""
    text = days.cast(pa.date32()) if pa.types.is_timestamp(days.type) else days
    text = pc.fill_null(text.cast(pa.large_string()), fill_value="")
    return pc.if_else(pc.equal(text, ""), FIRST_DAY, text)


def _fault(row: dict[str, object]) -> Fault:
    column, day = next((name, day) for name in _DAYS if _is_slip(day := str(row[name])))
    line = row["line"]
    why = f"is not between {FIRST_DAY[:4]} and {LAST_DAY[:4]}"
    if line is None:
        why = f"of the claim {row['claim_id']!r} {why}"
    return Fault(
        str(row["file"]),
        None if line is None else int(str(line)),
        column,
        day,
        why,
        "correct the day",
    )


def _is_slip(day: str) -> bool:
    return bool(_DAY.fullmatch(day)) and not FIRST_DAY <= day <= LAST_DAY


def without(tables: dict[str, pa.Table], sources: Sequence[str]) -> dict[str, pa.Table]:
    """Give what reports say without some sources, whose claims are each the event of its own."""
    claims, events, named = tables["claims"], tables["events"], tables["sources"]
    gone = pa.array(sources, pa.large_string())
    claims = claims.filter(pc.invert(pc.is_in(claims["source_id"], value_set=gone)))
    kept = pc.is_in(events["event_id"], value_set=pc.unique(claims["event_id"]))
    stay = pc.invert(pc.is_in(named["source_id"], value_set=gone))
    return tables | {"claims": claims, "events": events.filter(kept), "sources": named.filter(stay)}
