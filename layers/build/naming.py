"""The second step: what the claims of all inputs name, each once, and the places that all of them are drawn with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.files.csvwriting import csv_header, csv_rows
from geo.gazetteer import DEFAULT_FOLDER, Gazetteer
from layers.build.pieces import batch_at, pieces_of, put, put_json, put_pieces, read_json
from layers.build.reposts import with_reposts
from layers.build.roots import put_roots
from layers.build.rowsread import NAMED, SCHEMAS_READ
from layers.build.scatter import first_of_each
from layers.build.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.build.inputs import Input
    from layers.build.work import Work

__all__ = ["gather_named", "gazetteer_of", "named_table", "sources_of"]

PIECE: Final = 65_536
"""Rows of what is named that are read at a time."""


def gather_named(work: Work, inputs: Sequence[Input]) -> dict[str, Any]:
    """Put together the sources, actors and places of inputs; of two rows of one id that of the first input counts.

    Returns:
        How many rows each table has; `differing`: how many ids have another row in a later input; and `shared`: those of
        them that a collection has too, as `layers.build.shared.Shared.told` gives them.
    """
    done = read_json(work.named / "done.json")
    if done is not None:
        told: dict[str, Any] = done
        return told
    told, shared = {"differing": 0}, Shared()
    for name in NAMED:
        every, owner = _every(work, name, inputs)
        table = first_of_each(every)
        whole = every.group_by(every.column_names, use_threads=False).aggregate([]).num_rows
        told |= {name: table.num_rows, "differing": told["differing"] + whole - table.num_rows}
        if whole > table.num_rows:
            shared.see_named(name, every, owner, inputs)
        _put_named(work, name, with_reposts(table) if name == "sources" else table)
        if name == "places":
            _put_outlines(work, inputs, every, owner)
    put_roots(work, inputs)
    told["shared"] = shared.told()
    ids = {one for given in inputs for one in read_json(work.read(given.number) / "places.json") or ()}
    put_json(work.named / "place_ids.json", sorted(ids), work.aside)
    put_json(work.named / "done.json", told, work.aside)
    return told


def _every(work: Work, name: str, inputs: Sequence[Input]) -> tuple[pa.Table, np.ndarray]:
    """Read what all inputs have of a table, and the number among them of the one that each row is of."""
    files = [work.read(given.number) / f"{name}.arrow" for given in inputs]
    batches = [
        (at, batch) for at, file in enumerate(files) if file.is_file() for batch in batch_at(file, [0])
    ]
    owner = np.repeat([at for at, _ in batches], [batch.num_rows for _, batch in batches])
    return pa.Table.from_batches([batch for _, batch in batches], SCHEMAS_READ[name]), owner.astype(np.intp)


def _put_named(work: Work, name: str, table: pa.Table) -> None:
    """Write a table in pieces: whoever wants some rows of it need not hold all."""
    pieces = [table.slice(at, PIECE) for at in range(0, max(table.num_rows, 1), PIECE)]
    put_pieces(work.named / f"{name}.arrow", table.schema, pieces, work.aside)
    if name == "places":
        with put(work.named / "places" / "places.csv", work.aside) as file:
            frame = table.to_pandas()
            file.write_bytes(csv_header(frame.columns) + csv_rows(frame))


def _put_outlines(work: Work, inputs: Sequence[Input], places: pa.Table, owner: np.ndarray) -> None:
    """Write the outlines of places beside these, each as the input has it whose place it is."""
    known = pd.Series(owner, index=places["place_id"].to_pandas())
    of = known[~known.index.duplicated()].to_dict()
    once = {
        place_id: feature
        for at, given in enumerate(inputs)
        for feature in read_json(work.read(given.number) / "outlines.json") or ()
        if of[place_id := feature["properties"]["place_id"]] == at
    }
    collection = {"type": "FeatureCollection", "features": [once[place_id] for place_id in sorted(once)]}
    put_json(work.named / "places" / "areas.geojson", collection, work.aside)


def named_table(work: Work, name: str) -> pa.Table:
    """Read one of the tables that were put together."""
    return pa.Table.from_batches(pieces_of(work.named / f"{name}.arrow"), SCHEMAS_READ[name])


def sources_of(work: Work, ids: pa.Array) -> pa.Table:
    """Read sources of these ids, and those that they repeat, however often, without holding the others."""
    path, found = work.named / "sources.arrow", [SCHEMAS_READ["sources"].empty_table()]
    known = pa.concat_arrays([ids, pa.array([""], ids.type)])
    while len(ids):
        some = [
            pa.Table.from_batches([batch]).filter(pc.is_in(batch["source_id"], value_set=ids))
            for batch in pieces_of(path)
        ]
        found += some
        repeats = pc.unique(pa.concat_tables(some)["repeats"])
        ids = repeats.filter(pc.invert(pc.is_in(repeats, value_set=known)))
        known = pa.concat_arrays([known, ids])
    return pa.concat_tables(found)


def gazetteer_of(work: Work) -> Gazetteer:
    """Read the shipped places with all that the inputs bring or name, once a process."""
    return _gazetteer(work.named, work.mark)


@lru_cache(maxsize=1)
def _gazetteer(named: Path, _mark: str) -> Gazetteer:
    # A worker of a cluster outlives a build, and another one of the same folder has other places.
    gazetteer = Gazetteer.read(DEFAULT_FOLDER, named / "places")
    return gazetteer.holding(read_json(named / "place_ids.json"))
