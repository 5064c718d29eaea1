"""What a user must say of a table before its rows can be read, all of it told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from claims.imports.rows import Chunk
from claims.imports.tables.guessing import guesses
from claims.imports.tables.mappedcounts import COUNTS, HowMany
from claims.imports.tables.mappedplaces import Where
from claims.imports.tables.mappedrows import MappedRows
from claims.imports.tables.mappedsources import Sources
from claims.imports.tables.mapping import TableMapping
from claims.imports.tables.whentold import When
from claims.model import Kind
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.imports.converting import Asked
    from geo.gazetteer import Gazetteer

__all__ = ["constant_faults", "unsaid"]


def unsaid(asked: Asked, mapping: TableMapping, header: Sequence[str]) -> list[Fault]:
    """Say what is wanting: columns that are not there, the kind, who published it and when, what its numbers count."""
    faults = mapping.faults(asked.name, header)

    def say(what: str, why: str, todo: str) -> None:
        faults.append(Fault(asked.name, None, what, None, why, todo))

    if not mapping.says("kind"):
        may = [
            guess.theirs
            for guess in guesses(pd.DataFrame(columns=list(header), dtype=str)).columns
            if guess.ours == "kind"
        ]
        hint = f", or --map {may[0]!r}=kind if it tells that" if may else ", or map a column to it"
        say(
            "kind",
            "is not said, and is not guessed",
            f"say --set kind={Kind.CROSSING} (or another kind){hint}",
        )
    if not mapping.says("outlet") and not asked.outlet:
        say(
            "outlet", "is not said: nobody has published the rows", "say --outlet NAME, or map a column to it"
        )
    if not mapping.says("published") and asked.published is None:
        say(
            "published",
            "is not said: nothing tells when the rows came out",
            "say --published DAY, or map a column",
        )
    if any(map(mapping.says, COUNTS)) and not mapping.says("count_unit"):
        say(
            "count_unit",
            "is not said: of what are the numbers?",
            "say --set count_unit=people, or map a column",
        )
    return faults


def constant_faults(asked: Asked, mapping: TableMapping, gazetteer: Gazetteer) -> list[Fault]:
    """Say which constants cannot be read as what they are for, once and not for every row."""
    constants = TableMapping({}, mapping.constants)
    faults: list[Fault] = []
    one = Chunk(pd.DataFrame({"": ["-"]}, dtype=str), np.array([1]))
    rows = MappedRows("--set", one, faults, constants)
    kinds = np.array([str(Kind.CROSSING)], dtype=object)
    When(asked, constants).read(rows, kinds, [])
    HowMany(asked, constants).read(rows)
    Where(asked, constants, gazetteer, "").read(rows, np.array([""], dtype=object))
    Sources(asked, constants).read(rows, [])
    return [told for fault in faults if (told := _of_constant(fault, mapping))]


def _of_constant(fault: Fault, mapping: TableMapping) -> Fault | None:
    """Say a fault as one of what the user set; None where it is of what was not set."""
    columns = [part.strip().removeprefix("--set ") for part in (fault.column or "").split(",")]
    if not any(column in mapping.constants for column in columns):
        return None
    return Fault("--set", None, ", ".join(columns), fault.value, fault.why, fault.todo)
