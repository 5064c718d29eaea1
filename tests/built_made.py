"""A built folder of an ordinary collection, written plainly: what the reader of large sets is tested on."""

import hashlib
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from claims.clock import BY_DAYS, NO_DAY, days_of
from claims.model import LAYERS
from claims.typedtables import SCHEMAS, table_of
from claims.writtenfacts import facts_text
from layers.built.format import (
    COUNTS,
    DAYS,
    FORMAT,
    MANIFEST,
    NO_MONTH,
    ON_MAP,
    SO_FAR,
    claims_path,
    counts_path,
    events_path,
    so_far_path,
)
from layers.ends import ends_of, spots
from layers.exports.formats import Export
from layers.exports.rows import event_rows
from layers.exports.typedrows import typed_rows
from layers.frames import places_frame

GAINS = [name for name in SO_FAR.names if name.startswith(("begun", "ended"))]


def build(folder, collection, gazetteer):
    """Write a collection as a built folder; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = event_rows(Export(collection, gazetteer))
    events = pd.concat([rows, on_map(rows, gazetteer)], axis=1)
    events["month"] = [month_of(day) for day in events["shown_from"]]
    (folder / "collection.toml").write_text(facts_text(collection.facts), encoding="utf-8")
    put_events(folder, events)
    put_claims(folder, collection, events)
    put_counts(folder, collection, events)
    for name in ("sources", "actors"):
        put(folder, f"{name}.parquet", table_of(getattr(collection, name), name))
    put(folder, "places.parquet", places_of(gazetteer))
    put_manifest(folder, collection, events)
    return folder


def on_map(rows, gazetteer):
    """Give the columns of ON_MAP of events."""
    places = places_frame(gazetteer)
    start, end = days_of(rows["date_start"]), days_of(rows["date_end"])
    begin = np.where(start == NO_DAY, end, start)
    first = np.where(rows["date_kind"].eq("by"), end - BY_DAYS, begin)
    dated = end != NO_DAY
    row = spots(ends_of(rows, places), places)
    at = places.iloc[row][["lon", "lat"]].where(np.stack([row >= 0] * 2, axis=1))
    return pd.DataFrame(
        {
            "shown_from": masked(first, dated),
            "shown_until": masked(end, dated),
            "spot": np.where(row >= 0, places.index[row], None),
            "spot_lon": at["lon"].to_numpy(),
            "spot_lat": at["lat"].to_numpy(),
        },
        index=rows.index,
    )


def masked(days, dated):
    """Give days, and nothing for what has none."""
    return pd.arrays.IntegerArray(np.where(dated, days, 0).astype("int32"), ~dated)


def month_of(day):
    """Give the month of a day since 1970."""
    return NO_MONTH if pd.isna(day) else str(np.datetime64(int(day), "D").astype("datetime64[M]"))


def put(folder, path, table):
    """Write a table."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, folder / path)


def put_events(folder, events):
    """Write the events by layer and month, in the order of their days."""
    for (layer, month), some in events.groupby(["layer", "month"]):
        ordered = some.sort_values(["shown_from", "spot", "event_id"])
        table = typed_rows(ordered.drop(columns=["month", *ON_MAP.names]))
        for field in ON_MAP:
            table = table.append_column(field, pa.array(ordered[field.name], field.type, from_pandas=True))
        table = table.append_column(
            "geometry", pa.array(shapely.to_wkb(ordered.geometry.to_numpy()), pa.binary())
        )
        put(folder, events_path(layer, month), table)


def put_claims(folder, collection, events):
    """Write the claims by the month of their event."""
    months = events.set_index("event_id")["month"]
    claims = collection.claims.assign(month=collection.claims["event_id"].map(months).fillna(NO_MONTH))
    for month, some in claims.groupby("month"):
        ordered = some.sort_values(["event_id", "claim_id"])
        put(folder, claims_path(month), table_of(ordered, "claims"))


