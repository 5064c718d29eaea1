"""What becomes of the rows of an import, decided for all of them at once."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import pandas as pd

from claims.imports.merging.newer import orders
from claims.imports.merging.scratch import json_of, room, scratch
from claims.imports.rows import MADE
from geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from claims.imports.merging.targets import Target

__all__ = ["Fate", "Fates"]


class Fate(IntEnum):
    """What becomes of a row."""

    NEW = 0
    REVISED = 1
    UNCHANGED = 2
    OLDER = 3
    REPEATED = 4
    OUTDATED = 5
    """There is a newer version of it in the same file."""
    WITHDRAWN = 6
    UNTIED = 7
    """Its claim is held, without the row that it came from."""


_TABLES: Final = """
CREATE TABLE ids (name TEXT, id TEXT, PRIMARY KEY (name, id)) WITHOUT ROWID;
CREATE TABLE held (claim_id TEXT PRIMARY KEY, sort INTEGER, rank REAL, digest INTEGER, made TEXT)
    WITHOUT ROWID;
CREATE TABLE gone (claim_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE read (number INTEGER PRIMARY KEY, claim_id TEXT, sort INTEGER, rank REAL, digest INTEGER, made TEXT,
    line INTEGER, fate INTEGER DEFAULT 0);
"""
# Of the rows of one id: are they one row, and if not, does the newest stand alone? `best` is the first that it says.
_AGAIN: Final = f"""
CREATE TABLE again AS
WITH many AS (SELECT claim_id, min(number) AS first, count(DISTINCT digest) AS rows, min(sort) AS low, max(sort) AS high,
        max(rank) AS top FROM read GROUP BY claim_id HAVING count(*) > 1),
    newest AS (SELECT many.claim_id, min(number) AS best, count(DISTINCT digest) AS rows
        FROM many JOIN read ON read.claim_id = many.claim_id AND read.rank = many.top
        WHERE low = high AND low > 0 GROUP BY many.claim_id)
SELECT many.claim_id, first,
    CASE WHEN many.rows = 1 THEN first WHEN newest.rows = 1 THEN best END AS best
    FROM many LEFT JOIN newest USING (claim_id);
CREATE UNIQUE INDEX again_ids ON again (claim_id);
UPDATE read SET fate = CASE WHEN read.digest = (SELECT digest FROM read AS other WHERE other.number = again.best)
        THEN {Fate.REPEATED} ELSE {Fate.OUTDATED} END
    FROM again WHERE again.claim_id = read.claim_id AND read.number IS NOT again.best;
"""  # noqa: S608 - our own numbers
_AGAINST_HELD: Final = f"""
UPDATE read SET fate = CASE
        WHEN held.digest IS NULL THEN {Fate.UNTIED}
        WHEN held.digest = read.digest AND held.made = read.made THEN {Fate.UNCHANGED}
        WHEN held.sort = read.sort AND held.sort > 0 AND held.rank > read.rank THEN {Fate.OLDER}
        ELSE {Fate.REVISED} END
    FROM held WHERE held.claim_id = read.claim_id AND fate = {Fate.NEW};
UPDATE read SET fate = {Fate.WITHDRAWN} FROM gone
    WHERE gone.claim_id = read.claim_id AND fate = {Fate.NEW};
"""  # noqa: S608 - our own numbers


class Fates:
    """The ids of a target and the rows of an import, by which it is decided what becomes of these.

    They lie on disk, as `scratch` says. Of rows for a target without claims and events only 64 bits each are kept, in memory: where
    all of these differ, all rows are new, and nothing else of them need be known.
    """

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._file = scratch(_TABLES)
        self._rows = 0
        self._empty, self._fresh = True, False
        self._seen: list[npt.NDArray[np.uint64]] = []

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the file."""
        self._file.close()

    def hold(self, target: Target) -> None:
        """Learn what a target holds.

        Raises:
            BordermapError: There is no room on disk.
        """
        with room():
            for name in MADE:
                for ids in target.ids(name):
                    self._empty &= name not in {"events", "claims"}
                    self.keep(name, ids)
            for rows in target.imported():
                cells = (rows["claim_id"].tolist(), *_told(rows))
                self._file.executemany(
                    "INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?)", zip(*cells, strict=True)
                )
            self._file.execute(
                "INSERT OR IGNORE INTO held (claim_id) SELECT id FROM ids WHERE name = 'claims'"
            )
            gone = [(claim_id,) for claim_id in target.withdrawn()]
            self._empty &= not gone
            self._file.executemany("INSERT OR IGNORE INTO gone VALUES (?)", gone)

    def read(self, imports: pd.DataFrame) -> None:
        """Take in the rows of a chunk, in their order.

        Raises:
            BordermapError: There is no room on disk.
        """
        if self._empty:
            cells = imports["claim_id"].to_numpy(dtype=object)
            self._seen.append(pd.util.hash_array(cells, categorize=False))
        else:
            self._read(imports)

    def _read(self, imports: pd.DataFrame) -> None:
        lines = pd.to_numeric(imports["line"], errors="coerce").fillna(0).astype("int64").tolist()
        cells = (imports["claim_id"].tolist(), *_told(imports), lines)
        told = "INSERT INTO read (claim_id, sort, rank, digest, made, line) VALUES (?, ?, ?, ?, ?, ?)"
        with room():
            self._file.executemany(told, zip(*cells, strict=True))
        self._rows += len(imports)

    def decide(self, file: str, again: Iterable[pd.DataFrame]) -> list[Fault]:
        """Decide what becomes of each row that was read; rows of one id between which nothing decides are faults.

        Args:
            file: What faults call the file.
            again: What was read, which is asked for once more where two rows may be of one id.

        Raises:
            BordermapError: There is no room on disk.
        """
        if self._empty:
            seen = np.concatenate([np.zeros(0, np.uint64), *self._seen])
            self._seen.clear()
            self._fresh = len(pd.unique(seen)) == len(seen)
            if self._fresh:
                return []
            for imports in again:
                self._read(imports)
        with room():
            self._file.execute("CREATE INDEX read_ids ON read (claim_id)")
            (ids,) = self._file.execute("SELECT count(DISTINCT claim_id) FROM read").fetchone()
            faults = self._parted(file) if ids < self._rows else []
            self._run(_AGAINST_HELD)
            return faults

    def of(self, first: int, count: int) -> npt.NDArray[np.int64]:
        """Give what becomes of some rows, as numbers of `Fate`, in the order in which they were read, from 0."""
        if self._fresh:
            return np.full(count, Fate.NEW, dtype=np.int64)
        asked = "SELECT fate FROM read WHERE number > ? AND number <= ? ORDER BY number"
        fates = self._file.execute(asked, (first, first + count)).fetchall()
        return np.array([fate for (fate,) in fates], dtype=np.int64)

    @property
    def fresh(self) -> bool:
        """Whether it was decided that each row is new, and is the only one of its id, in a target without claims and events."""
        return self._fresh

    def new(self, name: str, ids: Iterable[str]) -> list[str]:
        """Give those ids of a table that are not held, each once; from now on they are."""
        told = "INSERT OR IGNORE INTO ids SELECT ?, value FROM json_each(?) RETURNING id"
        with room():
            return [one for (one,) in self._file.execute(told, (name, json_of(ids)))]

    def known(self, name: str, ids: Iterable[str]) -> set[str]:
        """Give those ids of a table that are held."""
        asked = "SELECT value FROM json_each(?) CROSS JOIN ids ON ids.name = ? AND ids.id = value"
        return {one for (one,) in self._file.execute(asked, (json_of(ids), name))}

    def keep(self, name: str, ids: Sequence[str]) -> None:
        """Hold ids of a table from now on.

        Raises:
            BordermapError: There is no room on disk.
        """
        told = "INSERT OR IGNORE INTO ids VALUES (?, ?)"
        with room():
            self._file.executemany(told, ((name, one) for one in ids))

    def _run(self, script: str) -> None:
        """Run some statements within the one transaction, which sqlite3's own way of running scripts would end."""
        for statement in script.split(";"):
            self._file.execute(statement)

    def _parted(self, file: str) -> list[Fault]:
        """Choose between the rows of one id, and give those between which nothing decides as faults."""
        self._run(_AGAIN)
        asked = (
            "SELECT read.claim_id, read.line, first.line FROM read JOIN again USING (claim_id) "
            "JOIN read AS first ON first.number = again.first "
            "WHERE best IS NULL AND read.number > again.first AND read.digest <> first.digest ORDER BY read.number"
        )
        return [_apart(file, *found) for found in self._file.execute(asked)]


def _told(rows: pd.DataFrame) -> Iterator[list[object]]:
    """Give the sort and rank of the rows' versions, the rows' hashes, and the digests of what they were made into."""
    sort, rank = orders(rows["row_version"])
    yield sort.tolist()
    yield rank.tolist()
    # 64 bits part two rows of one id; SQLite's numbers have a sign.
    cells = rows["row"].to_numpy(dtype=object)
    yield pd.util.hash_array(cells, categorize=False).astype(np.int64).tolist()
    yield rows["made"].tolist()


def _apart(file: str, claim_id: str, line: int, first: int) -> Fault:
    why = f"stands on line {first} too, with other cells, and no version says which of them is newer"
    return Fault(
        file, line, "id", claim_id, why, f"give them ids of their own, or leave one out (--leave {line})"
    )
