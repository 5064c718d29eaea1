"""A collection's folder as what is merged into.

Rows are gathered beside the folder. When all are there and on the disk, a new folder is put in its place by one renaming;
in a folder that is there, the tables that differ are replaced one by one, and put back where one cannot be. A process that
is killed between two of them leaves those that are still to come in the folder, where the next reader puts them in place
(`claims.unfinished`). Their order is sources, actors, places and events first, then the claims that name them, and last the
rows that the claims came from. All else in the folder is untouched.
(To put the folder as a whole in another's place takes two renamings, between which there is none, and would take along
what is not ours: a repository, links, rights.)
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import pandas as pd

from claims.facts import read_facts
from claims.imports.merging.folderfaults import refuse_unsound
from claims.imports.merging.records import cells_in, header_in, records, widened
from claims.imports.merging.replacing import replace_all
from claims.imports.merging.spans import Spans
from claims.imports.rows import MADE
from claims.model import OPTIONAL_TABLES, TABLES
from claims.shipped import FOLDER as SHIPPED
from claims.store.contents import FACTS
from claims.store.fresh import fresh_contents
from claims.typedtables import MORE
from claims.unfinished import finish
from geo.errors import BordermapError, FaultsError
from geo.files.csvwriting import csv_header, csv_lines, csv_rows
from geo.files.refusals import todo, why
from geo.files.wholefiles import usual_rights
from geo.files.wholefolders import settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.imports.merging.records import Span
    from geo.errors import Fault

    Record = tuple[list[str], Span]

__all__ = ["Folder", "into_folder"]

_BATCH: Final = 20_000
_PIECE: Final = 1 << 20
_NEEDED: Final = {
    name: tuple(column.name for column in columns if column.required)
    for name, columns in (TABLES | OPTIONAL_TABLES).items()
}
"""The columns that a table must have, by its name; of places.csv all."""

_OPTIONAL: Final = frozenset({"places", "imports"})


@contextmanager
def into_folder(folder: Path, title: str = "") -> Iterator[Folder]:
    """Merge into a folder while the `with` block lasts; when it ends without an error, what was merged is put there.

    Args:
        folder: A collection's; or one that is not there yet or is empty, which becomes one if rows are added.
        title: Of one that becomes one; the folder's name by default.

    Raises:
        BordermapError: It comes with bordermap, is no collection's, cannot be written to, or was changed meanwhile.
        FaultsError: It has faults, as reading it would tell (`claims.imports.merging.folderfaults`).
    """
    folder = Path(os.path.realpath(folder))
    _refuse_shipped(folder)
    aside = None
    try:
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name[:100]}.", dir=folder.parent))
        with Spans() as spans:
            target = Folder(folder, aside, spans, title or folder.name)
            yield target
            target.put()
    except OSError as error:
        otherwise = "mend that, or name another place"
        raise BordermapError(
            f"{str(folder)!r} cannot be written ({why(error)}); {todo(error, otherwise)}"
        ) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


class Folder:
    """A folder with its tables as they are, and those that shall replace them."""

    def __init__(self, folder: Path, aside: Path, spans: Spans, title: str) -> None:
        """Look at the headers of its tables; `into_folder` is the way to come by one."""
        self._folder, self._aside, self._spans, self._title = folder, aside, spans, title
        finish(folder)
        self._new = not folder.exists() or not any(folder.iterdir())
        if self._new:
            self._headers = {name: list(columns) for name, columns in MADE.items()}
            return
        if not (folder / FACTS).is_file():
            raise BordermapError(
                f"{str(folder)!r} holds no {FACTS}; name a collection's folder, or one that is not there yet"
            )
        self._refuse_parquet()
        self._headers = self._read_headers()
        self._seen = self._stamps()
        refuse_unsound(folder)
        for name, columns in MADE.items():
            if not set(columns) <= set(self._headers[name]):
                self._headers[name] = widened(self._file(name), columns, self._aside / f"{name}.wide")

    # ---- what is there

    def ids(self, table: str) -> Iterator[list[str]]:
        """Give the ids of a table's rows, some at a time, and learn where each stands."""
        if self._new or not self._file(table).exists():
            return
        header = self._headers[table]
        key = header.index(MADE[table][0])
        event = header.index("event_id") if table == "claims" else None
        for rows in _some(records(self._file(table))):
            ids = [cells[key].strip() for cells, _ in rows]
            events = ["" if event is None else cells[event].strip() for cells, _ in rows]
            self._spans.keep(table, ids, events, [span for _, span in rows])
            yield ids

    def imported(self) -> Iterator[pd.DataFrame]:
        """Give claim_id, row_version, row and made of the rows that were imported, some at a time."""
        if self._new or not self._file("imports").exists():
            return
        for rows in _some(records(self._file("imports"))):
            cells = pd.DataFrame([cells for cells, _ in rows], columns=self._headers["imports"], dtype=str)
            yield cells[["claim_id", "row_version", "row", "made"]]

    def withdrawn(self) -> list[str]:
        """Give nothing: a folder does not tell what was taken from it."""
        return []

    def held(self, table: str, ids: Sequence[str]) -> pd.DataFrame:
        """Give the rows of these ids that are there, with the ids as index."""
        return self._held(table, ids)[list(MADE[table])].set_index(MADE[table][0])

    def shared(self, event_ids: Sequence[str]) -> set[str]:
        """Give those of these events that two claims or more are of."""
        return self._spans.shared(event_ids)

    # ---- what shall be there

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows to the end of a table."""
        with self._opened(table) as file:
            file.write(csv_rows(rows.reindex(columns=self._headers[table], fill_value="")))

    def revise(self, table: str, rows: pd.DataFrame) -> None:
        """Put rows in the place of those with the same ids."""
        # What the keeper of the folder says of a row beside its own columns stays with it.
        rows = rows.assign(**self._more(table, rows.iloc[:, 0].tolist()))
        lines = csv_lines(rows[self._headers[table]])
        self._spans.edit(table, rows.iloc[:, 0].tolist(), lines)

    def put(self) -> None:
        """Put what was merged in its place, if anything was.

        Raises:
            BordermapError: Somebody else has changed the folder meanwhile.
        """
        for table in MADE:
            self._edit(table)
        written = [self._aside / f"{table}.csv" for table in MADE if (self._aside / f"{table}.csv").exists()]
        if not written:
            return
        for path in self._aside.iterdir():
            settle(path)
        if self._new:
            self._aside.chmod(usual_rights(0o777))
            self._aside.replace(self._folder)
            settle(self._folder.parent)
            return
        if self._seen != self._stamps():
            raise BordermapError(f"{str(self._folder)!r} was changed meanwhile; import again")
        replace_all(written, self._folder)

    # ---- within

    def _held(self, table: str, ids: Sequence[str]) -> pd.DataFrame:
        """Give the rows of these ids that are there, with all columns of their file."""
        spans = [] if self._new else self._spans.of(table, ids)
        rows = []
        if spans:
            with self._file(table).open("rb") as file:
                rows = [_cells(file, span) for span in spans]
        return pd.DataFrame(rows, columns=self._headers[table], dtype=str)

    def _more(self, table: str, ids: Sequence[str]) -> dict[str, list[str]]:
        """Give what rows say in the columns of their file that are none of the table's, in the order of their ids."""
        more = [column for column in MORE.get(table, ()) if column in self._headers[table]]
        if not more:
            return {}
        held = self._held(table, ids).set_index(MADE[table][0]).loc[list(ids)]
        return {column: held[column].tolist() for column in more}

    def _file(self, table: str) -> Path:
        """Give a table as it is, with all of its columns."""
        wide = self._aside / f"{table}.wide"
        return wide if wide.exists() else self._folder / f"{table}.csv"

    def _stamps(self) -> list[tuple[str, int, int]]:
        files = ((file, file.stat()) for file in sorted(self._folder.iterdir()))
        return [(file.name, facts.st_mtime_ns, facts.st_size) for file, facts in files]

    def _refuse_parquet(self) -> None:
        if typed := [name for name in MADE if (self._folder / f"{name}.parquet").exists()]:
            raise BordermapError(
                f"{str(self._folder)!r} has tables in Parquet ({', '.join(typed)}); make them CSV, or import into the "
                f"store (bordermap store import {self._folder.name} --as NAME, then --into store:NAME)"
            )

    def _read_headers(self) -> dict[str, list[str]]:
        faults: list[Fault] = []
        # Only looked at: what of it is wrong shall be told before anything is written.
        read_facts(self._folder / FACTS, faults)
        headers = {name: list(columns) for name, columns in MADE.items()}
        for name, columns in MADE.items():
            if name not in _OPTIONAL or self._file(name).exists():
                try:
                    known = (*columns, *MORE.get(name, ()))
                    headers[name] = header_in(self._file(name), known, _NEEDED.get(name, columns))
                except FaultsError as error:
                    faults += error.faults
        if faults:
            raise FaultsError(faults, done="imported")
        return headers

    def _opened(self, table: str) -> BinaryIO:
        """Open the table that shall be there at its end, beginning it where need be."""
        path = self._aside / f"{table}.csv"
        if self._new and not (self._aside / FACTS).exists():
            fresh_contents({"title": self._title}).put(self._aside)
        if not path.exists():
            self._begin(table, path)
        return path.open("ab")

    def _begin(self, table: str, path: Path) -> None:
        """Write a table as it is, its last row ended, or the header of one that is not."""
        if self._new or not self._file(table).exists():
            path.write_bytes(csv_header(self._headers[table]))
            return
        shutil.copyfile(self._file(table), path)
        with path.open("r+b") as file:
            file.seek(-1, os.SEEK_END)
            if file.read() not in {b"\n", b"\r"}:
                file.write(b"\n")

    def _edit(self, table: str) -> None:
        """Put revised rows in the place of those that they revise."""
        edits = self._spans.edits(table)
        first = next(edits, None)
        if first is None:
            return
        path, edited = self._aside / f"{table}.csv", self._aside / f"{table}.edited"
        with (path if path.exists() else self._file(table)).open("rb") as old, edited.open("wb") as new:
            for (begins, ends), line in chain([first], edits):
                _copy(old, new, begins - old.tell())
                new.write(line.encode())
                old.seek(ends)
            shutil.copyfileobj(old, new, _PIECE)
        edited.replace(path)


def _refuse_shipped(folder: Path) -> None:
    if folder.is_relative_to(os.path.realpath(SHIPPED)):
        raise BordermapError(
            f"{str(folder)!r} comes with bordermap and stays as it is; copy it, or import into the store "
            f"(bordermap store import {folder.name} --as NAME, then --into store:NAME)"
        )


def _some(rows: Iterator[Record]) -> Iterator[list[Record]]:
    """Give rows some at a time."""
    while some := list(islice(rows, _BATCH)):
        yield some


def _cells(file: BinaryIO, span: Span) -> list[str]:
    begins, ends = span
    file.seek(begins)
    return cells_in(file.read(ends - begins))


def _copy(old: BinaryIO, new: BinaryIO, count: int) -> None:
    """Copy so many bytes."""
    while count > 0:
        piece = old.read(min(count, _PIECE))
        new.write(piece)
        count -= len(piece)
