"""The third step: all claims of a part of the events put together into those, drawn, counted, and laid out by month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import LAYERS, Collection, Facts
from claims.typedtables import table_of
from layers.build.counted import by_month, gains
from layers.build.naming import gazetteer_of, sources_of
from layers.build.newest import newest
from layers.build.partition import MONTH, layered
from layers.build.pieces import batch_at, put_json, put_pieces, read_json
from layers.build.roots import counted_on
from layers.build.rowsread import CLAIMS, SCHEMAS_READ
from layers.build.settling import passed, settled
from layers.build.shared import Shared
from layers.built.format import NO_MONTH, PROVENANCE

if TYPE_CHECKING:
    from layers.build.work import Work

__all__ = ["Gather", "gather"]

_SAID: Final[dict[str, Any]] = {
    **dict.fromkeys(("title", "title_ar", "about", "timezone", "licence", "citation", "version"), ""),
    **dict.fromkeys(("first_day", "last_day", "opening_day"), dt.date(1970, 1, 1)),
    "view": (-180.0, -85.0, 180.0, 85.0),
}
_NO_FACTS: Final = Facts(**_SAID)
"""A part of a collection says nothing of itself."""


@dataclass(frozen=True, slots=True)
class Gather:
    """One part to be put together.

    Attributes:
        part: Its number.
        inputs: The inputs with the runs that each has.
        work: Where they are, and where the part is put.
        settled: The parts of which `layers.build.settling.settle` told any claim.
    """

    part: int
    inputs: tuple[tuple[int, int], ...]
    work: Work
    settled: tuple[int, ...] = ()


def gather(task: Gather) -> dict[str, Any]:
    """Put a part together, once: what is done already is only told again.

    Returns:
        events: of each piece of events its layer, month, number of rows, first and last day on the map (None for none);
        claims and counts: of each piece its month and number of rows; `repeated`, `older` and `differing` as
        `layers.build.newest.newest` counts; undated, unplaced; `shared` as `layers.build.shared.Shared.told` gives it.
    """
    folder = task.work.part(task.part)
    done = read_json(folder / "done.json")
    if done is None:
        done = _gathered(task, folder)
        put_json(folder / "done.json", done, task.work.aside)
    told: dict[str, Any] = done
    return told


def _gathered(task: Gather, folder: Path) -> dict[str, Any]:
    every, away = settled(counted_on(_read(task, "claims"), task.work), task.settled, task.work)
    rows = _read(task, "events")
    claims, events, counted = newest(every, rows)
    shared = Shared()
    shared.see_claims(every)
    shared.see_taken(away)
    shared.see_events(claims, rows)
    del every, rows
    for name, number in passed(away).items():
        counted[name] += number
    ids = pc.unique(pa.concat_arrays([pc.unique(claims["source_id"]), pc.unique(claims["root"])]))
    sources = sources_of(task.work, ids)
    frames = {
        name: table.to_pandas()
        for name, table in (("sources", sources), ("claims", claims), ("events", events))
    }
    part = Collection(Path(), _NO_FACTS, actors=pd.DataFrame(), **frames)
    drawn = layered(part, gazetteer_of(task.work))
    said: dict[str, Any] = {
        "events": _put_events(drawn, folder, task.work),
        "claims": _put_claims(part.claims, drawn, folder, task.work),
    }
    counts = list(by_month(gains(drawn)))
    _put(folder / "counts.arrow", [table for _, table in counts], task.work)
    reports = _reports(part.claims, drawn)
    _put(folder / "reports.arrow", [reports], task.work)
    said["counts"] = [(month, table.num_rows) for month, table in counts]
    undated = pc.sum(pc.is_null(drawn["shown_from"]), min_count=0).as_py()
    unplaced = pc.sum(pc.is_null(drawn["spot"]), min_count=0).as_py()
    return said | counted | {"undated": undated, "unplaced": unplaced, "shared": shared.told()}


def _read(task: Gather, name: str) -> pa.Table:
    """Read what all inputs have of this part, in their order."""
    files = [
        task.work.read(number) / f"{name}-{run:04}.arrow"
        for number, runs in task.inputs
        for run in range(runs)
    ]
    batches = [batch for file in files for batch in batch_at(file, [task.part])]
    return pa.Table.from_batches(batches, SCHEMAS_READ[name])


def _put(path: Path, tables: list[pa.Table], work: Work) -> None:
    """Write tables of one kind; nothing where there is none."""
    if tables:
        put_pieces(path, tables[0].schema, tables, work.aside)


def _put_events(drawn: pa.Table, folder: Path, work: Work) -> list[list[Any]]:
    """Write the events by layer and month, as they stand."""
    pieces, told = [], []
    keys = [drawn["layer"].to_pandas(), drawn[MONTH].to_pandas()]
    for begin, end in _stretches(*keys):
        piece = drawn.slice(begin, end - begin)
        days = [pc.min(piece["shown_from"]).as_py(), pc.max(piece["shown_until"]).as_py()]
        told.append([keys[0].iloc[begin], keys[1].iloc[begin], end - begin, *days])
        pieces.append(piece.drop_columns([MONTH]))
    _put(folder / "events.arrow", pieces, work)
    return told


def _put_claims(claims: pd.DataFrame, drawn: pa.Table, folder: Path, work: Work) -> list[list[Any]]:
    """Write the claims by the month in which their event begins, in the order of events."""
    month = _of_events(claims, drawn, MONTH).fillna(NO_MONTH)
    order = pd.DataFrame(
        {
            "month": month.to_numpy(),
            "event": claims["event_id"].to_numpy(),
            "claim": claims["claim_id"].to_numpy(),
        }
    )
    order = order.sort_values(["month", "event", "claim"], kind="stable")
    sorted_claims = claims.take(order.index.to_numpy())
    table = table_of(sorted_claims, "claims")
    for one in PROVENANCE:
        cells = pa.array(sorted_claims[one.name], from_pandas=True).cast(one.type)
        table = table.append_column(one, cells)
    pieces, told = [], []
    for begin, end in _stretches(order["month"]):
        pieces.append(table.slice(begin, end - begin))
        told.append([order["month"].iloc[begin], end - begin])
    _put(folder / "claims.arrow", pieces, work)
    return told


def _reports(claims: pd.DataFrame, drawn: pa.Table) -> pa.Table:
    """Count by layer the claims of the events that come on the map on a day, and those that were reported on it."""
    codes = {name: number for number, name in enumerate(LAYERS)}
    layer = _of_events(claims, drawn, "layer").map(codes).fillna(-1).to_numpy(dtype="int8")
    begun = _of_events(claims, drawn, "shown_from").to_numpy(dtype=float)
    reported = claims["reported"].to_numpy().astype("datetime64[D]").astype(np.int64)
    parts = [
        pd.DataFrame({"day": begun, "layer": layer, "claims": 1, "reports": 0})[np.isfinite(begun)],
        pd.DataFrame({"day": reported.astype(float), "layer": layer, "claims": 0, "reports": 1}),
    ]
    summed = pd.concat(parts).query("layer >= 0").groupby(["day", "layer"], sort=True).sum().reset_index()
    schema = pa.schema(
        [("day", pa.int32()), ("layer", pa.int8()), ("claims", pa.int32()), ("reports", pa.int32())]
    )
    return pa.Table.from_pandas(summed, schema=schema, preserve_index=False, safe=False)


def _of_events(claims: pd.DataFrame, drawn: pa.Table, column: str) -> pd.Series:
    """Give what a column says of the event of each claim; NaN for none."""
    said = pd.Series(drawn[column].to_pandas().to_numpy(), index=pd.Index(drawn["event_id"].to_pandas()))
    return claims["event_id"].map(said)


def _stretches(*keys: pd.Series) -> list[tuple[int, int]]:
    """Give where rows of the same keys begin and end, which stand together."""
    count = len(keys[0])
    if not count:
        return []
    new = np.zeros(count, dtype=bool)
    for key in keys:
        cells = key.to_numpy(dtype=object)
        new[1:] |= cells[1:] != cells[:-1]
    begins = [0, *np.flatnonzero(new).tolist()]
    return list(zip(begins, [*begins[1:], count], strict=True))


assert set(PROVENANCE.names) <= set(CLAIMS.names)
