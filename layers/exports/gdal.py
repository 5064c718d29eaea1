"""Rows written by GDAL as a layer or a table of a file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyogrio

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

__all__ = ["must_end_with", "put_rows", "with_ending"]

_CANNOT = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError)


@contextmanager
def with_ending(path: Path, ending: str) -> Iterator[Path]:
    """Give a path beside another whose name ends as GDAL wants it, and put what was written there in its place."""
    beside = path.with_name(f"rows{ending}")
    yield beside
    beside.replace(path)


def put_rows(batches: pa.RecordBatchReader, path: Path, name: str, driver: str, **more: Any) -> None:
    """Write rows as a layer; further arguments are those of `pyogrio.raw.write_arrow`.

    Raises:
        BordermapError: There is no room, or no right to write.
    """
    try:
        pyogrio.raw.write_arrow(batches, path, layer=name, driver=driver, **more)
    except _CANNOT as error:
        said = " ".join(str(error).split())
        raise BordermapError(f"{driver} cannot be written ({said}); name a place with room") from error


def must_end_with(path: Path, rows: int) -> None:
    """Make sure that a layer of so many rows was written to its end: GDAL says nothing of some that are cut off.

    Raises:
        BordermapError: It was not.
    """
    try:
        if not rows or len(pyogrio.raw.read(path, skip_features=rows - 1, max_features=1)[3][0]):
            return
        said = "its end is missing"
    except (*_CANNOT, ValueError, IndexError) as error:
        said = " ".join(str(error).split())
    raise BordermapError(f"{path.suffix} cannot be written to its end ({said}); name a place with room")
