"""Read a collection of the store by the reader of folders, and tell its faults by row instead of by line."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from claims.store.schema import SHEETS
from claims.tables import read_collection, read_with_places
from geo.errors import Fault, FaultsError
from geo.files.temporary import temporary_folder
from geo.gazetteer import shipped_gazetteer
from geo.placefiles import PLACE_FILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.model import Collection
    from claims.store.contents import Contents, Sheet
    from geo.gazetteer import Gazetteer

__all__ = ["faults_of", "read_contents"]


def read_contents(contents: Contents, name: str) -> tuple[Collection, Gazetteer]:
    """Read what a folder with these contents would give.

    Raises:
        FaultsError: It has faults; each names the store, the table and the row.
    """
    with temporary_folder() as folder:
        lines = contents.put(folder)
        try:
            collection, gazetteer = read_with_places(folder)
        except FaultsError as error:
            faults = [_by_row(fault, name, contents.sheets, lines) for fault in error.faults]
            raise FaultsError(faults) from None
    return dataclasses.replace(collection, folder=Path(name)), gazetteer


def faults_of(contents: Contents, name: str) -> tuple[Fault, ...]:
    """Give the faults of these contents."""
    brings_places = "places" in contents.sheets or any(file in contents.files for file in PLACE_FILES)
    try:
        if brings_places:
            read_contents(contents, name)
            return ()
        with temporary_folder() as folder:
            lines = contents.put(folder)
            read_collection(folder, shipped_gazetteer())
    except FaultsError as error:
        if brings_places:
            return error.faults
        return tuple(_by_row(fault, name, contents.sheets, lines) for fault in error.faults)
    return ()


def _by_row(fault: Fault, name: str, sheets: Mapping[str, Sheet], lines: Mapping[str, list[int]]) -> Fault:
    """Name a fault's row by its id: nobody sees the lines of the store's tables."""
    file = Path(fault.file).name
    table = file.removesuffix(".csv")
    if table not in sheets:
        return dataclasses.replace(fault, file=f"store:{name} {file}")
    where = f"store:{name} {table}"
    if fault.line in lines[file]:
        row = sheets[table].rows[lines[file].index(fault.line)]
        where = f"{where} row {row.get(SHEETS[table][0], '')}"
    return dataclasses.replace(fault, file=where, line=None)
