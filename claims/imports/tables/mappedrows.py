"""The rows of any table, their cells asked for by the parts of a claim that they are mapped to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.imports.cells.foreignwords import names_no_place, says_nothing
from claims.imports.cells.writtennumbers import degrees_of
from claims.imports.checking import Checked
from claims.imports.tables.mapping import same_cell
from claims.imports.uniquely import each
from claims.model import ROLES

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping

    from claims.imports.rows import Chunk
    from claims.imports.tables.mapping import TableMapping
    from geo.errors import Fault

__all__ = ["MappedRows"]

_BETWEEN: Final = "\x1f"
_PLACES: Final = frozenset({*ROLES, "country"})


class MappedRows(Checked):
    """Rows whose cells are asked for by the names of `claims.imports.tables.mapping.OURS`; faults name the table's columns."""

    def __init__(
        self,
        file: str,
        chunk: Chunk,
        faults: list[Fault],
        mapping: TableMapping,
        seen: Counter[str] | None = None,
        *,
        none: frozenset[str] = frozenset(),
    ) -> None:
        """Begin with the rows of a chunk, all sound; a table without ids has the digest of a row's cells for its id.

        Args:
            file: What faults call the file.
            chunk: The rows.
            faults: Where faults are put.
            mapping: What the columns are.
            seen: How often each digest was given, where equal rows are several and not one said again: those after the
                first have their number behind it.
            none: Cells that mean no value, as `claims.imports.tables.mapping.same_cell` writes them.
        """
        self._seen, self._none = seen, none
        self._constants: Mapping[str, str] = {}
        super().__init__(file, chunk, faults)
        # Columns whose names differ in case only are two here; what was read by the table's names is not ours.
        beside = [name for name in map(str, self.written.columns) if name not in self._columns.values()]
        self._columns = dict(zip(beside, beside, strict=True))
        for name in beside:
            self._refuse_unwritable(name)
        self._texts.clear()
        self._told.clear()
        self._columns = dict(mapping.columns)
        self._constants = mapping.constants

    def raw(self, column: str) -> list[str]:
        """Give the cells as the file has them; the same for all rows where the user said so."""
        if column in self._constants:
            return [self._constants[column]] * len(self)
        if column == "id" and "id" not in self._columns:
            return self._digests()
        return super().raw(column)

    def text(self, column: str) -> pd.Series:
        """Give the same without blanks around them, as objects; degrees with a point, "" for what means no value."""
        if column not in self._texts:
            cells, degrees = super().text(column), column.endswith(("lon", "lat"))
            if degrees:
                cells = pd.Series(each(cells, degrees_of), dtype=object)
            if column not in self._constants and (self._none or degrees or column in _PLACES):
                known = says_nothing if degrees else names_no_place if column in _PLACES else _is_empty
                cells = cells.mask(each(cells, self._unsaid(known), "bool"), "")
            self._texts[column] = cells
        return super().text(column)

    def _unsaid(self, known: Callable[[str], bool]) -> Callable[[str], bool]:
        """Give what tells of a cell whether it means no value: what is known to, and what the user says."""
        return lambda cell: known(cell) or same_cell(cell) in self._none

    def says(self, column: str) -> bool:
        """Tell whether a part of a claim has a column or a constant."""
        return column in self._columns or column in self._constants

    def put(self, column: str, cells: np.ndarray) -> None:
        """Keep of each row what was found out of it, as a column that `text` gives."""
        self._texts[column] = pd.Series(cells, dtype=object)

    def mark(self, bad: np.ndarray) -> None:
        """Hold rows for faulty of which the fault is told elsewhere, as one of a whole column."""
        self.sound = self.sound & ~np.asarray(bad, dtype=bool)

    def _digests(self) -> list[str]:
        """Name each row by 16 hexadecimal digits of the sha256 of its cells."""
        columns = [self.written.iloc[:, at].tolist() for at in range(self.written.shape[1])]
        digests = [
            hashlib.sha256(_BETWEEN.join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:16]
            for cells in zip(*columns, strict=True)
        ]
        return digests if self._seen is None else [_numbered(digest, self._seen) for digest in digests]


def _is_empty(cell: str) -> bool:
    return not cell


def _numbered(digest: str, seen: Counter[str]) -> str:
    seen[digest] += 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
