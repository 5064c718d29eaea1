"""The first step: the rows of one input made into claims with their places, and parted by the event that each is of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import ROLES
from geo.errors import BordermapError, Fault, FaultsError
from layers.build.edition import TellsError
from layers.build.faultstold import told
from layers.build.inputs import InputKind
from layers.build.pieces import put_json, put_pieces, read_json
from layers.build.rowsread import NAMED, Read, tables_of
from layers.build.settling import astray

if TYPE_CHECKING:
    from pathlib import Path

    from claims.imports.converting import Asked
    from layers.build.edition import Public
    from layers.build.inputs import Input
    from layers.build.work import Work

__all__ = ["Scatter", "first_of_each", "parts_of", "scatter"]

RUN: Final = 131_072
"""Claims that are parted at a time: what a worker holds of an input."""


@dataclass(frozen=True, slots=True)
class Scatter:
    """One input to be read.

    Attributes:
        given: The input.
        asked: What is said of a table.
        work: Where the rows are put.
        public: How it is published; None where all of it is built.
    """

    given: Input
    asked: Asked
    work: Work
    public: Public | None = None


def scatter(task: Scatter) -> dict[str, Any]:
    """Read an input, once: what is done already is only told again.

    Returns:
        rows, claims, `astray` (those that `layers.build.settling.astray` gives), passed, runs, sha256 ("" where it may not be
        read, or is not for publication), `edition` (what its published one says; None where it withholds nothing), `told` to
        whoever publishes it; faults, as fields of `geo.errors.Fault`; and lost, whether the rows of this input are not there for them.

    Raises:
        BordermapError: The input is not there any more, what is made of it cannot be written, or (TellsError) what the built
            folder says of itself repeats what the input withholds.
    """
    folder = task.work.read(task.given.number)
    done = read_json(folder / "done.json")
    if done is None:
        try:
            done = _scattered(task, folder)
        except OSError as error:
            raise BordermapError(
                f"{str(task.given.path)!r} cannot be read ({error.strerror or error}); put it back, or build without it: what is "
                "done is kept"
            ) from error
        put_json(folder / "done.json", done, task.work.aside)
    known: dict[str, Any] = done
    return known


def _scattered(task: Scatter, folder: Path) -> dict[str, Any]:
    read = Read()
    runs = _Runs(folder, task.work)
    try:
        for tables in tables_of(task.given, task.asked, read, task.public):
            runs.take(tables)
        runs.finish()
        put_json(folder / "outlines.json", read.outlines, task.work.aside)
        if read.roots:
            put_json(folder / "roots.json", read.roots, task.work.aside)
    except FaultsError as error:
        # It was there when the build began: that it has gone is none of its faults.
        task.given.path.stat()
        read.faults += error.faults
    except BordermapError as error:
        if isinstance(error, TellsError) or isinstance(error.__cause__, OSError):
            raise
        read.faults.append(Fault(task.given.name, None, None, None, str(error), "mend it, or take it out"))
    lost = bool(read.faults) and task.given.kind is not InputKind.REPORTS
    return {
        "rows": read.rows,
        "claims": 0 if lost else runs.claims,
        "astray": 0 if lost else runs.astray,
        "passed": read.passed,
        "runs": 0 if lost else runs.count,
        "lost": lost,
        "sha256": _sha256(task.given) if read.edition is None else "",
        "edition": read.edition,
        "told": read.told,
        "faults": told(read.faults, task.given.name),
    }


def parts_of(events: pa.ChunkedArray, claims: pa.ChunkedArray, parts: int) -> np.ndarray:
    """Give the part of each claim: that of its event by a hash of its id, or of its own id where it is of no event."""
    ids = pc.if_else(pc.equal(events, ""), claims, events)
    hashes = pd.util.hash_array(ids.to_numpy(zero_copy_only=False).astype(object), categorize=False)
    numbers: np.ndarray = (hashes % np.uint64(parts)).astype(np.int64)
    return numbers


class _Runs:
    """The claims of an input in runs, each parted."""

    def __init__(self, folder: Path, work: Work) -> None:
        self._folder, self._work = folder, work
        self._held: list[dict[str, pa.Table]] = []
        self._waiting = 0
        self._named: dict[str, pa.Table] = {}
        self._place_ids: set[str] = set()
        self.claims, self.astray, self.count = 0, 0, 0

    def take(self, tables: dict[str, pa.Table]) -> None:
        """Take some claims with what they name."""
        self._held.append(tables)
        self._waiting += tables["claims"].num_rows
        if self._waiting >= RUN:
            self._put()

    def finish(self) -> None:
        """Put the last run, and what all claims name."""
        if self._held:
            self._put()
        for name, table in self._named.items():
            put_pieces(self._folder / f"{name}.arrow", table.schema, [table], self._work.aside)
        put_json(self._folder / "places.json", sorted(self._place_ids), self._work.aside)

    def _put(self) -> None:
        """Part the claims that wait, and their events."""
        claims, events = (
            pa.concat_tables(tables[name] for tables in self._held).combine_chunks()
            for name in ("claims", "events")
        )
        for role in ROLES:
            self._place_ids.update(pc.unique(claims[f"{role}_id"]).to_pylist())
        self._place_ids.discard("")
        self._keep()
        parts = self._work.parts
        self._put_parts("claims", claims, parts_of(claims["event_id"], claims["claim_id"], parts))
        self._put_parts("events", events, parts_of(events["event_id"], events["event_id"], parts))
        away = astray(claims)
        if away.num_rows:
            self._put_parts("astray", away, parts_of(away["claim_id"], away["claim_id"], parts))
        self.claims += claims.num_rows
        self.astray += away.num_rows
        self.count += 1
        self._held, self._waiting = [], 0

    def _put_parts(self, name: str, table: pa.Table, part: np.ndarray) -> None:
        """Put the rows of each part by themselves, as they stand."""
        ends = np.cumsum(np.bincount(part, minlength=self._work.parts)).tolist()
        parted = table.take(pa.array(np.argsort(part, kind="stable")))
        pieces = [parted.slice(at, end - at) for at, end in pairwise([0, *ends])]
        put_pieces(self._folder / f"{name}-{self.count:04}.arrow", table.schema, pieces, self._work.aside)

    def _keep(self) -> None:
        """Keep what is named, each once."""
        for name in NAMED:
            tables = [self._named[name]] if name in self._named else []
            tables += [held[name] for held in self._held]
            self._named[name] = first_of_each(pa.concat_tables(tables))


def first_of_each(table: pa.Table) -> pa.Table:
    """Give the first row of each id, which is a table's first column."""
    again = pd.Series(table.column(0).to_numpy(zero_copy_only=False)).duplicated().to_numpy()
    return table.filter(pa.array(~again)).combine_chunks() if again.any() else table.combine_chunks()


def _sha256(given: Input) -> str:
    """Give the sha256 of an input's files one behind the other, of a folder's in the order of their names."""
    digest = hashlib.sha256()
    folders = [
        sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
        for path, _ in given.files
    ]
    try:
        for file in chain.from_iterable(folders):
            with file.open("rb") as opened:
                while block := opened.read(1 << 20):
                    digest.update(block)
    except PermissionError:
        return ""  # which is among its faults
    return digest.hexdigest()
