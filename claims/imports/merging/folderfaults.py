"""Whether a collection's folder is sound before rows are merged into it, told as reading it would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.checks import UNHELD
from claims.imports.merging.scratch import room, scratch
from claims.tables import read_with_places
from geo.errors import Fault, FaultsError
from geo.files.csvfiles import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["refuse_unsound"]

LARGEST_READ: Final = 4_000_000
"""Bytes of claims.csv and imports.csv; of larger ones only the ids are held against each other, as memory is bounded."""

_TOLD: Final = 1_000


def refuse_unsound(folder: Path) -> None:
    """Refuse a folder that has faults.

    Args:
        folder: A collection's, with its tables as CSV.

    Raises:
        FaultsError: With all faults of a small folder; of a large one with the imported rows that no claim is of.
    """
    large = _bytes_of(folder, "claims") + _bytes_of(folder, "imports") > LARGEST_READ
    if faults := _unheld(folder) if large else _read_faults(folder):
        raise FaultsError(faults, done="imported")


def _read_faults(folder: Path) -> Sequence[Fault]:
    try:
        read_with_places(folder)
    except FaultsError as error:
        return error.faults
    return ()


def _bytes_of(folder: Path, name: str) -> int:
    path = folder / f"{name}.csv"
    return path.stat().st_size if path.exists() else 0


def _unheld(folder: Path) -> list[Fault]:
    """Give a fault of each imported row whose claim is not there; the ids lie on disk, as `scratch` says."""
    if not _bytes_of(folder, "imports"):
        return []
    faults: list[Fault] = []
    file = scratch("CREATE TABLE claims (id TEXT PRIMARY KEY) WITHOUT ROWID;")
    try:
        with room():
            held = ((claim_id,) for _, claim_id in _ids(folder, "claims"))
            file.executemany("INSERT OR IGNORE INTO claims VALUES (?)", held)
        for line, claim_id in _ids(folder, "imports"):
            found = file.execute("SELECT 1 FROM claims WHERE id = ?", (claim_id,)).fetchone()
            if found is None and len(faults) < _TOLD:
                faults.append(
                    Fault("imports.csv", line, "claim_id", claim_id, "is not in claims.csv", UNHELD)
                )
    finally:
        file.close()
    return faults


def _ids(folder: Path, name: str) -> Iterator[tuple[int, str]]:
    """Give the claim_id of each row of a table with its line.

    Raises:
        FaultsError: At the end, where rows could not be read.
    """
    faults: list[Fault] = []
    with read_rows(folder / f"{name}.csv", faults, name=f"{name}.csv") as rows:
        column = rows.header.index("claim_id")
        for line, cells in rows:
            yield line, cells[column].strip()
    if faults:
        raise FaultsError(faults)
