"""Read a table from Parquet as the cells that CSV would have held, with all that is wrong with it told as faults."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claims.typedtables import as_text
from geo.errors import Fault
from geo.files.csvfiles import header_faults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["BESIDE", "read_cells"]

BESIDE: Final = frozenset({"geometry", "bbox"})
"""Columns that GeoParquet has beside those of a table; they are passed over, since they are computed."""


def read_cells(
    path: Path, known: Sequence[str], faults: list[Fault], may: Sequence[str] = ()
) -> pa.Table | None:
    """Read the columns of a table as text (`claims.typedtables.as_text`); None where the file is of no use.

    Args:
        path: Of the file.
        known: The columns that it must have; it may have those of `BESIDE` too.
        faults: Where faults are put; the line of each is the row's number, from 1.
        may: Columns that it may have besides, and that are read where it has.
    """
    try:
        with pq.ParquetFile(path) as file:
            header = [name for name in file.schema_arrow.names if name not in BESIDE]
            faults += header_faults(path.name, header, (*known, *may), known)
            kept = {*known, *may}
            held = [name for name in dict.fromkeys(header) if name in kept and header.count(name) == 1]
            read = file.read(columns=held, use_threads=False)
        read.validate(full=True)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        why = f"is no Parquet file that can be read ({' '.join(str(error).split())[:200]})"
        faults.append(Fault(path.name, None, None, None, why, "write it anew"))
        return None
    columns = {name: _cells(path.name, name, read[name], faults) for name in held}
    return pa.table(columns) if columns else pa.table({"": pa.nulls(read.num_rows, pa.large_string())})


def _cells(file: str, column: str, cells: pa.ChunkedArray, faults: list[Fault]) -> pa.ChunkedArray:
    text = as_text(cells)
    if text is None:
        why = f"holds {cells.type}, which is neither text nor numbers nor days"
        faults.append(Fault(file, None, column, None, why, "write it as text"))
        return pa.chunked_array([pa.array([""] * len(cells), pa.large_string())])
    most = csv.field_size_limit()
    bad = {
        "holds a byte that is none of text (00)": (pc.match_substring(text, "\0"), "take it out"),
        f"has over {most} letters": (pc.greater(pc.utf8_length(text), most), "shorten it"),
    }
    for why, (where, todo) in bad.items():
        rows = pc.indices_nonzero(where).to_pylist()
        faults += [Fault(file, row + 1, column, None, why, todo) for row in rows]
    return text
