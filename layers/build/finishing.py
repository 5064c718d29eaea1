"""The last step: what is told of the whole, and the manifest, by which a folder is known as built."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from claims.facts import LONGEST_DAYS
from claims.model import LAYERS, SHOWN_LAYERS, Facts
from claims.typedtables import table_of
from claims.writtenfacts import facts_text
from geo.placefiles import COLUMNS as PLACES
from geo.placewriting import place_row
from geo.views import WORLD, view_of
from layers.build.counted import so_far
from layers.build.months import file_told, write_table
from layers.build.naming import gazetteer_of, named_table
from layers.build.pieces import batch_at, put, read_json
from layers.build.rowsread import arrow
from layers.built.format import COUNTS, DAYS, NO_MONTH, SO_FAR, counts_path, so_far_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layers.build.work import Work

__all__ = ["Span", "put_days", "put_facts", "put_named", "put_so_far", "span_of"]

_GAINED: Final = ["day", "layer", "begun", "ended"]
"""Of counts what the days are told by."""

_ORDER: Final = {"sources": "source_id", "actors": "actor", "places": "place_id"}


def put_so_far(work: Work, months: Sequence[str], span: Span) -> dict[str, Any]:
    """Write what was gained and lost before each month, and empty counts of months within the days that have none.

    Args:
        work: With the counts of months.
        months: Those that have some.
        span: The days that the map has.

    Returns:
        What is told of each file.
    """
    told: dict[str, Any] = {}
    before: pa.Table | None = None
    for month in _every_month(months, span):
        path, counts = counts_path(month), COUNTS.empty_table()
        if month in months:
            counts = pq.read_table(work.out / path, partitioning=None).cast(COUNTS)
        else:
            told[path] = write_table(iter([counts]), path, work, {"month": month})
        held = SO_FAR.empty_table() if before is None else before
        told[so_far_path(month)] = write_table(iter([held]), so_far_path(month), work, {"month": month})
        before = so_far(before, counts)
    return told


def _every_month(months: Iterable[str], span: Span) -> list[str]:
    """Give the months that have counts, and those between them that are within the days or the day before these."""
    known = sorted(month for month in months if month != NO_MONTH)
    if not known:
        return []
    first, last = (np.datetime64(day, "M") for day in (span.first - dt.timedelta(days=1), span.last))
    between = np.arange(
        max(first, np.datetime64(known[0], "M")), min(last, np.datetime64(known[-1], "M")) + 1
    )
    return sorted({*known, *map(str, between)})


def put_days(work: Work, parts: Iterable[int], months: Sequence[str]) -> tuple[dict[str, Any], pd.DataFrame]:
    """Write how much each day has.

    Returns:
        What is told of the file, and its rows.
    """
    gained = [_gained(work, month) for month in months if month != NO_MONTH]
    counts = pa.concat_tables([COUNTS.empty_table().select(_GAINED), *gained]).to_pandas()
    reports = [pa.Table.from_batches(batch_at(work.part(part) / "reports.arrow", [0])) for part in parts]
    by = ["day", "layer"]
    days = counts.groupby(by)[["begun", "ended"]].sum()
    if reports:
        days = days.join(pa.concat_tables(reports).to_pandas().groupby(by).sum(), how="outer")
    days = days.reindex(columns=["begun", "ended", "claims", "reports"]).fillna(0).reset_index()
    rows = _every_day(days)
    table = pa.Table.from_pandas(rows[DAYS.names], schema=DAYS, preserve_index=False, safe=False)
    return {"days.parquet": write_table(iter([table]), "days.parquet", work, {})}, rows


def _gained(work: Work, month: str) -> pa.Table:
    """Add up what all places gained and lost on each day of a month: of the places together there are too many to hold."""
    table = pq.read_table(work.out / counts_path(month), columns=_GAINED, partitioning=None)
    by = table.cast(pa.schema([COUNTS.field(name) for name in _GAINED])).group_by(["day", "layer"])
    added = by.aggregate([("begun", "sum"), ("ended", "sum")])
    return (
        added.rename_columns({"begun_sum": "begun", "ended_sum": "ended"})
        .select(_GAINED)
        .cast(pa.schema([COUNTS.field(name) for name in _GAINED]))
    )


def _every_day(days: pd.DataFrame) -> pd.DataFrame:
    """Give what is shown on each day: what has begun by it and not ended before; of days on which that is anything."""
    parts = [days.assign(shown=0).head(0)]
    for layer, of in days.groupby("layer"):
        span = pd.RangeIndex(of["day"].min(), of["day"].max() + 1, name="day")
        whole = of.set_index("day").reindex(span, fill_value=0).assign(layer=layer)
        ended = whole["ended"].shift(fill_value=0)
        whole["shown"] = (whole["begun"] - ended).cumsum()
        parts.append(whole.reset_index())
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows[["shown", "claims", "reports"]].any(axis="columns")].sort_values(
        ["day", "layer"], kind="stable"
    )


def put_named(work: Work) -> dict[str, Any]:
    """Write sources, actors, and the places that claims name, and the outlines of those that inputs bring."""
    told = {}
    for name, key in _ORDER.items():
        table = _places(work) if name == "places" else table_of(named_table(work, name).to_pandas(), name)
        told[f"{name}.parquet"] = write_table(iter([table.sort_by(key)]), f"{name}.parquet", work, {})
    outlines = work.out / "areas.geojson"
    with put(outlines, work.aside) as file:
        file.write_bytes((work.named / "places" / "areas.geojson").read_bytes())
    return told | {"areas.geojson": file_told(outlines)}


def _places(work: Work) -> pa.Table:
    """Give the places that claims name, the shipped ones too: who reads the folder need not look for their names."""
    gazetteer = gazetteer_of(work)
    named = [gazetteer[place_id] for place_id in read_json(work.named / "place_ids.json")]
    rows = pd.DataFrame([place_row(place) for place in named], columns=list(PLACES), dtype="str")
    return arrow(rows, "places")


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a map has, and that on which it opens."""

    first: dt.date
    last: dt.date
    opening: dt.date


