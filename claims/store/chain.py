"""The audit's chain: what of a row is hashed, and how the next row is hung on the last."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIRST", "HASHED", "canonical", "hash_of", "state_of"]

FIRST: Final = "0" * 64
"""What stands for the hash of the row before the first."""

HASHED: Final = (
    *(
        "seq",
        "at",
        "who",
        "what",
        "collection",
        "table_name",
        "row_id",
        "version",
        "before",
        "after",
        "previous",
    ),
)
"""The cells of an audit row that its hash is of, in this order."""

_BY_HASH: Final = ("content",)
"""Columns that are told in the audit by the row's sha256 alone: whole texts and files."""


def canonical(value: Any) -> str:
    """Write JSON in the one way that is hashed: keys in order, no spaces, all but ASCII as escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def hash_of(row: Mapping[str, Any]) -> str:
    """Give the hash of an audit row: the sha256, in hexadecimal, of the canonical JSON list of its `HASHED` cells."""
    return hashlib.sha256(canonical([row[name] for name in HASHED]).encode("ascii")).hexdigest()


def state_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the audit tells of a row of another table: all its cells but the collection, the version and contents."""
    left_out = {"collection", "version", *_BY_HASH}
    return {name: cell for name, cell in row.items() if name not in left_out}
