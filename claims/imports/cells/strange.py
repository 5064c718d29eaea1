"""Cells of a column that are nothing it could hold, told one by one, or as one where a word comes again and again."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["OFTEN", "Strange"]

OFTEN: Final = 3
"""Rows of a chunk that hold a word from which on it is told once, with what to do about all of them."""

_LINES: Final = 5
_LONGEST: Final = 40  # characters of what may be a word for no value


class Strange:
    """The words of a column that were told once already."""

    def __init__(self) -> None:
        """Begin with none."""
        self._told: set[str] = set()

    def tell(self, found: Sequence[Fault], faults: list[Fault]) -> None:
        """Put faults of cells among the others.

        A word without a digit that is in `OFTEN` rows of them or more, or was before, is one fault of its column, which
        names the first of its lines; a word in fewer rows is a fault of each.

        Args:
            found: Of rows of a chunk, with line, column and value.
            faults: Where they are put.
        """
        lines: dict[str, list[int]] = {}
        for fault in found:
            lines.setdefault(fault.value or "", []).append(fault.line or 0)
        for fault in found:
            word = fault.value or ""
            if len(word) > _LONGEST or any(map(str.isdecimal, word)):
                faults.append(fault)
            elif word not in self._told and len(lines[word]) < OFTEN:
                faults.append(
                    replace(fault, todo=f"{fault.todo}; or say {_option(word)} if it means no value")
                )
            elif word not in self._told:
                self._told.add(word)
                faults.append(_grouped(fault, lines[word]))


def _grouped(fault: Fault, lines: Sequence[int]) -> Fault:
    """Make one fault of those of one word."""
    first = ", ".join(map(str, lines[:_LINES]))
    more = " and more" if len(lines) > _LINES else ""
    why = f"(lines {first}{more}) {fault.why}"
    todo = f"say {_option(fault.value or '')} if it means no value, or else {fault.todo}"
    return Fault(fault.file, None, fault.column, fault.value, why, todo)


def _option(word: str) -> str:
    return f"--none {shlex.quote(word)}"
