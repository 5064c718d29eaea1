"""What every foreign table gives, whatever its format, and the faults that its header can have."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import pandas as pd

from claims.imports.files.encoded import unreadable
from claims.imports.rows import Chunk
from geo.errors import Fault, FaultsError
from geo.files.sheets import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = ["ForeignTable", "Format", "cells_of", "enough", "fitting", "must_be_a_header"]


_MOST_COLUMNS: Final = 16_384
_MOST_CELLS: Final = 1 << 21


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
        FaultsError: It has columns without a name or several of one name; each is a fault, with its positions from 1. Or
            a name is no text, or there are too many.
    """
    fitting(header, name)
    bad = unreadable(name, line, (), header)
    if bad is not None:
        raise FaultsError([bad])
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
        pd.DataFrame(cells, index=range(len(rows)), columns=pd.Index(header, dtype="str")),
        np.asarray(lines, dtype=np.int64),
    )


def fitting(header: Collection[str], name: str, rows: int = 20_000) -> int:
    """Give how many rows of a chunk fit into memory at once, at most as many as asked.

    Raises:
        FaultsError: There are more columns than any spreadsheet has.
    """
    if len(header) > _MOST_COLUMNS:
        why = f"has over {_MOST_COLUMNS:,} columns"
        raise FaultsError([Fault(name, None, None, None, why, "leave out those that are not needed")])
    return max(1, min(rows, _MOST_CELLS // max(1, len(header))))


def enough(faults: list[Fault], name: str, line: int) -> bool:
    """Tell whether there are so many faults that a file is read no further, which is told among them once."""
    if len(faults) == MOST_FAULTS:
        # Of no line: it is of all the rows that follow, and whoever leaves rows does not mean those.
        why = f"has {MOST_FAULTS:,} faults before line {line}, and what follows them was not read"
        faults.append(Fault(name, None, None, None, why, "mend those first"))
    return len(faults) > MOST_FAULTS


def _listed(positions: Sequence[int]) -> str:
    *most, last = map(str, positions)
    return f"{', '.join(most)} and {last}" if most else last
