"""What a reviewer decides on: a proposed claim by the columns of claims.csv, with why it is proposed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from claims.model import CLAIMS, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.articles.proposals import Proposal

__all__ = ["COLUMNS", "Item", "item_told", "items_of"]

COLUMNS: Final = tuple(column.name for column in CLAIMS)

_TIED: Final = frozenset({"claim_id", "denies"})
"""Ids of a reading, which another reader's may equal: the store numbers claims, and `Item.denies` ties them."""

_SAME: Final = ("kind", "quote_start", "quote_end", "count_text", *ROLES)
"""What two proposals of one text do not share in all."""


@dataclass(frozen=True, slots=True)
class Item:
    """A proposed claim.

    Attributes:
        cells: By the columns of claims.csv, as they would be written; what is not said is not there.
        sentence: The number of its sentence in the text, from 0.
        background: Whether it is of habit or history, and so without a day.
        why: Which rule and words, or which model, proposed it.
        denies: Keys of the items that it denies.
    """

    cells: Mapping[str, str]
    sentence: int
    background: bool
    why: str
    denies: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Name it among the proposals of its text; the same proposal of another reading has the same name."""
        told = "\n".join(self.cells.get(column, "") for column in _SAME)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def told(self, text_sha256: str) -> dict[str, Any]:
        """Say it as it is kept with the decision on it.

        Args:
            text_sha256: The text that it was read in.
        """
        return {
            "text_sha256": text_sha256,
            "quote_start": int(self.cells["quote_start"]),
            "quote_end": int(self.cells["quote_end"]),
            "kind": self.cells["kind"],
            "which": self.key,
            "sentence": self.sentence,
            "background": self.background,
            "why": self.why,
            "denies": list(self.denies),
            "cells": dict(self.cells),
        }


def item_told(told: Mapping[str, Any]) -> Item:
    """Give the item that a kept decision was on."""
    denies = tuple(map(str, told.get("denies", ())))
    return Item(
        dict(told["cells"]), int(told["sentence"]), bool(told["background"]), str(told["why"]), denies
    )


def items_of(proposals: Iterable[Proposal], source: Mapping[str, str]) -> list[Item]:
    """Make items of one reading of a source, its denials tied to what they deny.

    Args:
        proposals: What one reader says, in the order of the text.
        source: The row of sources.csv.
    """
    made: dict[str, Item] = {}
    for proposal in proposals:
        denies = tuple(made[claim_id].key for claim_id in proposal.denies if claim_id in made)
        made[proposal.claim_id] = replace(_item_of(proposal, source), denies=denies)
    return list(made.values())


def _item_of(proposal: Proposal, source: Mapping[str, str]) -> Item:
    said = {
        "source_id": source["source_id"],
        "statement_id": f"{source['source_id']}-{proposal.sentence + 1}",
        "root": source["outlet"],
        "reported": source["published"],
    } | proposal.row()
    cells = {
        column: written
        for column in COLUMNS
        if column not in _TIED and (written := _written(said.get(column)))
    }
    return Item(cells, proposal.sentence, proposal.background, proposal.why)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
