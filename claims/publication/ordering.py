"""Put the rows of an edition in the order of their ids: where a row stood in its file tells what it lacks, as its day among days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.model import OPTIONAL_TABLES, TABLES

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Mapping

    from claims.model import Column

__all__ = ["in_order"]

_DIGITS: Final = 20
"""Digits to which numbers within ids are filled up, so that c10 comes after c9."""


def in_order(
    frames: Mapping[str, pd.DataFrame], telling: Mapping[str, Collection[str]]
) -> dict[str, pd.DataFrame]:
    """Give the tables with their rows in the order of ids; those whose id is not published come last, in that of their cells.

    Args:
        frames: By name; `imports` follows the claims.
        telling: By table the ids that are not published.
    """
    made = dict(frames)
    for name, columns in (TABLES | OPTIONAL_TABLES).items():
        frame = frames[name]
        if name == "imports":
            at = {claim_id: number for number, claim_id in enumerate(made["claims"]["claim_id"])}
            made[name] = frame.sort_values("claim_id", kind="stable", key=lambda cells: cells.map(at))
            continue
        key = columns[0].name
        hidden = frame[key].isin(telling.get(name, ()))
        cells = [column.name for column in columns[1:] if not _is_id(column)]
        shown = frame[~hidden].sort_values(key, kind="stable", key=_numbered)
        last = frame[hidden].sort_values(cells, kind="stable") if cells else frame[hidden]
        made[name] = pd.concat([shown, last]) if hidden.any() else shown
    return made


def _is_id(column: Column) -> bool:
    return bool(column.cell in {"id", "ids"} or column.of or column.name in {"root", "side"})


def _numbered(ids: pd.Series) -> pd.Series:
    def filled(number: re.Match[str]) -> str:
        return number[0].zfill(_DIGITS)

    return ids.str.replace(r"\d+", filled, regex=True)
