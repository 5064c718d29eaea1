"""Rows of ACLED's that events came from, as they were imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
import pandas as pd

from claims.imports.converting import canonical

if TYPE_CHECKING:
    from claims.model import Collection

__all__ = ["COLUMNS", "rows_given_back"]

COLUMNS: Final = (
    *(
        "event_id_cnty",
        "event_date",
        "year",
        "time_precision",
        "disorder_type",
        "event_type",
        "sub_event_type",
    ),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"),
    *("civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location"),
    *("latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags"),
    "timestamp",
)
"""ACLED's columns in their order (codebook of 2023)."""


def rows_given_back(collection: Collection, event_ids: pd.Series) -> pd.DataFrame:
    """Return the rows of the events all of whose claims came from rows of ACLED's, of each the last.

    Args:
        collection: With its imports.
        event_ids: Of the events.

    Returns:
        `COLUMNS` as text, "" where a row had none; the index is the event's in `event_ids`.
    """
    theirs = collection.imports[collection.imports["row"].str.contains("event_id_cnty", case=False)]
    claims = collection.claims[["claim_id", "event_id"]]
    came = claims["claim_id"].isin(theirs["claim_id"]).groupby(claims["event_id"]).all()
    row = theirs.drop_duplicates("claim_id", keep="last").set_index("claim_id")["row"]
    last = claims[claims["event_id"].isin(came.index[came])].drop_duplicates("event_id", keep="last")
    written = event_ids.map(last.set_index("event_id")["claim_id"]).map(row).dropna()
    cells = [{canonical(name): cell for name, cell in orjson.loads(each).items()} for each in written]
    rows = pd.DataFrame(cells, index=written.index, columns=list(COLUMNS), dtype=object)
    return rows.fillna("").astype("str")
