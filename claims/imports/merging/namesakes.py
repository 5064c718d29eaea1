"""Whether a collection holds rows of another table that was counted to a data set of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from claims.imports.merging.targets import Target

__all__ = ["namesakes"]

_LOOKED_AT: Final = 200
"""Rows of a batch that are looked at: those of one table are alike."""


def namesakes(file: str, dataset: str, header: Sequence[str], outlet: str, target: Target) -> list[Fault]:
    """Ask for a data set's name where the rows that are held under it are of a table with other columns or outlet.

    Args:
        file: What faults call the file.
        dataset: The name, which nobody said.
        header: The columns of the table that is imported.
        outlet: Who published all of its rows; "" where a column says it.
        target: The collection.
    """
    others = set()
    for rows in _held(dataset, target):
        alike = [set(_columns(row)) == set(header) for row in rows["row"]]
        outlets = _outlets(rows.index.tolist(), target) if outlet else []
        if any(alike) and (not outlet or not outlets or outlet in outlets):
            return []
        others.add("columns" if not any(alike) else f"outlet {outlets[0]!r}")
    if not others:
        return []
    why = f"is not said, and {dataset!r} holds rows of a table with other {min(others)}"
    todo = f"say --dataset with another name, or --dataset {dataset} if this is a newer edition of it"
    return [Fault(file, None, "dataset", None, why, todo)]


def _held(dataset: str, target: Target) -> Iterator[pd.DataFrame]:
    """Give some imported rows of a data set from each batch that has any, with the claims' ids as index."""
    for batch in target.imported():
        ids = batch["claim_id"]
        likely = ids[ids.str.startswith(f"{dataset}-")].head(_LOOKED_AT).tolist()
        rows = target.held("imports", likely) if likely else None
        if rows is not None and len(rows := rows[rows["dataset"] == dataset]):
            yield rows


def _columns(row: str) -> list[str]:
    """Give the columns of a row as it was written; none where a person made it something else."""
    try:
        cells = orjson.loads(row)
    except orjson.JSONDecodeError:
        return []
    return list(cells) if isinstance(cells, dict) else []


def _outlets(claim_ids: list[str], target: Target) -> list[str]:
    sources = target.held("claims", claim_ids)["source_id"].unique().tolist()
    return list(target.held("sources", sources)["outlet"].unique())
