"""What passes between the parts of an import: rows as a file has them, and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.model import ACTORS, CLAIMS, EVENTS, IMPORTS, SOURCES
from geo.placefiles import COLUMNS as PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

__all__ = ["MADE", "Chunk", "Made", "Notice", "nothing"]

MADE: Final[Mapping[str, tuple[str, ...]]] = {
    "sources": tuple(column.name for column in SOURCES),
    "actors": tuple(column.name for column in ACTORS),
    "places": PLACES,
    "events": tuple(column.name for column in EVENTS),
    "claims": tuple(column.name for column in CLAIMS),
    "imports": tuple(column.name for column in IMPORTS),
}
"""The tables that rows are made into, with their columns; what a table names stands in one before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some rows of a file, as text.

    Attributes:
        cells: A column for each of the file's, in its order; every cell a string, "" where the file has nothing. Numbers
            of formats that have them are written as Python writes them (2000, 0.5), days as ISO.
        lines: Of each row, where a person finds it: its line in a text file, its row in a sheet, from 1.
    """

    cells: pd.DataFrame
    lines: np.ndarray


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told of a row that is taken all the same, as that its name and its position are apart; or of the file.

    Attributes:
        file: The file as the user knows it.
        line: The row's; 0 where the file is meant.
        said: What was noticed, as a sentence with the values.
    """

    file: str
    line: int
    said: str

    def __str__(self) -> str:
        """Say it as one line."""
        where = f"{self.file} line {self.line}" if self.line else self.file
        return f"{where}: {self.said}"


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What a chunk became.

    Attributes:
        tables: By the names of `MADE`, a frame of strings with its columns. Claims, events and imports are of the same
            rows of the file, in one order, whether or not it says one twice. A source, an actor and a place stand once,
            though the next chunk may give them again.
        notices: What is told of its rows.
    """

    tables: Mapping[str, pd.DataFrame]
    notices: tuple[Notice, ...] = field(default=())


def nothing() -> dict[str, pd.DataFrame]:
    """Give the tables of `MADE` without a row."""
    return {name: pd.DataFrame(columns=list(columns), dtype=str) for name, columns in MADE.items()}
