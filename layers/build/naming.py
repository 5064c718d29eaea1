"""The second step: what the claims of all inputs name, each once, and the places that all of them are drawn with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geo.files.csvwriting import csv_header, csv_rows
from geo.gazetteer import DEFAULT_FOLDER, Gazetteer
from layers.build.pieces import batch_at, put, put_json, put_pieces, read_json
from layers.build.reposts import with_reposts
from layers.build.rowsread import NAMED, SCHEMAS_READ
from layers.build.scatter import first_of_each

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.build.work import Work

__all__ = ["gather_named", "gazetteer_of", "named_table"]


def gather_named(work: Work, inputs: Sequence[int]) -> dict[str, Any]:
    """Put together the sources, actors and places of inputs; of two rows of one id that of the first input counts.

    Returns:
        How many rows each table has, and `differing`: how many ids have another row in a later input.
    """
    done = read_json(work.named / "done.json")
    if done is not None:
        told: dict[str, Any] = done
        return told
    told = {"differing": 0}
    for name in NAMED:
        files = [work.read(number) / f"{name}.arrow" for number in inputs]
        batches = [batch for file in files if file.is_file() for batch in batch_at(file, [0])]
        every = pa.Table.from_batches(batches, SCHEMAS_READ[name])
        table = first_of_each(every)
        whole = every.group_by(every.column_names, use_threads=False).aggregate([]).num_rows
        told |= {name: table.num_rows, "differing": told["differing"] + whole - table.num_rows}
        if name == "sources":
            table = with_reposts(table)
        put_pieces(work.named / f"{name}.arrow", table.schema, [table], work.aside)
        if name == "places":
            with put(work.named / "places" / "places.csv", work.aside) as file:
                frame = table.to_pandas()
                file.write_bytes(csv_header(frame.columns) + csv_rows(frame))
    _put_outlines(work, inputs)
    ids = {one for number in inputs for one in read_json(work.read(number) / "places.json") or ()}
    put_json(work.named / "place_ids.json", sorted(ids), work.aside)
    put_json(work.named / "done.json", told, work.aside)
    return told


def _put_outlines(work: Work, inputs: Sequence[int]) -> None:
    """Write the outlines of places, each once, beside these."""
    read = [read_json(work.read(number) / "outlines.json") or () for number in inputs]
    every = [feature for features in read for feature in features]
    once = {feature["properties"]["place_id"]: feature for feature in reversed(every)}
    collection = {"type": "FeatureCollection", "features": [once[place_id] for place_id in sorted(once)]}
    put_json(work.named / "places" / "areas.geojson", collection, work.aside)


def named_table(work: Work, name: str) -> pa.Table:
    """Read one of the tables that were put together."""
    return pa.Table.from_batches(batch_at(work.named / f"{name}.arrow", [0]), SCHEMAS_READ[name])


def gazetteer_of(work: Work) -> Gazetteer:
    """Read the shipped places with all that the inputs bring or name, once a process."""
    return _gazetteer(work.named, work.mark)


@lru_cache(maxsize=1)
def _gazetteer(named: Path, _mark: str) -> Gazetteer:
    # A worker of a cluster outlives a build, and another one of the same folder has other places.
    gazetteer = Gazetteer.read(DEFAULT_FOLDER, named / "places")
    return gazetteer.holding(read_json(named / "place_ids.json"))
