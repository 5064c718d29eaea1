"""What came of a part of `make trust`: its lines of the table, its figures, and what went wrong."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from trust.table import Line

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["NOTHING", "Came", "came_of", "missed", "say"]


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a part.

    Attributes:
        lines: Of the table.
        told: All figures, for JSON.
        wrong: What went wrong, a sentence each.
        kills: How many processes were killed while they wrote.
    """

    lines: tuple[Line, ...]
    told: tuple[dict[str, Any], ...]
    wrong: tuple[str, ...] = ()
    kills: int = 0


NOTHING = Came((), ())
"""Of a part that was left out."""


def came_of(where: str, lines: tuple[Line, ...], found: DataclassInstance, *wrong: str) -> Came:
    """Give what came of a part whose figures are one object.

    Args:
        where: What was put to the test.
        lines: Of the table.
        found: The figures.
        wrong: Which of them list what went wrong.
    """
    told = asdict(found)
    sentences = tuple(f"{where}: {name}: {what}" for name in wrong for what in told[name])
    return Came(lines, ({"where": where} | told,), sentences)


def missed(where: str, figure: str, why: str) -> Came:
    """Give what came of a part that cannot be done here: nothing is told by it, so it is missed."""
    return Came((Line(where, figure, "0", ">= 1", held=False),), (), (f"{where}: {why}",))


def say(what: str) -> None:
    """Tell how far a long part has come."""
    print(what, file=sys.stderr, flush=True)
