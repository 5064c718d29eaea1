"""The faults of an input: so many of them as are told, and how many more there are."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Self

from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MOST_FAULTS", "Faults", "told"]

MOST_FAULTS: Final = 1_000
"""Faults of an input that are told."""

_FAULT: Final = ("file", "line", "column", "value", "why", "todo")


class Faults(list[Fault]):
    """The faults that are found of an input: each takes memory, and beyond twice those that are told they are counted alone."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        """Begin with some."""
        super().__init__()
        self.more = 0
        self += faults

    def append(self, fault: Fault) -> None:
        """Add one."""
        if len(self) < 2 * MOST_FAULTS:
            super().append(fault)
        else:
            self.more += len(fault.lines) or 1

    def __iadd__(self, faults: Iterable[Fault]) -> Self:  # type: ignore[override, misc]  # a list's + is of lists
        """Add some."""
        for fault in faults:
            self.append(fault)
        return self


def told(faults: Faults, name: str) -> list[dict[str, Any]]:
    """Give faults as JSON holds them, each of a row by itself: `MOST_FAULTS` of them, and one that says how many more there are.

    Args:
        faults: Of an input.
        name: What it is called.
    """
    some = list(islice(chain.from_iterable(fault.each() for fault in faults), MOST_FAULTS))
    more = sum(len(fault.lines) or 1 for fault in faults) + faults.more - len(some)
    if more:
        why = f"has over {MOST_FAULTS:,} faults: {more:,} more were found than are told"
        some.append(Fault(name, None, None, None, why, "mend those first"))
    return [
        {key: _written(getattr(fault, key)) for key in _FAULT} | {"file": _written(str(fault.file))}
        for fault in some
    ]


def _written(cell: Any) -> Any:
    """Give a text such that every file can hold it: half of a character is shown as its number."""
    return cell.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(cell, str) else cell
