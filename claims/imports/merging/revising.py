"""A newer version of rows put over what is held of them, cell by cell, so that what a person changed stays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["Revised", "revise"]


@dataclass(frozen=True, slots=True, eq=False)
class Revised:
    """Rows of a table after a revision.

    Attributes:
        rows: As they are now, with their ids as index.
        kept: By id, what is told of cells that a person had changed and that stay.
        taken: By id, what is told of cells that are replaced and that nobody had changed.
        lost: By id, what is told of cells that are replaced though nobody knows whether a person had changed them.
    """

    rows: pd.DataFrame
    kept: Mapping[str, str]
    taken: Mapping[str, str]
    lost: Mapping[str, str]


def revise(held: pd.DataFrame, base: pd.DataFrame, new: pd.DataFrame) -> Revised:
    """Put a newer version of rows over those that are held.

    Args:
        held: Rows of a table as they are there; the ids are the index.
        base: What the held version of these rows was made into; it may lack some.
        new: What the newer version is made into, of the same ids.

    Returns:
        The rows: of each cell the new one, but the held one where that is not what was made, and so somebody's own.
    """
    held, based = held.loc[new.index, new.columns], new.index.isin(base.index)
    base = base.reindex(new.index)[new.columns]
    differs = held.ne(new)
    own = (held.ne(base) & differs).mul(based, axis=0)
    unknown = differs.mul(~based, axis=0)
    taken = (differs & ~own).mul(based, axis=0)
    told = (_told(own, held, new), _told(taken, new, held), _told(unknown, new, held))
    return Revised(new.mask(own, held), *told)


def _told(cells: pd.DataFrame, now: pd.DataFrame, other: pd.DataFrame) -> dict[str, str]:
    """Say of the rows with such cells what stands in them now, and what would or did stand there otherwise."""
    told = defaultdict(list)
    for column in cells.columns:
        rows = cells[column].to_numpy(dtype=bool)
        for row_id, one, two in zip(cells.index[rows], now[column][rows], other[column][rows], strict=True):
            told[str(row_id)].append(f"{column} {one!r} ({two!r})")
    return {row_id: "; ".join(told[row_id]) for row_id in cells.index if row_id in told}
