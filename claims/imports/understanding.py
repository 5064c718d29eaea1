"""What a file is, by its columns and first rows: what the user says of it, what was remembered, and what is guessed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from claims.imports.converting import Scheme
from claims.imports.tables.flows import with_constants
from claims.imports.tables.guessing import guesses
from claims.imports.tables.mapping import TableMapping
from claims.imports.tables.remembered import MAPPED, Remembered, recalled, scheme_of
from claims.imports.whole.partial import must_be_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.imports.converting import Asked
    from claims.imports.files.foreign import ForeignTable
    from claims.imports.tables.guessing import Guesses

__all__ = ["Understood", "understood", "understood_by"]

_WITHOUT_ID = (
    "rows have no id: a row that is changed later will be a new claim; --map COLUMN=id if one names them"
)

_REMEMBERED = "say any of it again to have it otherwise, or --forget to have all of it guessed anew"

_LOOKED_AT = 2_000
"""Rows of a table by which its columns are guessed."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file is understood.

    Attributes:
        asked: What the user says of it, with what was remembered or guessed of its columns.
        told: What was remembered or guessed, and why, as lines for the user.
        why: The same by the parts of a claim: why each may be what it was taken for.
        before: What is remembered of tables of these columns, where something is.
    """

    asked: Asked
    told: tuple[str, ...]
    why: Mapping[str, str] = field(default_factory=dict)
    before: Remembered | None = None


def understood(table: ForeignTable, asked: Asked) -> Understood:
    """Complete what a user says of a file: its scheme by its columns, and what the columns of any table are.

    What the user says stands; what was used for these columns before comes next, and then what is guessed.

    Raises:
        FaultsError: It is an export of bordermap's that is not whole, and the user has not said what to read it as.
    """
    if asked.scheme is None:
        must_be_foreign(table)
    if (asked.scheme or scheme_of(table.header)) not in MAPPED:
        return understood_by(table.header, pd.DataFrame(), asked)
    first = next(table.chunks([], rows=_LOOKED_AT), None)
    cells = first.cells if first else pd.DataFrame(columns=list(table.header), dtype=str)
    return understood_by(table.header, cells, asked)


def understood_by(header: Sequence[str], cells: pd.DataFrame, asked: Asked) -> Understood:
    """Complete what a user says as `understood` does, by the first rows of a table that was read already."""
    scheme = asked.scheme or scheme_of(header)
    if scheme not in MAPPED:
        return Understood(asked, (f"{asked.name} is read as {scheme}",))
    told: list[str] = []
    why: dict[str, str] = {}
    said = TableMapping.of(asked)
    before = recalled(header, told, scheme)
    if before:
        said = said.over(before.mapping)
        aside = before.aside.wanting(asked, outlet=said.says("outlet"))
        read_as = [] if asked.scheme or scheme is Scheme.TABLE else [f"--from {scheme}"]
        told.append(f"{before.told}: {' '.join([*read_as, *before.mapping.options(), *aside.options()])}")
        told.append(_REMEMBERED)
        why |= dict.fromkeys([*before.mapping.columns, *before.mapping.constants], before.told)
        asked = aside.put_into(asked)
    guessed = guesses(cells, said)
    mapping = said.over(guessed.mapping())
    if scheme is Scheme.FLOW:
        # What is not guessed of a flow's columns now is not guessed later.
        mapping = replace(with_constants(mapping), unused=(*said.unused, *guessed.unused))
    return Understood(
        mapping.put_into(replace(asked, scheme=scheme)),
        (*told, *_told(guessed, mapping)),
        why | _reasons(guessed),
        before,
    )


def _told(guessed: Guesses, mapping: TableMapping) -> tuple[str, ...]:
    """Say what is guessed, and what follows where rows have no id."""
    return guessed.told if mapping.says("id") else (*guessed.told, _WITHOUT_ID)


def _reasons(guessed: Guesses) -> dict[str, str]:
    """Say by the parts of a claim why each may be what was guessed."""
    columns = {one.ours: f"{one.theirs}: {one.why}" if one.asked else one.why for one in guessed.columns}
    return columns | {ours: why for ours, (_, why) in guessed.constants.items()}
