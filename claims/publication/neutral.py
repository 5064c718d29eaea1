"""Ids that tell nothing, in the stead of those that spell what is withheld or lead to the row of a data set that says it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from claims.model import OPTIONAL_TABLES, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

__all__ = ["ids_changed", "neutral_ids"]

_OTHERS: Final = (("claims", "root", "sources"), ("claims", "statement_id", "statements"))
"""Columns beside those of `claims.model.Column.of` that hold ids, and what they are of."""


def neutral_ids(kind: str, name: str, known: Iterable[str]) -> Callable[[str], str]:
    """Give what names one thing after the other: `unnamed-`, what it is, digits of the collection's name, and a number.

    The numbers count what is renamed in the order of the published rows, so that they tell of nothing else; where rows come
    or go before it, a thing has another number in the next edition.

    Args:
        kind: What is named.
        name: The collection's, so that collections can be put together.
        known: Ids that are taken.
    """
    taken, digits = set(known), f"{zlib.crc32(name.encode()):08x}"
    given: dict[str, str] = {}

    def neutral(old: str) -> str:
        number = len(given) + 1
        while old not in given:
            new = f"unnamed-{kind}-{digits}-{number}"
            if new not in taken:
                given[old] = new
            number += 1
        return given[old]

    return neutral


def ids_changed(
    frames: Mapping[str, pd.DataFrame], table: str, ids: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Give the tables with other ids of one of them, wherever they are named.

    Args:
        frames: By name.
        table: Whose rows are named otherwise; `statements`, `sides` or `gazetteer` too.
        ids: The new ids by the old.
    """
    if not ids:
        return dict(frames)
    changed = dict(frames)
    for name, columns in (TABLES | OPTIONAL_TABLES).items():
        for number, column in enumerate(columns):
            own = name == table and number == 0
            if (
                own
                or column.of == table
                or (name, column.name, table) in _OTHERS
                or _is_side(column.name, table)
            ):
                cells = changed[name][column.name]
                changed[name] = changed[name].assign(**{column.name: _renamed(cells, ids)})
    return changed


def _is_side(column: str, table: str) -> bool:
    return table == "sides" and column == "side"


def _renamed(cells: pd.Series, ids: Mapping[str, str]) -> pd.Series:
    new = {cell: ";".join(ids.get(one, one) for one in cell.split(";")) for cell in cells.unique()}
    return cells.map(new).astype(cells.dtype)
