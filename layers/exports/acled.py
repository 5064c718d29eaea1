"""Events as a table with ACLED's columns, for programs that read those; it is like ACLED's, and says that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.coded import different, rows_in, strings
from claims.imports.datasets.crosswalk import acled_event
from claims.imports.datasets.precision import to_acled_geo, to_acled_time
from claims.model import CountUnit, DateKind
from geo.phrasing.relations import spelled
from layers.exports.about import about_texts
from layers.exports.acledrows import COLUMNS, came_from_rows, rows_given_back, rows_of_acleds
from layers.exports.csvrows import put_tables
from layers.exports.plain import iso, said
from layers.exports.rowparts import event_parts
from layers.exports.rows import claim_rows
from layers.frames import places_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from layers.exports.formats import Export

__all__ = ["NOTE", "acled_like", "write"]

NOTE: Final = "note"
"""The column after ACLED's own, which says what a row is."""

LIKE: Final = "ACLED-like: made by bordermap of its claims, not ACLED's data"
MERGED: Final = f"{LIKE}; rows of ACLED's went into it, with other reports or changed since"
GIVEN: Final = "ACLED's row as it was imported; ACLED's terms hold for it"

WHERE: Final = ("place_id", "crossing_id", "destination_id", "origin_id", "route_id")
"""Which place of an event is its location: the first that is said."""

_BETWEEN: Final = "; "

LASTING: Final = (DateKind.THROUGHOUT, DateKind.SINCE)


def write(export: Export, out: Path) -> None:
    """Write the table as CSV, whole or not at all; as `layers.exports.csvrows.write` does."""
    put_tables(acled_like(export), out, safe=export.safe)


def acled_like(export: Export) -> Iterator[pa.Table]:
    """Give a row an event, some at a time, with the 31 columns of ACLED's codebook of 2023, as text, and `NOTE`.

    The day is the middle of those that are possible, as ACLED has it, or the first of what lasts; its time_precision and
    geo_precision are derived by data/crosswalks. What cannot honestly be said is null, as codes of actors, administrative
    units, and deaths where nobody told of any. An event of one claim that came from a row of ACLED's has the row's
    cells as they were; where a claim was put together with others or changed, the note says so.
    """
    about = "; ".join(
        f"{name}: {text}" for name, text in about_texts(export).items() if text and name != "made"
    )
    of_acleds = rows_of_acleds(export)
    for part, events in event_parts(export):
        yield _table(part, events, about, of_acleds)


def _table(export: Export, events: gpd.GeoDataFrame, about: str, of_acleds: Mapping[str, int]) -> pa.Table:
    claims = claim_rows(export, events)
    columns: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    columns |= _what(events, export) | _when(events) | _where(events, export) | _told(events, claims)
    like = pd.DataFrame({name: _texts(columns[name], len(events)) for name in COLUMNS}, index=events.index)
    note = pd.Series(LIKE, index=like.index, dtype="str")
    came = came_from_rows(export, of_acleds)
    note[events["event_id"].isin(came["event_id"])] = MERGED
    given = rows_given_back(export, came).reindex(events["event_id"]).set_axis(like.index).dropna()
    like.loc[given.index] = given
    note[given.index] = GIVEN
    like[NOTE] = note + f" ({about})"
    texts = {name: said(strings(like[name])) for name in like}
    return pa.table(texts)


def _texts(cells: Any, count: int) -> pd.api.extensions.ExtensionArray:
    """Give a column of text, or the same text in every row."""
    return pd.array(pa.repeat(cells, count) if isinstance(cells, str) else strings(cells), dtype="str")


