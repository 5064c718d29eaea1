"""The step before events are put together: of a claim that inputs count to several events, which of these it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.imports.merging.newer import orders
from geo.files.csvwriting import TEXT
from layers.build.pieces import batch_at, put_json, put_pieces, read_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.build.work import Work

__all__ = ["ASTRAY", "Settle", "astray", "grouped", "passed", "settle", "settled"]

ASTRAY: Final = pa.schema(
    [(name, TEXT) for name in ("claim_id", "event_id", "row_version", "file", "dataset")]
)
"""Of a claim what is asked to know which of its rows counts."""


@dataclass(frozen=True, slots=True)
class Settle:
    """The claims whose ids fall to a part, where one may be of several events.

    Attributes:
        part: Its number.
        inputs: The inputs with the runs that each has.
        work: Where they are.
    """

    part: int
    inputs: tuple[tuple[int, int], ...]
    work: Work


def astray(claims: pa.Table) -> pa.Table:
    """Give those claims that are parted by another id than their own: their rows in other inputs may be elsewhere.

    A claim of a table or a report has its own id as its event's, so that only what a person has grouped is among them.
    """
    return claims.select(ASTRAY.names).filter(grouped(claims))


def grouped(claims: pa.Table) -> pa.ChunkedArray:
    """Tell of each claim whether it is of an event that is not called as itself."""
    events, ids = claims["event_id"], claims["claim_id"]
    return pc.and_(pc.not_equal(events, ""), pc.not_equal(events, ids))


def settle(task: Settle) -> int:
    """Decide of which event each claim is that is held under several, by the rule of `layers.build.newest`, once.

    Returns:
        How many are.
    """
    done = read_json(task.work.settled(task.part) / "done.json")
    if done is None:
        chosen = _chosen(_rivals(task))
        folder = task.work.settled(task.part)
        put_pieces(folder / "chosen.arrow", ASTRAY, [chosen], task.work.aside)
        done = chosen.num_rows
        put_json(folder / "done.json", done, task.work.aside)
    number: int = done
    return number


def _rivals(task: Settle) -> pa.Table:
    """Give all rows of the claims that have one that is parted by another id, in the order of inputs and rows."""
    runs = [(number, run) for number, count in task.inputs for run in range(count)]
    strays = [_piece(task, f"astray-{run:04}", number) for number, run in runs]
    ids = pc.unique(pa.concat_tables([ASTRAY.empty_table(), *strays])["claim_id"])
    if not len(ids):
        return ASTRAY.empty_table()
    rows = [ASTRAY.empty_table()]
    for (number, run), stray in zip(runs, strays, strict=True):
        held = _piece(task, f"claims-{run:04}", number)
        own = held.filter(pc.invert(grouped(held)))
        rows += [stray, own.filter(pc.is_in(own["claim_id"], value_set=ids))]
    return pa.concat_tables(rows)


def _piece(task: Settle, name: str, number: int) -> pa.Table:
    """Read what a run has of the part; nothing where none of its claims is astray."""
    file = task.work.read(number) / f"{name}.arrow"
    return (
        pa.Table.from_batches(batch_at(file, [task.part])).select(ASTRAY.names)
        if file.is_file()
        else ASTRAY.empty_table()
    )


def _chosen(rows: pa.Table) -> pa.Table:
    """Give the row that counts of each claim that is of several events."""
    known = rows.select(["claim_id", "event_id", "row_version"]).to_pandas()
    contested = known.groupby("claim_id")["event_id"].transform("nunique").gt(1).to_numpy(dtype=bool)
    known = known[contested]
    known["sort"], known["rank"] = orders(known["row_version"])
    last = known.sort_values(["sort", "rank"], kind="stable").groupby("claim_id", sort=False).tail(1)
    return rows.take(pa.array(np.sort(last.index.to_numpy()), pa.int64())).combine_chunks()


def settled(claims: pa.Table, parts: Sequence[int], work: Work) -> tuple[pa.Table, pd.DataFrame]:
    """Take those rows of claims away that count a claim to another event than that which it is of.

    Args:
        claims: Of a part of the events.
        parts: Those of which `settle` told any claim.
        work: Where it put them.

    Returns:
        The others; and of those taken away the columns of `ASTRAY`, those of the row that counts with `_kept` behind.
    """
    ids = claims["claim_id"]
    chosen = [ASTRAY.empty_table()]
    for part in parts:
        table = pa.Table.from_batches(batch_at(work.settled(part) / "chosen.arrow", [0]), ASTRAY)
        chosen.append(table.filter(pc.is_in(table["claim_id"], value_set=pc.unique(ids))))
    kept = pa.concat_tables(chosen)
    if not kept.num_rows:
        return claims, pd.DataFrame(columns=[*ASTRAY.names, *(f"{name}_kept" for name in ASTRAY.names[1:])])
    touched = pc.is_in(ids, value_set=kept["claim_id"]).to_numpy(zero_copy_only=False)
    rows = claims.select(ASTRAY.names).filter(pa.array(touched)).to_pandas()
    rows["at"] = np.flatnonzero(touched)
    rows = rows.merge(kept.to_pandas(), on="claim_id", suffixes=("", "_kept"))
    rows = rows[rows["event_id"] != rows["event_id_kept"]]
    stay = np.ones(claims.num_rows, dtype=bool)
    stay[rows.pop("at").to_numpy()] = False
    return claims.filter(pa.array(stay)), rows


def passed(rows: pd.DataFrame) -> dict[str, Any]:
    """Count rows that were taken away as `layers.build.newest.newest` does: of an older edition, or differing."""
    if rows.empty:
        return {"older": 0, "differing": 0}
    (sort, rank), (sort_kept, rank_kept) = (
        orders(rows[name]) for name in ("row_version", "row_version_kept")
    )
    alike = int(((sort == sort_kept) & (rank == rank_kept)).sum())
    return {"older": len(rows) - alike, "differing": alike}