def span_of(days: pd.DataFrame) -> Span:
    """Give the days of the map: all on which something is shown, or of more than `LONGEST_DAYS` those on which most begins.

    It opens on the first of the days with most events of the layers that are on when it opens.

    Args:
        days: From `put_days`.
    """
    shown = _longest(days[days["shown"] > 0])
    if not len(shown):
        today = dt.datetime.now(dt.UTC).date()
        return Span(today, today, today)
    usual = shown[shown["layer"].isin([list(LAYERS).index(layer) for layer in SHOWN_LAYERS])]
    count = (usual if len(usual) else shown).groupby("day")["shown"].sum()
    return Span(_day(shown["day"].min()), _day(shown["day"].max()), _day(count.idxmax()))


def _longest(shown: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of so many days as a map may have."""
    begun = shown.groupby("day")["begun"].sum()
    day = begun.index.to_numpy()
    if not len(day) or day[-1] - day[0] <= LONGEST_DAYS:
        return shown
    sums = np.append(0, begun.cumsum().to_numpy())
    ends = np.searchsorted(day, day + LONGEST_DAYS, side="right")
    first = day[np.argmax(sums[ends] - sums[:-1])]
    return shown[shown["day"].between(first, first + LONGEST_DAYS)]


def put_facts(work: Work, said: Mapping[str, Any], span: Span) -> dict[str, Any]:
    """Write collection.toml: what is said, days as the events have them, and the view of their places."""
    days = {"first_day": span.first, "last_day": span.last, "opening_day": span.opening}
    facts = Facts(**{**days, "view": _view(work), **said})
    path = work.out / "collection.toml"
    with put(path, work.aside) as file:
        file.write_text(facts_text(facts), encoding="utf-8")
    return {path.name: file_told(path)}


def _day(number: float) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(number))


def _view(work: Work) -> tuple[float, float, float, float]:
    """Give the view of all places that claims name."""
    gazetteer = gazetteer_of(work)
    named = [place for one in read_json(work.named / "place_ids.json") if (place := gazetteer.get(one))]
    return view_of(named).bounds if named else WORLD
