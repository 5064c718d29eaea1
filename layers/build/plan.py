"""What a build is of: its inputs, what is said of each, and into how many parts; the same plan gives the same folder."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from claims.imports.files.opened import opened_table
from claims.imports.naming import slug
from claims.imports.tables.headed import line_before
from claims.imports.tables.remembered import MAPPED, scheme_of
from claims.imports.understanding import understood
from claims.imports.unheard import said_of, unheard
from geo.errors import BordermapError
from layers.build.edition import Public
from layers.build.foreign import must_lie_apart
from layers.build.inputs import InputKind
from layers.build.version import digest
from layers.built.format import FORMAT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from claims.imports.converting import Asked
    from layers.build.inputs import Input

__all__ = ["Plan", "plan_of", "unheard_in"]

BYTES: Final = 64 << 20
"""Of inputs for a part of the events: some 100,000 claims of ACLED's, which a worker holds at once."""

MOST_PARTS: Final = 1024


_PACKED: Final = {".parquet": 8, ".xlsx": 8, ".kmz": 8}
"""How much larger a table is as CSV, about, where its kind of file is compressed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A build before it begins.

    Attributes:
        inputs: The inputs with what is said of each.
        facts: What collection.toml shall say, as the fields of `claims.model.Facts`.
        parts: Into how many parts events are parted.
        public: How the inputs are published; None where all of them is built, whatever they withhold.
    """

    inputs: tuple[tuple[Input, Asked], ...]
    facts: Mapping[str, Any]
    parts: int
    public: Public | None = None

    def digest(self) -> str:
        """Give the sha256 of all that the built folder follows from, the code and the places among it."""
        said = [
            [[*map(str, one.files)], one.kind, one.size, one.stamp, repr(asked)] for one, asked in self.inputs
        ]
        day = None if self.public is None else self.public.day
        written = json.dumps(
            [FORMAT, digest(), self.parts, sorted(self.facts.items()), said, day], default=str
        )
        return hashlib.sha256(written.encode()).hexdigest()


def plan_of(
    inputs: Sequence[Input],
    asked: Asked,
    facts: Mapping[str, Any],
    tell: Callable[[str], None],
    day: dt.date | None = None,
) -> Plan:
    """Look at the columns of each table, and complete what the user says of them; those of the same columns are alike.

    What cannot be opened stays as it is: whoever reads it tells its faults.

    Args:
        inputs: From `layers.build.inputs.inputs_of`.
        asked: What the user says of all tables.
        facts: As of `Plan`.
        tell: Is told what was guessed of columns, once for each header.
        day: On which what is built is published; None where all is built.

    Raises:
        BordermapError: It is published, and a table or a report is of a collection's folder.
    """
    if day is not None:
        must_lie_apart(inputs)
    known: dict[tuple[str, ...], Asked] = {}
    stems = Counter(_stem(one) for one in inputs if one.kind is InputKind.TABLE)
    called = {stem for stem, count in stems.items() if count == 1}
    planned = []
    for one in inputs:
        said = dataclasses.replace(asked, name=one.name)
        if one.kind is InputKind.TABLE:
            said = _understood(one, said, known, tell)
            if said.scheme in MAPPED and not said.dataset and stems[_stem(one)] > 1:
                # Rows of two tables of one name are not each other's.
                said = dataclasses.replace(said, dataset=_own_name(one, called))
        planned.append((one, said))
    parts = min(max(-(-sum(map(_weight, inputs)) // BYTES), 1), MOST_PARTS)
    return Plan(tuple(planned), dict(facts), parts, None if day is None else Public(day, dict(facts)))


def _weight(one: Input) -> int:
    """Give how many bytes an input would have as CSV, about."""
    suffixes = (
        {file.suffix.lower() for file in one.path.iterdir()}
        if one.path.is_dir()
        else {one.path.suffix.lower()}
    )
    return one.size * max(_PACKED.get(suffix, 1) for suffix in suffixes or {""})


def unheard_in(plan: Plan, asked: Asked) -> str:
    """Say what of that which the user says no input has a use for, as an import would; "" where all of it is heard.

    Args:
        plan: From `plan_of`.
        asked: What was said of all its inputs.
    """
    tables = [(one, said.scheme) for one, said in plan.inputs if one.kind is InputKind.TABLE]
    if any(scheme is None for _, scheme in tables):
        return ""
    if any(one.kind is InputKind.REPORTS for one, _ in plan.inputs):
        asked = dataclasses.replace(asked, outlet="", countries=())
    if not tables:
        said = ", ".join(said_of(asked))
        return f"{said} is said of tables, and no input is one; leave it out" if said else ""
    told = [unheard(dataclasses.replace(asked, name=one.name), scheme) for one, scheme in tables if scheme]
    return told[0] if all(told) else ""


def _stem(one: Input) -> str:
    """Give what the rows of a table are counted to where it has a name of its own."""
    return slug(PurePath(one.name).stem)


def _own_name(one: Input, called: set[str]) -> str:
    """Give a table's rows a name that no other's have, by its path, and keep it."""
    path = slug(str(PurePath(one.name).with_suffix("")))
    more = (f"{path}-{number}" for number in itertools.count(2))
    name = next(name for name in itertools.chain([path], more) if name not in called)
    called.add(name)
    return name


def _understood(
    one: Input, said: Asked, known: dict[tuple[str, ...], Asked], tell: Callable[[str], None]
) -> Asked:
    try:
        line = line_before(one.path, one.name)
        with opened_table(one.path, one.name, header=line) as table:
            header = tuple(table.header)
            if header not in known:
                how = understood(table, said)
                known[header] = dataclasses.replace(how.asked, scheme=how.asked.scheme or scheme_of(header))
                for told in how.told:
                    tell(told)
    except BordermapError:
        return said
    return dataclasses.replace(known[header], name=one.name, header=line)
