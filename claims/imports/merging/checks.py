"""The checks of a collection's tables, held against the rows of an import before they are in one."""

from __future__ import annotations

import dataclasses
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from pandas.api.types import is_object_dtype, is_string_dtype

from claims.checks import check_tables
from claims.imports.merging.sound import surely_sound
from claims.imports.merging.soundplaces import surely_sound_places
from claims.imports.rows import MADE
from claims.model import OPTIONAL_TABLES, ROLES, TABLES
from claims.tables import Table, typed
from geo.errors import Fault, FaultsError
from geo.files.csvwriting import csv_header, csv_rows
from geo.placefiles import read_places

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    Known = Callable[[str, Iterable[str]], set[str]]

__all__ = ["Checks"]

_MOST_KEPT: Final = 200_000
"""Places that are remembered as sound; then it begins anew."""
_COLUMNS: Final = {name: (TABLES | OPTIONAL_TABLES)[name] for name in MADE if name != "places"}
_NAMED: Final = {"sources": "source_id", "events": "event_id", "claims": "claim_id", "imports": "claim_id"}


@dataclass(frozen=True, slots=True)
class _Places:
    """The places that rows may name."""

    own: set[str]
    shipped: Container[str]

    def __contains__(self, place_id: object) -> bool:
        return place_id in self.own or place_id in self.shipped


@dataclass(frozen=True, slots=True)
class Checks:
    """What a collection's reader would find at fault in rows, each told at the line that it came from.

    Attributes:
        file: What faults call it.
        gazetteer: The shipped places.
        known: Gives those ids of a table that the target holds: rows may name them too.
    """

    file: str
    gazetteer: Container[str]
    known: Known
    _sound_places: set[int] = field(default_factory=set)

    def faults_of(self, tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
        """Give the faults of some rows.

        Args:
            tables: By the names of `MADE`; the claims and the imports are of the same rows, in the same order.
        """
        apart = _apart(tables)
        places = _places(tables, self.gazetteer, self.known)
        faults = [] if surely_sound(tables, places, self.known) else self._found(apart, places)
        faults += self._place_faults(tables["places"])
        return [_at_its_line(fault, self.file, apart) for fault in faults]

    def _found(self, tables: Mapping[str, pd.DataFrame], places: _Places) -> list[Fault]:
        """Look at all cells of all tables but that of places."""
        faults: list[Fault] = []
        written = {
            name: Table(name, tables[name].reset_index(drop=True), np.arange(len(tables[name])), faults)
            for name in _COLUMNS
        }
        frames = {name: typed(table, _COLUMNS[name]) for name, table in written.items()}
        for name in ("sources", "actors", "events", "claims"):
            frames[name] = _with_held(frames[name], name, tables, self.known)
        check_tables(frames, written, places)
        return faults

    def _place_faults(self, places: pd.DataFrame) -> list[Fault]:
        """Look at the places that were not found sound in an earlier chunk, which are named again and again."""
        rows = pd.util.hash_pandas_object(places, index=False).to_numpy()
        new = np.array([row not in self._sound_places for row in rows.tolist()], dtype=bool)
        if not new.any() and places["place_id"].is_unique:
            return []
        unique = places["place_id"].is_unique
        if not unique or not (surely_sound_places(places[new]) or not _place_faults(places[new])):
            return _place_faults(places)
        if len(self._sound_places) > _MOST_KEPT:
            self._sound_places.clear()
        self._sound_places.update(rows[new].tolist())
        return []


def _places(tables: Mapping[str, pd.DataFrame], shipped: Container[str], known: Known) -> _Places:
    named = pd.concat([tables["claims"][f"{role}_id"] for role in ROLES]).unique().tolist()
    own = set(tables["places"]["place_id"].tolist())
    return _Places(own | known("places", set(named).difference(own, {""})), shipped)


def _apart(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give the rows of one id ids of their own: which of them is taken is decided later."""
    claims, apart = tables["claims"], dict(tables)
    again = claims["claim_id"].duplicated().to_numpy()
    if not again.any():
        return apart
    number = [f"~{row}" if more else "" for row, more in enumerate(again)]
    apart["claims"] = claims.assign(claim_id=claims["claim_id"] + number)
    apart["imports"] = tables["imports"].assign(claim_id=apart["claims"]["claim_id"].to_numpy())
    if len(tables["events"]) == len(claims):
        apart["events"] = tables["events"].assign(event_id=tables["events"]["event_id"] + number)
        apart["claims"]["event_id"] = claims["event_id"] + number
    return apart


def _with_held(
    frame: pd.DataFrame, name: str, tables: Mapping[str, pd.DataFrame], known: Known
) -> pd.DataFrame:
    """Add a row, empty but for its id, for each that is named and held elsewhere."""
    named = [
        tables[other][column.name]
        for other, columns in _COLUMNS.items()
        for column in columns
        if column.of == name
    ]
    cells = pd.Series(pd.concat(named).unique())
    ids = set(cells.str.split(";").explode().str.strip().tolist()).difference({""})
    key = _COLUMNS[name][0].name
    elsewhere = known(name, ids.difference(frame[key].tolist()))
    if not elsewhere:
        return frame
    held = pd.DataFrame({key: sorted(elsewhere)})
    texts = [
        column.name
        for column in _COLUMNS[name]
        if is_object_dtype(frame[column.name]) or is_string_dtype(frame[column.name])
    ]
    return pd.concat([frame, held], ignore_index=True).fillna(dict.fromkeys(texts, ""))


def _place_faults(places: pd.DataFrame) -> list[Fault]:
    """Read places as a folder's are read; each fault's line is the row's, from 0."""
    if places.empty:
        return []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "places.csv"
        file.write_bytes(csv_header(places.columns) + csv_rows(places))
        try:
            read_places(Path(folder))
        except FaultsError as error:
            ends = (csv_rows(places.iloc[[row]]).count(b"\n") for row in range(len(places)))
            begins = [2, *(2 + np.cumsum(list(ends))).tolist()]
            return [
                dataclasses.replace(fault, file="places", line=begins.index(fault.line))
                for fault in error.faults
            ]
    return []


def _at_its_line(fault: Fault, file: str, tables: Mapping[str, pd.DataFrame]) -> Fault:
    """Tell a fault of a made row at the line of the first row of the file that it was made of."""
    name, row = str(fault.file), fault.line
    made = tables[name].iloc[row] if row is not None else None
    line = None
    if made is not None:
        naming = _naming(tables, name, str(made.iloc[0]))
        lines = tables["imports"]["line"][naming.to_numpy()]
        line = int(lines.iloc[0]) if len(lines) and lines.iloc[0] else None
    return dataclasses.replace(fault, file=file, line=line, column=f"{name}: {fault.column}")


def _naming(tables: Mapping[str, pd.DataFrame], name: str, row_id: str) -> pd.Series:
    """Tell which claims name a row of a table."""
    claims = tables["claims"]
    if name == "places":
        return claims[[f"{role}_id" for role in ROLES]].eq(row_id).any(axis="columns")
    if name == "actors":
        return (";" + claims["actors"] + ";").str.contains(f";{row_id};", regex=False)
    return claims[_NAMED[name]].eq(row_id)
