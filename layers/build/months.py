"""The fourth step: what all parts have of one month, put in order and written as the built folder holds it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import shapely

from layers.build.counted import added
from layers.build.pieces import batch_at, put, put_json, read_json
from layers.built.format import claims_path, counts_path, events_path
from layers.exports.parquet import put_parts
from layers.exports.typedrows import GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy as np

    from layers.build.work import Work

    Pieces = tuple[tuple[int, tuple[int, ...]], ...]

__all__ = ["Month", "file_told", "month_of", "write_table"]

SLAB: Final = 200_000
"""Rows that are put in order at a time: a month of more is written in several stretches, each in its order."""

GROUP: Final = 8_192
"""Rows of a row group: what is read to find the claims of one event."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month to be written.

    Attributes:
        month: As `layers.built.format` writes it.
        events: By layer, the numbers of parts with those of their pieces.
        claims: Likewise of claims.
        counts: Likewise of counts.
        work: Where they are, and where the month is put.
    """

    month: str
    events: Mapping[str, Pieces]
    claims: Pieces
    counts: Pieces
    work: Work


def month_of(task: Month) -> dict[str, Any]:
    """Write a month, once: what is done already is only told again.

    Returns:
        By the path of each file its rows, bytes and sha256.
    """
    done = read_json(task.work.month(task.month))
    if done is None:
        done = _written(task)
        put_json(task.work.month(task.month), done, task.work.aside)
    told: dict[str, Any] = done
    return told


def _written(task: Month) -> dict[str, Any]:
    order = [("shown_from", "ascending"), ("spot", "ascending"), ("event_id", "ascending")]
    told = {}
    for layer, pieces in task.events.items():
        path = events_path(layer, task.month)
        tables = _slabs(task.work, "events", pieces, order)
        told[path] = write_table(tables, path, task.work, {"layer": layer, "month": task.month})
    if task.claims:
        path = claims_path(task.month)
        order = [("event_id", "ascending"), ("claim_id", "ascending")]
        tables = _slabs(task.work, "claims", task.claims, order)
        told[path] = write_table(tables, path, task.work, {"month": task.month})
    if task.counts:
        path = counts_path(task.month)
        counts = added(
            [pa.Table.from_batches(batches) for batches in _batches(task.work, "counts", task.counts)]
        )
        told[path] = write_table(iter([counts]), path, task.work, {"month": task.month})
    return told


def write_table(tables: Iterator[pa.Table], path: str, work: Work, said: Mapping[str, str]) -> dict[str, Any]:
    """Write tables as one file of the built folder, GeoParquet where they have geometries; give rows, bytes and sha256."""
    rows = 0

    def pieces() -> Iterator[tuple[pa.Table, np.ndarray | None]]:
        nonlocal rows
        for table in tables:
            for begin in range(0, max(table.num_rows, 1), GROUP):
                piece = table.slice(begin, GROUP)
                rows += piece.num_rows
                if GEOMETRY not in piece.column_names:
                    yield piece, None
                    continue
                shapes = shapely.from_wkb(piece[GEOMETRY].to_numpy(zero_copy_only=False))
                yield piece.drop_columns([GEOMETRY]), shapes

    with put(work.out / path, work.aside) as file:
        put_parts(pieces(), said, file)
    return {"rows": rows, **file_told(work.out / path)}


def file_told(path: Path) -> dict[str, Any]:
    """Give the bytes and the sha256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _slabs(work: Work, name: str, pieces: Pieces, order: list[tuple[str, str]]) -> Iterator[pa.Table]:
    """Give the rows of pieces, some at a time, each in its order."""
    held: list[pa.RecordBatch] = []
    for batches in _batches(work, name, pieces):
        if held and sum(one.num_rows for one in held) + sum(one.num_rows for one in batches) > SLAB:
            yield pa.Table.from_batches(held).sort_by(order)
            held = []
        held += batches
    yield pa.Table.from_batches(held).sort_by(order)


def _batches(work: Work, name: str, pieces: Pieces) -> Iterator[list[pa.RecordBatch]]:
    """Read what each part has."""
    for part, numbers in pieces:
        yield batch_at(work.part(part) / f"{name}.arrow", numbers)
