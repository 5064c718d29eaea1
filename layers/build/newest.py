"""Which row of a claim counts where several inputs hold it: the newest edition, told from the same row again."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from claims.imports.merging.newer import orders

__all__ = ["newest"]

_CAME: Final = frozenset({"file", "line", "row_version"})


def newest(claims: pa.Table, events: pa.Table) -> tuple[pa.Table, pa.Table, dict[str, int]]:
    """Keep one row of each claim and of each event.

    Of claims of one id the newest edition counts, as the data set numbers or dates them; of equal ones the first, and where
    they are not equal the one that stands last, since whoever hands over a row again has corrected it.

    Args:
        claims: In the order of inputs and rows, with the row that each came from.
        events: Likewise.

    Returns:
        Both; and how many rows were `repeated`, `older`, or `differing` from one of the same edition.
    """
    counted = {"repeated": 0, "older": 0, "differing": 0}
    ids = claims["claim_id"].to_pandas()
    again = ids.duplicated(keep=False).to_numpy()
    if not again.any():
        return claims, _once(events, pd.Series(dtype="int64")), counted
    rows = claims.filter(pa.array(again)).to_pandas()
    sorts, ranks = orders(rows["row_version"])
    said = rows.drop(columns=list(_CAME))
    known = pd.DataFrame({"id": rows["claim_id"], "at": np.flatnonzero(again), "sort": sorts, "rank": ranks})
    known["cells"] = pd.util.hash_pandas_object(said, index=False).to_numpy()
    known["nth"] = known.groupby("id", sort=False).cumcount()
    kept = known.sort_values(["sort", "rank", "at"], kind="stable").groupby("id", sort=False).tail(1)
    same = known.merge(kept, on="id", suffixes=("", "_kept"))
    equal = same["cells"] == same["cells_kept"]
    # Of equal rows the first: it is what was held when the others came.
    firsts = same[equal].groupby("id", sort=False).head(1)
    keep = ~again
    keep[firsts["at"].to_numpy()] = True
    alike = (same["sort"] == same["sort_kept"]) & (same["rank"] == same["rank_kept"])
    counted["repeated"] = int(equal.sum()) - len(firsts)
    counted["differing"] = int((~equal & alike).sum())
    counted["older"] = int((~equal & ~alike).sum())
    chosen = pd.Series(firsts["nth"].to_numpy(), index=firsts["id"].to_numpy())
    return claims.filter(pa.array(keep)), _once(events, chosen), counted


def _once(events: pa.Table, chosen: pd.Series) -> pa.Table:
    """Keep one row of each event: the first, but where its claim is a later one of the same id that one's own.

    Args:
        events: In their order.
        chosen: By the id of a claim which of its rows counts, from 0; a claim of a data set has the id of its event.
    """
    ids = events["event_id"].to_pandas()
    if not ids.duplicated().any():
        return events
    nth = ids.groupby(ids, sort=False).cumcount()
    wanted = ids.map(chosen).fillna(0)
    most = ids.map(ids.value_counts()) - 1
    return events.filter(pa.array((nth == np.minimum(wanted, most)).to_numpy()))
