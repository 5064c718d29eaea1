"""Read the tables of a collection; every fault of every file is found in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from claims.checks import check_tables
from claims.derived import facts_of
from claims.digest import STORY, digest_of, others_of
from claims.facts import read_facts
from claims.model import OPTIONAL_TABLES, TABLES, WITHHELD, Collection, Column
from claims.parquetfiles import read_cells
from claims.publication.section import known_faults
from claims.publication.withheld import withheld_by_claim
from claims.story import read_story
from claims.storychecks import known_of
from claims.unfinished import finish
from geo.errors import BordermapError, Fault, FaultsError
from geo.files.csvfiles import header_faults, read_rows
from geo.gazetteer import DEFAULT_FOLDER, Gazetteer, shipped_gazetteer
from geo.placefiles import PLACE_FILES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from claims.derived import Places

DAY_PATTERN = r"\d{4}-\d{2}-\d{2}"
URL_PATTERN = r"https?://\S+"
MOST = 2_000_000_000
"""No number is larger: pages and GeoPackage keep them in 32 bits with a sign."""
ID_PATTERN = r"[^\s;,\"'<>]+"
CODES = {"A-F": tuple("ABCDEF"), "1-3": tuple("123"), "1-6": tuple("123456")}
_UNSAID = {"day": "datetime64[s]", "number": "float64", "1-3": "float64", "1-6": "float64"}
"""What a column becomes of which no cell says anything, where that is not text."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The cells of one file as they were written, with the line on which each row begins.

    Attributes:
        file: Its name.
        cells: One row a row, one column a column of the table, all strings; absent columns are empty.
        lines: Of each row, from 1.
        faults: Where faults are put.
        absent: Columns that the file does not have; that is one fault, and nothing more is said of them.
        cut: Cells of rows with too few or too many cells: they are not read, yet others may name their ids.
        told: Rows and columns of cells with a fault; a cell's first fault is its only one.
    """

    file: str
    cells: pd.DataFrame
    lines: np.ndarray
    faults: list[Fault]
    absent: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    told: set[tuple[int, str]] = field(default_factory=set)

    def fault_where(self, column: str, bad: pd.Series, why: str, todo: str) -> None:
        """Make a fault of every cell of a column where `bad` is true, naming it as written."""
        if column in self.absent:
            return
        for row in map(int, np.flatnonzero(bad.to_numpy(dtype=bool, na_value=False))):
            if (row, column) not in self.told:
                self.told.add((row, column))
                value = str(self.cells[column].iloc[row]) or None
                self.faults.append(Fault(self.file, int(self.lines[row]), column, value, why, todo))

    def fault_unless_one_of(self, column: str, words: Sequence[str]) -> None:
        """Make a fault of every cell of a column that says something else than `words`."""
        cells = self.cells[column]
        bad = cells.ne("") & ~cells.isin(words)
        self.fault_where(column, bad, "is unknown", f"use one of {', '.join(words)}")


def read_collection(folder: Path, gazetteer: Places) -> Collection:
    """Read a collection's folder: collection.toml, the four tables, and sides.csv and story.toml where they are.

    Days and view that collection.toml does not say are derived from the claims (`claims.derived`). A table may be
    Parquet with the same columns instead of CSV (`claims.parquet`); a row's line is its number then.

    Args:
        folder: Holds collection.toml, sources.csv, claims.csv, events.csv and actors.csv.
        gazetteer: Whatever knows places by their ids.

    Raises:
        BordermapError: The folder is not there.
        FaultsError: Any file has faults; all of them are in it and nothing is read.
    """
    if not folder.is_dir():
        raise BordermapError(f"{str(folder)!r} is not a folder; name a collection's folder")
    finish(folder)
    faults: list[Fault] = []
    written = read_facts(folder / "collection.toml", faults)
    paths = {name: _path_of(folder, name, faults) for name in TABLES | OPTIONAL_TABLES}
    brought = {name: columns for name, columns in OPTIONAL_TABLES.items() if paths[name].exists()}
    columns_of = TABLES | brought
    tables = {
        name: read_table(paths[name], (*columns, WITHHELD) if name == "claims" else columns, faults)
        for name, columns in columns_of.items()
    }
    read = {name: table for name, table in tables.items() if table is not None}
    frames = {name: typed(table, columns_of[name]) for name, table in read.items()}
    check_tables(frames, read, gazetteer)
    withheld = withheld_by_claim(read["claims"]) if "claims" in read else {}
    if written is None or written.get("publication"):
        sources = read["sources"].cells["source_id"].tolist() if "sources" in read else None
        faults += known_faults(folder / "collection.toml", sources, gazetteer)
    facts = None if written is None else facts_of(written, frames, gazetteer, faults)
    story = read_story(folder / STORY, known_of(frames, read, facts, sound=not faults), faults)
    if faults or facts is None:
        raise FaultsError(sorted(faults, key=lambda fault: (str(fault.file), fault.line or 0)))
    files = others_of(folder)
    return Collection(
        folder=folder,
        facts=facts,
        digest=digest_of(folder),
        story=story,
        files=files,
        withheld=withheld,
        **frames,
    )


def _path_of(folder: Path, name: str, faults: list[Fault]) -> Path:
    """Give the file of a table; it is a fault where there are two."""
    written, typed_file = folder / f"{name}.csv", folder / f"{name}.parquet"
    if not typed_file.exists():
        return written
    if written.exists():
        why = f"stands beside {written.name}, which is the same table"
        faults.append(Fault(typed_file.name, None, None, None, why, "keep one of them"))
        return written
    return typed_file


def read_with_places(folder: Path) -> tuple[Collection, Gazetteer]:
    """Read a collection's folder, with the shipped places and those that it brings of its own.

    Args:
        folder: As for `read_collection`; it may hold places.csv, areas.geojson, roads.geojson and rivers.geojson too.

    Raises:
        BordermapError: The folder is not there.
        FaultsError: With the faults of its places and of its tables; nothing is read.
    """
    finish(folder)
    own = [folder] if any((folder / name).exists() for name in PLACE_FILES) else []
    try:
        gazetteer = Gazetteer.read(DEFAULT_FOLDER, *own) if own else shipped_gazetteer()
    except FaultsError as faulty:
        # A table is not blamed for naming a place whose row cannot be read.
        raise FaultsError([*_faults(folder, _AnyPlace()), *faulty.faults]) from None
    collection = read_collection(folder, gazetteer)
    return collection, gazetteer.holding(_places_named(collection))


def _places_named(collection: Collection) -> list[str]:
    """List the place ids that the claims name, each once."""
    columns = [column for column in TABLES["claims"] if column.of == "gazetteer"]
    cells = pd.concat([collection.claims[column.name] for column in columns])
    return [place_id for place_id in cells.unique() if place_id]


class _AnyPlace:
    def __contains__(self, _place_id: object) -> bool:
        return True

    def get(self, _place_id: str) -> None:
        return None


def _faults(folder: Path, gazetteer: Places) -> tuple[Fault, ...]:
    try:
        read_collection(folder, gazetteer)
    except FaultsError as error:
        return error.faults
    return ()


def read_table(path: Path, columns: Sequence[Column], faults: list[Fault]) -> Table | None:
    """Read one CSV file (UTF-8, RFC 4180) or Parquet file into strings; what cannot be read becomes a fault.

    CSV may leave out columns that are not required: nothing is said in them then.

    Returns None where the file as a whole is of no use (missing, broken UTF-8 or quotes, cells not parted by commas).
    """
    known = [column.name for column in columns]
    if path.suffix == ".parquet":
        return _read_parquet(path, known, faults)
    with read_rows(path, faults, name=path.name, known=known) as rows:
        if rows.broken:
            return None
        needed = [column.name for column in columns if column.required]
        faults += header_faults(path.name, rows.header, known, needed)
        read = list(rows)
    if rows.broken:
        return None
    cells = pd.DataFrame([cells for _, cells in read], columns=rows.header, dtype=str)
    lines = np.array([line for line, _ in read], dtype=np.int64)
    absent = frozenset(known).difference(rows.header)
    cut = frozenset(cell.strip() for row in rows.cut for cell in row)
    return Table(path.name, _known_cells(cells, known), lines, faults, absent, cut)


def _read_parquet(path: Path, known: Sequence[str], faults: list[Fault]) -> Table | None:
    may = [WITHHELD.name] if WITHHELD.name in known else []
    read = read_cells(path, [name for name in known if name not in may], faults, may)
    if read is None:
        return None
    cells = pd.DataFrame({name: pd.Series(read[name].to_pandas(), dtype=str) for name in read.column_names})
    lines = np.arange(1, len(cells) + 1)
    return Table(path.name, _known_cells(cells, known), lines, faults, frozenset(known).difference(cells))


def _known_cells(cells: pd.DataFrame, known: Sequence[str]) -> pd.DataFrame:
    """Give the columns of a table, without the blanks around their cells; one that is absent is empty."""
    cells = cells.loc[:, ~cells.columns.duplicated()]
    cells = cells.reindex(columns=known, fill_value="")
    return cells.apply(lambda column: column.str.strip())


def typed(table: Table, columns: Sequence[Column]) -> pd.DataFrame:
    """Parse each column once; a cell that is not what its column holds becomes a fault.

    Days become datetime64[s] (NaT where empty), numbers and codes of digits float64 (NaN where
    empty), all else stays a string ("" where empty).
    """
    parsed = {}
    for column in columns:
        if column.required:
            table.fault_where(column.name, table.cells[column.name].eq(""), "is empty", "fill it in")
        parsed[column.name] = _parsed(table, column)
    frame = pd.DataFrame(parsed, index=table.cells.index)
    repeated = frame[columns[0].name].duplicated() & frame[columns[0].name].ne("")
    table.fault_where(columns[0].name, repeated, "is there already", "give each row its own")
    return frame


def _parsed(table: Table, column: Column) -> pd.Series:
    cells = table.cells[column.name]
    said = cells.ne("")
    if not said.any():
        return cells.where(said).astype(_UNSAID[column.cell]) if column.cell in _UNSAID else cells
    if isinstance(column.cell, type):
        table.fault_unless_one_of(column.name, [member.value for member in column.cell])
    elif column.cell in CODES:
        table.fault_unless_one_of(column.name, CODES[column.cell])
        if column.cell != "A-F":
            return pd.to_numeric(cells.where(said), errors="coerce").astype("float64")
    elif column.cell == "day":
        days = pd.to_datetime(cells.where(said), format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
        bad = said & (days.isna() | ~cells.str.fullmatch(DAY_PATTERN))
        table.fault_where(column.name, bad, "is not a day", "write it as 2024-12-07")
        return days
    elif column.cell == "number":
        numbers = pd.to_numeric(cells.where(said), errors="coerce").astype("float64")
        bad = said & (numbers.isna() | np.isinf(numbers) | (numbers < 0))
        table.fault_where(column.name, bad, "is not a number", "write digits only, as 2000")
        table.fault_where(
            column.name, ~bad & (numbers > MOST), "is more than can be", f"write at most {MOST}"
        )
        return numbers
    elif column.cell == "id":
        bad = said & ~cells.str.fullmatch(ID_PATTERN)
        table.fault_where(column.name, bad, "is not an id", "use letters, digits and hyphens")
    elif column.cell == "ids":
        return cells.str.replace(r"\s*;\s*", ";", regex=True).str.strip(";")
    elif column.cell == "url":
        bad = said & ~cells.str.fullmatch(URL_PATTERN)
        table.fault_where(column.name, bad, "is not a web address", "begin it with https://")
    return cells
