"""Read the column withheld of claims.csv, which says what of each claim is not for publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model import WITHHELD
from claims.publication.columns import OF_SOURCE, TOGETHER, WHOLE, columns_of, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.tables import Table

__all__ = ["refused", "withheld_by_claim"]

_TABLES: Final = {"sources": OF_SOURCE, "claims": ""}
"""Tables as [publication] names them, and what a claim's cell has before a column of each."""


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
    """Give the first word of a cell that means nothing, why, and what to do; None where all of them can be withheld."""
    words = _words(cell)
    if cell.strip() and not words:
        return cell, "names nothing", f"write {WHOLE}, or columns separated by ;, or leave the cell empty"
    return next(((word, *found) for word in words if (found := _refusal(word))), None)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())


def _by_claim(
    ids: list[str], said: list[str], read: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {claim_id: read[cell] for claim_id, cell in zip(ids, said, strict=True) if claim_id and read[cell]}


def _refusal(word: str) -> tuple[str, str] | None:
    if word == WHOLE:
        return None
    if "," in word:
        return "is several words", "part them by ; and not by a comma"
    table, _, column = word.rpartition(".")
    if table in _TABLES:
        return _of_section(_TABLES[table], column)
    if word.startswith(OF_SOURCE):
        return _of_source(word.removeprefix(OF_SOURCE))
    found = refusal("claims", word)
    if found and word not in columns_of("claims"):
        words = (WHOLE, *TOGETHER["claims"], *(OF_SOURCE + column for column in TOGETHER["sources"]))
        return found[0], f"use one of {', '.join(words)}"
    return found


def _of_section(prefix: str, column: str) -> tuple[str, str]:
    """Refuse a word of [publication], and say how it is written in a claim's cell."""
    if refusal("sources" if prefix else "claims", column):
        return "names no column", f"write a column of the claim, or {OF_SOURCE} and one of its source"
    return "is written otherwise here", f"write {prefix}{column}"


def _of_source(column: str) -> tuple[str, str] | None:
    """Refuse a column of a claim's source, in the words of a claim's cell."""
    found = refusal("sources", column)
    if found and column not in columns_of("sources"):
        return found[0], f"use one of {', '.join(OF_SOURCE + one for one in TOGETHER['sources'])}"
    return found
