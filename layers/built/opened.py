"""Open a built folder: what it says of itself and its days, without its events and claims."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from claims.facts import DERIVED, read_facts
from claims.manifests import is_manifest
from claims.model import Edition, Facts
from geo.errors import BordermapError, FaultsError
from layers.built.format import DAYS, FORMAT, MANIFEST
from layers.built.sealed import changed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np

    from geo.errors import Fault

__all__ = ["BuiltSet", "Month", "Totals", "read_columns", "read_edition"]

_FACTS: Final = "collection.toml"

_TABLES: Final = ("actors.parquet", "days.parquet", "places.parquet", "sources.parquet")
"""Without which nothing can be shown."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a built folder holds.

    Attributes:
        undated: Events without a day.
        unplaced: Events without a place below a country.
    """

    events: int
    claims: int
    sources: int
    undated: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month whose events a built folder holds.

    Attributes:
        first: The least shown_from of its events, in days since 1970.
        last: The greatest shown_until of them.
        layers: How many events it has by layer.
    """

    first: int
    last: int
    layers: Mapping[str, int]

    def meets(self, first: int, last: int) -> bool:
        """Say whether any of its events may be shown on these days."""
        return self.first <= last and self.last >= first


@dataclass(frozen=True, eq=False)
class BuiltSet:
    """A built folder (`layers.built.format`) that is open for reading.

    Attributes:
        facts: Its title, days and view.
        totals: How much it holds.
        months: Those that have events with a day, by name, in their order.
        digest: Of the manifest's list of files: it changes when any of them does.
        hashes: The sha256 of each file as the manifest has it, by its path.
        sizes: The bytes of each, likewise.
        rows: How many rows each has, likewise; those without are left out.
        edition: What it says of itself where it is a published edition; None where all is in it that its inputs have.
        missing: What of its inputs is not in it for its faults, by its name.
    """

    folder: Path
    facts: Facts
    totals: Totals
    months: Mapping[str, Month]
    digest: str
    hashes: Mapping[str, str]
    sizes: Mapping[str, int]
    rows: Mapping[str, int]
    missing: tuple[str, ...] = ()
    edition: Edition | None = None

    @classmethod
    def open(cls, folder: Path) -> BuiltSet:
        """Read the manifest, collection.toml and the days; of a published edition every file is held to be as it was built.

        Raises:
            BordermapError: It is no built folder, is of another format, was not finished, or is damaged.
        """
        manifest = _manifest(folder)
        try:
            files = manifest["files"]
            built = cls(
                folder=folder,
                facts=_facts(folder),
                totals=Totals(**{name: int(manifest["totals"][name]) for name in Totals.__slots__}),
                months=_months(manifest["months"]),
                digest=_digest(files),
                hashes={path: str(told["sha256"]) for path, told in files.items()},
                sizes={path: int(told["bytes"]) for path, told in files.items()},
                rows={
                    path: int(told["rows"]) for path, told in files.items() if told.get("rows") is not None
                },
                missing=tuple(str(one["name"]) for one in manifest["missing"]),
                edition=read_edition(manifest.get("edition")),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _damaged(folder, f"{MANIFEST} lacks or misspells {error}") from error
        unsaid = next((path for path in _TABLES if path not in built.rows), None)
        if unsaid is not None:
            raise _damaged(folder, f"{MANIFEST} lacks or misspells {unsaid!r}")
        gone = next((path for path in built.hashes if not (folder / path).is_file()), None)
        if gone is not None:
            raise _damaged(folder, f"{gone} is not there")
        for path in built.hashes if built.edition else ():
            built.must_be_as_built(path)
        _ = built.days
        return built

    @property
    def name(self) -> str:
        """By which it is called."""
        return self.folder.name

    @property
    def state(self) -> tuple[str, str]:
        """What tells it, and one state of its files, from any other."""
        return str(self.folder), self.digest

    @cached_property
    def days(self) -> Mapping[str, np.ndarray]:
        """The columns of days.parquet.

        Raises:
            BordermapError: It is damaged.
        """
        table = read_columns(self, "days.parquet", DAYS.names)
        return {name: table[name].to_numpy() for name in DAYS.names}

    def has(self, path: str) -> bool:
        """Say whether a file is among its own."""
        return path in self.hashes

    def must_be_as_built(self, path: str) -> None:
        """Hold a file to be the one that was built, and no other in its place.

        Raises:
            BordermapError: It is another, or is not there.
        """
        why = "is none of its files"
        if self.has(path):
            told = {"bytes": self.sizes[path], "sha256": self.hashes[path]}
            try:
                why = changed(self.folder / path, told)
            except OSError as error:
                why = f"cannot be read ({error.strerror or error})"
        if why:
            raise _damaged(self.folder, f"{path} {why}")


def read_columns(built: BuiltSet, path: str, columns: Sequence[str], filters: Any = None) -> pa.Table:
    """Read columns of a file of a built folder; of those row groups alone that can hold what the filters want.

    Raises:
        BordermapError: The file is damaged, or of a published edition and another than was built.
    """
    if built.edition is not None:
        # It may have been replaced since the folder was opened.
        built.must_be_as_built(path)
    try:
        return pq.read_table(
            built.folder / path, columns=list(columns), filters=filters, memory_map=True, partitioning=None
        )
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise _damaged(
            built.folder, f"{path} cannot be read ({' '.join(str(error).split())[:200]})"
        ) from error


def _damaged(folder: Path, why: str) -> BordermapError:
    return BordermapError(f"{str(folder)!r} is damaged: {why}; build it anew")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BordermapError(
            f"{str(folder)!r} has no {MANIFEST}: it is no built folder, or its build has not ended; "
            "run bordermap build again"
        ) from None
    except (OSError, ValueError) as error:
        raise _damaged(folder, f"{MANIFEST} is no JSON that can be read") from error
    if not is_manifest(manifest):
        raise BordermapError(
            f"{str(folder / MANIFEST)!r} is none of a built folder; name one that bordermap build made"
        )
    if manifest["format"] != FORMAT:
        raise BordermapError(
            f"{str(folder)!r} is of format {manifest['format']!r}, and this bordermap reads {FORMAT}; "
            "build it anew, or show it with the bordermap that built it"
        )
    return manifest


def _facts(folder: Path) -> Facts:
    faults: list[Fault] = []
    read = read_facts(folder / _FACTS, faults)
    if faults or read is None:
        raise FaultsError(faults)
    unsaid = [key for key in DERIVED if key not in read]
    if unsaid:
        raise _damaged(folder, f"{_FACTS} lacks {', '.join(unsaid)}")
    return Facts(**read)


def read_edition(told: Mapping[str, Any] | None) -> Edition | None:
    """Read what a manifest says of a published edition; None where the folder is none."""
    if told is None:
        return None
    return Edition(
        day=dt.date.fromisoformat(told["day"]),
        claims=int(told["claims"]),
        parts=int(told["parts"]),
        coarsen_km=None if told["coarsen_km"] is None else float(told["coarsen_km"]),
        delay_days=int(told["delay_days"]),
    )


def _months(told: Mapping[str, Any]) -> dict[str, Month]:
    dated = {name: month for name, month in sorted(told.items()) if month["from"] is not None}
    return {
        name: Month(int(month["from"]), int(month["until"]), dict(month["layers"]))
        for name, month in dated.items()
    }


def _digest(files: Mapping[str, Any]) -> str:
    said = "\n".join(f"{path} {told['sha256']}" for path, told in sorted(files.items()))
    return hashlib.sha256(said.encode()).hexdigest()
