"""Outlines and lines of rows, which make no place of a collection, counted so that it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.imports.rows import Notice

if TYPE_CHECKING:
    from claims.imports.converting import Asked
    from claims.imports.rows import Chunk

__all__ = ["Outlines"]

_COLUMN: Final = "geometry"
"""Where the readers of GeoJSON and KML put what is no point."""

_SHAPES: Final = ("{", "<")
"""How GeoJSON and XML begin."""


@dataclass(slots=True)
class Outlines:
    """How many rows have an outline or a line, and the first line of the file that has one."""

    count: int = 0
    first: int = 0

    def see(self, chunk: Chunk) -> None:
        """Count those of a chunk."""
        if _COLUMN not in chunk.cells.columns:
            return
        shaped = chunk.cells[_COLUMN].str.startswith(_SHAPES).to_numpy(dtype=bool)
        if shaped.any():
            self.first = self.first or int(chunk.lines[shaped.argmax()])
            self.count += int(shaped.sum())

    def told(self, asked: Asked) -> list[Notice]:
        """Say that they are not used, unless there are none or the user says what their column is."""
        if not self.count or _COLUMN in asked.mapping.values():
            return []
        rows = "1 row has" if self.count == 1 else f"{self.count} rows have"
        said = f"{rows} an outline or a line, which is not used: where it is, its name or its degrees say"
        return [Notice(asked.name, self.first, said)]
