"""The rows of a table made into claims chunk by chunk, but for those that are left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import numpy as np

from claims.imports.outlines import Outlines
from claims.imports.rows import Chunk, Made
from geo.errors import Fault
from geo.files.sheets import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.imports.converting import Converter
    from claims.imports.files.foreign import ForeignTable
    from claims.imports.leaving import Leaving

__all__ = ["RowsLeft"]


@dataclass(slots=True)
class RowsLeft:
    """The rows of a table, without those that are left.

    Attributes:
        table: The table.
        make: Makes claims of them.
        leave: Those to leave.
        faults: Where faults are put, but for those of rows that are left.
        left: How many were left.
        seen: How many could be read.
        outlines: The rows that have an outline.
    """

    table: ForeignTable
    make: Converter
    leave: Leaving
    faults: list[Fault]
    left: int = 0
    seen: int = 0
    outlines: Outlines = field(default_factory=Outlines)

    def made(self) -> Iterator[Made]:
        """Make one chunk after the other."""
        read = _Unleft(self.leave)
        for chunk in self.table.chunks(read):
            self.seen += len(chunk.lines)
            leave = self.leave.among(chunk.lines)
            self.left += int(leave.sum())
            kept = chunk
            if leave.any():
                kept = Chunk(chunk.cells[~leave].reset_index(drop=True), chunk.lines[~leave])
            if len(kept.lines):
                self.outlines.see(kept)
                yield self.make.made(kept, self.faults)
            # Those of a chunk are told, and no more: each takes memory.
            if len(self.faults) + len(read) > MOST_FAULTS:
                self._stop_at(int(chunk.lines[-1]))
                break
        self.faults += read
        self.left += read.left

    def _stop_at(self, line: int) -> None:
        why = f"has over {MOST_FAULTS:,} faults, and was read to line {line}"
        self.faults.append(Fault(self.table.name, None, None, None, why, "mend those first"))


class _Unleft(list["Fault"]):
    """Faults of rows that could not be read, without those of rows that are left: these count for none."""

    def __init__(self, leave: Leaving) -> None:
        """Begin with none."""
        super().__init__()
        self._leave, self.left = leave, 0

    def append(self, fault: Fault) -> None:
        """Add a fault, unless its row is left."""
        if fault.line is not None and self._leave.among(np.array([fault.line]))[0]:
            self.left += 1
        else:
            super().append(fault)

    def __iadd__(self, faults: Iterable[Fault]) -> Self:  # type: ignore[override, misc]  # a list's + is of lists
        """Add faults likewise."""
        for fault in faults:
            self.append(fault)
        return self
