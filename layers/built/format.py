"""What lies where in a built folder, and what its tables hold: the one thing that its writer and its reader share.

| file | what | rows in the order of |
|---|---|---|
| `manifest.json` | inputs, what became of them, and every other file with its rows and sha256; written last | |
| `collection.toml` | title, days and view, as of any collection | |
| `faults.csv` | faults of inputs that are missing for them; only where there are such | |
| `events/layer=L/month=M/rows.parquet` | GeoParquet 1.1: the events of a layer that begin in a month | day, place, id |
| `claims/month=M/rows.parquet` | the claims of the events that begin in a month, and those of no event | event, id |
| `counts/month=M.parquet` | how many events each place gains and loses on the days of a month | day, layer, place |
| `sofar/month=M.parquet` | how many each has gained and lost in all months before it | layer, place |
| `days.parquet` | how many events, claims and reports each day has | day, layer |
| `sources.parquet`, `actors.parquet`, `places.parquet` | what claims name; text and days as of `claims.typedtables` | id |
| `areas.geojson` | outlines of places that inputs brought, as of any collection | place_id |

A month is written `2024-12`, and `none` for what has no day. An event is on the map from `shown_from` to `shown_until`: its
days, and of what is only dated `by` the week before its last (`claims.clock`). So a day D shows what has shown_from <= D <=
shown_until, the last N days what has shown_from <= D and shown_until >= D-N+1, and all so far what has shown_from <= D.

That many are counted without an event being read: of a place, all that begun by D (`sofar` of D's month and its days to D) less
all that ended before D, or before D-N+1, likewise. A month within the collection's days has both files, though nothing be in it.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from claims.manifests import MANIFEST
from geo.files.csvwriting import TEXT

__all__ = [
    "COUNTS",
    "DAYS",
    "FORMAT",
    "MANIFEST",
    "NO_MONTH",
    "ON_MAP",
    "PROVENANCE",
    "SO_FAR",
    "claims_path",
    "counts_path",
    "events_path",
    "so_far_path",
]

FORMAT: Final = 1
"""Of the folder; a reader refuses another."""

NO_MONTH: Final = "none"
"""The month of what has no day."""

ON_MAP: Final = pa.schema(
    [
        ("shown_from", pa.int32()),
        ("shown_until", pa.int32()),
        ("spot", TEXT),
        ("spot_lon", pa.float64()),
        ("spot_lat", pa.float64()),
    ]
)
"""Of an event, beside the columns of `layers.exports.rows.EVENT_COLUMNS`: its days on the map in days since 1970 (null where it
has none), and the place at which it is counted, of EPSG:4326: its own, else its gate or an end; null where it has none."""

PROVENANCE: Final = pa.schema([("file", TEXT), ("line", pa.int64()), ("dataset", TEXT), ("row_id", TEXT)])
"""Of a claim, beside the columns of claims.csv: the row that it came from."""

_GAINS: Final = [
    (f"{what}{of}", pa.int32()) for what in ("begun", "ended") for of in ("", "_disputed", "_denied")
]

COUNTS: Final = pa.schema(
    [
        ("day", pa.int32()),
        ("layer", pa.int8()),
        ("place_id", TEXT),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        *_GAINS,
    ]
)
"""Of a place on a day (days since 1970), for a layer by its place among `claims.model.LAYERS`: the events whose shown_from is this
day (`begun`) and those whose shown_until is (`ended`), and how many of each are disputed in anything or denied. lon and lat are of
EPSG:4326; the place is "" and they are null for what has no place. `spot` of an event is the place."""

SO_FAR: Final = pa.schema([field for field in COUNTS if field.name != "day"])
"""Of a place the same of all days before a month."""

DAYS: Final = pa.schema(
    [
        ("day", pa.int32()),
        ("layer", pa.int8()),
        ("shown", pa.int32()),
        ("begun", pa.int32()),
        ("claims", pa.int32()),
        ("reports", pa.int32()),
    ]
)
"""Of a day and layer: the events that are shown, those shown from it on, the claims of those, and the claims that were reported on it."""


def events_path(layer: str, month: str) -> str:
    """Give where the events of a layer and month are, from the folder."""
    return f"events/layer={layer}/month={month}/rows.parquet"


def claims_path(month: str) -> str:
    """Give where the claims of a month's events are, likewise."""
    return f"claims/month={month}/rows.parquet"


def counts_path(month: str) -> str:
    """Give where the counts of a month's days are, likewise."""
    return f"counts/month={month}.parquet"


def so_far_path(month: str) -> str:
    """Give where the counts before a month are, likewise."""
    return f"sofar/month={month}.parquet"
