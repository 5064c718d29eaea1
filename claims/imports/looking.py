"""A table looked through once: how many rows it has, its first ones, the words of its columns, and what of it is context."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.imports.converting import Scheme, canonical, detected
from claims.imports.datasets.crosswalk import acled_meaning, violence
from claims.imports.rows import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from claims.imports.files.foreign import ForeignTable, Format
    from geo.errors import Fault

__all__ = ["Looked", "Watched", "looked_through"]

FIRST: Final = 2_000
"""Rows that are kept, by which columns are guessed."""

WORDS: Final = 200
"""Different cells of a column that may be one of words; of one with more none are kept."""

_BETWEEN: Final = "\x1f"


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What was seen of a table.

    Attributes:
        format: How it is written.
        header: Its columns.
        sheets: Those of a workbook.
        rows: How many rows could be read.
        first: The first of them.
        words: Of each column with few different cells all of these, in their order.
        unread: The faults of rows that could not be.
        context: Where it is known as another data set's: the rows that are no movement, posture or change, by what they
            are.
    """

    format: Format
    header: tuple[str, ...]
    sheets: tuple[str, ...]
    rows: int
    first: Chunk
    words: Mapping[str, list[str]]
    unread: tuple[Fault, ...]
    context: Counter[str]


class Watched:
    """A table that tells how many of its rows were read so far."""

    def __init__(self, table: ForeignTable, tell: Callable[[int], None]) -> None:
        """Watch a table; `tell` is called after each chunk."""
        self._table, self._tell = table, tell
        self.name, self.format = table.name, table.format
        self.header, self.sheets = table.header, table.sheets

    def chunks(self, faults: list[Fault], *, rows: int = 20_000) -> Iterator[Chunk]:
        """Give its rows, as `ForeignTable` says."""
        read = 0
        for chunk in self._table.chunks(faults, rows=rows):
            read += len(chunk.lines)
            self._tell(read)
            yield chunk


def looked_through(table: ForeignTable) -> Looked:
    """Read a table once."""
    header = table.header
    first = Chunk(pd.DataFrame(columns=list(header), dtype=str), np.array([], dtype=np.int64))
    words: dict[str, list[str]] = {column: [] for column in header}
    context: Counter[str] = Counter()
    unread: list[Fault] = []
    scheme, rows = detected(header), 0
    for chunk in table.chunks(unread):
        if not rows:
            first = Chunk(chunk.cells.head(FIRST), chunk.lines[:FIRST])
        rows += len(chunk.lines)
        for column in list(words):
            words[column] = list(dict.fromkeys([*words[column], *chunk.cells[column].unique()]))
            if len(words[column]) > WORDS:
                del words[column]
        context.update(_context(scheme, chunk.cells))
    return Looked(table.format, header, table.sheets, rows, first, words, tuple(unread), context)


def _context(scheme: Scheme, cells: pd.DataFrame) -> dict[str, int]:
    """Count the rows of a data set that is known which are taken only where context is asked for."""
    named = {canonical(column): column for column in cells.columns}
    if scheme is Scheme.UCDP:
        types = cells[named["type_of_violence"]].str.strip().map(violence)
        counted: dict[str, int] = types[types.ne("")].value_counts().to_dict()
        return counted
    if scheme is not Scheme.ACLED:
        return {}
    both = [cells[named[column]].str.strip() for column in ("event_type", "sub_event_type")]
    counts = (both[0] + _BETWEEN + both[1]).value_counts()
    return {
        str(types).replace(_BETWEEN, ": "): int(count)
        for types, count in counts.items()
        if not acled_meaning(*str(types).split(_BETWEEN, 1)).taken
    }
