"""Read the column withheld of claims.csv, which says what of each claim is not for publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model import WITHHELD
from claims.publication.columns import OF_SOURCE, TOGETHER, WHOLE, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.tables import Table

__all__ = ["refused", "withheld_by_claim"]


def withheld_by_claim(claims: Table) -> dict[str, tuple[str, ...]]:
    """Give what claims withhold, by claim_id; a word that means nothing becomes a fault.

    Args:
        claims: As written, with the column `claims.model.WITHHELD`, a list separated by `;`.
    """
    cells = claims.cells[WITHHELD.name]
    said = cells[cells.ne("")]
    read = {cell: _words(cell) for cell in said.unique()}
    for cell in read:
        if wrong := refused(cell):
            word, why, todo = wrong
            claims.fault_where(WITHHELD.name, cells.eq(cell), f"has {word!r}, which {why}", todo)
    return _by_claim(claims.cells.loc[said.index, "claim_id"].tolist(), said.tolist(), read)


def refused(cell: str) -> tuple[str, str, str] | None:
    """Give the first word of a cell that means nothing, why, and what to do; None where all of them can be withheld.

    A cell of nothing but what parts words is such a word.
    """
    if cell and not _words(cell):
        return cell, "names nothing", f"write {WHOLE} or a column, or leave the cell empty"
    return next(((word, *found) for word in _words(cell) if (found := _refusal(word))), None)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())


def _by_claim(
    ids: list[str], said: list[str], read: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {claim_id: read[cell] for claim_id, cell in zip(ids, said, strict=True) if claim_id and read[cell]}


def _refusal(word: str) -> tuple[str, str] | None:
    if word == WHOLE:
        return None
    if word.startswith(OF_SOURCE):
        return refusal("sources", word.removeprefix(OF_SOURCE))
    if found := refusal("claims", word):
        why, todo = found
        if "no column" in why:
            words = (WHOLE, *TOGETHER["claims"], *(OF_SOURCE + column for column in TOGETHER["sources"]))
            return why, f"use one of {', '.join(words)}"
        return why, todo
    return None
