"""Cells of a column that are nothing it could hold, told one by one, or as one where a word comes again and again."""

from __future__ import annotations

import shlex
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.errors import Fault

__all__ = ["OFTEN", "Strange"]

OFTEN: Final = 3
"""Rows of a chunk that hold a word from which on it is told once, with what to do about all of them."""

_LONGEST: Final = 40  # characters of what may be a word for no value


class Strange:
    """The words of a column that were told once already."""

    def __init__(self) -> None:
        """Begin with none."""
        self._told: dict[str, array[int]] = {}

    def tell(self, found: Sequence[Fault], faults: list[Fault]) -> None:
        """Put faults of cells among the others.

        A word without a digit that is in `OFTEN` rows of them or more, or was before, is one fault of its column with
        all of its lines, those of later chunks too; a word in fewer rows is a fault of each.

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
                self._told[word] = array("q", lines.pop(word))
                todo = f"say {_option(word)} if it means no value, or else {fault.todo}"
                faults.append(replace(fault, line=None, todo=todo, lines=self._told[word]))
            else:
                self._told[word].extend(lines.pop(word, ()))


def _option(word: str) -> str:
    return f"--none {shlex.quote(word)}"
