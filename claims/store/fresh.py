"""The contents of a collection that begins empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from claims.facts import DERIVED
from claims.model import TABLES
from claims.store.contents import Contents, Sheet
from claims.store.schema import SHEETS
from claims.writtenfacts import written

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["fresh_contents"]

_USUAL: Final = {
    "title_ar": "",
    "about": "",
    "timezone": "UTC",
    "licence": "not licensed yet",
    "citation": "",
    "version": "0.1",
}
"""What a collection says of itself until somebody says more."""


def fresh_contents(facts: Mapping[str, Any]) -> Contents:
    """Give collection.toml with these facts, and tables without rows.

    Days and view that are not among the facts follow the claims as they come (`claims.derived`).
    """
    said = {"title": facts["title"], **_USUAL, "citation": facts["title"], **facts}
    text = "".join(f"{key} = {written(value)}\n" for key, value in said.items())
    if unsaid := [key for key in DERIVED if key not in said]:
        text += f"# {', '.join(unsaid)}: as the claims have it, unless you write it here\n"
    return Contents(text, {name: Sheet(SHEETS[name], []) for name in TABLES}, {})
