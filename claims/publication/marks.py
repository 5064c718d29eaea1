"""Read the marks of claims: the column withheld of claims.csv, which says what of each is not for publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import MARKS
from claims.publication.columns import OF_SOURCE, TOGETHER, WHOLE, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.tables import Table

__all__ = ["marks_of"]


def marks_of(claims: Table) -> dict[str, tuple[str, ...]]:
    """Give the marks of the claims that have some, by claim_id; a mark that means nothing becomes a fault.

    Args:
        claims: As written, with the column `claims.model.MARKS`, a list separated by `;`.
    """
    cells = claims.cells[MARKS.name]
    said = cells[cells.ne("")]
    read = {cell: tuple(mark.strip() for mark in cell.split(";") if mark.strip()) for cell in said.unique()}
    for cell, marks in read.items():
        if wrong := next(((mark, *found) for mark in marks if (found := _refusal(mark))), None):
            mark, why, todo = wrong
            claims.fault_where(MARKS.name, cells.eq(cell), f"has {mark!r}, which {why}", todo)
    return _by_claim(claims.cells.loc[said.index, "claim_id"].tolist(), said.tolist(), read)


def _by_claim(
    ids: list[str], said: list[str], read: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {claim_id: read[cell] for claim_id, cell in zip(ids, said, strict=True) if claim_id and read[cell]}


def _refusal(mark: str) -> tuple[str, str] | None:
    if mark == WHOLE:
        return None
    if mark.startswith(OF_SOURCE):
        return refusal("sources", mark.removeprefix(OF_SOURCE))
    if found := refusal("claims", mark):
        why, todo = found
        if "no column" in why:
            words = (WHOLE, *TOGETHER["claims"], *(OF_SOURCE + column for column in TOGETHER["sources"]))
            return why, f"use one of {', '.join(words)}"
        return why, todo
    return None
