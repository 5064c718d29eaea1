"""A short digest of what an import made of a row, by which it is told later whether a person has changed it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from claims.imports.jsonrows import json_lists
from geo.files.csvwriting import text_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["digests"]

_HEX: Final = 16
_OF_EVENTS: Final = ("title", "title_ar", "kind")


def digests(claims: pd.DataFrame, events: pd.DataFrame) -> list[str]:
    """Give 16 hexadecimal digits of sha256 of the cells of each claim with those of its event.

    Args:
        claims: Rows of strings with the columns of claims.csv, from claim_id.
        events: Of each claim its event, in the same order, with the columns of events.csv.
    """
    columns = [text_of(claims[name]) for name in claims.columns]
    columns += [text_of(events[name]) for name in _OF_EVENTS]
    # The same as of orjson.dumps of each row, made of whole columns.
    rows = json_lists(columns).cast(pa.large_binary()).to_pylist()
    return [sha256(row).hexdigest()[:_HEX] for row in rows]
