"""Events or claims as FlatGeobuf, one layer of any shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.files.wholefiles import whole_path
from layers.exports.about import about_texts
from layers.exports.gdal import must_end_with, put_rows, with_ending
from layers.exports.typedrows import geometry_batches, placed_rows
from layers.frames import CRS

if TYPE_CHECKING:
    from pathlib import Path

    from layers.exports.formats import Export

__all__ = ["write"]


def write(export: Export, out: Path) -> None:
    """Write FlatGeobuf, whole or not at all; raises as `whole_path` does.

    It has an index of places only where every row is placed: with one, the format holds no row that is not.
    """
    rows = placed_rows(export, export.rows)
    said = about_texts(export)
    with whole_path(out) as whole, with_ending(whole, ".fgb") as aside:
        put_rows(
            geometry_batches(rows),
            aside,
            str(export.rows),
            "FlatGeobuf",
            out,
            geometry_name="geometry",
            geometry_type="Unknown",
            crs=CRS,
            layer_metadata={name: text for name, text in said.items() if text},
            layer_options={
                "TITLE": said["title"],
                "DESCRIPTION": said["citation"],
                "SPATIAL_INDEX": "NO" if shapely.is_missing(rows.geometry.to_numpy()).any() else "YES",
            },
        )
        must_end_with(aside, len(rows), out)
