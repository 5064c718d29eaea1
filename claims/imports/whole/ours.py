"""Read a collection back from what bordermap has exported: a folder, a zip, GeoJSON, a GeoPackage, or GeoParquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from claims.imports.whole.files import find_in_folder, is_whole_zip, unpacked
from claims.imports.whole.found import HOLDS, about_of, checked, one_fault
from claims.imports.whole.gpkg import find_in_gpkg, is_whole_gpkg
from claims.imports.whole.jsonfile import find_in_json, is_whole_json
from claims.store.contents import FACTS
from claims.typedtables import HEADERS
from geo.errors import BordermapError

if TYPE_CHECKING:
    from pathlib import Path

    from claims.imports.whole.found import Found
    from claims.store.contents import Contents

__all__ = ["is_ours", "read_ours"]

_JSON: Final = (".geojson", ".json")


def is_ours(path: Path) -> bool:
    """Tell whether a file or folder looks like an export that `read_ours` reads; nothing of it is checked yet."""
    if path.is_dir():
        return (path / FACTS).is_file()
    try:
        if path.suffix.lower() in _JSON:
            return is_whole_json(path)
        return is_whole_gpkg(path) or is_whole_zip(path) or _is_parquet(path)
    except OSError:
        return False


def read_ours(path: Path, notices: list[str] | None = None) -> Contents:
    """Read a collection that was exported whole; a part of one comes back as that part.

    Args:
        path: A folder of tables, or a zip of such; GeoJSON that holds its collection; a GeoPackage; or one of the Parquet
            files of a folder of tables under its own name, whose folder is read then.
        notices: Where it is put, as sentences, that it was changed since it was exported or is a part of a collection.

    Raises:
        FaultsError: With every fault; nothing is read.
        BordermapError: It is no such export, or cannot be opened.
    """
    try:
        found = _found(path)
        contents = checked(found)
    except OSError as error:
        raise BordermapError(
            f"{str(path)!r} cannot be read ({error.strerror}); let it be one that you may read"
        ) from None
    if notices is not None:
        notices += found.notices()
    return contents


def _found(path: Path) -> Found:
    if path.is_dir():
        return find_in_folder(path, path.name)
    if is_whole_zip(path):
        with unpacked(path, path.name) as folder:
            return find_in_folder(folder, path.name)
    if path.suffix.lower() in _JSON:
        return find_in_json(path, path.name)
    if is_whole_gpkg(path):
        return find_in_gpkg(path, path.name)
    if not _is_parquet(path):
        raise BordermapError(
            f"{str(path)!r} holds no whole collection; export it with --whole, as GeoPackage or as a folder of tables"
        )
    if path.suffix != ".parquet" or path.stem not in HEADERS:
        # What stands beside a file of another name may be another collection.
        why = "is one table of a collection, under another name than it was written with"
        raise one_fault(path.name, why, "name the folder of its collection")
    if not (path.parent / FACTS).is_file():
        why = f"is one table of a collection, and no {FACTS} is beside it"
        raise one_fault(path.name, why, "put it back into its folder, or name that")
    return find_in_folder(path.parent, path.parent.name)


def _is_parquet(path: Path) -> bool:
    """Tell whether a file is one of the Parquet files of a folder that holds a collection whole; one of rows alone is not."""
    try:
        said = (pq.read_schema(path).metadata or {}).get(b"about", b"")
    except (pa.ArrowException, OSError, ValueError):
        return False
    return HOLDS in about_of(said)
