"""Events as a table with ACLED's columns, for programs that read those; it is like ACLED's, and says that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from claims.imports.datasets.crosswalk import acled_event
from claims.imports.datasets.precision import to_acled_geo, to_acled_time
from claims.model import CountUnit, DateKind
from geo.phrasing.relations import spelled
from layers.exports.about import about_texts
from layers.exports.acledrows import COLUMNS, rows_given_back
from layers.exports.csvrows import put_tables
from layers.exports.plain import said
from layers.exports.rows import claim_rows, event_rows
from layers.frames import places_frame

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from layers.exports.formats import Export

__all__ = ["NOTE", "acled_like", "write"]

NOTE: Final = "note"
"""The column after ACLED's own, which says what a row is."""

LIKE: Final = "ACLED-like: made by bordermap of its claims, not ACLED's data"
GIVEN: Final = "ACLED's row as it was imported; ACLED's terms hold for it"

WHERE: Final = ("place_id", "crossing_id", "destination_id", "origin_id", "route_id")
"""Which place of an event is its location: the first that is said."""

LASTING: Final = (DateKind.THROUGHOUT, DateKind.SINCE)


def write(export: Export, out: Path) -> None:
    """Write the table as CSV, whole or not at all; as `layers.exports.csvrows.write` does."""
    put_tables([acled_like(export)], out, safe=export.safe)


def acled_like(export: Export) -> pa.Table:
    """Return a row an event, with the 31 columns of ACLED's codebook of 2023, as text, and `NOTE`.

    The day is the middle of those that are possible, as ACLED has it, or the first of what lasts; its time_precision and
    geo_precision are derived by data/crosswalks. What cannot honestly be said is null, as codes of actors, administrative
    units, and deaths where nobody told of any. An event all of whose claims came from rows of ACLED's has the last one's
    cells as they were.
    """
    events = event_rows(export)
    claims = claim_rows(export, events)
    columns = {name: np.full(len(events), "", dtype=object) for name in COLUMNS}
    columns |= _what(events, export) | _when(events) | _where(events, export) | _told(events, claims)
    like = pd.DataFrame(columns)[list(COLUMNS)].astype("str")
    note = pd.Series(LIKE, index=like.index, dtype="str")
    given = rows_given_back(export.collection, events["event_id"])
    like.loc[given.index] = given
    note.loc[given.index] = GIVEN
    about = "; ".join(
        f"{name}: {text}" for name, text in about_texts(export).items() if text and name != "made"
    )
    like[NOTE] = note + f" ({about})"
    texts = {name: said(pa.array(like[name], pa.string(), from_pandas=True)) for name in like}
    return pa.table(texts)


def _what(events: gpd.GeoDataFrame, export: Export) -> dict[str, Any]:
    pairs = pd.MultiIndex.from_frame(events[["kind", "status"]])
    codes, different = pairs.factorize()
    types = [acled_event(kind, status) for kind, status in different]
    names = ("disorder_type", "event_type", "sub_event_type")
    of_type = {
        name: np.array([getattr(each, name) for each in types] or [""], dtype=object)[codes] for name in names
    }
    called = export.collection.actors.set_index("actor")["name"]
    actors = events["actors"].str.split(";").explode().map(called).dropna().groupby(level=0)
    first = actors.first().reindex(events.index).fillna("")
    others = actors.agg(lambda names: "; ".join(names[1:])).reindex(events.index).fillna("")
    return {"event_id_cnty": events["event_id"], **of_type, "actor1": first, "assoc_actor_1": others}


def _when(events: gpd.GeoDataFrame) -> dict[str, Any]:
    start, end = events["date_start"], events["date_end"]
    lasts = events["date_kind"].isin(LASTING)
    possible = ((end - start).dt.days + 1).astype("float64").mask(lasts & start.notna(), 1.0)
    middle = (start + ((end - start) / 2).dt.floor("D")).where(~lasts, start)
    day = middle.fillna(end)
    written = day.dt.strftime("%Y-%m-%d").fillna("")
    return {"event_date": written, "year": written.str[:4], "time_precision": to_acled_time(possible)}


def _where(events: gpd.GeoDataFrame, export: Export) -> dict[str, Any]:
    places = places_frame(export.gazetteer)
    place_id = events[WHERE[0]].astype(object)
    for name in WHERE[1:]:
        place_id = place_id.where(place_id.ne(""), events[name].astype(object))
    at = places[["name", "kind", "country", "lon", "lat"]].reindex(place_id)
    kind = at["kind"].astype(object).where(at["kind"].notna(), "").to_numpy(dtype=object)
    phrases = np.array([bool(one) and spelled(one) is not None for one in place_id], dtype=bool)
    countries = places[places["kind"].eq("country")].set_index("country")["name"]
    country = at["country"].map(countries[~countries.index.duplicated()])
    return {
        "country": country.where(country.notna(), at["country"]).fillna("").to_numpy(dtype=object),
        "location": at["name"].fillna("").to_numpy(dtype=object),
        "latitude": _figures(at["lat"]),
        "longitude": _figures(at["lon"]),
        "geo_precision": to_acled_geo(events["geo_precision"], np.where(phrases, "", kind).tolist()),
    }


def _told(events: gpd.GeoDataFrame, claims: gpd.GeoDataFrame) -> dict[str, Any]:
    outlets = claims.drop_duplicates(["event_id", "outlet"]).groupby("event_id")["outlet"].agg("; ".join)
    numbers = events["count_texts"].map(lambda text: f" (as said: {text})" if text else "")
    deaths = events["count_low"].where(events["count_unit"].eq(CountUnit.DEATHS))
    return {
        "source": events["event_id"].map(outlets).fillna(""),
        "notes": events["title"].astype("str") + numbers.astype("str"),
        "fatalities": _figures(deaths),
    }


def _figures(numbers: pd.Series) -> np.ndarray:
    return np.array([f"{number:.10g}" if number == number else "" for number in numbers], dtype=object)  # noqa: PLR0124 - NaN is not itself
