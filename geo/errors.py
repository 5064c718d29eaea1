"""The faults of an input, told all at once: file, line, column, value, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class BordermapError(Exception):
    """What a user can mend: shown as its sentence, without a traceback, at the edge of each surface."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one cell, row or file of an input.

    Attributes:
        file: The file as the user knows it.
        line: Line in the file, from 1; None where the whole file is meant.
        column: The column's name; None where the whole row or file is meant.
        value: The value as written; None where nothing was written.
        why: What is wrong, as the rest of a sentence ("is not a day").
        todo: What to do about it, as a command ("write it as 2024-12-07").
    """

    file: Path | str
    line: int | None
    column: str | None
    value: str | None
    why: str
    todo: str

    def __str__(self) -> str:
        """Say it as one line, as a colleague would."""
        where = f"{self.file}" if self.line is None else f"{self.file} line {self.line}"
        what = " ".join(
            part for part in (self.column, None if self.value is None else repr(self.value)) if part
        )
        return f"{where}: {what + ' ' if what else ''}{self.why}; {self.todo}"


class FaultsError(BordermapError):
    """An input with faults; nothing of it was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every fault; the message is one line for each."""
        self.faults = tuple(faults)
        count = len(self.faults)
        head = "1 fault" if count == 1 else f"{count} faults"
        super().__init__("\n".join([f"{head}, nothing was read:", *map(str, self.faults)]))
