"""Columns whose cells are words of a list: theirs read as ours, and each that is not known asked for once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.imports.cells.distinct import Distinct
from claims.imports.cells.foreignwords import meaning, says_nothing
from claims.imports.tables.mapping import WORDS, same_cell
from geo.errors import Fault
from geo.toponyms import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.imports.tables.mappedrows import MappedRows

__all__ = ["WordColumn"]

MOST_ASKED: Final = 40
"""Words of a column that are asked for one by one; one with more is no column of words."""

_SHOWN: Final = 60  # characters of a word in a fault


class WordColumn:
    """A column of words, read chunk by chunk."""

    def __init__(self, ours: str, theirs: str, meanings: Mapping[str, str]) -> None:
        """Read a column.

        Args:
            ours: Which of `WORDS` it holds.
            theirs: What faults call it.
            meanings: What the user says that its cells mean, as `TableMapping.meanings` has it.
        """
        self._ours = ours
        self._theirs = theirs
        self._meanings = meanings
        self._words: Distinct[str | None] = Distinct(self._word)
        self._asked: dict[str, array[int]] = {}

    def read(self, rows: MappedRows, otherwise: str | None = None) -> np.ndarray:
        """Give our word of each row; dtype object, "" where there is a fault.

        Args:
            rows: Those with a word that is not known are held for faulty; the fault is told once for each word.
            otherwise: What an empty cell means; where that is None, it is a fault.
        """
        cells = rows.text(self._ours)
        codes, read = self._words.of(cells)
        unknown = np.array([word is None for word in read], dtype=bool)[codes]
        words: np.ndarray = np.array([word or "" for word in read], dtype=object)[codes]
        empty = (words == "") & ~unknown
        words[empty] = otherwise or ""
        if otherwise is None:
            todo = f"fill it in, or say --set {self._ours}=... for all rows"
            rows.fault_where(self._ours, empty, "is empty", todo)
        self._ask(rows, codes, unknown)
        rows.mark(unknown)
        return words

    def _word(self, cell: str) -> str | None:
        """Give our word of a cell, "" for nothing, None where it is not known."""
        if says_nothing(cell):
            return ""
        said = self._meanings.get(same_cell(cell))
        return said if said is not None else meaning(self._ours).get(plain(cell))

    def _ask(self, rows: MappedRows, codes: np.ndarray, unknown: np.ndarray) -> None:
        """Tell of each word that is not known once, with the lines that have it."""
        at = np.flatnonzero(unknown)
        _, first, number = np.unique(codes[at], return_index=True, return_inverse=True)
        bounds = np.cumsum(np.bincount(number))[:-1]
        lines = np.split(rows.lines[at[np.argsort(number, kind="stable")]], bounds)
        for one in np.argsort(first):
            self._tell(rows, rows.text(self._ours).iloc[int(at[first[one]])], lines[one].tolist())

    def _tell(self, rows: MappedRows, cell: str, lines: list[int]) -> None:
        """Tell of a word in rows that are not told yet; of more words than are asked for all others are one fault."""
        is_more = same_cell(cell) not in self._asked and len(self._asked) >= MOST_ASKED
        word = "" if is_more else same_cell(cell)  # no word is empty
        if word in self._asked:
            self._asked[word].extend(lines)
            return
        self._asked[word] = array("q", lines)
        shown = cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"
        why = f"is not known as a {self._ours.replace('_', ' ')}"
        todo = f"say --value '{self._ours}:{shown}=...' with one of {', '.join(WORDS[self._ours])}"
        if is_more:
            why = f"and more, over {MOST_ASKED} words, are not known: is this the column?"
            todo = f"map another column to {self._ours}, or say --set {self._ours}=... for all rows"
        rows.faults.append(Fault(rows.file, None, self._theirs, shown, why, todo, self._asked[word]))
