"""What a collection's folder holds, as text: collection.toml, the rows of its tables, and its other files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from claims.parquetfiles import read_cells
from claims.store.errors import StoreError
from claims.store.schema import SHEETS
from claims.typedtables import MORE
from geo.files.wholefolders import whole_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["FACTS", "Contents", "Sheet", "plain_name", "put_folder"]

FACTS: Final = "collection.toml"
_QUOTED: Final = re.compile(r'[",\r\n]')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it is written: its columns in the order of the file, and its rows by column."""

    header: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]

    @classmethod
    def read(cls, text: str, columns: Sequence[str] = ()) -> Sheet:
        """Read CSV (RFC 4180); blank lines are passed over, and columns that it lacks are empty, after its own."""
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
        header = tuple(rows[0]) if rows else ()
        more = dict.fromkeys([column for column in columns if column not in header], "")
        return cls((*header, *more), [dict(zip(header, row, strict=True)) | more for row in rows[1:]])

    def written(self) -> tuple[str, list[int]]:
        """Write CSV in its plain form, and tell on which line each row begins."""
        rows = [_row(self.header), *(_row([row[column] for column in self.header]) for row in self.rows)]
        begins = list(accumulate(map(_line_ends, rows), initial=1))
        return "".join(rows), begins[1:-1]


@dataclass(frozen=True, slots=True)
class Contents:
    """A folder's contents: `facts` is collection.toml, `sheets` are by table and `files` by name."""

    facts: str
    sheets: Mapping[str, Sheet]
    files: Mapping[str, bytes]

    @classmethod
    def read(cls, folder: Path) -> Contents:
        """Read a folder whose tables are without faults.

        Raises:
            StoreError: It holds a folder, a link, or what has no plain name: it could not be given back as it was.
        """
        try:
            held = {path.name: path for path in sorted(folder.iterdir())}
            for name, path in held.items():
                if path.is_symlink():
                    raise StoreError(
                        f"{str(path)!r} is a link, and may lead to what is none of the collection's; put the file itself there"
                    )
                if not path.is_file() or not plain_name(name):
                    raise StoreError(
                        f"{str(path)!r} is no plain file; move it out of the collection's folder"
                    )
            read = {name: path.read_bytes() for name, path in held.items()}
        except OSError as error:
            raise StoreError(f"{str(folder)!r} cannot be read ({error.strerror}); mend that") from None
        sheets = {
            name: Sheet.read(read.pop(f"{name}.csv").decode("utf-8-sig"), SHEETS[name])
            for name in SHEETS
            if f"{name}.csv" in read
        }
        for name in SHEETS:
            if f"{name}.parquet" in read:
                del read[f"{name}.parquet"]
                sheets[name] = _from_parquet(held[f"{name}.parquet"], name)
        return cls(read.pop(FACTS).decode("utf-8-sig"), sheets, read)

    def put(self, folder: Path) -> dict[str, list[int]]:
        """Write the files into an empty folder; tell of each table's file on which line each row begins."""
        (folder / FACTS).write_bytes(self.facts.encode())
        lines = {}
        for name, sheet in self.sheets.items():
            text, lines[f"{name}.csv"] = sheet.written()
            (folder / f"{name}.csv").write_bytes(text.encode())
        for name, content in self.files.items():
            if not plain_name(name):
                raise StoreError(
                    f"the store holds a file called {name!r}, which is no plain name; nothing was written"
                )
            (folder / name).write_bytes(content)
        return lines


def plain_name(name: Any) -> bool:
    """Tell whether a name is that of a file and never a path, on any system."""
    if not isinstance(name, str) or name in {"", ".", ".."} or not name.isprintable():
        return False
    return not any(letter in '/\\:*?"<>|' for letter in name) and len(name.encode(errors="replace")) <= 200


def _from_parquet(path: Path, name: str) -> Sheet:
    table = read_cells(path, SHEETS[name], [], MORE.get(name, ()))
    assert table is not None, "a table that was read can be read again"
    return Sheet(tuple(table.column_names), table.to_pylist())


def put_folder(contents: Contents, out: Path) -> None:
    """Write a folder, whole or not at all; raises as `whole_folder` does."""
    with whole_folder(out) as folder:
        contents.put(folder)


def _row(cells: Sequence[str]) -> str:
    """Write a row of CSV; quotes stand where they must, which Python's writer forgets of a lone carriage return."""
    if len(cells) == 1 and not cells[0]:
        return '""\n'
    quoted = ('"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells)
    return ",".join(quoted) + "\n"


def _line_ends(text: str) -> int:
    """Count the ends of lines as Python's csv counts them."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
