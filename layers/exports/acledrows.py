"""Rows of ACLED's that events came from, as they were imported, where nobody has changed since what was made of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa

from claims.coded import rows_in
from claims.imports.converting import Scheme, canonical, detected
from claims.imports.merging.digests import digests
from claims.typedtables import as_text, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.exports.formats import Export

__all__ = ["COLUMNS", "came_from_rows", "rows_given_back", "rows_of_acleds"]

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


CHUNK: Final = 5_000
"""How many rows are taken apart at a time."""


def rows_of_acleds(export: Export) -> dict[str, int]:
    """Find the rows of ACLED's among all that claims came from, once for all parts of an export.

    Returns:
        By claim_id, where among the imported rows the last of them stands.
    """
    imports = export.collection.imports
    of_claims = rows_in(imports["claim_id"], export.collection.claims["claim_id"]) >= 0
    found: dict[str, int] = {}
    for first in range(0, len(imports), CHUNK):
        rows = imports.iloc[first : first + CHUNK]
        # What has that text somewhere is looked at; only its columns say whose row it is.
        likely = rows["row"].str.contains("event_id_cnty", case=False, regex=False).to_numpy(dtype=bool)
        at = np.flatnonzero(likely & of_claims[first : first + CHUNK])
        some = rows.iloc[at]
        found |= {
            claim_id: first + number
            for claim_id, row, number in zip(some["claim_id"], some["row"], at.tolist(), strict=True)
            if _is_acleds(tuple(orjson.loads(row)))
        }
    return found


def came_from_rows(export: Export, of_acleds: Mapping[str, int]) -> pd.DataFrame:
    """Return the rows of ACLED's that claims came from, of each claim the last.

    Args:
        export: What is to be written, or a part of it.
        of_acleds: From `rows_of_acleds` of the whole.

    Returns:
        By claim_id: the event_id of the claim, the row as JSON, and the digest of what was made of it.
    """
    claims = export.collection.claims
    is_acleds = np.array([claim_id in of_acleds for claim_id in claims["claim_id"]], dtype=bool)
    came = claims.loc[is_acleds, ["claim_id", "event_id"]]
    rows = export.collection.imports.iloc[[of_acleds[claim_id] for claim_id in came["claim_id"]]]
    return came.assign(row=rows["row"].array, made=rows["made"].array).set_index("claim_id")


def rows_given_back(export: Export, came: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of events of one claim that came from such a row, where neither was changed since.

    Args:
        export: What is to be written.
        came: From `came_from_rows`.

    Returns:
        `COLUMNS` as text, "" where a row had none, by event_id.
    """
    claims = export.collection.claims
    alone = ~claims["event_id"].duplicated(keep=False) & claims["claim_id"].isin(came.index)
    came = came.loc[claims["claim_id"][alone & claims["event_id"].ne("")]]
    came = came[
        came["made"].eq(_digests(claims[claims["claim_id"].isin(came.index)], export).loc[came.index])
    ]
    parts = [_cells(came["row"].iloc[first : first + CHUNK]) for first in range(0, len(came) or 1, CHUNK)]
    return pd.concat(parts).set_axis(pd.Index(came["event_id"]))


def _cells(rows: pd.Series) -> pd.DataFrame:
    cells = [
        dict(zip(_canonical(tuple(each)), each.values(), strict=True)) for each in map(orjson.loads, rows)
    ]
    return pd.DataFrame(cells, columns=list(COLUMNS), dtype=object).fillna("").astype("str")


@lru_cache(maxsize=100)
def _canonical(header: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(canonical, header))


@lru_cache(maxsize=100)
def _is_acleds(header: tuple[str, ...]) -> bool:
    return detected(header) is Scheme.ACLED


def _digests(claims: pd.DataFrame, export: Export) -> pd.Series:
    """Give the digest of each claim and its event as they are now, by claim_id; an import kept it of what it made."""
    held = table_of(claims, "claims")
    texts = pa.table([*map(as_text, held.columns)], held.column_names).to_pandas()
    events = export.collection.events.set_index("event_id").loc[claims["event_id"]]
    return pd.Series(digests(texts, events), claims["claim_id"], dtype="str")
