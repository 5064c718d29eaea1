"""What stands in for what is not said of a table, so that the faults of its rows are found all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from claims.imports.converting import Scheme
from claims.imports.tables.flows import asks_of_flow, mapping_of_flow
from claims.imports.tables.mapping import TableMapping
from claims.imports.tables.unsaid import constant_faults, unsaid
from claims.model import CountUnit, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.imports.converting import Asked
    from geo.gazetteer import Gazetteer

__all__ = ["with_standins"]

_STANDINS: Final = {
    "kind": str(Kind.CROSSING),
    "outlet": "-",
    "published": "2000-01-01",
    "count_unit": str(CountUnit.PEOPLE),
}
_OF_FLOWS: Final = {"crossing": "-", "count": "1", "date": "2000-01-01", "direction": "in"}


def with_standins(asked: Asked, header: Sequence[str], gazetteer: Gazetteer) -> Asked:
    """Give what a user says of a table without what cannot be meant, and with something for what is not said.

    What is made of rows by it is good for nothing but their faults.

    Args:
        asked: What the user says of the file, of the scheme `table` or `flow`.
        header: The table's columns.
        gazetteer: The places known so far.
    """
    flow = asked.scheme == Scheme.FLOW
    mapping = mapping_of_flow(asked, header) if flow else TableMapping.of(asked)
    both = {fault.column for fault in mapping.together(asked.name)}
    columns = {
        ours: theirs for ours, theirs in mapping.columns.items() if theirs in header and ours not in both
    }
    said = {ours: word for ours, word in mapping.constants.items() if ours not in both}
    wrong = ", ".join(
        fault.column or "" for fault in constant_faults(asked, replace(mapping, constants=said), gazetteer)
    )
    said = {ours: word for ours, word in said.items() if ours not in wrong.split(", ")}
    sound = replace(mapping, columns=columns, constants=said)
    wanting = {fault.column or "" for fault in unsaid(asked, sound, header)}
    wanting |= set(asks_of_flow(sound)) if flow else set()
    standins = {ours: word for ours, word in (_STANDINS | _OF_FLOWS).items() if ours in wanting}
    # A direction is seen from somewhere, which is not asked for before there is one.
    home = asked.home or ("XX" if "direction" in standins else "")
    return replace(sound, constants={**said, **standins}).put_into(replace(asked, home=home))
