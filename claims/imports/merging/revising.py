"""A newer version of rows put over what is held of them, cell by cell, so that what a person changed stays."""

from __future__ import annotations

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
        lost: By id, what is told of cells that are replaced though nobody knows whether a person had changed them.
    """

    rows: pd.DataFrame
    kept: Mapping[str, str]
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
    return Revised(new.mask(own, held), _told(own, held, new), _told(unknown, new, held))


def _told(cells: pd.DataFrame, now: pd.DataFrame, other: pd.DataFrame) -> dict[str, str]:
    """Say of the rows with such cells what stands in them now, and what would or did stand there otherwise."""
    told = {}
    for row in cells.to_numpy(dtype=bool).any(axis=1).nonzero()[0].tolist():
        columns = [column for column in cells.columns if cells.iloc[row][column]]
        told[str(cells.index[row])] = "; ".join(
            f"{column} {now.iloc[row][column]!r} ({other.iloc[row][column]!r})" for column in columns
        )
    return told
