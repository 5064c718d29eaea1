"""An import from the file to the collection: what is asked of it, made of its rows, and put into its place."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from claims.imports.converting import Scheme, converter, detected
from claims.imports.merging.folders import into_folder
from claims.imports.merging.merge import merge
from claims.imports.merging.namesakes import namesakes
from claims.imports.outlines import Outlines
from claims.imports.rows import Chunk, Made, Notice, nothing
from claims.imports.tables.aside import Aside
from claims.imports.tables.flows import with_constants
from claims.imports.tables.guessing import guesses
from claims.imports.tables.mapped import TableConverter
from claims.imports.tables.mapping import TableMapping
from claims.imports.tables.remembered import MAPPED, Remembered, recalled, remember, scheme_of
from claims.imports.tables.standins import with_standins
from claims.imports.whole.partial import must_be_foreign
from claims.named import IN_STORE, the_store
from claims.shipped import shipped
from geo.errors import Fault, FaultsError
from geo.files.sheets import MOST_FAULTS
from geo.gazetteer import DEFAULT_FOLDER, Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims.imports.converting import Asked, Converter
    from claims.imports.files.foreign import ForeignTable
    from claims.imports.leaving import Leaving
    from claims.imports.merging.tally import Tally
    from claims.imports.merging.targets import Target
    from claims.imports.tables.guessing import Guesses

__all__ = ["Understood", "gazetteer_for", "import_table", "opened_target", "understood", "understood_by"]

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


@contextmanager
def opened_target(word: str, who: str | None = None, title: str = "") -> Iterator[Target]:
    """Open what an import goes into, by the word for it: store:NAME, or a folder; either may not be there yet.

    Args:
        word: The word.
        who: Whoever imports, into the store.
        title: Of a collection that is not there yet; its name by default.

    Raises:
        BordermapError: It comes with bordermap, or cannot be written.
    """
    if word.startswith(IN_STORE):
        # What speaks to a database is loaded when one is asked for.
        from claims.store.merging import into_store  # noqa: PLC0415 - as told above

        with into_store(the_store(), word.removeprefix(IN_STORE), who, title) as target:
            yield target
        return
    with into_folder(shipped().get(word, Path(word)), title) as folder:
        yield folder


def gazetteer_for(word: str) -> Gazetteer:
    """Give the shipped places with those that a collection brings of its own; the word is as for `opened_target`."""
    if word.startswith(IN_STORE):
        name = word.removeprefix(IN_STORE)
        return the_store().read_with_places(name)[1] if name in the_store().names() else _shipped_places()
    if (Path(word) / "places.csv").exists():
        return Gazetteer.read(DEFAULT_FOLDER, Path(word))
    return _shipped_places()


@cache
def _shipped_places() -> Gazetteer:
    """Read the shipped places, once a process: they stay as they are."""
    return Gazetteer.read()


def import_table(
    table: ForeignTable,
    asked: Asked,
    target: Target,
    gazetteer: Gazetteer,
    leave: Leaving,
    *,
    check: bool = False,
) -> Tally:
    """Import the rows of a table; where one has a fault, none of them.

    Args:
        table: The file.
        asked: As `understood` completes it.
        target: From `opened_target`.
        gazetteer: From `gazetteer_for` the same word.
        leave: Rows to leave.
        check: Find out only what would happen.

    Raises:
        FaultsError: With the faults of all rows, but for those that are left.
    """
    try:
        make = converter(asked, table.header, gazetteer)
    except FaultsError as error:
        raise _with_faults_of_rows(error, table, asked, gazetteer, leave) from None
    faults: list[Fault] = []
    rows = _Rows(table, make, leave, faults)

    def remade(cells: pd.DataFrame, published: str) -> Mapping[str, pd.DataFrame]:
        day = dt.date.fromisoformat(published) if published else asked.published
        return _remade(replace(asked, published=day), cells, gazetteer)

    def made() -> Iterator[Made]:
        # A target finds its rows once it was asked for their ids, which merging does before it asks for what is made.
        if isinstance(make, TableConverter) and not asked.dataset:
            faults.extend(namesakes(asked.name, make.dataset, table.header, make.outlet, target))
        yield from rows.made()

    tally = merge(target, made(), faults, file=asked.name, remade=remade, gazetteer=gazetteer, check=check)
    tally.left = rows.left
    tally.passed = make.left
    tally.notices += [_unmet(asked.name, *lines) for lines in leave.unmet()]
    tally.notices += rows.outlines.told(asked)
    if not rows.seen and not rows.left:
        tally.notices.append(Notice(asked.name, 0, "holds no rows, so that nothing is taken in"))
    scheme = asked.scheme or detected(table.header)
    if not check and scheme in MAPPED:
        today = dt.datetime.now(dt.UTC).date()
        remember(table.header, TableMapping.of(asked), today, [], scheme, Aside.of(asked))
    return tally


def _with_faults_of_rows(
    error: FaultsError, table: ForeignTable, asked: Asked, gazetteer: Gazetteer, leave: Leaving
) -> FaultsError:
    """Add to the faults of what is said of a table those of its rows."""
    if (asked.scheme or detected(table.header)) not in MAPPED:
        return error
    make = converter(with_standins(asked, table.header, gazetteer), table.header, gazetteer)
    faults: list[Fault] = []
    for _ in _Rows(table, make, leave, faults).made():
        pass
    found = sorted(faults, key=lambda fault: fault.line or 0)
    return FaultsError(
        [*error.faults, *(fault for fault in found if fault not in error.faults)], done="imported"
    )


@dataclass(slots=True)
class _Rows:
    """The rows of a table, made into claims but for those that are left."""

    table: ForeignTable
    make: Converter
    leave: Leaving
    faults: list[Fault]
    left: int = 0
    seen: int = 0
    outlines: Outlines = field(default_factory=Outlines)

    def made(self) -> Iterator[Made]:
        """Make one chunk after the other."""
        read = _Unleft(self.leave)
        for chunk in self.table.chunks(read):
            self.seen += len(chunk.lines)
            leave = self.leave.among(chunk.lines)
            self.left += int(leave.sum())
            kept = chunk
            if leave.any():
                kept = Chunk(chunk.cells[~leave].reset_index(drop=True), chunk.lines[~leave])
            if len(kept.lines):
                self.outlines.see(kept)
                yield self.make.made(kept, self.faults)
            # Those of a chunk are told, and no more: each takes memory.
            if len(self.faults) + len(read) > MOST_FAULTS:
                self._stop_at(int(chunk.lines[-1]))
                break
        self.faults += read
        self.left += read.left

    def _stop_at(self, line: int) -> None:
        why = f"has over {MOST_FAULTS:,} faults, and was read to line {line}"
        self.faults.append(Fault(self.table.name, None, None, None, why, "mend those first"))


class _Unleft(list["Fault"]):
    """Faults of rows that could not be read, without those of rows that are left: these count for none."""

    def __init__(self, leave: Leaving) -> None:
        """Begin with none."""
        super().__init__()
        self._leave, self.left = leave, 0

    def append(self, fault: Fault) -> None:
        """Add a fault, unless its row is left."""
        if fault.line is not None and self._leave.among(np.array([fault.line]))[0]:
            self.left += 1
        else:
            super().append(fault)

    def __iadd__(self, faults: Iterable[Fault]) -> Self:  # type: ignore[override, misc]  # a list's + is of lists
        """Add faults likewise."""
        for fault in faults:
            self.append(fault)
        return self


def _remade(asked: Asked, cells: pd.DataFrame, gazetteer: Gazetteer) -> Mapping[str, pd.DataFrame]:
    """Make again of rows what an import made of them; of rows that have faults by now, nothing."""
    chunk = Chunk(cells, np.arange(len(cells)))
    # What is context today was perhaps none when it was imported.
    asked = replace(asked, context=True)
    try:
        return converter(asked, tuple(cells.columns), gazetteer).made(chunk, []).tables
    except FaultsError:
        return nothing()


def _unmet(file: str, first: int, last: int) -> Notice:
    where = f"there, nor to line {last}" if last > first else "there"
    return Notice(file, first, f"no row begins {where}, so --leave leaves none")
