"""What every foreign table gives, whatever its format, and the faults that its header can have."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from claims.imports.rows import Chunk
from geo.errors import Fault, FaultsError
from geo.files.sheets import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["ForeignTable", "Format", "cells_of", "enough", "must_be_a_header"]


class Format(StrEnum):
    """How a foreign table is written."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    KML = "kml"


class ForeignTable(Protocol):
    """A table of another program, open while the `with` block of `opened_table` lasts.

    Attributes:
        name: What faults call the file.
        format: How it is written.
        header: Its columns as written; each once, none without a name.
        sheets: The sheets of a workbook, as its tabs stand; of any other file none.
    """

    name: str
    format: Format
    header: tuple[str, ...]
    sheets: tuple[str, ...]

    def chunks(self, faults: list[Fault], *, rows: int = 20_000) -> Iterator[Chunk]:
        """Give its rows in order, from the first each time.

        Args:
            faults: Where faults are put; a row that has one is not given. After `geo.files.sheets.MOST_FAULTS` of them the
                file is read no further, which is told as one more.
            rows: How many a chunk has at most.
        """
        ...


def must_be_a_header(name: str, header: Sequence[str], line: int = 1) -> tuple[str, ...]:
    """Give a header back.

    Args:
        name: What faults call the file.
        header: Its columns as written.
        line: Where it stands.

    Raises:
        FaultsError: It has columns without a name or several of one name; each is a fault, with its positions from 1.
    """
    places = defaultdict(list)
    for position, column in enumerate(header, 1):
        places[column].append(position)
    todo = "give each column a name of its own"
    faults = []
    for column, found in places.items():
        named = _listed(found)
        if not column.strip():
            faults += [
                Fault(name, line, None, column, f"is the name of column {position}", todo)
                for position in found
            ]
        elif len(found) > 1:
            faults.append(Fault(name, line, None, column, f"is the name of columns {named}", todo))
    if faults:
        raise FaultsError(faults)
    return tuple(header)


def cells_of(header: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int]) -> Chunk:
    """Make a chunk of rows of strings, each as long as the header."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(header)
    cells = {name: pd.array(list(column), dtype="str") for name, column in zip(header, columns, strict=True)}
    return Chunk(
        pd.DataFrame(cells, columns=pd.Index(header, dtype="str")), np.asarray(lines, dtype=np.int64)
    )


def enough(faults: list[Fault], name: str, line: int | None) -> bool:
    """Tell whether there are so many faults that a file is read no further, which is told among them once."""
    if len(faults) == MOST_FAULTS:
        todo = "mend the faults before it first"
        faults.append(Fault(name, line, None, None, "and what follows it was not read", todo))
    return len(faults) > MOST_FAULTS


def _listed(positions: Sequence[int]) -> str:
    *most, last = map(str, positions)
    return f"{', '.join(most)} and {last}" if most else last
