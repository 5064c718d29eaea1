"""What a reviewer decides on: a proposed claim by the columns of claims.csv, with why it is proposed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from claims.model import CLAIMS, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.articles.proposals import Proposal

__all__ = ["COLUMNS", "Item", "item_of", "item_told"]

COLUMNS: Final = tuple(column.name for column in CLAIMS)

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
    """

    cells: Mapping[str, str]
    sentence: int
    background: bool
    why: str

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
            "cells": dict(self.cells),
        }


def item_told(told: Mapping[str, Any]) -> Item:
    """Give the item that a kept decision was on."""
    return Item(dict(told["cells"]), int(told["sentence"]), bool(told["background"]), str(told["why"]))


def item_of(proposal: Proposal, source: Mapping[str, str]) -> Item:
    """Make an item of what a reader proposes in a source.

    Args:
        proposal: What the reader says.
        source: The row of sources.csv.
    """
    said = {
        "source_id": source["source_id"],
        "statement_id": f"{source['source_id']}-{proposal.sentence + 1}",
        "root": source["outlet"],
        "reported": source["published"],
    } | proposal.row()
    cells = {column: written for column in COLUMNS if (written := _written(said.get(column)))}
    return Item(cells, proposal.sentence, proposal.background, proposal.why)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
