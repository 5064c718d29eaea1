"""Rows written by GDAL as a layer or a table of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyogrio

from geo.errors import BordermapError

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

__all__ = ["put_rows"]

_CANNOT = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError)


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
