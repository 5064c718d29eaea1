"""The rows of a chunk while they are checked: each cell's first fault, and which rows have none."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from claims.imports.converting import canonical
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.imports.rows import Chunk

__all__ = ["Checked"]


class Checked:
    """Rows whose cells are asked for by the codebook's names of columns, and their faults.

    Attributes:
        file: What faults call the file.
        written: The rows as the file has them.
        columns: Their cells, a list for each of the file's columns.
        lines: Of each row, where a person finds it.
        faults: Where faults are put.
        sound: Which rows have no fault so far.
    """

    def __init__(self, file: str, chunk: Chunk, faults: list[Fault]) -> None:
        """Begin with the rows of a chunk, all sound."""
        self.file = file
        self.written = chunk.cells.reset_index(drop=True)
        self.lines = np.asarray(chunk.lines)
        self.faults = faults
        self.sound = np.ones(len(self.written), dtype=bool)
        # As Python's strings, once: every cell is looked at several times.
        self.columns = [chunk.cells.iloc[:, at].tolist() for at in range(chunk.cells.shape[1])]
        header = list(map(str, chunk.cells.columns))
        # Of columns that are one to the codebook the first counts.
        self._columns = {canonical(column): column for column in reversed(header)}
        self._at = {column: at for at, column in reversed(list(enumerate(header)))}
        self._texts: dict[str, pd.Series] = {}
        self._told: dict[str, np.ndarray] = {}
        for column in self._columns:
            self._refuse_unwritable(column)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.written)

    def raw(self, column: str) -> list[str]:
        """Give a column's cells as the file has them, by the codebook's name; empty ones where it has no such column."""
        written = self._columns.get(column)
        return [""] * len(self) if written is None else self.columns[self._at[written]]

    def text(self, column: str) -> pd.Series:
        """Give the same without blanks around them, as objects."""
        if column not in self._texts:
            self._texts[column] = pd.Series([cell.strip() for cell in self.raw(column)], dtype=object)
        return self._texts[column]

    def fault_where(
        self,
        columns: str | Sequence[str],
        bad: np.ndarray | pd.Series,
        why: str | np.ndarray,
        todo: str | np.ndarray,
    ) -> None:
        """Make a fault of every row where `bad` is true; a cell's first fault is its only one.

        Args:
            columns: The column that it is of, or several that are wrong together.
            bad: Of each row, whether it is.
            why: What is wrong, as the rest of a sentence; of each row where rows differ in it.
            todo: What to do about it, as a command; likewise.
        """
        named = [columns] if isinstance(columns, str) else list(columns)
        rows = np.asarray(bad, dtype=bool)
        for column in named:
            rows = rows & ~self._told.setdefault(column, np.zeros(len(self), dtype=bool))
        told = ", ".join(self._columns.get(column, column) for column in named)
        whys, todos = (np.broadcast_to(np.asarray(words, dtype=object), len(self)) for words in (why, todo))
        for row in map(int, np.flatnonzero(rows)):
            value = ", ".join(self.text(column).iloc[row] for column in named)
            self.faults.append(
                Fault(self.file, int(self.lines[row]), told, value or None, whys[row], todos[row])
            )
        for column in named:
            self._told[column] |= rows
        self.sound &= ~rows

    def _refuse_unwritable(self, column: str) -> None:
        """Make a fault of cells with NUL or half a character, as some formats can hold them and no text can."""
        cells = self.raw(column)
        if not _is_text("".join(cells)):
            bad = np.array([not _is_text(cell) for cell in cells], dtype=bool)
            self.fault_where(column, bad, "holds a character that no text can hold", "take it out")

    def needed(self, column: str, todo: str = "fill it in, or leave the row out") -> None:
        """Make a fault of every row in which a cell is empty."""
        self.fault_where(column, self.text(column).eq("").to_numpy(), "is empty", todo)

    def only(self, rows: np.ndarray) -> None:
        """Keep these rows, given as a mask, and let the others go."""
        if rows.all():
            return
        self.written = self.written[rows].reset_index(drop=True)
        self.columns = [list(compress(cells, rows)) for cells in self.columns]
        self.lines = self.lines[rows]
        self.sound = self.sound[rows]
        self._told = {name: told[rows] for name, told in self._told.items()}
        self._texts = {name: texts[rows].reset_index(drop=True) for name, texts in self._texts.items()}


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
