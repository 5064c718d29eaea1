"""What is found in an export that holds a collection whole, and what is made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from claims.digest import FILES, digest_of_tables
from claims.model import TABLES
from claims.store.columns import ColumnSheet
from claims.store.contents import FACTS, Contents
from claims.tables import read_with_places
from claims.typedtables import HEADERS, as_text
from geo.errors import Fault, FaultsError
from geo.files.csvwriting import TEXT
from geo.files.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ABOUT", "HOLDS", "Found", "about_of", "checked", "one_fault", "text_column"]

ABOUT: Final = "about.json"
"""The file beside the tables of a folder or a zip that says what they are of (`layers.exports.whole.parts`)."""

HOLDS: Final = "holds"
"""What alone an export that holds a collection whole says of itself: the digest of the folder that it makes."""

_ANEW: Final = "export the collection anew"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What stands in an export, not checked yet.

    Attributes:
        name: What faults call it.
        tables: By name, of columns of text without nulls.
        files: The others by name.
        about: What it says of itself; empty where it says nothing.
        sound: Whether it was held already to all that a collection must be.
    """

    name: str
    tables: Mapping[str, pa.Table]
    files: Mapping[str, bytes]
    about: Mapping[str, Any]
    sound: bool = False

    def notices(self) -> list[str]:
        """Say what its reader must know: that it was changed since it was exported, or is a part of a collection."""
        told = []
        holds = self.about.get(HOLDS)
        if isinstance(holds, str) and holds != digest_of_tables(self.tables, self.files):
            told.append(f"{self.name} was changed after it was exported; it is taken as it is now")
        cut = [
            f"{key} {_said(self.about[key])}" for key in ("days", "known", "filters") if self.about.get(key)
        ]
        if cut:
            told.append(f"{self.name} is a part of its collection ({'; '.join(cut)}); it is taken as that")
        return told


def _said(value: Any) -> str:
    text = " to ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.split())[:500]


def one_fault(name: str, why: str, todo: str = _ANEW, *, column: str | None = None) -> FaultsError:
    """Give the error of a file as a whole."""
    return FaultsError([Fault(name, None, column, None, why, todo)])


def text_column(name: str, table: str, column: str, cells: Sequence[Any], row: int = 1) -> pa.Array:
    """Give cells that were read as Python's text, numbers and None as they are written in CSV; the first is that of `row`.

    Raises:
        FaultsError: With the first cell of each that is anything else.
    """
    try:
        read = pa.array(cells)
        if len(read) == read.null_count:
            return pa.array([""] * len(read), TEXT)
        text = as_text(read)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        text = None
    if text is None:
        kinds = {type(cell).__name__: at for at, cell in reversed([*enumerate(cells, row)])}
        where = [
            Fault(f"{name} table {table}", at, column, None, f"is of type {kind}", "write text")
            for kind, at in kinds.items()
        ]
        raise FaultsError(where)
    return text


def checked(found: Found) -> Contents:
    """Make a folder's contents of what was found, and hold them to all that a collection must be.

    Raises:
        FaultsError: With every fault.
    """
    faults = [
        Fault(
            found.name, None, None, None, f"holds {name!r}, which is no file of a collection", "take it out"
        )
        for name in found.files
        if name not in FILES or name.endswith((".csv", ".parquet"))
    ]
    missing = [name for name in (*TABLES, FACTS) if name not in found.tables and name not in found.files]
    faults += [Fault(found.name, None, name, None, "is missing", _ANEW) for name in missing]
    if faults:
        raise FaultsError(faults)
    sheets = {name: ColumnSheet.of(found.tables[name]) for name in HEADERS if name in found.tables}
    try:
        facts = found.files[FACTS].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise one_fault(found.name, "is not UTF-8", "save it as UTF-8", column=FACTS) from None
    contents = Contents(facts, sheets, {name: text for name, text in found.files.items() if name != FACTS})
    if found.sound:
        return contents
    with temporary_folder() as folder:
        begins = contents.put(folder)
        try:
            read_with_places(folder)
        except FaultsError as error:
            raise FaultsError([_by_row(fault, found.name, begins) for fault in error.faults]) from None
    return contents


def _by_row(fault: Fault, name: str, begins: Mapping[str, Sequence[int]]) -> Fault:
    """Name a fault's row by its number: the lines of a file that was never seen say nothing."""
    file = Path(fault.file).name
    if file not in begins:
        return replace(fault, file=f"{name} {file}")
    line = fault.line
    if line is not None:
        line = begins[file].index(line) + 1 if line in begins[file] else None
    return replace(fault, file=f"{name} table {file.removesuffix('.csv')}", line=line)


def about_of(text: bytes | str) -> Mapping[str, Any]:
    """Read what an export says of itself; nothing where that is not JSON."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, Mapping) else {}
