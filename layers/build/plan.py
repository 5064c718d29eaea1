"""What a build is of: its inputs, what is said of each, and into how many parts; the same plan gives the same folder."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from claims.imports.files.opened import opened_table
from claims.imports.naming import slug
from claims.imports.tables.remembered import MAPPED, scheme_of
from claims.imports.understanding import understood
from geo.errors import BordermapError
from layers.build.inputs import InputKind
from layers.built.format import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from claims.imports.converting import Asked
    from layers.build.inputs import Input

__all__ = ["Plan", "plan_of"]

BYTES: Final = 64 << 20
"""Of inputs for a part of the events: some 100,000 claims of ACLED's, which a worker holds at once."""

MOST_PARTS: Final = 1024


@dataclass(frozen=True, slots=True)
class Plan:
    """A build before it begins.

    Attributes:
        inputs: The inputs with what is said of each.
        facts: What collection.toml shall say, as the fields of `claims.model.Facts`.
        parts: Into how many parts events are parted.
    """

    inputs: tuple[tuple[Input, Asked], ...]
    facts: Mapping[str, Any]
    parts: int

    def digest(self) -> str:
        """Give the sha256 of all that the built folder follows from, but for the places' gazetteer and the code."""
        said = [
            [[*map(str, one.files)], one.kind, one.size, one.stamp, repr(asked)] for one, asked in self.inputs
        ]
        written = json.dumps([FORMAT, self.parts, sorted(self.facts.items()), said], default=str)
        return hashlib.sha256(written.encode()).hexdigest()


def plan_of(
    inputs: Sequence[Input], asked: Asked, facts: Mapping[str, Any], tell: Callable[[str], None]
) -> Plan:
    """Look at the columns of each table, and complete what the user says of them; those of the same columns are alike.

    What cannot be opened stays as it is: whoever reads it tells its faults.

    Args:
        inputs: From `layers.build.inputs.inputs_of`.
        asked: What the user says of all tables.
        facts: As of `Plan`.
        tell: Is told what was guessed of columns, once for each header.
    """
    known: dict[tuple[str, ...], Asked] = {}
    stems = Counter(PurePath(one.name).stem for one in inputs if one.kind is InputKind.TABLE)
    planned = []
    for one in inputs:
        said = dataclasses.replace(asked, name=one.name)
        if one.kind is InputKind.TABLE:
            said = _understood(one, said, known, tell)
            if said.scheme in MAPPED and not said.dataset and stems[PurePath(one.name).stem] > 1:
                # Rows of two tables of one name are not each other's.
                said = dataclasses.replace(said, dataset=slug(str(PurePath(one.name).with_suffix(""))))
        planned.append((one, said))
    size = sum(one.size for one in inputs)
    parts = min(max(-(-size // BYTES), 1), MOST_PARTS)
    return Plan(tuple(planned), dict(facts), parts)


def _understood(
    one: Input, said: Asked, known: dict[tuple[str, ...], Asked], tell: Callable[[str], None]
) -> Asked:
    try:
        with opened_table(one.path, one.name) as table:
            header = tuple(table.header)
            if header not in known:
                how = understood(table, said)
                known[header] = dataclasses.replace(how.asked, scheme=how.asked.scheme or scheme_of(header))
                for line in how.told:
                    tell(line)
    except BordermapError:
        return said
    return dataclasses.replace(known[header], name=one.name)
