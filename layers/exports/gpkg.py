"""A GeoPackage: a layer each of what is drawn, with styles and days that QGIS applies by itself, and every table."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from geo.errors import BordermapError
from geo.files.wholefiles import whole_path
from layers.exports.about import about_texts
from layers.exports.formats import Rows
from layers.exports.gdal import put_rows, with_ending
from layers.exports.qgis import SHOWN, qml
from layers.exports.shapes import layers_and_shapes, of_one_type
from layers.exports.spans import spans
from layers.exports.typedrows import GEOMETRY, geometry_batches, placed_rows
from layers.exports.whole.parts import whole_of
from layers.frames import CRS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from layers.exports.formats import Export

__all__ = ["write"]

_MADE: Final = (
    "a layer each of events as bordermap computes them from their claims, and the collection's tables"
)
_ROWS: Final = 65_536
_LONG_AGO: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""The time of every change, so that a file is the same bytes each time."""

_COUNTERS: Final = (24, 92)
_ONE_CHANGE: Final = (1).to_bytes(4, "big")
"""Where a file of SQLite counts its changes, twice (sqlite.org/fileformat2.html, 1.3): GDAL makes now more and now fewer."""

_STYLE_COLUMNS: Final = (
    *(
        "f_table_catalog",
        "f_table_schema",
        "f_table_name",
        "f_geometry_column",
        "styleName",
        "styleQML",
        "styleSLD",
    ),
    *("useAsDefault", "description", "owner", "ui", "update_time"),
)


def write(export: Export, out: Path) -> None:
    """Write a GeoPackage (OGC 12-128r19), whole or not at all.

    Its layers are crossings, withdrawals, deployments and context, an event each (EPSG:4326, the columns of
    `layers.exports.rows.EVENT_COLUMNS` and `layers.exports.qgis.SHOWN`, null where no day is said: QGIS shows those only
    while its clock is off); its tables those of the collection, `files` and `about`.

    Raises:
        BordermapError: As of `whole_path`.
    """
    whole = whole_of(export)
    said = about_texts(export) | {"made": _MADE}
    with whole_path(out) as put, with_ending(put, ".gpkg") as aside:
        file = _File(aside, out, said)
        styles = [file.layer(*layer) for layer in layers_and_shapes(_dated(placed_rows(export, Rows.EVENTS)))]
        for name, table in whole.tables.items():
            file.table(name, table, f"{name}.csv of the collection")
        texts = {name: content.decode() for name, content in whole.files.items()}
        file.table("files", _pairs("name", "content", texts), "the collection's other files")
        told = said | {"json": json.dumps(dict(whole.about), ensure_ascii=False)}
        file.table("about", _pairs("key", "value", told), "what this file is of")
        file.table("layer_styles", _styles(styles), "how QGIS draws the layers", fid="id")
        try:
            _finish(aside)
        except sqlite3.OperationalError as error:
            raise BordermapError(
                f"{str(out)!r} cannot be written ({error}); free some space there and do it again"
            ) from error


def _pairs(key: str, value: str, held: Mapping[str, str]) -> pa.Table:
    return pa.table(
        {key: list(held), value: list(held.values())}, pa.schema([(key, pa.string()), (value, pa.string())])
    )


def _dated(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add from which to which day a row is shown."""
    return rows.assign(**dict(zip(SHOWN, spans(rows), strict=True)))


class _File:
    """A GeoPackage on its way."""

    def __init__(self, path: Path, out: Path, said: Mapping[str, str]) -> None:
        """Begin a file, and say of it what it is of; faults call it `out`."""
        self._path, self._out, self._said, self._begun = path, out, said, False

    def layer(self, name: str, layer: str, shape: str, rows: gpd.GeoDataFrame) -> tuple[str, str]:
        """Write a layer; give its name and its style."""
        rows, kind = of_one_type(rows, shape)
        self._put(
            geometry_batches(rows),
            name,
            f"{layer} ({shape}), an event each",
            geometry_name=GEOMETRY,
            geometry_type=kind,
            crs=CRS,
            layer_options={"FID": "fid", "GEOMETRY_NAME": GEOMETRY},
        )
        return name, qml(layer, shape)

    def table(self, name: str, table: pa.Table, told: str, *, fid: str = "fid") -> None:
        """Write a table of attributes."""
        batches = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=_ROWS))
        self._put(batches, name, told, layer_options={"FID": fid, "ASPATIAL_VARIANT": "GPKG_ATTRIBUTES"})

    def _put(
        self,
        batches: pa.RecordBatchReader,
        name: str,
        told: str,
        *,
        layer_options: dict[str, str],
        **more: Any,
    ) -> None:
        title = self._said["title"]
        options = {"IDENTIFIER": name, "DESCRIPTION": f"{title}: {told}", **layer_options}
        put_rows(
            batches,
            self._path,
            name,
            "GPKG",
            self._out,
            dataset_metadata=None
            if self._begun
            else {name.upper(): text for name, text in self._said.items() if text},
            layer_options=options,
            **more,
        )
        self._begun = True


def _styles(styles: list[tuple[str, str]]) -> pa.Table:
    """Give the table in which QGIS looks for the style of a layer (QgsOgrProviderMetadata::saveStyle)."""
    names = [name for name, _ in styles]
    same = {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_geometry_column": GEOMETRY,
        "styleSLD": "",
        "owner": "",
        "ui": "",
    }
    columns = {
        "f_table_name": pa.array(names, pa.string()),
        "styleName": pa.array(names, pa.string()),
        "styleQML": pa.array([style for _, style in styles], pa.string()),
        "useAsDefault": pa.array([True] * len(styles)),
        "description": pa.array([f"{name} as bordermap draws it" for name in names], pa.string()),
        "update_time": pa.array([_LONG_AGO] * len(styles), pa.timestamp("ms", "UTC")),
        **{column: pa.array([text] * len(styles), pa.string()) for column, text in same.items()},
    }
    return pa.table({column: columns[column] for column in _STYLE_COLUMNS})


def _finish(path: Path) -> None:
    """Take out of a file when it was made, and in how many steps."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            "UPDATE gpkg_contents SET last_change = ?", [_LONG_AGO.strftime("%Y-%m-%dT%H:%M:%S.000Z")]
        )
        file.execute(
            "UPDATE gpkg_metadata_reference SET timestamp = ?", [_LONG_AGO.strftime("%Y-%m-%dT%H:%M:%S.000Z")]
        )
    with path.open("r+b") as counted:
        for place in _COUNTERS:
            counted.seek(place)
            counted.write(_ONE_CHANGE)