def put_counts(folder, collection, events):
    """Write what begins and ends at each place on each day, and the days."""
    gains = gains_of(events)
    facts = collection.facts
    for month in pd.period_range(facts.first_day, facts.last_day, freq="M"):
        first = (month.start_time - pd.Timestamp(0)).days
        last = (month.end_time - pd.Timestamp(0)).days
        put(folder, counts_path(str(month)), counts_table(gains[gains["day"].between(first, last)], COUNTS))
        put(folder, so_far_path(str(month)), counts_table(gains[gains["day"] < first], SO_FAR))
    put(folder, "days.parquet", days_table(collection, events))


def gains_of(events):
    """Give a row for each beginning and each end of a dated event."""
    dated = events[events["shown_from"].notna()]
    disputed = dated[[name for name in dated.columns if name.startswith("disputed_")]].ne("").any(axis=1)
    rows = {
        "layer": dated["layer"].map({layer: number for number, layer in enumerate(LAYERS)}),
        "place_id": dated["spot"].fillna(""),
        "lon": dated["spot_lon"],
        "lat": dated["spot_lat"],
    }
    numbers = {"": 1, "_disputed": disputed.astype(int), "_denied": dated["status"].eq("denied").astype(int)}
    found = []
    for what, day in (("begun", "shown_from"), ("ended", "shown_until")):
        gained = {f"{what}{of}": number for of, number in numbers.items()}
        found.append(
            pd.DataFrame({"day": dated[day].astype(int), **rows, **dict.fromkeys(GAINS, 0), **gained})
        )
    return pd.concat(found)


def counts_table(gains, schema):
    """Add gains up by the columns of a schema."""
    keys = [name for name in schema.names if name not in GAINS]
    summed = gains.groupby(keys, dropna=False)[GAINS].sum().reset_index()
    return pa.Table.from_pandas(summed[schema.names], schema, preserve_index=False)


def days_table(collection, events):
    """Count by day and layer."""
    facts = collection.facts
    rows = []
    for day in pd.date_range(facts.first_day, facts.last_day):
        number = (day - pd.Timestamp(0)).days
        reports = int((collection.claims["reported"] == day).sum())
        for layer, name in enumerate(LAYERS):
            some = events[events["layer"] == name]
            shown = (some["shown_from"] <= number) & (some["shown_until"] >= number)
            begun = some["shown_from"].eq(number).fillna(value=False)
            claims = int(some["claim_count"][begun].sum())
            rows.append(
                (number, layer, int(shown.sum()), int(begun.sum()), claims, reports if layer == 0 else 0)
            )
    return pa.Table.from_pandas(pd.DataFrame(rows, columns=DAYS.names), DAYS, preserve_index=False)


def places_of(gazetteer):
    """Give a gazetteer's places as a table of text."""
    names = SCHEMAS["places"].names
    rows = [
        {name: str(getattr(place, name, "") or "") for name in names} | {"aliases": "", "checked": "no"}
        for place in gazetteer
    ]
    return pa.Table.from_pylist(rows, SCHEMAS["places"]).sort_by("place_id")


def put_manifest(folder, collection, events):
    """Write the manifest, last."""
    files = {}
    for path in sorted(folder.rglob("*.parquet")):
        rows = pq.read_metadata(path).num_rows
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        files[str(path.relative_to(folder))] = {"rows": rows, "sha256": sha256, "bytes": path.stat().st_size}
    months = {}
    for month, some in events.groupby("month"):
        is_dated = month != NO_MONTH
        months[month] = {
            "from": int(some["shown_from"].min()) if is_dated else None,
            "until": int(some["shown_until"].max()) if is_dated else None,
            "layers": some["layer"].value_counts().to_dict(),
            "claims": int(some["claim_count"].sum()),
        }
    totals = {
        "events": len(events),
        "claims": len(collection.claims),
        "sources": len(collection.sources),
        "undated": int(events["shown_from"].isna().sum()),
        "unplaced": int(events["spot"].isna().sum()),
    }
    manifest = {
        "format": FORMAT,
        "bordermap": "0.1.0",
        "plan": "made",
        "totals": totals,
        "months": months,
        "files": files,
        "inputs": [],
        "missing": [],
    }
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
