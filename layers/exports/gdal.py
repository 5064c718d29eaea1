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


def put_rows(
    batches: pa.RecordBatchReader, path: Path, name: str, driver: str, out: Path, **more: Any
) -> None:
    """Write rows as a layer, by `pyogrio.raw.write_arrow`.

    Args:
        batches: The rows.
        path: Of the file on its way.
        name: Of the layer.
        driver: GDAL's word for the format.
        out: What the user calls the file.
        **more: Passed on.

    Raises:
        BordermapError: There is no room, or no right to write.
    """
    try:
        pyogrio.raw.write_arrow(batches, path, layer=name, driver=driver, **more)
    except _CANNOT as error:
        raise BordermapError(
            f"{str(out)!r} cannot be written; free some space there and do it again, or name another place"
        ) from error


def must_end_with(path: Path, rows: int, out: Path) -> None:
    """Make sure that a layer of so many rows was written to its end: GDAL says nothing of some that are cut off.

    The file on its way is told of as the user calls it, as `put_rows` does.

    Raises:
        BordermapError: It was not.
    """
    cause = None
    try:
        if not rows or len(pyogrio.raw.read(path, skip_features=rows - 1, max_features=1)[3][0]):
            return
    except (*_CANNOT, ValueError, IndexError) as error:
        cause = error
    raise BordermapError(
        f"{str(out)!r} cannot be written to its end; free some space there and do it again"
    ) from cause
