"""What a browser says of a claim, taken for no more than it is: cells that a reviewer may write, and are not too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from claims.model import WITHHELD, Kind, Status
from claims.publication.withheld import refused
from dashboard.review.items import COLUMNS
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["cells_said", "number_said", "words_said"]

LONGEST: Final = 2000
"""Characters of a cell that a browser may say."""

_KEPT: Final = frozenset({"claim_id", "source_id", "statement_id", "reported", "quote"})
"""Columns that no reviewer writes: they follow from the text and its source."""

_WRITTEN: Final = frozenset({*COLUMNS, WITHHELD.name}) - _KEPT

_MUST: Final = {"kind": tuple(Kind), "status": tuple(Status)}
"""Columns without which nothing can be said of a claim, and what they may hold."""


def cells_said(unchanged: Mapping[str, str], said: Any) -> dict[str, str]:
    """Give the cells of a claim with those that a browser says otherwise.

    Args:
        unchanged: The claim as it is kept or proposed, with what is withheld of it.
        said: Cells by column; whatever else it is says nothing.

    Raises:
        FaultsError: One is too long, or holds what it may not.
    """
    cells = dict(unchanged)
    for column, cell in (said if isinstance(said, dict) else {}).items():
        if column in _WRITTEN and isinstance(cell, str):
            cells[column] = words_said(cell, column)
    for column, known in _MUST.items():
        if cells[column] not in known:
            raise _fault(column, cells[column], "is not known", f"use one of {', '.join(known)}")
    if wrong := refused(cells[WITHHELD.name]):
        raise _fault(WITHHELD.name, *wrong)
    return cells


def number_said(value: Any) -> int:
    """Give a number; what is none is 0."""
    return value if isinstance(value, int) else 0


def words_said(value: Any, column: str) -> str:
    """Give the words of a cell; what is no text is none.

    Raises:
        FaultsError: They are too many.
    """
    words = value.strip() if isinstance(value, str) else ""
    if len(words) > LONGEST:
        raise _fault(column, None, f"has more than {LONGEST:,} characters", "shorten it")
    return words


def _fault(column: str, value: str | None, why: str, todo: str) -> FaultsError:
    return FaultsError([Fault("the form", None, column, value, why, todo)])
