"""An import from the file to the collection: what is asked of it, made of its rows, and put into its place."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from claims.imports.converting import converter, detected
from claims.imports.merging.folders import into_folder
from claims.imports.merging.merge import merge
from claims.imports.merging.namesakes import namesakes
from claims.imports.rows import Chunk, Made, Notice, nothing
from claims.imports.rowsleft import RowsLeft
from claims.imports.tables.aside import Aside
from claims.imports.tables.mapped import TableConverter
from claims.imports.tables.mapping import TableMapping
from claims.imports.tables.remembered import MAPPED, remember
from claims.imports.tables.standins import with_standins
from claims.named import IN_STORE, the_store
from claims.shipped import shipped
from claims.unfinished import finish
from geo.errors import Fault, FaultsError
from geo.gazetteer import DEFAULT_FOLDER, Gazetteer, shipped_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from claims.imports.converting import Asked
    from claims.imports.files.foreign import ForeignTable
    from claims.imports.leaving import Leaving
    from claims.imports.merging.tally import Tally
    from claims.imports.merging.targets import Target

__all__ = ["gazetteer_for", "import_table", "opened_target"]


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
        return the_store().read_with_places(name)[1] if name in the_store().names() else shipped_gazetteer()
    finish(Path(word))
    if (Path(word) / "places.csv").exists():
        return Gazetteer.read(DEFAULT_FOLDER, Path(word))
    return shipped_gazetteer()


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
    rows = RowsLeft(table, make, leave, faults)

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
    for _ in RowsLeft(table, make, leave, faults).made():
        pass
    found = sorted(faults, key=lambda fault: fault.line or 0)
    return FaultsError(
        [*error.faults, *(fault for fault in found if fault not in error.faults)], done="imported"
    )


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
