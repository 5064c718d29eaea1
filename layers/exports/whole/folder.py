"""A collection handed over whole as a folder of tables, in CSV or Parquet, or as a zip of one."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.errors import BordermapError
from geo.files.csvwriting import csv_pieces
from geo.files.wholefiles import whole_path
from geo.files.wholefolders import whole_folder
from layers.exports.formats import FORMATS, Rows
from layers.exports.parquet import put_table
from layers.exports.rows import claim_rows
from layers.exports.typedrows import placed_rows
from layers.exports.whole.parts import texts_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pyarrow as pa

    from layers.exports.formats import Export

__all__ = ["ABOUT", "write_folder"]

ABOUT: Final = "about.json"
"""The file beside the tables that says what they are of, and how they are cut."""

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def write_folder(export: Export, kind: str, out: Path) -> None:
    """Write the tables as files of a folder, or of a zip where the name ends so; whole or not at all.

    Args:
        export: What is to be written.
        kind: "csv", a folder as `claims.tables.read_collection` reads it; or "parquet", the same with typed columns, its
            events and claims with a geometry (GeoParquet).
        out: Where.

    Raises:
        BordermapError: It has the name of a table, something stands there that is not to be replaced, or it cannot be written.
    """
    if out.suffix.lower() in {each.suffix for each in FORMATS.values()}:
        raise BordermapError(
            f"{str(out)!r} is the name of a file, and the whole collection is several; name a folder, or a .zip"
        )
    if out.suffix.lower() != ".zip":
        with whole_folder(out) as folder:
            _fill(folder, export, kind)
        return
    with whole_path(out) as aside, tempfile.TemporaryDirectory(dir=aside.parent) as inside:
        _fill(Path(inside), export, kind)
        _zip(Path(inside), aside)


def _fill(folder: Path, export: Export, kind: str) -> None:
    whole = whole_of(export)
    for name, content in whole.files.items():
        (folder / name).write_bytes(content)
    (folder / ABOUT).write_text(json.dumps(whole.about, ensure_ascii=False, indent=1) + "\n", "utf-8")
    shapes = _shapes(export, whole.tables) if kind == "parquet" else {}
    for name, table in whole.tables.items():
        if kind == "parquet" and name != "places":
            put_table(table, shapes.get(name), whole.about, folder / f"{name}.parquet")
            continue
        with (folder / f"{name}.csv").open("wb") as file:
            file.writelines(csv_pieces(texts_of({name: table})[name]))


def _shapes(export: Export, tables: Mapping[str, pa.Table]) -> dict[str, np.ndarray]:
    """Give the geometries of events and claims; an event without claims has none."""
    events = placed_rows(export, Rows.EVENTS)
    of_event = pd.Series(events.geometry.to_numpy(), index=events["event_id"], dtype=object)
    shapes = of_event.reindex(tables["events"]["event_id"].to_pylist())
    return {
        "events": shapes.where(shapes.notna(), None).to_numpy(),
        "claims": claim_rows(export, events).geometry.to_numpy(),
    }


def _zip(folder: Path, out: Path) -> None:
    """Put the files of a folder into a zip, in the order of their names and without their times."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.suffix == ".parquet" else zipfile.ZIP_DEFLATED
            entry.file_size = path.stat().st_size  # so that it is known whether it needs 64 bits
            with path.open("rb") as file, archive.open(entry, "w") as into:
                shutil.copyfileobj(file, into, 1 << 20)