def _what(events: gpd.GeoDataFrame, export: Export) -> dict[str, Any]:
    pairs = pd.MultiIndex.from_frame(events[["kind", "status"]])
    codes, different = pairs.factorize()
    types = [acled_event(kind, status) for kind, status in different]
    names = ("disorder_type", "event_type", "sub_event_type")
    of_type = {
        name: np.array([getattr(each, name) for each in types] or [""], dtype=object)[codes] for name in names
    }
    actors = _actors(events, export)
    return {
        "event_id_cnty": events["event_id"],
        **of_type,
        "actor1": pc.binary_join(pc.list_slice(actors, 0, 1), _BETWEEN),
        "assoc_actor_1": pc.binary_join(pc.list_slice(actors, 1), _BETWEEN),
    }


def _actors(events: gpd.GeoDataFrame, export: Export) -> pa.ListArray:
    """Give the names of the actors of each event."""
    ids = pc.split_pattern(strings(events["actors"]), ";")
    at = rows_in(ids.flatten(), export.collection.actors["actor"])
    named = at >= 0
    names = strings(export.collection.actors["name"]).take(pa.array(at[named]))
    return _lists(names, pc.list_parent_indices(ids).to_numpy()[named], len(events))


def _when(events: gpd.GeoDataFrame) -> dict[str, Any]:
    start, end = events["date_start"], events["date_end"]
    lasts = events["date_kind"].isin(LASTING)
    possible = ((end - start).dt.days + 1).astype("float64").mask(lasts & start.notna(), 1.0)
    middle = (start + ((end - start) / 2).dt.floor("D")).where(~lasts, start)
    day = middle.fillna(end)
    written = pc.fill_null(iso(day), "")
    return {
        "event_date": written,
        "year": pc.utf8_slice_codeunits(written, 0, 4),
        "time_precision": to_acled_time(possible),
    }


def _where(events: gpd.GeoDataFrame, export: Export) -> dict[str, Any]:
    places = places_frame(export.gazetteer)
    place_id = events[WHERE[0]].astype(object)
    for name in WHERE[1:]:
        place_id = place_id.where(place_id.ne(""), events[name].astype(object))
    at = places[["name", "kind", "country", "lon", "lat"]].reindex(place_id)
    kind = at["kind"].astype(object).where(at["kind"].notna(), "").to_numpy(dtype=object)
    codes, ids = pd.factorize(place_id)
    phrases = np.array([bool(one) and spelled(one) is not None for one in ids] or [False], dtype=bool)[codes]
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
    numbers = strings(events["count_texts"])
    told = pc.if_else(pc.equal(numbers, ""), "", pc.binary_join_element_wise(" (as said: ", numbers, ")", ""))
    deaths = events["count_low"].where(events["count_unit"].eq(CountUnit.DEATHS))
    return {
        "source": pc.binary_join(_outlets(events, claims), _BETWEEN),
        "notes": pc.binary_join_element_wise(strings(events["title"]), told, ""),
        "fatalities": _figures(deaths),
    }


def _outlets(events: gpd.GeoDataFrame, claims: gpd.GeoDataFrame) -> pa.ListArray:
    """Give the outlets of each event's claims, each once."""
    codes, outlets = different(strings(claims["outlet"]))
    of_event = rows_in(claims["event_id"], events["event_id"])
    pairs = pd.Series(of_event * max(len(outlets), 1) + codes)
    kept = np.flatnonzero((of_event >= 0) & ~pairs.duplicated().to_numpy())
    kept = kept[np.argsort(of_event[kept], kind="stable")]
    return _lists(outlets.take(pa.array(codes[kept])), of_event[kept], len(events))


def _lists(texts: pa.Array, of: np.ndarray, count: int) -> pa.ListArray:
    """Put texts into so many lists; `of` says which, and grows."""
    return pa.ListArray.from_arrays(pa.array(np.searchsorted(of, np.arange(count + 1)), pa.int32()), texts)


def _figures(numbers: pd.Series) -> np.ndarray:
    written = [f"{number:.10g}" for number in numbers.to_numpy(dtype=float).tolist()]
    return np.where(numbers.isna(), "", np.array(written, dtype=object))
