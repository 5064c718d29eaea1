"""Counts of flows at points of a border, as IOM's flow monitoring makes them, made into crossings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.imports.tables.guessing import guesses
from claims.imports.tables.mapped import TableConverter
from claims.imports.tables.mapping import TableMapping
from claims.imports.tables.unsaid import unsaid
from claims.model import CountUnit, Kind
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.imports.converting import Asked
    from geo.gazetteer import Gazetteer

__all__ = ["asks_of_flow", "converter", "mapping_of_flow", "with_constants"]

NEEDED: Final = {
    "crossing": "the point at which is counted",
    "count": "how many were counted",
}


def converter(asked: Asked, header: Sequence[str], gazetteer: Gazetteer) -> TableConverter:
    """Give what makes crossings of a flow table's rows.

    Each row is a claim: a point, a day or a period, a number of people, and the way that they went. In and out are seen
    from the country that the row names, or from the user's `home`.

    Raises:
        FaultsError: With each column that is missing, and with what the user has to say first.
    """
    mapping = mapping_of_flow(asked, header)
    if asks := asks_of_flow(mapping):
        faults = [Fault(asked.name, 1, None, None, *told) for told in asks.values()]
        raise FaultsError([*faults, *unsaid(asked, mapping, header)], done="imported")
    return TableConverter(asked, mapping, header, gazetteer, flow=True)


def asks_of_flow(mapping: TableMapping) -> dict[str, tuple[str, str]]:
    """Give what a flow table lacks by a mapping, by the part of a claim: why it is asked for, and what to say."""
    asks = {
        ours: (f"has no column that is known as {what}", f"say --map COLUMN={ours}")
        for ours, what in NEEDED.items()
        if not mapping.says(ours)
    }
    if not any(map(mapping.says, ("date", "date_start", "date_end"))):
        asks["date"] = ("has no column that is known as a day", "say --map COLUMN=date")
    if not any(map(mapping.says, ("direction", "origin", "destination"))):
        why = "has no column that says which way people went"
        asks["direction"] = (why, "say --map COLUMN=direction, or --set direction=in with --home CODE")
    return asks


def mapping_of_flow(asked: Asked, header: Sequence[str]) -> TableMapping:
    """Give the mapping of a flow table: what the user says, what the names of its columns say, and that it counts crossings.

    A point stands where it is said to: its position is the place itself unless the user says otherwise.
    """
    said = TableMapping.of(asked)
    guessed = guesses(pd.DataFrame(columns=list(header), dtype=str), said).mapping()
    return with_constants(said.over(guessed))


def with_constants(mapping: TableMapping) -> TableMapping:
    """Say in a mapping what holds for every flow, where it says nothing else."""
    constants = {"kind": str(Kind.CROSSING), "count_unit": str(CountUnit.PEOPLE), "geo_precision": "1"}
    return mapping.over(TableMapping({}, constants, {}))
