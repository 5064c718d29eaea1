"""Days that imported claims are told of and the map of their collection does not reach."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from claims.named import IN_STORE, the_store

if TYPE_CHECKING:
    from claims.imports.merging.tally import Tally

__all__ = ["days_left_out"]


def days_left_out(word: str, tally: Tally) -> str:
    """Say that claims lie outside of the days that a collection's collection.toml writes; "" where none do.

    Args:
        word: As `claims.imports.running.opened_target` takes it.
        tally: Of an import into it.
    """
    facts = tomllib.loads(_facts(word))
    first, last = (str(facts.get(key, "")) for key in ("first_day", "last_day"))
    before = first and tally.first_day and tally.first_day < first
    after = last and tally.last_day and tally.last_day > last
    if not before and not after:
        return ""
    return (
        f"these claims are of {tally.first_day} to {tally.last_day}, and the map is written to be of "
        f"{first or 'any day'} to {last or 'any day'}; widen first_day and last_day in collection.toml, or take them out "
        "of it"
    )


def _facts(word: str) -> str:
    if word.startswith(IN_STORE):
        name = word.removeprefix(IN_STORE)
        return the_store().facts(name) if name in the_store().names() else ""
    path = Path(word) / "collection.toml"
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""
