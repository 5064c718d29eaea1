"""A built folder looked at file by file: each has the bytes, the hash and the rows that its manifest tells, and nothing else is there."""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from claims.examined import Finding, Level, left_beside
from claims.manifests import MANIFEST, read_manifest
from geo.errors import BordermapError
from layers.built.format import claims_path, events_path
from layers.built.opened import BuiltSet
from layers.built.sealed import changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["built_without_manifest", "examine_built"]

_ANEW: Final = "build it anew"
_BY_ITSELF: Final = (" is not there", ": is missing", " has ", " was changed since")
"""How a file is told that is not there or not as it was built, by whoever opens a built folder."""
_PARTS: Final = ("claims", "counts", "events", "sofar")
"""The folders in a built folder."""
_VERSION: Final = "bordermap"


def examine_built(folder: Path) -> Iterator[Finding]:
    """Look at a built folder (`layers.built.format`); nothing is written.

    Args:
        folder: One that has a manifest.
    """
    what = folder.name
    manifest = read_manifest(folder)
    assert manifest is not None, "whoever asks has found the manifest"
    try:
        BuiltSet.open(folder)
    except BordermapError as error:
        # A file that is not there, or is another, is told by itself.
        if not any(f"{path}{why}" in str(error) for path in manifest["files"] for why in _BY_ITSELF):
            yield Finding(Level.FAULT, what, str(error))
    wrong = 0
    rows: dict[str, int] = {}
    for path, told in sorted(manifest["files"].items()):
        for why in _file(folder, path, told, rows):
            wrong += 1
            yield Finding(Level.FAULT, what, f"{path} {why}; {_ANEW}")
    for why in _counts(manifest, rows):
        wrong += 1
        yield Finding(Level.FAULT, what, f"{why}; {_ANEW}")
    for path in _strays(folder, manifest):
        wrong += 1
        yield Finding(Level.FAULT, what, f"{path!r} is none of what was built; take it away")
    yield from left_beside(folder, what)
    yield from _under_way(folder, what)
    if not wrong:
        totals = manifest["totals"]
        yield Finding(
            Level.OK,
            what,
            f"{len(manifest['files']):,} files as they were built, {totals['events']:,} events and {totals['claims']:,} claims "
            f"in {len(manifest['months']):,} months",
        )
    yield from _notes(manifest, what)


def built_without_manifest(folder: Path) -> Finding | None:
    """Tell of a folder that is none by its manifest, and has a built folder's files; None of any other."""
    parts = (folder / part for part in _PARTS)
    if not ((folder / "days.parquet").is_file() and any(part.is_dir() for part in parts)):
        return None
    return Finding(Level.FAULT, folder.name, f"a built folder whose manifest is missing or damaged; {_ANEW}")


def _file(folder: Path, path: str, told: Mapping[str, Any], rows: dict[str, int]) -> Iterator[str]:
    """Say what is wrong with a file, and put its rows among the others'."""
    file = folder / path
    if file.is_symlink():
        yield "is a link, where a file was built"
        return
    if not file.is_file():
        yield "is not there"
        return
    try:
        if why := changed(file, told):
            yield why
            return
        if told.get("rows") is not None and file.suffix == ".parquet":
            rows[path] = pq.read_metadata(file).num_rows
            if rows[path] != told["rows"]:
                yield f"has {rows[path]:,} rows where {told['rows']:,} are told"
    except (OSError, pa.ArrowException) as error:
        yield f"cannot be read ({' '.join(str(error).split())[:200]})"


def _counts(manifest: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[str]:
    """Say which months and which sums have other rows than are told; a file that is wrong itself is passed over."""
    sums: Counter[str] = Counter()
    for month, told in manifest["months"].items():
        parts = {events_path(layer, month): ("events", count) for layer, count in told["layers"].items()}
        if told["claims"]:
            parts[claims_path(month)] = ("claims", told["claims"])
        for path, (of, count) in parts.items():
            if path not in manifest["files"]:
                yield f"{path} is not among the files, and {MANIFEST} tells of {count:,} {of} in it"
            elif rows.get(path, count) != count:
                yield f"{path} has {rows[path]:,} {of} where {MANIFEST} tells of {count:,}"
            sums[of] += count
    yield from (
        f"the months have {sums[of]:,} {of} and the whole {manifest['totals'][of]:,}"
        for of in ("events", "claims")
        if sums[of] != manifest["totals"][of]
    )


def _strays(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """List the files that were not built."""
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    return sorted(found - manifest["files"].keys() - {MANIFEST})


def _under_way(folder: Path, what: str) -> Iterator[Finding]:
    """Tell of a build of it that was stopped, or is at work."""
    aside = folder.parent / f".{folder.name}.building"
    if aside.exists() or aside.is_symlink():
        yield Finding(
            Level.NOTE,
            what,
            f"a build of it is at work, or was stopped: {str(aside)!r}; the same bordermap build goes on with it",
        )


def _notes(manifest: Mapping[str, Any], what: str) -> Iterator[Finding]:
    ours = importlib.metadata.version(_VERSION)
    if manifest["bordermap"] != ours:
        yield Finding(
            Level.NOTE,
            what,
            f"was built by bordermap {manifest['bordermap']}, and this is {ours}, which reads it",
        )
    for one in manifest["missing"]:
        count = len(one["faults"])
        yield Finding(
            Level.NOTE,
            what,
            f"{one['name']!r} is missing for its {count:,} fault{'s' if count > 1 else ''}, which faults.csv lists",
        )
