"""What a placemark says in words: the claims that it is drawn from, as inert HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import rows_in
from claims.story import DISPUTE_WORDS
from layers.exports.inert import LINE, as_html
from layers.exports.plain import iso

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["of_claims", "of_events"]

_JOINT = ", "

*DISPUTES, _ = DISPUTE_WORDS


def of_claims(claims: gpd.GeoDataFrame) -> pa.Array:
    """Return what each row of claims says: its quote, outlet, day of report, status, number as said, state and link."""
    about = [claims["outlet"], iso(claims["reported"]), claims["status"], claims["count_text"]]
    told = [as_html(column) for column in about]
    told += [_unless(as_html(claims["source_state"]), "ok"), as_html(claims["url"])]
    said = pc.binary_join_element_wise(*map(_or_null, told), _JOINT, null_handling="skip")
    return pc.binary_join_element_wise("“", as_html(claims["quote"]), "” — ", said, "")


def of_events(events: gpd.GeoDataFrame, claims: gpd.GeoDataFrame) -> pa.Array:
    """Return what each row of events says, and a line for each of its claims.

    It says its status, days and numbers as said, how sure its place is, and on what its claims differ or conflict.
    """
    parts = [as_html(events[name]) for name in ("status", "date_texts", "count_texts")]
    parts += [_after("place: ", as_html(events["certainty"]))]
    parts += [_after(f"disputed {what}: ", as_html(events[f"disputed_{what}"])) for what in DISPUTES]
    head = pc.binary_join_element_wise(*map(_or_null, parts), _JOINT, null_handling="skip")
    told = pc.binary_join(_of_each(events, claims), LINE)
    return pc.binary_join_element_wise(head, _or_null(told), LINE, null_handling="skip")


def _of_each(events: gpd.GeoDataFrame, claims: gpd.GeoDataFrame) -> pa.ListArray:
    """Give what the claims of each event say."""
    of_event = rows_in(claims["event_id"], events["event_id"])
    order = np.argsort(of_event, kind="stable")[np.count_nonzero(of_event < 0) :]
    begins = np.searchsorted(of_event[order], np.arange(len(events) + 1))
    return pa.ListArray.from_arrays(pa.array(begins, pa.int32()), of_claims(claims).take(pa.array(order)))


def _after(told: str, texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), "", pc.binary_join_element_wise(told, texts, ""))


def _unless(texts: pa.Array, word: str) -> pa.Array:
    return pc.if_else(pc.equal(texts, word), "", texts)


def _or_null(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
