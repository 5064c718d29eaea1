"""Rows of ACLED's that events came from, as they were imported, where nobody has changed since what they say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa

from claims.imports.converting import Asked, Scheme, canonical, converter, detected
from claims.imports.datasets.acled import NEEDED
from claims.imports.rows import Chunk
from claims.model import ROLES
from claims.typedtables import as_text, table_of

if TYPE_CHECKING:
    from geo.errors import Fault
    from geo.gazetteer import Gazetteer
    from layers.exports.formats import Export

__all__ = ["COLUMNS", "came_from_rows", "rows_given_back"]

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

SAID: Final = (
    *("kind", "status", "actors", "quote", *(f"{role}_id" for role in ROLES), "geo_precision"),
    *("date_start", "date_end", "date_kind"),
    *("count", "count_qualifier", "count_low", "count_high", "count_unit"),
)
"""The columns of a claim by which it still says what its row says."""

_ANY_DAY: Final = dt.date(2000, 1, 1)
"""The edition of rows that do not say it: no column of `SAID` depends on it."""


def came_from_rows(export: Export) -> pd.DataFrame:
    """Return the rows of ACLED's that claims came from, of each claim the last.

    Returns:
        By claim_id: the event_id of the claim, the dataset it was counted to, and its cells by their columns.
    """
    collection = export.collection
    # What has that text somewhere is looked at; only its columns say whose row it is.
    likely = collection.imports[
        collection.imports["row"].str.contains("event_id_cnty", case=False, regex=False)
    ]
    cells = [orjson.loads(row) for row in likely["row"]]
    of_acled = [detected(each) is Scheme.ACLED for each in cells]
    rows = likely.assign(cells=pd.Series(cells, likely.index, dtype=object))[np.array(of_acled, dtype=bool)]
    rows = rows.drop_duplicates("claim_id", keep="last").set_index("claim_id")[["dataset", "cells"]]
    return rows.join(collection.claims.set_index("claim_id")["event_id"], how="inner")


def rows_given_back(export: Export, came: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of events of one claim that came from such a row and still says what the row says.

    Args:
        export: What is to be written.
        came: From `came_from_rows`.

    Returns:
        `COLUMNS` as text, "" where a row had none, by event_id.
    """
    claims = export.collection.claims
    alone = ~claims["event_id"].duplicated(keep=False) & claims["claim_id"].isin(came.index)
    came = came.loc[claims["claim_id"][alone & claims["event_id"].ne("")]]
    came = came[_still_said(claims[claims["claim_id"].isin(came.index)], came, export.gazetteer)]
    cells = [{canonical(name): cell for name, cell in each.items()} for each in came["cells"]]
    rows = pd.DataFrame(cells, index=pd.Index(came["event_id"]), columns=list(COLUMNS), dtype=object)
    return rows.fillna("").astype("str")


def _still_said(claims: pd.DataFrame, came: pd.DataFrame, gazetteer: Gazetteer) -> np.ndarray:
    """Say of each row whether its claim is what an import makes of it today, in the columns of `SAID`."""
    held = table_of(claims, "claims").select(list(SAID))
    said = pa.table([*map(as_text, held.columns)], held.column_names).to_pandas().astype("str")
    said = said.set_index(claims["claim_id"].to_numpy())
    alike = [tuple(map(str, each)) for each in came["cells"]]
    made = [
        _made_again(rows, str(dataset), gazetteer)
        for (dataset, _), rows in came.groupby([came["dataset"], pd.Series(alike, came.index, dtype=object)])
    ]
    again = pd.concat([pd.DataFrame(columns=list(SAID), dtype="str"), *made]).reindex(came.index)
    same: np.ndarray = again.eq(said.loc[came.index]).all(axis="columns").to_numpy(dtype=bool)
    return same


def _made_again(rows: pd.DataFrame, dataset: str, gazetteer: Gazetteer) -> pd.DataFrame:
    """Make claims again of rows with the same columns, by the ids of those that were made of them."""
    cells = pd.DataFrame([*rows["cells"]], dtype=str)
    if not set(NEEDED) <= set(map(canonical, cells.columns)):
        return pd.DataFrame(columns=list(SAID), dtype="str")
    asked = Asked("", Scheme.ACLED, dataset, published=_ANY_DAY, context=True)
    faults: list[Fault] = []
    made: Any = converter(asked, list(cells.columns), gazetteer).made(
        Chunk(cells, np.arange(len(cells))), faults
    )
    at = made.tables["imports"]["line"].astype(int).to_numpy()
    return made.tables["claims"][list(SAID)].set_axis(rows.index[at])
